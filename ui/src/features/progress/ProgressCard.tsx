import { CircleStop, RotateCcw } from "lucide-react";
import { useLive, useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { roughly, t, word } from "../../i18n";
import { useAction } from "../../lib/action";
import { type AgentRow, type AgentState, type Progress, progressOf } from "../../lib/progress";
import { useRequests } from "../../lib/request";
import type { ProjectView, RunView, TaskView } from "../../platform/types";
import styles from "./ProgressCard.module.css";

const MARKS: Record<AgentState, string> = {
  running: "◐",
  failed: "✕",
  waiting: "○",
  queued: "◌",
  cancelled: "■",
  skipped: "–",
  done: "✓",
  cached: "✓",
};

/** The run as it goes: every agent with its counts, its state in words, and what went wrong. */
export function ProgressCard({ view, run }: { view: ProjectView; run: RunView }) {
  const { platform } = useServices();
  const { stream } = useLive();
  const project = view.id;
  const progress = progressOf(run, view.plan, stream?.samples ?? {}, stream?.heardAt ?? 0);
  const stop = useAction();
  const again = useAction();
  const requests = useRequests();
  const running = run.state === "running";
  const goOn = () =>
    void again.run(async () => {
      await platform.start(project, requests.idFor(run.id));
      requests.settled(run.id);
    });
  const rows = (
    <ul className={styles.rows}>
      {progress.rows.map((row) => (
        <Row key={row.agent} row={row} rows={progress.rows} running={running} />
      ))}
    </ul>
  );

  return (
    <section
      className={`card ${styles.card}`}
      data-testid="progress-card"
      data-state={run.state}
      aria-label={t("run.label")}
    >
      <h2 className="over">{headline(run, progress)}</h2>
      {running && (
        <div
          className={styles.whole}
          role="progressbar"
          aria-label={t("run.label")}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(progress.fraction * 100)}
        >
          <Bar fraction={progress.fraction} />
        </div>
      )}
      <span className="unseen" role="status">
        {announcement(run, progress)}
      </span>
      {run.state === "finished" ? (
        <details className={styles.details}>
          <summary>{t("run.what", { n: progress.total })}</summary>
          {rows}
        </details>
      ) : (
        rows
      )}
      {progress.failed.map((task) => (
        <ProblemNote key={task.slot} problem={{ message: failureOf(task), hint: task.hint }} />
      ))}
      {stop.problem && <ProblemNote problem={stop.problem} />}
      {again.problem && <ProblemNote problem={again.problem} />}
      {running && (
        <Button
          look="danger"
          icon={<CircleStop size={14} />}
          className={styles.act ?? ""}
          busy={stop.busy}
          data-testid="cancel-run"
          onClick={() => void stop.run(() => platform.cancel(project))}
        >
          {stop.busy ? t("run.stopping") : t("run.cancel")}
        </Button>
      )}
      {(run.state === "failed" || run.state === "cancelled" || run.state === "interrupted") && (
        <Button
          look="go"
          icon={<RotateCcw size={14} />}
          className={styles.act ?? ""}
          busy={again.busy}
          data-testid="run-again"
          onClick={goOn}
        >
          {run.state === "failed" ? t("action.again") : t("run.go_on")}
        </Button>
      )}
    </section>
  );
}

function headline(run: RunView, { done, total, left }: Progress): string {
  switch (run.state) {
    case "running": {
      const steps = t("run.making", { done, total });
      return left === null ? steps : `${steps}, ${left < 3 ? t("run.nearly") : t("run.left", { time: roughly(left) })}`;
    }
    case "finished":
      return t("run.finished", { time: took(run.tookMs) });
    case "failed":
      return t("run.failed", { done, total });
    case "cancelled":
      return t("run.cancelled", { done, total });
    case "interrupted":
      return t("run.interrupted", { done, total });
  }
}

/** Said aloud at every quarter and at the end, not at every sample. */
function announcement(run: RunView, progress: Progress): string {
  if (run.state !== "running") return headline(run, progress);
  return t("run.percent", { n: Math.floor(progress.fraction * 4) * 25 });
}

function Row({ row, rows, running }: { row: AgentRow; rows: readonly AgentRow[]; running: boolean }) {
  return (
    <li className={styles.row} data-testid="task-row" data-agent={row.agent} data-state={row.state}>
      <span className={styles.mark} aria-hidden>
        {MARKS[row.state]}
      </span>
      <span>{word("agent", row.agent)}</span>
      <small dir="auto">{stateWords(row, rows)}</small>
      {running && row.state === "running" && <Bar fraction={row.fraction} />}
    </li>
  );
}

function stateWords(row: AgentRow, rows: readonly AgentRow[]): string {
  const count = t("task.count", { done: row.done, total: row.total });
  switch (row.state) {
    case "running":
      return row.total > 1 ? count : row.title || t("task.running");
    case "done":
      return row.total > 1 ? `${count} · ${took(row.tookMs)}` : took(row.tookMs);
    case "cached":
      return t("task.cached");
    case "waiting": {
      const open = row.waitsFor.find((agent) =>
        rows.some((other) => other.agent === agent && other.done < other.total),
      );
      return open ? t("task.waits_for", { agent: word("agent", open).toLowerCase() }) : t("task.waiting");
    }
    case "queued":
      return t("task.queued");
    case "failed":
      return t("task.failed", { done: row.done, total: row.total });
    case "skipped":
      return t("task.skipped");
    case "cancelled":
      return t("task.cancelled");
  }
}

const took = (ms: number) => t("unit.seconds", { n: ms < 10_000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000) });

function failureOf(task: TaskView): string {
  const who = [word("agent", task.agent), task.title].filter(Boolean).join(", ");
  return `${who}: ${task.message}`;
}

function Bar({ fraction }: { fraction: number }) {
  return (
    <span className={styles.bar} aria-hidden>
      <i style={{ transform: `scaleX(${Math.max(0.01, fraction)})` }} />
    </span>
  );
}
