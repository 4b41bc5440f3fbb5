import { type FormEvent, useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ProblemNote } from "../../components/ProblemNote";
import { t, word } from "../../i18n";
import { useAction } from "../../lib/action";
import type { ModelKind, ModelRow, ModelsView, OfferedModel } from "../../platform/types";
import { FoundServers } from "./FoundServers";
import { KeyField } from "./KeyField";
import styles from "./Models.module.css";
import { PriceField } from "./PriceField";
import { draftOf, editOf, finalUrl, keptAt, keyOf } from "./serverDraft";
import { TextField } from "./TextField";
import { Trial } from "./Trial";
import { useQuestion } from "./useServers";

interface Props {
  row: ModelRow;
  view: ModelsView;
  onClose: () => void;
  onKept: (view: ModelsView) => void;
}

/** Where a kind is made: a server's address, key, model and price, tried before it is kept. */
export function ServerForm({ row: { kind, server }, view, onClose, onKept }: Props) {
  const { platform } = useServices();
  const [draft, setDraft] = useState(() => draftOf(server, view));
  const [offered, setOffered] = useState<OfferedModel[]>([]);
  const test = useQuestion();
  const keep = useAction();
  const remove = useAction();
  const set = (change: Partial<typeof draft>) => {
    setDraft((held) => ({ ...held, ...change }));
    if ("baseUrl" in change || "key" in change) test.clear();
  };
  const edit = editOf(kind, draft);
  const key = keyOf(draft);
  const models = test.answer?.kind === "works" ? test.answer.models : offered;
  const lacks = test.answer?.kind === "works" && draft.model !== "" && !models.some(({ id }) => id === draft.model);

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (edit) void keep.run(async () => onKept(await platform.setModel(kind, edit)));
  };
  const kindName = word("model_kind", kind);
  return (
    <Dialog title={t("server.title", { kind: kindName })} wide onClose={onClose}>
      <form className={styles.form} onSubmit={save} data-testid="server-form">
        <p className={styles.note}>{word("model_leaves", kind)}</p>
        <FoundServers
          onPick={(found) => {
            set({ baseUrl: found.baseUrl, name: found.name, key: { ...draft.key, how: "none" } });
            setOffered(found.models);
          }}
        />
        <TextField
          name={t("server.address")}
          hint={t("server.address_hint", { url: finalUrl(kind, draft.baseUrl) })}
          value={draft.baseUrl}
          placeholder="https://api.example.com/v1"
          testid="server-address"
          onChange={(baseUrl) => set({ baseUrl })}
        />
        <KeyField
          value={draft.key}
          kept={keptAt(view, draft.baseUrl)}
          view={view}
          onChange={(next) => set({ key: next })}
        />
        <div className={styles.found}>
          <Button
            busy={test.busy}
            disabled={draft.baseUrl.trim() === "" || !key}
            data-testid="test-server"
            onClick={() => key && void test.ask((request) => platform.testServer(request, draft.baseUrl.trim(), key))}
          >
            {t("server.test")}
          </Button>
          <span className={styles.note}>{t("server.test_why")}</span>
        </div>
        <div role="status" data-testid="test-answer">
          {test.answer?.kind === "works" && (
            <p className={styles.works}>
              {t("server.works", { n: test.answer.models.length, ms: test.answer.ms })}
              {lacks && ` ${t("server.lacks", { model: draft.model })}`}
            </p>
          )}
        </div>
        {test.answer?.kind === "failed" && <ProblemNote problem={test.answer.problem} />}
        <TextField
          name={t("server.model")}
          hint={models.length === 0 && t("server.model_hint")}
          value={draft.model}
          testid="server-model"
          onChange={(model) => set({ model })}
        />
        {models.length > 0 && (
          <select
            aria-label={t("server.model_pick")}
            value={models.some(({ id }) => id === draft.model) ? draft.model : ""}
            data-testid="offered-models"
            onChange={(event) => set({ model: event.target.value })}
          >
            <option value="" disabled>
              {t("server.model_pick")}
            </option>
            {models.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        )}
        <PriceField kind={kind} value={draft.price} onChange={(price) => set({ price })} />
        <TextField
          name={t("server.name")}
          hint={t("server.name_hint")}
          value={draft.name}
          onChange={(name) => set({ name })}
        />
        <More kind={kind} draft={draft} onChange={set} />
        <Trial key={`${draft.baseUrl} ${draft.model}`} kind={kind} edit={edit} />
        {keep.problem && <ProblemNote problem={keep.problem} />}
        {remove.problem && <ProblemNote problem={remove.problem} />}
        <footer className={styles.foot}>
          {server && (
            <Button
              look="danger"
              busy={remove.busy}
              data-testid="remove-server"
              onClick={() => void remove.run(async () => onKept(await platform.setModel(kind, null)))}
            >
              {t("server.remove")}
            </Button>
          )}
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="go" type="submit" disabled={!edit} busy={keep.busy} data-testid="keep-server">
            {t("server.keep")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

type Draft = ReturnType<typeof draftOf>;

function More({ kind, draft, onChange }: { kind: ModelKind; draft: Draft; onChange: (to: Partial<Draft>) => void }) {
  return (
    <details>
      <summary>{t("server.more")}</summary>
      <div className={styles.pair}>
        <TextField name={t("server.at_once")} value={draft.atOnce} onChange={(atOnce) => onChange({ atOnce })} />
        <TextField
          name={t("server.per_minute")}
          value={draft.perMinute}
          onChange={(perMinute) => onChange({ perMinute })}
        />
        {(kind === "image" || kind === "video") && (
          <TextField
            name={t("server.sizes")}
            hint={t("server.sizes_hint")}
            value={draft.sizes}
            onChange={(sizes) => onChange({ sizes })}
          />
        )}
        {kind === "video" && (
          <TextField
            name={t("server.lengths")}
            hint={t("server.lengths_hint")}
            value={draft.lengths}
            onChange={(lengths) => onChange({ lengths })}
          />
        )}
      </div>
    </details>
  );
}
