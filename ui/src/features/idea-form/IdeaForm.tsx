import { type FormEvent, useId, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ProblemNote } from "../../components/ProblemNote";
import { t, word } from "../../i18n";
import type { BriefForm, Problem } from "../../platform/types";
import { LENGTHS, MAX_SECONDS, MIN_SECONDS, MOODS, RATIOS, STYLES } from "./choices";
import styles from "./IdeaForm.module.css";

interface Props {
  idea?: string;
  busy: boolean;
  problem: Problem | null;
  onSubmit: (form: BriefForm) => void;
  onClose: () => void;
}

/** The same brief, filled by hand. What is left open is decided for the person and marked as assumed. */
export function IdeaForm({ idea = "", busy, problem, onSubmit, onClose }: Props) {
  const [form, setForm] = useState<BriefForm>({ idea, style: "", seconds: 0, ratio: "", mood: "", voice: true });
  const ids = { idea: useId(), mood: useId(), seconds: useId() };
  const set = (change: Partial<BriefForm>) => setForm((held) => ({ ...held, ...change }));
  const badLength = form.seconds !== 0 && (form.seconds < MIN_SECONDS || form.seconds > MAX_SECONDS);
  const ready = form.idea.trim() !== "" && !badLength;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onSubmit({ ...form, idea: form.idea.trim() });
  };
  return (
    <Dialog title={t("form.title")} wide onClose={onClose}>
      <form className={styles.form} onSubmit={submit} data-testid="idea-form">
        <label className={styles.field} htmlFor={ids.idea}>
          <span>{t("form.idea")}</span>
          <textarea
            id={ids.idea}
            rows={3}
            dir="auto"
            required
            value={form.idea}
            placeholder={t("home.placeholder")}
            onChange={(event) => set({ idea: event.target.value })}
          />
        </label>
        <fieldset className={styles.field}>
          <legend>{t("form.style")}</legend>
          <div className={styles.picks}>
            <Pick on={form.style === ""} onPick={() => set({ style: "" })} label={t("form.any")} />
            {STYLES.map((style) => (
              <Pick key={style} on={form.style === style} onPick={() => set({ style })} label={word("style", style)} />
            ))}
          </div>
        </fieldset>
        <fieldset className={styles.field}>
          <legend>{t("form.length")}</legend>
          <div className={styles.picks}>
            {LENGTHS.map((seconds) => (
              <Pick
                key={seconds}
                on={form.seconds === seconds}
                onPick={() => set({ seconds })}
                label={t("unit.seconds", { n: seconds })}
              />
            ))}
            <input
              id={ids.seconds}
              type="number"
              className={styles.seconds}
              min={MIN_SECONDS}
              max={MAX_SECONDS}
              placeholder={t("form.seconds")}
              aria-label={t("form.seconds")}
              aria-invalid={badLength || undefined}
              value={form.seconds || ""}
              onChange={(event) => set({ seconds: Math.floor(Number(event.target.value)) || 0 })}
            />
          </div>
          {badLength && (
            <p className={styles.bad} role="alert">
              {t("form.bad_length", { least: MIN_SECONDS, most: MAX_SECONDS })}
            </p>
          )}
        </fieldset>
        <fieldset className={styles.field}>
          <legend>{t("form.ratio")}</legend>
          <div className={styles.picks}>
            {RATIOS.map((ratio) => (
              <Pick
                key={ratio}
                on={form.ratio === ratio}
                onPick={() => set({ ratio: form.ratio === ratio ? "" : ratio })}
                label={ratio}
              />
            ))}
          </div>
        </fieldset>
        <div className={styles.pair}>
          <label className={styles.field} htmlFor={ids.mood}>
            <span>{t("form.mood")}</span>
            <select id={ids.mood} value={form.mood} onChange={(event) => set({ mood: event.target.value })}>
              <option value="">{t("form.any")}</option>
              {MOODS.map((mood) => (
                <option key={mood} value={mood}>
                  {word("mood", mood)}
                </option>
              ))}
            </select>
          </label>
          <fieldset className={styles.field}>
            <legend>{t("form.voice")}</legend>
            <div className={styles.picks}>
              <Pick on={form.voice} onPick={() => set({ voice: true })} label={t("form.voice_on")} />
              <Pick on={!form.voice} onPick={() => set({ voice: false })} label={t("form.voice_off")} />
            </div>
          </fieldset>
        </div>
        {problem && <ProblemNote problem={problem} />}
        <footer className={styles.foot}>
          <span>{form.idea.trim() === "" ? t("form.need_idea") : ""}</span>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="go" type="submit" disabled={!ready} busy={busy}>
            {t("form.submit")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function Pick({ on, onPick, label }: { on: boolean; onPick: () => void; label: string }) {
  return (
    <button type="button" className={styles.pick} aria-pressed={on} onClick={onPick}>
      {label}
    </button>
  );
}
