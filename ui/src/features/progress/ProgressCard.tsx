import { CirclePause, CircleStop, Play, RotateCcw } from "lucide-react";
import { useLive, useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { money, roughly, t } from "../../i18n";
import { useAction } from "../../lib/action";
import { useCommand } from "../../lib/command";
import { isOpen, type Progress, progressOf } from "../../lib/progress";
import { type Waiting, waitingOf } from "../../lib/waiting";
import type { ProjectView, RunView } from "../../platform/types";
import { AgentRows, Bar, took } from "./AgentRows";
import { Failures } from "./Failures";
import { isOnlyUnknown, NeedsYou } from "./NeedsYou";
import styles from "./ProgressCard.module.css";
import { Retrying } from "./Retrying";

/** The run as it goes: every agent with its counts, its state in words, what it waits for, and what went wrong. */
export function ProgressCard({ view, run }: { view: ProjectView; run: RunView }) {
  const { stream } = useLive();
  const progress = progressOf(run, view.plan, stream?.samples ?? {}, stream?.heardAt ?? 0);
  const waiting = waitingOf(run.tasks);
  const rows = <AgentRows rows={progress.rows} running={run.state === "running"} />;
  return (
    <section
      className={`card ${styles.card}`}
      data-testid="progress-card"
      data-state={run.state}
      aria-label={t("run.label")}
    >
      <h2 className="over">{headline(run, progress)}</h2>
      {isOpen(run) && (
        <div
          className={styles.whole}
          role="progressbar"
          aria-label={t("run.label")}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(progress.fraction * 100)}
        >
          <Bar fraction={progress.fraction} still={run.state !== "running"} />
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
      {isOpen(run) && <Retrying tasks={waiting.retrying} />}
      {/* A film cut without what failed says itself what is missing. */}
      {run.state !== "finished" && <Failures failures={waiting.failures} />}
      {run.state !== "cancelled" && <NeedsYou project={view.id} waiting={waiting} />}
      <Acts view={view} run={run} waiting={waiting} />
    </section>
  );
}

function Acts({ view, run, waiting }: { view: ProjectView; run: RunView; waiting: Waiting }) {
  const { platform } = useServices();
  const stop = useAction();
  const hold = useAction();
  const cut = useAction();
  const again = useCommand();
  const project = view.id;
  const ended = run.state === "failed" || run.state === "cancelled" || run.state === "interrupted";
  const stuck = (run.waitsForYou > 0 || run.state === "failed") && view.shots.some((shot) => shot.clip);
  const cuttable = (stuck || waiting.unknown.length > 0) && !isOnlyUnknown(waiting) && run.state !== "cancelled";
  const goOn = () =>
    void again.send(run.id, (request) =>
      run.state === "failed" ? platform.retry(project, request) : platform.start(project, request),
    );
  return (
    <>
      {[stop, hold, cut, again].map(
        ({ problem }) => problem && <ProblemNote key={problem.message} problem={problem} />,
      )}
      <div className={styles.acts}>
        {ended && (
          <Button
            look="go"
            icon={<RotateCcw size={14} />}
            busy={again.busy}
            data-testid="run-again"
            title={run.state === "failed" ? t("run.retry_why") : undefined}
            onClick={goOn}
          >
            {run.state === "failed" ? t("run.retry") : t("run.go_on")}
          </Button>
        )}
        {run.state === "paused" && (
          <Button
            look="go"
            icon={<Play size={14} />}
            busy={hold.busy}
            data-testid="resume-run"
            onClick={() => void hold.run(() => platform.resumeRun(project))}
          >
            {t("run.resume")}
          </Button>
        )}
        {run.state === "running" && (
          <Button
            icon={<CirclePause size={14} />}
            busy={hold.busy}
            data-testid="pause-run"
            onClick={() => void hold.run(() => platform.pause(project))}
          >
            {t("run.pause")}
          </Button>
        )}
        {isOpen(run) && (
          <Button
            look="danger"
            icon={<CircleStop size={14} />}
            busy={stop.busy}
            data-testid="cancel-run"
            onClick={() => void stop.run(() => platform.cancel(project))}
          >
            {stop.busy ? t("run.stopping") : t("run.cancel")}
          </Button>
        )}
        {cuttable && (
          <Button
            title={t("run.cut_why")}
            busy={cut.busy}
            data-testid="cut-now"
            onClick={() => void cut.run(() => platform.cutNow(project))}
          >
            {t("run.cut_now")}
          </Button>
        )}
      </div>
    </>
  );
}

function headline(run: RunView, progress: Progress): string {
  const words = state(run, progress);
  if (run.costMicros === 0) return words;
  const cost = money(run.costMicros);
  return `${words} · ${isOpen(run) ? t("run.cost", { cost }) : t("run.cost_end", { cost })}`;
}

function state(run: RunView, { done, total, left }: Progress): string {
  switch (run.state) {
    case "running": {
      const steps = t("run.making", { done, total });
      return left === null ? steps : `${steps}, ${left < 3 ? t("run.nearly") : t("run.left", { time: roughly(left) })}`;
    }
    case "paused":
      return t("run.paused", { done, total });
    case "waiting":
      return t("run.waiting", { done, total });
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
  if (run.state !== "running") return state(run, progress);
  return t("run.percent", { n: Math.floor(progress.fraction * 4) * 25 });
}
