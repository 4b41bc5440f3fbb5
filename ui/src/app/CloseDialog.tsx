import { useEffect, useState } from "react";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { ProblemNote } from "../components/ProblemNote";
import { t } from "../i18n";
import { useAction } from "../lib/action";
import type { CloseAsked, CloseChoice } from "../platform/types";
import styles from "./App.module.css";
import { usePlatform } from "./services";

/** Closing the window while a film is being made is a question. */
export function CloseDialog() {
  const platform = usePlatform();
  const [asked, setAsked] = useState<CloseAsked | null>(null);
  const action = useAction();
  useEffect(() => {
    let ended = false;
    let end = () => {};
    void platform.onCloseAsked(setAsked).then((stop) => {
      if (ended) stop();
      else end = stop;
    });
    return () => {
      ended = true;
      end();
    };
  }, [platform]);
  if (!asked) return null;

  const decide = async (choice: CloseChoice) => {
    if (await action.run(() => platform.closeDecision(choice))) setAsked(null);
  };
  return (
    <Dialog title={t("close.title")} onClose={() => void decide("stay")}>
      <p dir="auto" data-testid="close-dialog">
        {asked.running > 1 ? t("close.several", { n: asked.running }) : t("close.one", { title: asked.title })}
      </p>
      {action.problem && <ProblemNote problem={action.problem} />}
      <div className={styles.choices}>
        <Button look="go" busy={action.busy} data-testid="close-background" onClick={() => void decide("background")}>
          {t("close.background")}
        </Button>
        <Button busy={action.busy} data-testid="close-stop" onClick={() => void decide("stop")}>
          {t("close.stop")}
        </Button>
        <Button look="quiet" busy={action.busy} data-testid="close-stay" onClick={() => void decide("stay")}>
          {t("close.stay")}
        </Button>
      </div>
    </Dialog>
  );
}
