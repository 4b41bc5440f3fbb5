import { Download, RefreshCw, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { useServices } from "../../app/services";
import { useUpdates } from "../../app/updates";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { size, t } from "../../i18n";
import { type Action, useAction } from "../../lib/action";
import type { UpdateOffer, UpdateState, UpdateWay } from "../../platform/types";
import settings from "../settings/Settings.module.css";
import styles from "./Updates.module.css";

/** New versions of the program: asked for, fetched, installed on the person's word. */
export function Updates() {
  const { platform } = useServices();
  const view = useUpdates();
  const action = useAction();
  return (
    <section className={settings.section} data-testid="updates" data-state={view?.state.kind}>
      <h2 className="over">{t("update.title")}</h2>
      {view && (
        <>
          <p className={settings.hint}>{t("update.now", { version: view.version })}</p>
          {view.state.kind === "not_configured" ? (
            <p className={settings.hint}>{t("update.not_configured")}</p>
          ) : (
            <>
              <div className={styles.state} aria-live="polite">
                <State state={view.state} action={action} />
              </div>
              {action.problem && <ProblemNote problem={action.problem} />}
              <label className={styles.choice}>
                <input
                  type="checkbox"
                  checked={view.atStart}
                  data-testid="update-at-start"
                  onChange={(event) => {
                    const atStart = event.target.checked;
                    void action.run(() => platform.setUpdateCheck(atStart));
                  }}
                />
                {t("update.at_start")}
              </label>
              <p className={settings.hint}>{t("update.privacy")}</p>
            </>
          )}
        </>
      )}
    </section>
  );
}

function State({ state, action }: { state: UpdateState; action: Action }) {
  switch (state.kind) {
    case "not_configured":
      return null;
    case "idle":
      return <Check action={action} />;
    case "checking":
      return <p className={styles.dim}>{t("update.checking")}</p>;
    case "up_to_date":
      return (
        <>
          <p>{t("update.up_to_date")}</p>
          <Check action={action} />
        </>
      );
    case "offered":
      return (
        <>
          <What offer={state.offer} />
          <div className={styles.acts}>
            <Fetch action={action}>{t("update.download")}</Fetch>
            <Skip action={action} />
          </div>
        </>
      );
    case "downloading":
      return <Downloading offer={state.offer} doneKb={state.doneKb} ofKb={state.ofKb} />;
    case "ready":
      return (
        <>
          <What offer={state.offer} />
          <Install way={state.way} atQuit={state.atQuit} action={action} />
        </>
      );
    case "installing":
      return <p>{t("update.installing", { version: state.offer.version })}</p>;
    case "installed":
      return <p>{t("update.installed", { version: state.offer.version })}</p>;
    case "failed":
      return (
        <>
          {state.offer && <p>{t("update.offered", { version: state.offer.version })}</p>}
          <ProblemNote problem={{ message: state.why, hint: state.hint }} />
          <div className={styles.acts}>
            {state.offer ? <Fetch action={action}>{t("action.again")}</Fetch> : <Check action={action} />}
            {state.offer && <Skip action={action} />}
          </div>
        </>
      );
  }
}

/** Which version, how large, and what is new in it: words from outside, shown as they are. */
function What({ offer }: { offer: UpdateOffer }) {
  return (
    <>
      <p>
        <b>{t("update.offered", { version: offer.version })}</b>{" "}
        {offer.sizeKb !== null && <span className={styles.dim}>{size(offer.sizeKb)}</span>}
      </p>
      {offer.notes && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
          tabIndex={0}
          className={styles.notes}
          aria-label={t("update.notes")}
          data-testid="update-notes"
          dir="auto"
        >
          {offer.notes}
        </section>
      )}
    </>
  );
}

function Downloading({ offer, doneKb, ofKb }: { offer: UpdateOffer; doneKb: number; ofKb: number | null }) {
  const done = size(doneKb);
  const told = ofKb === null ? done : t("update.done_of", { done, all: size(ofKb) });
  return (
    <>
      <p>
        {t("update.downloading", { version: offer.version })} <span className={styles.dim}>{told}</span>
      </p>
      <progress max={ofKb ?? undefined} value={ofKb === null ? undefined : doneKb} aria-label={told} />
    </>
  );
}

function Install({ way, atQuit, action }: { way: UpdateWay; atQuit: boolean; action: Action }) {
  const { platform } = useServices();
  const install = (later: boolean) => void action.run(() => platform.installUpdate(later));
  const now = (
    <Button
      look="go"
      icon={<RotateCw size={14} />}
      busy={action.busy}
      data-testid="update-install"
      onClick={() => install(false)}
    >
      {t("update.install")}
    </Button>
  );
  if (way.kind === "itself") {
    return (
      <>
        <p className={styles.dim}>{atQuit ? t("update.at_quit_done") : t("update.ready")}</p>
        <div className={styles.acts}>
          {now}
          {!atQuit && (
            <Button busy={action.busy} data-testid="update-at-quit" onClick={() => install(true)}>
              {t("update.at_quit")}
            </Button>
          )}
          <Skip action={action} />
        </div>
      </>
    );
  }
  return (
    <>
      <p className={styles.dim}>{way.kind === "asks" ? t("update.asks") : t("update.by_hand")}</p>
      <code className={styles.command} data-testid="update-command">
        {way.command}
      </code>
      <div className={styles.acts}>
        {way.kind === "asks" && now}
        <Skip action={action} />
      </div>
    </>
  );
}

function Check({ action }: { action: Action }) {
  const { platform } = useServices();
  return (
    <div>
      <Button
        icon={<RefreshCw size={14} />}
        busy={action.busy}
        data-testid="update-check"
        onClick={() => void action.run(() => platform.checkForUpdate())}
      >
        {t("update.check")}
      </Button>
    </div>
  );
}

function Fetch({ action, children }: { action: Action; children: ReactNode }) {
  const { platform } = useServices();
  return (
    <Button
      look="go"
      icon={<Download size={14} />}
      busy={action.busy}
      data-testid="update-download"
      onClick={() => void action.run(() => platform.downloadUpdate())}
    >
      {children}
    </Button>
  );
}

function Skip({ action }: { action: Action }) {
  const { platform } = useServices();
  return (
    <Button
      look="quiet"
      busy={action.busy}
      data-testid="update-skip"
      onClick={() => void action.run(() => platform.skipUpdate())}
    >
      {t("update.skip")}
    </Button>
  );
}
