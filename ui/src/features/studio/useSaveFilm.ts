import { useServices } from "../../app/services";
import { t } from "../../i18n";
import { useAction } from "../../lib/action";
import { problemOf } from "../../platform/platform";

/** "Save film as…": the shell asks for a place; where it went, or what went wrong, is said at the foot. */
export function useSaveFilm(project: string) {
  const { platform, toasts } = useServices();
  const action = useAction();
  const save = () =>
    void action.run(async () => {
      try {
        const path = await platform.saveFilmAs(project);
        if (path !== null) toasts.show(t("film.saved", { path }));
      } catch (error) {
        const { message, hint } = problemOf(error);
        toasts.show(`${message} ${hint}`.trim(), { kind: "problem" });
      }
    });
  return { busy: action.busy, save };
}
