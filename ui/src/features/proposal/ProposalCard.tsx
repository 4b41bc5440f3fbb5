import { Check } from "lucide-react";
import { useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import { isOpen } from "../../lib/progress";
import type { ProposalState, ProposalView, RunView } from "../../platform/types";
import { BriefChanges } from "./BriefChanges";
import { Cost } from "./Cost";
import { type Choices, costOf, groupsOf, NO_CHOICES } from "./choices";
import { ImpactGroup } from "./ImpactGroup";
import styles from "./ProposalCard.module.css";

interface Props {
  project: string;
  proposal: ProposalView;
  state: ProposalState;
  run: RunView | null;
}

/** A change before it is applied: what it touches, what that costs, and a tick for each thing. */
export function ProposalCard({ project, proposal, state, run }: Props) {
  if (state !== "open") {
    return (
      <section className={`card ${styles.decided}`} data-testid="proposal-card" data-state={state}>
        <span className={styles.verdict}>{state === "applied" ? t("change.applied") : t("change.dismissed")}</span>
        <span dir="auto">{proposal.words}</span>
      </section>
    );
  }
  return <OpenProposal key={proposal.id} project={project} proposal={proposal} run={run} />;
}

function OpenProposal({ project, proposal, run }: Omit<Props, "state">) {
  const { platform } = useServices();
  const [choices, setChoices] = useState<Choices>(NO_CHOICES);
  const command = useCommand();
  const cost = costOf(proposal, choices);
  const groups = groupsOf(proposal.items);
  const busyRun = isOpen(run);
  const apply = (start: boolean) =>
    void command.send(`apply ${start}`, (request) =>
      platform.applyProposal(project, request, proposal.id, [...choices.keep], [...choices.release], start),
    );
  return (
    <section
      className={`card ${styles.card}`}
      data-testid="proposal-card"
      data-state="open"
      aria-label={t("change.title")}
    >
      <h2 className="over">{t("change.title")}</h2>
      <p className={styles.words} dir="auto">
        {proposal.words}
      </p>
      <BriefChanges changes={proposal.brief} />
      {proposal.conflicts.length > 0 && (
        <div className={styles.conflicts} role="note">
          <h3>{t("change.conflicts")}</h3>
          {proposal.conflicts.map((words) => (
            <p key={words} dir="auto">
              {words}
            </p>
          ))}
        </div>
      )}
      {groups.length === 0 && <p className={styles.nothing}>{t("change.nothing")}</p>}
      {groups.map((group) => (
        <ImpactGroup key={group.kind} group={group} choices={choices} onChoose={setChoices} />
      ))}
      <Cost least={cost.least} most={cost.most} />
      {command.problem && <ProblemNote problem={command.problem} />}
      <div className={styles.acts}>
        {!busyRun && (
          <Button
            look="go"
            icon={<Check size={14} />}
            busy={command.busy}
            data-testid="apply-start"
            onClick={() => apply(true)}
          >
            {t("change.apply_start")}
          </Button>
        )}
        <Button busy={command.busy} data-testid="apply" onClick={() => apply(false)}>
          {t("change.apply")}
        </Button>
        <Button
          look="quiet"
          busy={command.busy}
          data-testid="not-now"
          onClick={() =>
            void command.send("dismiss", (request) => platform.dismissProposal(project, request, proposal.id))
          }
        >
          {t("change.not_now")}
        </Button>
      </div>
      {busyRun && <p className={styles.nothing}>{t("change.running")}</p>}
    </section>
  );
}
