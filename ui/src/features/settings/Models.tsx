import { useEffect, useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { DollarField } from "../../components/DollarField";
import { ProblemNote } from "../../components/ProblemNote";
import { t, word } from "../../i18n";
import { useAction } from "../../lib/action";
import { dollarsOf, microsOf } from "../../lib/dollars";
import type { KeyView, ModelKind, ModelRow, ModelsView } from "../../platform/types";
import styles from "./Models.module.css";
import { told } from "./price";
import { ServerForm } from "./ServerForm";
import page from "./Settings.module.css";

/** Who makes new films: the built-in models, or servers in the place of some of them; and what films may cost. */
export function Models() {
  const { platform, toasts } = useServices();
  const [view, setView] = useState<ModelsView | null>(null);
  const [open, setOpen] = useState<ModelKind | null>(null);
  const load = useAction();
  const { run } = load;
  useEffect(() => {
    void run(async () => setView(await platform.models()));
  }, [platform, run]);

  const row = view?.rows.find(({ kind }) => kind === open);
  return (
    <section className={page.section} id="models" aria-labelledby="models-title">
      <h2 className="over" id="models-title">
        {t("models.title")}
      </h2>
      <p className={page.hint}>{t("models.text")}</p>
      {load.problem && (
        <ProblemNote problem={load.problem}>
          <Button onClick={() => void run(async () => setView(await platform.models()))}>{t("action.again")}</Button>
        </ProblemNote>
      )}
      {!view && !load.problem && <div className={`skeleton ${page.ghost}`} />}
      {view && (
        <>
          <ul className={styles.rows}>
            {view.rows.map((one) => (
              <Row key={one.kind} row={one} onOpen={() => setOpen(one.kind)} />
            ))}
          </ul>
          <p className={page.hint}>{t("models.leaves")}</p>
          <Caps key={`${view.filmMicros} ${view.dayMicros}`} view={view} onKept={setView} />
        </>
      )}
      {view && row && (
        <ServerForm
          row={row}
          view={view}
          onClose={() => setOpen(null)}
          onKept={(next) => {
            setView(next);
            setOpen(null);
            const removed = next.rows.find(({ kind }) => kind === row.kind)?.server === null;
            toasts.show(removed ? t("models.removed") : t("models.kept"));
          }}
        />
      )}
    </section>
  );
}

function Row({ row: { kind, server }, onOpen }: { row: ModelRow; onOpen: () => void }) {
  const name = word("model_kind", kind);
  const trouble = server ? keyTrouble(server.key) : "";
  return (
    <li className={styles.row} data-testid={`model-${kind}`}>
      <b>{name}</b>
      <div className={styles.who}>
        <span dir="auto">
          {server ? t("models.at", { model: server.model, name: server.name }) : t("models.builtin")}
        </span>
        <small>
          {server
            ? [
                told(kind, server.price),
                server.here ? t("models.here") : "",
                server.key.kind === "kept" ? word("key_told", server.key.place) : "",
              ]
                .filter(Boolean)
                .join(" · ")
            : t("models.builtin_text")}
        </small>
        {trouble && (
          <p className={styles.trouble} role="status">
            {trouble}
          </p>
        )}
      </div>
      <Button
        aria-label={t(server ? "models.change_for" : "models.add_for", { kind: name })}
        data-testid={`open-${kind}`}
        onClick={onOpen}
      >
        {server ? t("models.change") : t("models.add")}
      </Button>
    </li>
  );
}

/** What is wrong with a server's key, in words. */
function keyTrouble(key: KeyView): string {
  if (key.kind === "gone") return t("models.gone");
  if (key.kind === "locked") return t("models.locked", { why: key.why });
  if (key.kind === "env" && !key.there) return t("models.not_set", { variable: key.variable });
  return "";
}

function Caps({ view, onKept }: { view: ModelsView; onKept: (view: ModelsView) => void }) {
  const { platform, toasts } = useServices();
  const keep = useAction();
  const [film, setFilm] = useState(dollarsOf(view.filmMicros));
  const [day, setDay] = useState(dollarsOf(view.dayMicros));
  const [filmMicros, dayMicros] = [microsOf(film), microsOf(day)];
  const bad = filmMicros === undefined || dayMicros === undefined;
  const changed = filmMicros !== view.filmMicros || dayMicros !== view.dayMicros;
  return (
    <form
      className={styles.caps}
      aria-label={t("models.caps")}
      onSubmit={(event) => {
        event.preventDefault();
        if (bad) return;
        void keep.run(async () => {
          onKept(await platform.setModelCaps(filmMicros, dayMicros));
          toasts.show(t("money.caps_kept"));
        });
      }}
    >
      <h3>{t("models.caps")}</h3>
      <div className={styles.fields}>
        <DollarField name={t("models.cap_film")} value={film} onChange={setFilm} />
        <DollarField name={t("models.cap_day")} value={day} onChange={setDay} />
        <Button type="submit" disabled={bad || !changed} busy={keep.busy} data-testid="keep-model-caps">
          {t("money.caps_keep")}
        </Button>
      </div>
      <p className={bad ? styles.bad : page.hint} role={bad ? "alert" : undefined}>
        {bad ? t("money.caps_bad") : t("models.caps_text")}
      </p>
      {keep.problem && <ProblemNote problem={keep.problem} />}
    </form>
  );
}
