import { type FormEvent, useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { DollarField } from "../../components/DollarField";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import { dollarsOf, microsOf } from "../../lib/dollars";
import type { CapsView } from "../../platform/types";
import styles from "./Ledger.module.css";

const FIELDS = ["runMicros", "projectMicros", "dayMicros"] as const;
const NAMES = { runMicros: t("money.cap_run"), projectMicros: t("money.cap_project"), dayMicros: t("money.cap_day") };

type Written = Record<(typeof FIELDS)[number], string>;

interface Props {
  project: string;
  caps: CapsView;
  onKept: () => void;
}

/** How much may be spent in a run, in this project and in a day. */
export function Caps({ project, caps, onKept }: Props) {
  const held = JSON.stringify(caps);
  return <Form key={held} project={project} caps={caps} onKept={onKept} />;
}

function Form({ project, caps, onKept }: Props) {
  const { platform, toasts } = useServices();
  const command = useCommand();
  const [written, setWritten] = useState<Written>(() => ({
    runMicros: dollarsOf(caps.runMicros),
    projectMicros: dollarsOf(caps.projectMicros),
    dayMicros: dollarsOf(caps.dayMicros),
  }));
  const read = FIELDS.map((field) => [field, microsOf(written[field])] as const);
  const bad = read.some(([, micros]) => micros === undefined);
  const changed = read.some(([field, micros]) => micros !== caps[field]);
  const keep = (event: FormEvent) => {
    event.preventDefault();
    const next = Object.fromEntries(read) as unknown as CapsView;
    void command
      .send(JSON.stringify(next), (request) => platform.setCaps(project, request, next))
      .then((well) => {
        if (!well) return;
        toasts.show(t("money.caps_kept"));
        onKept();
      });
  };
  return (
    <form className={styles.caps} onSubmit={keep} aria-label={t("money.caps")}>
      <h3 className="over">{t("money.caps")}</h3>
      <div className={styles.fields}>
        {FIELDS.map((field) => (
          <DollarField
            key={field}
            name={NAMES[field]}
            value={written[field]}
            onChange={(text) => setWritten((now) => ({ ...now, [field]: text }))}
          />
        ))}
        <Button type="submit" disabled={bad || !changed} busy={command.busy} data-testid="keep-caps">
          {t("money.caps_keep")}
        </Button>
      </div>
      <p className={bad ? styles.bad : styles.hint} role={bad ? "alert" : undefined}>
        {bad ? t("money.caps_bad") : t("money.caps_text")}
      </p>
      {command.problem && <ProblemNote problem={command.problem} />}
    </form>
  );
}
