import { memo } from "react";
import { clockTime, day, money, t, word } from "../../i18n";
import type { LedgerRow } from "../../platform/types";
import styles from "./Ledger.module.css";

/** Rows are laid out a hundred at a time, when they come into sight: a long film has thousands. */
const CHUNK = 100;
const ROW_PX = 27;

export const Rows = memo(function Rows({ rows }: { rows: readonly LedgerRow[] }) {
  const now = Date.now();
  const chunks: LedgerRow[][] = [];
  for (let at = 0; at < rows.length; at += CHUNK) chunks.push(rows.slice(at, at + CHUNK));
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
        {chunks.map((chunk, index) => (
          <tbody
            // biome-ignore lint/suspicious/noArrayIndexKey: a chunk is its place
            key={index}
            style={{ containIntrinsicSize: `auto ${chunk.length * ROW_PX}px` }}
          >
            {chunk.map((row, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a call has no other name, and rows keep no state
              <tr key={`${row.slot} ${place}`} data-testid="ledger-row">
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
        ))}
      </table>
    </section>
  );
});
