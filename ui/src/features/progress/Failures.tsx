import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import type { Failure } from "../../lib/waiting";
import styles from "./ProgressCard.module.css";
import { taskName } from "./taskName";

const SHOWN = 4;

/** What failed and why, the same reason told once for all that it holds for. */
export function Failures({ failures }: { failures: readonly Failure[] }) {
  return failures.map((failure) => {
    const { agent, message, hint, titles } = failure;
    const named = titles.filter(Boolean);
    const what = taskName(agent, named.slice(0, SHOWN).join(", "));
    return (
      <ProblemNote
        key={`${agent} ${message} ${hint}`}
        problem={{ message: t("wait.failures", { what, message }), hint }}
      >
        {named.length > SHOWN && (
          <details className={styles.details}>
            <summary>{t("wait.more", { n: named.length - SHOWN })}</summary>
            <p dir="auto">{named.slice(SHOWN).join(", ")}</p>
          </details>
        )}
      </ProblemNote>
    );
  });
}
