import { useServices } from "../../app/services";
import { useAction } from "../../lib/action";
import { useRequests } from "../../lib/request";
import { problemOf } from "../../platform/platform";
import type { ExportOrder } from "../../platform/types";

/** Asks for a place and begins to save there. How it goes on is shown at the foot of the window. */
export function useExport(project: string) {
  const { platform, toasts } = useServices();
  const action = useAction();
  const requests = useRequests();
  const begin = (order: ExportOrder) =>
    void action.run(async () => {
      const what = JSON.stringify(order);
      try {
        await platform.exportAs(project, requests.idFor(what), order);
      } catch (error) {
        const { message, hint } = problemOf(error);
        toasts.show(`${message} ${hint}`.trim(), { kind: "problem" });
      }
      requests.settled(what);
    });
  return { busy: action.busy, begin };
}
