import { Check, X } from "lucide-react";
import { useEffect, useState } from "react";
import { usePlatform } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { money, shotLength, t, word } from "../../i18n";
import type { ModelKind, ServerEdit, TrialFinding } from "../../platform/types";
import styles from "./Models.module.css";
import { useQuestion } from "./useServers";

interface Props {
  kind: ModelKind;
  /** What is written; null while something is missing. */
  edit: ServerEdit | null;
}

/** The smallest things that a model can make, made when the person says so, with their price beside the button. */
export function Trial({ kind, edit }: Props) {
  const platform = usePlatform();
  const trial = useQuestion();
  const most = usePrice(kind, edit);
  const { answer } = trial;
  return (
    <div className={styles.field}>
      <div className={styles.found}>
        <Button
          busy={trial.busy}
          disabled={!edit || most === undefined}
          data-testid="try-model"
          onClick={() => edit && void trial.ask((request) => platform.tryModel(request, kind, edit))}
        >
          {t("trial.try")}
        </Button>
        <span className={styles.note} data-testid="trial-price">
          {word("trial_asks", kind)} {most === undefined ? "" : priced(most)}
        </span>
      </div>
      <div role="status" data-testid="trial-answer">
        {answer?.kind === "tried" && (
          <ul className={styles.findings}>
            {answer.findings.map((found) => (
              <Found key={found.part} found={found} />
            ))}
          </ul>
        )}
      </div>
      {answer?.kind === "failed" && <ProblemNote problem={answer.problem} />}
    </div>
  );
}

/** What the trial costs at most: null when nobody knows, undefined until it is told. */
function usePrice(kind: ModelKind, edit: ServerEdit | null): number | null | undefined {
  const platform = usePlatform();
  const [most, setMost] = useState<number | null | undefined>(undefined);
  const asked = edit ? JSON.stringify([edit.price, edit.lengths]) : "";
  useEffect(() => {
    setMost(undefined);
    if (asked === "") return;
    let wanted = true;
    const [price, lengths] = JSON.parse(asked) as [ServerEdit["price"], number[]];
    // What cannot be is said when it is kept or tried.
    const told = platform.trialPrice(kind, price, lengths).catch(() => undefined);
    void told.then((micros) => wanted && setMost(micros));
    return () => {
      wanted = false;
    };
  }, [platform, kind, asked]);
  return most;
}

function priced(most: number | null): string {
  if (most === null) return t("trial.no_price");
  return most === 0 ? t("trial.free") : t("trial.most", { price: money(most) });
}

function Found({ found }: { found: TrialFinding }) {
  const { part, ms, size, lengthMs, problem } = found;
  if (problem) {
    return (
      <li>
        <span className={styles.bad}>
          <X size={14} aria-hidden /> {t("trial.fails", { part: word("trial_part", part) })}
        </span>
        <ProblemNote problem={problem} />
      </li>
    );
  }
  const seconds = (of: number) => (of === 0 ? "" : shotLength(of));
  const came = [size.replace("x", " × "), seconds(lengthMs)].filter(Boolean);
  return (
    <li className={styles.works}>
      <Check size={14} aria-hidden /> {[word("trial_part", part), ...came].join(" · ")}
      <small> {t("trial.took", { time: shotLength(Math.max(100, ms)) })}</small>
    </li>
  );
}
