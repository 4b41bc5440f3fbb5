import { money, number, t } from "../../i18n";
import type { ModelSpend } from "../../platform/types";
import styles from "./Ledger.module.css";

/** What each model cost, and how far off the estimates were. */
export function ByModel({ models }: { models: readonly ModelSpend[] }) {
  return (
    <section>
      <h3 className="over">{t("money.by_model")}</h3>
      <table className={styles.models}>
        <thead>
          <tr>
            <th scope="col">{t("money.model")}</th>
            <th scope="col">{t("money.calls")}</th>
            <th scope="col">{t("money.estimated")}</th>
            <th scope="col">{t("money.paid")}</th>
            <th scope="col">{t("money.error")}</th>
          </tr>
        </thead>
        <tbody>
          {models.map((one) => (
            <tr key={`${one.provider} ${one.model}`}>
              <th scope="row" dir="auto">
                {one.provider} <small>{one.model}</small>
              </th>
              <td>{number(one.calls)}</td>
              <td>{money(one.estimatedMicros)}</td>
              <td>{money(one.micros)}</td>
              <td>{errorOf(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function errorOf({ micros, estimatedMicros }: ModelSpend): string {
  if (micros === 0) return "–";
  const percent = Math.round((100 * (estimatedMicros - micros)) / micros);
  if (percent === 0) return t("money.error_none");
  return percent > 0 ? t("money.error_over", { n: percent }) : t("money.error_under", { n: -percent });
}
