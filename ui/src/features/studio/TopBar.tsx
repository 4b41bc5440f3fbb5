import { useState } from "react";
import { useServices } from "../../app/services";
import { EditableText } from "../../components/EditableText";
import { t } from "../../i18n";
import { STAGES, type StageName, type StageState, stagesOf } from "../../lib/stages";
import { problemOf } from "../../platform/platform";
import type { ProjectView } from "../../platform/types";
import { ExportMenu } from "../export/ExportMenu";
import { HistoryControls } from "../history/HistoryControls";
import { LiveIndicator } from "./LiveIndicator";
import { MoneyPill } from "./MoneyPill";
import styles from "./TopBar.module.css";

const STEP_NAMES: Record<StageName, string> = {
  brief: t("step.brief"),
  script: t("step.script"),
  cast: t("step.cast"),
  storyboard: t("step.storyboard"),
  shots: t("step.shots"),
  film: t("step.film"),
};
const STEP_STATES: Record<StageState, string> = {
  done: t("step.done"),
  now: t("step.now"),
  failed: t("step.failed"),
  next: t("step.next"),
};

export function TopBar({ view }: { view: ProjectView }) {
  const { platform, toasts } = useServices();
  const [naming, setNaming] = useState(false);
  const steps = stagesOf(view);
  const meta = (["length", "style", "ratio"] as const)
    .map((field) => view.brief?.chips.find((chip) => chip.field === field)?.label)
    .filter(Boolean)
    .join(" · ");

  return (
    <header className={styles.top}>
      <h1 className={styles.title}>
        <EditableText
          value={view.title}
          label={t("home.rename")}
          editing={naming}
          onEditing={setNaming}
          onCommit={(title) => {
            platform.renameProject(view.id, title).catch((error: unknown) => {
              toasts.show(problemOf(error).message, { kind: "problem" });
            });
          }}
        >
          <button type="button" dir="auto" title={t("home.rename")} onClick={() => setNaming(true)}>
            {view.title}
          </button>
        </EditableText>
      </h1>
      {meta && <span className={styles.meta}>{meta}</span>}
      <ol className={styles.steps} aria-label={t("step.label")}>
        {STAGES.map((name) => (
          <li key={name} data-state={steps[name]} aria-current={steps[name] === "now" ? "step" : undefined}>
            {STEP_NAMES[name]}
            <span className="unseen">: {STEP_STATES[steps[name]]}</span>
          </li>
        ))}
      </ol>
      <div className={styles.right}>
        <LiveIndicator />
        <HistoryControls project={view.id} history={view.history} />
        <MoneyPill view={view} />
        {(view.film || view.scenes.length > 0) && <ExportMenu view={view} />}
      </div>
    </header>
  );
}
