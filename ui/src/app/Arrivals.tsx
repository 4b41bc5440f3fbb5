import { useEffect } from "react";
import { t } from "../i18n";
import { problemOf } from "../platform/platform";
import { go } from "./route";
import { useServices } from "./services";

/** Project files that the system opened here: the last of them is shown, and what could not be opened is said. */
export function Arrivals() {
  const { platform, home, toasts } = useServices();
  useEffect(() => {
    let ended = false;
    let end = () => {};
    const look = async () => {
      for (const { project, problem } of await platform.arrivals()) {
        if (problem) toasts.show(`${problem.message} ${problem.hint}`.trim(), { kind: "problem" });
        else {
          toasts.show(t("home.imported"));
          go({ screen: "project", project });
        }
      }
      await home.load();
    };
    const complain = (error: unknown) => toasts.show(problemOf(error).message, { kind: "problem" });
    // Heard first, asked then: what comes in between is not missed.
    platform
      .onArrived(() => void look().catch(complain))
      .then(async (stop) => {
        if (ended) return stop();
        end = stop;
        const waiting = await platform.arrivals();
        for (const { project, problem } of waiting) {
          if (problem) toasts.show(`${problem.message} ${problem.hint}`.trim(), { kind: "problem" });
          else go({ screen: "project", project });
        }
      })
      .catch(complain);
    return () => {
      ended = true;
      end();
    };
  }, [platform, home, toasts]);
  return null;
}
