import { memo, useState } from "react";
import { Button } from "../../components/Button";
import { clockTime, day, money, t, word } from "../../i18n";
import type { LedgerRow } from "../../platform/types";
import styles from "./Ledger.module.css";

/** A long film has thousands of calls: this many are shown, and as many more at each asking. */
const PAGE = 200;

export const Rows = memo(function Rows({ rows }: { rows: readonly LedgerRow[] }) {
  const now = Date.now();
  const [pages, setPages] = useState(1);
  const left = rows.length - pages * PAGE;
  return (
    <section>
      <h3 className="over">{t("money.rows")}</h3>
      <table aria-label={t("money.rows")} className={styles.rows}>
        <thead>
          <tr>
            <th scope="col">{t("money.when")}</th>
            <th scope="col">{t("money.what")}</th>
            <th scope="col">{t("money.model")}</th>
            <th scope="col">{t("money.units")}</th>
            <th scope="col">{t("money.price")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, pages * PAGE).map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: counted from the oldest, a call's place is its name
            <tr key={rows.length - place} data-testid="ledger-row">
              <td title={day(row.atS * 1000, now)}>{clockTime(row.atS * 1000)}</td>
              <td dir="auto">
                {word("agent", row.agent)}
                {row.title && <small>{row.title}</small>}
              </td>
              <td dir="auto">{row.model}</td>
              <td dir="auto">{row.units}</td>
              <td>{money(row.micros)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <Button look="quiet" className={styles.more ?? ""} onClick={() => setPages(pages + 1)}>
          {t("money.more", { n: Math.min(left, PAGE) })}
        </Button>
      )}
    </section>
  );
});
