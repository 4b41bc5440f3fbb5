import { Play } from "lucide-react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { roughly, t, word } from "../../i18n";
import { useCommand } from "../../lib/command";
import { isOpen } from "../../lib/progress";
import type { PlanStepView, PlanView, RunView } from "../../platform/types";
import { Makers } from "./Makers";
import styles from "./PlanCard.module.css";
import { Price } from "./Price";
import { ReviewSwitch } from "./ReviewSwitch";

interface Props {
  project: string;
  plan: PlanView;
  run: RunView | null;
  /** True when the project's film is what this plan would make. */
  made: boolean;
}

/** Who will do what, what it costs and how long it takes, before anything is done. */
export function PlanCard({ project, plan, run, made }: Props) {
  const { platform } = useServices();
  const command = useCommand();
  const start = () => command.send("start", (request) => platform.start(project, request));
  const offered = !isOpen(run) && !made;
  return (
    <section className={`card ${styles.card}`} data-testid="plan-card" aria-label={t("plan.title")}>
      <h2 className="over">{t("plan.title")}</h2>
      <ol className={styles.groups}>
        {groupsOf(plan.steps).map((steps, index) => (
          <li key={steps[0]?.agent ?? index}>
            <span className={styles.number} aria-hidden>
              {index + 1}
            </span>
            <ul title={steps.length > 1 ? t("plan.side_by_side") : undefined}>
              {steps.map((step) => (
                <li key={step.agent}>
                  {word("agent", step.agent)}
                  {step.most > 1 && <small>{countOf(step)}</small>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {/* A plan that cannot be made says why in the place of its reasons. */}
      {!plan.canStart && plan.why && <ProblemNote problem={{ message: plan.why, hint: "" }} />}
      {plan.canStart && <Facts plan={plan} />}
      <Makers project={project} free={!isOpen(run)} />
      {plan.canStart && !made && <ReviewSwitch project={project} review={plan.review} />}
      {command.problem && <ProblemNote problem={command.problem} />}
      {offered && (
        <div className={styles.start}>
          <Button
            look="go"
            icon={<Play size={14} />}
            data-testid="plan-start"
            disabled={!plan.canStart}
            busy={command.busy}
            onClick={() => void start()}
          >
            {t("plan.start")}
          </Button>
          <span>{plan.canStart ? t("plan.start_hint") : t("plan.cannot_start")}</span>
        </div>
      )}
    </section>
  );
}

function groupsOf(steps: readonly PlanStepView[]): PlanStepView[][] {
  const groups = new Map<number, PlanStepView[]>();
  for (const step of steps) groups.set(step.group, [...(groups.get(step.group) ?? []), step]);
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}

function countOf({ least, most }: PlanStepView): string {
  return least === most ? `×${most}` : `×${least}–${most}`;
}

function timeOf({ secondsLeast, secondsMost }: PlanView): string {
  const least = roughly(secondsLeast);
  const most = roughly(secondsMost);
  return least === most ? t("plan.about", { n: most }) : t("range", { least, most });
}

function Facts({ plan }: { plan: PlanView }) {
  return (
    <dl className={styles.facts}>
      <dt>{t("plan.complexity")}</dt>
      <dd>
        <b>{word("complexity", plan.complexity)}</b> {plan.why && <span dir="auto">— {plan.why}</span>}
      </dd>
      <dt>{t("plan.time")}</dt>
      <dd>
        <b>{timeOf(plan)}</b>
      </dd>
      <dt>{t("plan.price")}</dt>
      <dd className={plan.priceMicros > 0 ? styles.broad : undefined}>
        <Price plan={plan} />
      </dd>
      {plan.cached > 0 && <dd className={styles.broad}>{t("plan.cached", { n: plan.cached })}</dd>}
    </dl>
  );
}
