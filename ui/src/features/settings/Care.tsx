import { Broom, Bug } from "lucide-react";
import { useEffect, useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ProblemNote } from "../../components/ProblemNote";
import { size, t } from "../../i18n";
import { useAction } from "../../lib/action";
import type { UsageView } from "../../platform/types";
import styles from "./Settings.module.css";

/** What the work takes of the disk, and cleaning up what nothing uses. */
export function Disk() {
  const { platform, toasts } = useServices();
  const [usage, setUsage] = useState<UsageView | null>(null);
  const look = useAction();
  const clean = useAction();
  const { run } = look;
  useEffect(() => {
    void run(async () => setUsage(await platform.usage()));
  }, [platform, run]);
  const cleanUp = () =>
    void clean.run(async () => {
      const { files, kb } = await platform.cleanUp();
      toasts.show(files > 0 ? t("care.cleaned", { n: files, size: size(kb) }) : t("care.clean_already"));
      setUsage(await platform.usage());
    });
  return (
    <section className={styles.section}>
      <h2 className="over">{t("care.disk")}</h2>
      {look.problem && <ProblemNote problem={look.problem} />}
      {usage && (
        <dl className={styles.usage} data-testid="usage">
          <dt>{t("care.media")}</dt>
          <dd>
            {size(usage.mediaKb)} · {t("care.files", { n: usage.mediaCount })}
          </dd>
          <dt>{t("care.database")}</dt>
          <dd>{size(usage.databaseKb)}</dd>
          <dt>{t("care.backups")}</dt>
          <dd>{size(usage.backupsKb)}</dd>
          <dt>{t("care.free")}</dt>
          <dd>{size(usage.freeKb)}</dd>
        </dl>
      )}
      <p className={styles.hint}>{t("care.clean_why")}</p>
      {clean.problem && <ProblemNote problem={clean.problem} />}
      <div>
        <Button icon={<Broom size={14} />} busy={clean.busy} data-testid="clean-up" onClick={cleanUp}>
          {t("care.clean")}
        </Button>
      </div>
    </section>
  );
}

/** A report that the person reads before it is saved. Nothing is sent anywhere. */
export function Report() {
  const { platform, toasts } = useServices();
  const [text, setText] = useState<string | null>(null);
  const make = useAction();
  const save = useAction();
  return (
    <section className={styles.section}>
      <h2 className="over">{t("care.report")}</h2>
      <p className={styles.hint}>{t("care.report_why")}</p>
      {make.problem && <ProblemNote problem={make.problem} />}
      <div>
        <Button
          icon={<Bug size={14} />}
          busy={make.busy}
          data-testid="report"
          onClick={() => void make.run(async () => setText(await platform.problemReport()))}
        >
          {t("care.report_make")}
        </Button>
      </div>
      {text !== null && (
        <Dialog title={t("care.report")} wide onClose={() => setText(null)}>
          <p className={styles.hint}>{t("care.report_read")}</p>
          <textarea
            className={styles.report}
            aria-label={t("care.report")}
            value={text}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
          {save.problem && <ProblemNote problem={save.problem} />}
          <div className={styles.row}>
            <Button
              look="go"
              busy={save.busy}
              onClick={() =>
                void save.run(async () => {
                  const path = await platform.saveReport(text);
                  if (path === null) return;
                  setText(null);
                  toasts.show(t("film.saved", { path }));
                })
              }
            >
              {t("care.report_save")}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
