import type { ReactNode } from "react";
import { useLive, usePlatform } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { money, t } from "../../i18n";
import { useAsked } from "../../lib/asked";
import type { LedgerView } from "../../platform/types";
import { ByModel } from "./ByModel";
import { Caps } from "./Caps";
import styles from "./Ledger.module.css";
import { Rows } from "./Rows";

/** The account of a film: what was spent on what, how good the estimates were, and how much may be spent. */
export function Ledger({ project }: { project: string }) {
  const platform = usePlatform();
  const { stream } = useLive();
  const asked = useAsked(project, stream?.spentAt ?? 0, () => platform.ledger(project));
  const ledger = asked.value;
  return (
    <div className={styles.ledger} data-testid="ledger">
      <h2 className="unseen">{t("money.account")}</h2>
      {asked.problem && (
        <ProblemNote problem={asked.problem}>
          <Button onClick={asked.again}>{t("action.again")}</Button>
        </ProblemNote>
      )}
      {!ledger && !asked.problem && (
        <div className={styles.totals} aria-busy>
          <span className="unseen">{t("loading")}</span>
          {["a", "b", "c", "d"].map((key) => (
            <div key={key} className={`skeleton ${styles.ghost}`} />
          ))}
        </div>
      )}
      {ledger && (
        <>
          <Totals ledger={ledger} />
          <Caps project={project} caps={ledger.caps} onKept={asked.again} />
          {ledger.rows.length === 0 ? (
            <div className={styles.none}>
              <h3>{t("money.none")}</h3>
              <p>{t("money.none_why")}</p>
            </div>
          ) : (
            <>
              <ByModel models={ledger.byModel} />
              <Rows rows={ledger.rows} />
            </>
          )}
        </>
      )}
    </div>
  );
}

function Totals({ ledger }: { ledger: LedgerView }) {
  return (
    <dl className={styles.totals}>
      <Total name={t("money.total")} micros={ledger.totalMicros} testId="ledger-total" />
      <Total name={t("money.today")} micros={ledger.todayMicros} />
      {ledger.talkMicros > 0 && (
        <Total
          name={t("money.talk")}
          micros={ledger.talkMicros}
          why={t("money.talk_why", { cap: money(ledger.talkCapMicros) })}
        />
      )}
      <Total name={t("money.reserved")} micros={ledger.reservedMicros} why={t("money.reserved_why")} />
      <Total name={t("money.unknown")} micros={ledger.unknownMicros} why={t("money.unknown_why")} unknown />
    </dl>
  );
}

interface TotalProps {
  name: string;
  micros: number;
  why?: ReactNode;
  unknown?: boolean;
  testId?: string;
}

function Total({ name, micros, why, unknown = false, testId }: TotalProps) {
  return (
    <div className={styles.total} data-unknown={unknown && micros > 0} data-testid={testId}>
      <dt>{name}</dt>
      <dd>
        {money(micros)} {why && <small>{why}</small>}
      </dd>
    </div>
  );
}
