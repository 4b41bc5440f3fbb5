import { moneyRange, number, roughly, t } from "../../i18n";
import type { CostView } from "../../platform/types";
import styles from "./ProposalCard.module.css";

/** At least and at most: steps, calls, money, time. */
export function Cost({ least, most }: { least: CostView; most: CostView }) {
  const range = (from: string, to: string) => (from === to ? to : t("range", { least: from, most: to }));
  return (
    <dl className={styles.cost} data-testid="proposal-cost" aria-live="polite">
      <div>
        <dt>{t("change.tasks")}</dt>
        <dd>{range(number(least.tasks), number(most.tasks))}</dd>
      </div>
      <div>
        <dt>{t("change.calls")}</dt>
        <dd>{range(number(least.calls), number(most.calls))}</dd>
      </div>
      <div>
        <dt>{t("change.money")}</dt>
        <dd>{most.micros === 0 ? t("plan.free") : moneyRange(least.micros, most.micros)}</dd>
      </div>
      <div>
        <dt>{t("change.time")}</dt>
        <dd>{range(roughly(least.seconds), roughly(most.seconds))}</dd>
      </div>
    </dl>
  );
}
