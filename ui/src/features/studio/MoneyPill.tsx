import { money, t } from "../../i18n";
import { useStore } from "../../lib/store";
import type { ProjectView } from "../../platform/types";
import { useStudio } from "./state";
import styles from "./TopBar.module.css";

/** What the run has cost, of what it may cost; the way to the account. */
export function MoneyPill({ view }: { view: ProjectView }) {
  const studio = useStudio();
  const { tab } = useStore(studio.look);
  const spent = view.run?.costMicros ?? 0;
  const cap = view.plan?.capMicros ?? null;
  const free = spent === 0 && (view.plan?.priceMicros ?? 0) === 0;
  return (
    <button
      type="button"
      className={styles.pill}
      aria-pressed={tab === "ledger"}
      title={free ? t("studio.builtin_why") : t("money.pill_why")}
      data-testid="money"
      onClick={() => studio.show(tab === "ledger" ? (view.film ? "film" : "storyboard") : "ledger")}
    >
      <b>{free ? t("plan.free") : money(spent)}</b>{" "}
      <span>{free ? t("studio.builtin") : cap === null ? "" : t("money.of", { cap: money(cap) })}</span>
    </button>
  );
}
