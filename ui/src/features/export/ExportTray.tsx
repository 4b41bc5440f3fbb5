import { FolderOpen, X } from "lucide-react";
import { useServices } from "../../app/services";
import { useListening } from "../../app/useListening";
import { Button } from "../../components/Button";
import { t, word } from "../../i18n";
import { useStore } from "../../lib/store";
import { problemOf } from "../../platform/platform";
import type { ExportTold } from "../../platform/types";
import styles from "./Export.module.css";

/** What is being saved, and what was: at the foot of the window, until it is dismissed. */
export function ExportTray() {
  const { exports } = useServices();
  const list = useStore(exports.list);
  useListening(exports.listen);
  if (list.length === 0) return null;
  return (
    <section className={styles.tray} aria-label={t("export.tray")}>
      {list.map((told) => (
        <Row key={told.request} told={told} />
      ))}
    </section>
  );
}

function Row({ told }: { told: ExportTold }) {
  const { platform, exports, toasts } = useServices();
  const attempt = (act: Promise<unknown>) =>
    void act.catch((error: unknown) => toasts.show(problemOf(error).message, { kind: "problem" }));
  const what = word("export_kind", told.format);
  const name = told.path.split(/[\\/]/).at(-1) ?? told.path;
  return (
    <div className={styles.row} data-testid="export-row" data-state={told.state}>
      <div className={styles.what} role="status">
        <b>
          {told.state === "going"
            ? t("export.going", { what })
            : told.state === "done"
              ? t("export.done", { what })
              : t("export.failed", { what })}
        </b>
        <span dir="auto" title={told.path}>
          {told.problem ? `${told.problem.message} ${told.problem.hint}`.trim() : name}
        </span>
        {told.state === "going" && (
          <progress max={100} value={told.percent} aria-label={t("run.percent", { n: told.percent })} />
        )}
      </div>
      {told.state === "going" && (
        <Button look="quiet" onClick={() => attempt(platform.cancelExport(told.request))}>
          {t("action.cancel")}
        </Button>
      )}
      {told.state === "done" && (
        <Button
          look="quiet"
          icon={<FolderOpen size={14} />}
          onClick={() => attempt(platform.revealExport(told.request))}
        >
          {t("film.reveal")}
        </Button>
      )}
      {told.state !== "going" && (
        <Button
          look="quiet"
          icon={<X size={14} />}
          aria-label={t("toast.dismiss")}
          onClick={() => exports.dismiss(told.request)}
        />
      )}
    </div>
  );
}
