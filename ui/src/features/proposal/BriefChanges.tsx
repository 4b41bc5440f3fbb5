import { t, word } from "../../i18n";
import type { ProposalView } from "../../platform/types";
import styles from "./ProposalCard.module.css";

/** What the change does to the brief: the old value struck out, the new one beside it. */
export function BriefChanges({ changes }: { changes: ProposalView["brief"] }) {
  if (changes.length === 0) return null;
  return (
    <ul className={styles.brief}>
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <em>{word("chip", field)}</em>
          <del dir="auto">
            <span className="unseen">{t("change.from")} </span>
            {before || t("brief.empty")}
          </del>
          <ins dir="auto">
            <span className="unseen">{t("change.to")} </span>
            {after || t("brief.empty")}
          </ins>
        </li>
      ))}
    </ul>
  );
}
