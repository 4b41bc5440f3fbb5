import { useId } from "react";
import { t, word } from "../../i18n";
import type { ModelKind } from "../../platform/types";
import styles from "./Models.module.css";
import { read, type Written } from "./price";
import { TextField } from "./TextField";

interface Props {
  kind: ModelKind;
  value: Written;
  onChange: (value: Written) => void;
}

/** What the model's work costs, in the unit that its kind is billed by. */
export function PriceField({ kind, value, onChange }: Props) {
  const id = useId();
  const set = (change: Partial<Written>) => onChange({ ...value, ...change });
  const filled = kind === "chat" ? value.input !== "" && value.output !== "" : value.each !== "";
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t("server.price")}</label>
      <select
        id={id}
        value={value.kind}
        data-testid="price-kind"
        onChange={(event) => set({ kind: event.target.value as Written["kind"] })}
      >
        <option value="unknown">{t("server.unknown")}</option>
        <option value="free">{t("server.free")}</option>
        <option value="priced">{t("server.each")}</option>
      </select>
      {value.kind === "unknown" && <small>{t("server.unknown_hint")}</small>}
      {value.kind === "priced" &&
        (kind === "chat" ? (
          <div className={styles.pair}>
            <TextField
              name={t("server.input")}
              value={value.input}
              testid="price-input"
              onChange={(input) => set({ input })}
            />
            <TextField
              name={t("server.output")}
              value={value.output}
              testid="price-output"
              onChange={(output) => set({ output })}
            />
          </div>
        ) : (
          <TextField
            name={word("price_each", kind)}
            value={value.each}
            testid="price-each"
            onChange={(each) => set({ each })}
          />
        ))}
      {value.kind === "priced" && filled && !read(kind, value) && (
        <p className={styles.bad} role="alert">
          {t("server.bad_number")}
        </p>
      )}
    </div>
  );
}
