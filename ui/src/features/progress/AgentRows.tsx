import { t, word } from "../../i18n";
import type { AgentRow, AgentState } from "../../lib/progress";
import styles from "./ProgressCard.module.css";

const MARKS: Record<AgentState, string> = {
  running: "◐",
  retrying: "↻",
  needs_approval: "?",
  unknown: "⁇",
  failed: "✕",
  waiting: "○",
  queued: "◌",
  cancelled: "■",
  skipped: "–",
  done: "✓",
  cached: "✓",
  refreshable: "✓",
};

/** Every agent with its counts and its state in words. */
export function AgentRows({ rows, running }: { rows: readonly AgentRow[]; running: boolean }) {
  return (
    <ul className={styles.rows}>
      {rows.map((row) => (
        <li key={row.agent} className={styles.row} data-testid="task-row" data-agent={row.agent} data-state={row.state}>
          <span className={styles.mark} aria-hidden>
            {MARKS[row.state]}
          </span>
          <span>{word("agent", row.agent)}</span>
          <small dir="auto">{stateWords(row, rows)}</small>
          {running && row.state === "running" && <Bar fraction={row.fraction} />}
        </li>
      ))}
    </ul>
  );
}

function stateWords(row: AgentRow, rows: readonly AgentRow[]): string {
  const { done, total } = row;
  const count = t("task.count", { done, total });
  switch (row.state) {
    case "running":
      return row.total > 1 ? count : row.title || t("task.running");
    case "retrying":
      return t("task.retrying", { done, total });
    case "needs_approval":
      return t("task.needs_approval", { done, total });
    case "unknown":
      return t("task.unknown", { done, total });
    case "done":
      if (row.tookMs === 0) return count;
      return row.total > 1 ? `${count} · ${took(row.tookMs)}` : took(row.tookMs);
    case "cached":
      return t("task.cached");
    case "refreshable":
      return t("task.refreshable");
    case "waiting": {
      const open = row.waitsFor.find((agent) =>
        rows.some((other) => other.agent === agent && other.done < other.total),
      );
      return open ? t("task.waits_for", { agent: word("agent", open).toLowerCase() }) : t("task.waiting");
    }
    case "queued":
      return row.waitsOn ? t("task.waits_for", { agent: row.waitsOn }) : t("task.queued");
    case "failed":
      return t("task.failed", { done, total });
    case "skipped":
      return t("task.skipped", { done, total });
    case "cancelled":
      return t("task.cancelled");
  }
}

export const took = (ms: number) =>
  t("unit.seconds", { n: ms < 10_000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000) });

export function Bar({ fraction, still = false }: { fraction: number; still?: boolean }) {
  return (
    <span className={styles.bar} data-still={still} aria-hidden>
      <i style={{ transform: `scaleX(${Math.max(0.01, fraction)})` }} />
    </span>
  );
}
