import { FolderOpen, Stethoscope } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useServices } from "../../app/services";
import { chooseTheme, type Theme, theme } from "../../app/theme";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { t, word } from "../../i18n";
import { useAction } from "../../lib/action";
import { useStore } from "../../lib/store";
import { problemOf } from "../../platform/platform";
import type { DoctorReport, Settings as Values } from "../../platform/types";
import { LANGUAGES, MAX_SECONDS, MIN_SECONDS, RATIOS } from "../idea-form/choices";
import { Updates } from "../updates/Updates";
import { Disk, Report } from "./Care";
import { Models } from "./Models";
import styles from "./Settings.module.css";

const THEMES: readonly [Theme, string][] = [
  ["system", t("theme.system")],
  ["light", t("theme.light")],
  ["dark", t("theme.dark")],
];

/** What new films start from, how the window looks, and what this machine has. Every change is kept at once. */
export function Settings() {
  const { platform, toasts } = useServices();
  const [values, setValues] = useState<Values | null>(null);
  const [report, setReport] = useState<DoctorReport | null>(null);
  const load = useAction();
  const look = useAction();
  const { run: runLoad } = load;
  const { run: runLook } = look;
  useEffect(() => {
    void runLoad(async () => setValues(await platform.settings()));
    void runLook(async () => setReport(await platform.doctor()));
  }, [platform, runLoad, runLook]);

  const attempt = (act: Promise<unknown>) =>
    act.catch((error: unknown) => toasts.show(problemOf(error).message, { kind: "problem" }));
  const keep = (change: Partial<Values>) => {
    if (!values) return;
    const next = { ...values, ...change };
    setValues(next);
    void attempt(platform.setSettings(next));
  };

  return (
    <main className={styles.page}>
      <div className={styles.inner}>
        <h1>{t("rail.settings")}</h1>
        {load.problem && <ProblemNote problem={load.problem} />}
        <section className={styles.section}>
          <h2 className="over">{t("settings.new_films")}</h2>
          {!values && !load.problem && <div className={`skeleton ${styles.ghost}`} />}
          {values && <FilmDefaults key={values.seconds} values={values} onChange={keep} />}
        </section>
        <Models />
        <Appearance />
        <section className={styles.section}>
          <h2 className="over">{t("settings.folder")}</h2>
          <p className={styles.hint}>{t("settings.folder_text")}</p>
          <div className={styles.row}>
            <code>{report?.home ?? "…"}</code>
            <Button icon={<FolderOpen size={14} />} onClick={() => void attempt(platform.openHomeFolder())}>
              {t("settings.open_folder")}
            </Button>
          </div>
        </section>
        <Disk />
        <section className={styles.section}>
          <h2 className="over">{t("settings.machine")}</h2>
          {look.problem && <ProblemNote problem={look.problem} />}
          {!report && !look.problem && <div className={`skeleton ${styles.ghost}`} />}
          {report && <Machine report={report} />}
          <div>
            <Button
              icon={<Stethoscope size={14} />}
              busy={look.busy}
              onClick={() => void look.run(async () => setReport(await platform.doctor()))}
            >
              {t("settings.look_again")}
            </Button>
          </div>
        </section>
        <Updates />
        <Report />
      </div>
    </main>
  );
}

function FilmDefaults({ values, onChange }: { values: Values; onChange: (change: Partial<Values>) => void }) {
  const [seconds, setSeconds] = useState(String(values.seconds));
  const bad = !(Number(seconds) >= MIN_SECONDS && Number(seconds) <= MAX_SECONDS);
  return (
    <>
      <Field
        name={t("settings.length")}
        hint={bad ? t("form.bad_length", { least: MIN_SECONDS, most: MAX_SECONDS }) : ""}
      >
        {(id) => (
          <input
            id={id}
            type="number"
            min={MIN_SECONDS}
            max={MAX_SECONDS}
            value={seconds}
            aria-invalid={bad || undefined}
            onChange={(event) => setSeconds(event.target.value)}
            onBlur={() =>
              !bad && Number(seconds) !== values.seconds && onChange({ seconds: Math.floor(Number(seconds)) })
            }
          />
        )}
      </Field>
      <Field name={t("form.ratio")}>
        {(id) => (
          <select id={id} value={values.ratio} onChange={(event) => onChange({ ratio: event.target.value })}>
            {RATIOS.map((ratio) => (
              <option key={ratio}>{ratio}</option>
            ))}
          </select>
        )}
      </Field>
      <Field name={t("settings.language")}>
        {(id) => (
          <select id={id} value={values.language} onChange={(event) => onChange({ language: event.target.value })}>
            <option value="">{t("settings.language_of_message")}</option>
            {LANGUAGES.map((language) => (
              <option key={language} value={language}>
                {word("language", language)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name={t("settings.captions")} hint={t("settings.captions_hint")}>
        {(id) => (
          <input
            id={id}
            type="checkbox"
            checked={values.captions}
            onChange={(event) => onChange({ captions: event.target.checked })}
          />
        )}
      </Field>
    </>
  );
}

function Appearance() {
  const { platform, toasts } = useServices();
  const now = useStore(theme);
  const choose = (chosen: Theme) =>
    chooseTheme(platform, chosen).catch((error: unknown) => toasts.show(problemOf(error).message, { kind: "problem" }));
  return (
    <section className={styles.section}>
      <h2 className="over">{t("settings.window")}</h2>
      <Field name={t("settings.theme")}>
        {(id) => (
          <select id={id} value={now} onChange={(event) => void choose(event.target.value as Theme)}>
            {THEMES.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </section>
  );
}

function Machine({ report }: { report: DoctorReport }) {
  return (
    <ul className={styles.machine}>
      {report.lines.map((line) => (
        <li key={line.what} data-health={line.health}>
          <b>{line.what}</b>
          <span className={styles.health}>{word("health", line.health)}</span>
          <span>{line.found}</span>
          {line.hint && <p>{line.hint}</p>}
        </li>
      ))}
    </ul>
  );
}

function Field({ name, hint = "", children }: { name: string; hint?: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{name}</label>
      {children(id)}
      {hint && <p>{hint}</p>}
    </div>
  );
}
