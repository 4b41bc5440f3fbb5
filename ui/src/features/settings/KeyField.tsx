import { useId } from "react";
import { t, word } from "../../i18n";
import type { KeyEdit, KeyPlace, ModelsView } from "../../platform/types";
import styles from "./Models.module.css";
import type { KeyDraft } from "./serverDraft";
import { TextField } from "./TextField";

interface Props {
  value: KeyDraft;
  /** Where a key for this address is kept already. */
  kept: KeyPlace | null;
  view: ModelsView;
  onChange: (value: KeyDraft) => void;
}

/** How a server's key is given, and where it is kept. What is typed goes to the core and never comes back. */
export function KeyField({ value, kept, view, onChange }: Props) {
  const id = useId();
  const set = (change: Partial<KeyDraft>) => onChange({ ...value, ...change });
  const ways: [KeyEdit["kind"], string][] = [
    ["none", t("server.key_none")],
    ...(kept || value.how === "kept" ? ([["kept", t("server.key_kept")]] as [KeyEdit["kind"], string][]) : []),
    ["new", t("server.key_new")],
    ["env", t("server.key_env")],
  ];
  const places: KeyPlace[] = view.keychain ? ["keychain", "session", "file"] : ["session", "file"];
  return (
    <>
      <div className={styles.field}>
        <label htmlFor={id}>{t("server.key")}</label>
        <select
          id={id}
          value={value.how}
          data-testid="key-how"
          onChange={(event) => set({ how: event.target.value as KeyDraft["how"] })}
        >
          {ways.map(([way, name]) => (
            <option key={way} value={way}>
              {name}
            </option>
          ))}
        </select>
        {value.how === "kept" && kept && <small>{word("key_place", kept)}</small>}
      </div>
      {value.how === "env" && (
        <TextField
          name={t("server.variable")}
          value={value.variable}
          placeholder="OPENAI_API_KEY"
          onChange={(variable) => set({ variable })}
        />
      )}
      {value.how === "new" && (
        <>
          <TextField
            name={t("server.key_text")}
            hint={t("server.key_hint")}
            type="password"
            value={value.key}
            testid="key-text"
            onChange={(key) => set({ key })}
          />
          <fieldset className={styles.field}>
            <legend>{t("server.key_where")}</legend>
            {!view.keychain && <p className={styles.note}>{t("server.no_keychain")}</p>}
            <div className={styles.choices}>
              {places.map((place) => (
                <label key={place}>
                  <input
                    type="radio"
                    name={`${id}-place`}
                    checked={value.place === place}
                    data-testid={`key-${place}`}
                    onChange={() => set({ place })}
                  />
                  {word("key_place", place)}
                </label>
              ))}
            </div>
            {value.place === "file" && (
              <label className={styles.consent}>
                <input
                  type="checkbox"
                  checked={value.consent}
                  data-testid="key-consent"
                  onChange={(event) => set({ consent: event.target.checked })}
                />
                {t("server.consent", { file: view.keyFile })}
              </label>
            )}
          </fieldset>
        </>
      )}
    </>
  );
}
