import { t } from "../i18n";
import { microsOf } from "../lib/dollars";
import styles from "./DollarField.module.css";

interface Props {
  name: string;
  value: string;
  onChange: (value: string) => void;
}

/** An amount of money that may be left empty, for no cap. */
export function DollarField({ name, value, onChange }: Props) {
  return (
    <label className={styles.field}>
      {name}
      <span className={styles.dollars}>
        $
        <input
          inputMode="decimal"
          value={value}
          placeholder={t("money.no_cap")}
          aria-invalid={microsOf(value) === undefined || undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      </span>
    </label>
  );
}
