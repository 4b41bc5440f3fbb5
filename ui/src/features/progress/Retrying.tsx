import { useState } from "react";
import { roughly, t } from "../../i18n";
import type { TaskView } from "../../platform/types";
import styles from "./ProgressCard.module.css";
import { taskName } from "./taskName";

/** More than these, the soonest first, are counted and not listed. */
const MOST = 3;
/** Longer than this, in seconds, and the second it comes at is of no interest. */
const LONG_S = 120;

/** Tasks that are tried again by themselves: when, and what went wrong. */
export function Retrying({ tasks }: { tasks: readonly TaskView[] }) {
  if (tasks.length === 0) return null;
  return (
    <ul className={styles.retrying} data-testid="retrying">
      {tasks.slice(0, MOST).map((task) => (
        <li key={task.slot}>
          <p dir="auto">
            <b>{taskName(task.agent, task.title)}</b> <Countdown key={task.retryAtMs} at={task.retryAtMs} />
            <small className={styles.try}>{t("wait.try", { n: task.attempt + 1 })}</small>
          </p>
          {task.message && <p dir="auto">{task.message}</p>}
        </li>
      ))}
      {tasks.length > MOST && <li>{t("wait.more", { n: tasks.length - MOST })}</li>}
    </ul>
  );
}

/** Counts down with an animation of a second, which a window that is out of sight does not run. */
function Countdown({ at }: { at: number }) {
  const [now, setNow] = useState(() => Date.now());
  const left = Math.ceil((at - now) / 1000);
  if (left <= 0) return <span>{t("wait.retry_now")}</span>;
  return (
    <span className={styles.second} onAnimationIteration={() => setNow(Date.now())} data-testid="countdown">
      {t("wait.retry_in", { time: left > LONG_S ? roughly(left) : t("unit.seconds", { n: left }) })}
    </span>
  );
}
