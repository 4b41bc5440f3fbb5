import { money, moneyRange, t, word } from "../../i18n";
import type { CallsView, PlanView } from "../../platform/types";
import styles from "./PlanCard.module.css";

/** What it costs, in the two steps in which it is asked for, and what stands in front of it. */
export function Price({ plan }: { plan: PlanView }) {
  if (plan.priceMicros === 0) {
    return (
      <>
        <b>{t("plan.free")}</b> <span>— {t("studio.builtin")}</span>
      </>
    );
  }
  const calls = byModel(plan);
  const over = plan.capMicros !== null && plan.priceMicros > plan.capMicros;
  return (
    <div className={styles.price} data-testid="plan-price">
      <p>
        <span>{t("plan.text_first")}</span>
        <b>{moneyRange(plan.textLeastMicros, plan.textMostMicros)}</b>
      </p>
      <p>
        <span>{t("plan.then_media")}</span>
        <b>{moneyRange(plan.mediaLeastMicros, plan.mediaMostMicros)}</b>
      </p>
      <p className={styles.whole}>
        <span>
          {t("plan.in_all")}
          <small>{plan.capMicros === null ? t("plan.no_cap") : t("plan.cap", { cap: money(plan.capMicros) })}</small>
        </span>
        <b>{money(plan.priceMicros)}</b>
      </p>
      {over && <p className={styles.over}>{t("plan.over_cap")}</p>}
      {calls.length > 0 && (
        <details>
          <summary>{countWords(sumOf(calls))}</summary>
          <ul>
            {calls.map((one) => (
              <li key={`${one.provider} ${one.model} ${one.kind}`}>
                <span dir="auto">
                  {one.provider} {one.model}
                  <small>{word("calls", one.kind)}</small>
                </span>
                <span>{countWords(one)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

type Count = Pick<CallsView, "least" | "most">;

function byModel(plan: PlanView): CallsView[] {
  const models = new Map<string, CallsView>();
  for (const calls of plan.steps.flatMap((step) => step.calls)) {
    const key = JSON.stringify([calls.provider, calls.model, calls.kind]);
    const held = models.get(key);
    models.set(key, held ? { ...calls, ...sumOf([held, calls]) } : calls);
  }
  return [...models.values()];
}

function sumOf(calls: readonly Count[]): Count {
  const sum = (end: keyof Count) => calls.reduce((total, one) => total + one[end], 0);
  return { least: sum("least"), most: sum("most") };
}

function countWords({ least, most }: Count): string {
  return least === most ? t("plan.calls", { n: most }) : t("plan.calls_range", { least, most });
}
