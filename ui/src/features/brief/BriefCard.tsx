import { useServices } from "../../app/services";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useAction } from "../../lib/action";
import { useRequests } from "../../lib/request";
import type { BriefEdit, BriefView } from "../../platform/types";
import styles from "./BriefCard.module.css";
import { BriefChip } from "./BriefChip";

/** What was understood. Every chip can be changed; what the person did not say is marked. */
export function BriefCard({ project, brief }: { project: string; brief: BriefView }) {
  const { platform } = useServices();
  const action = useAction();
  const requests = useRequests();
  const edit = (change: BriefEdit) =>
    void action.run(async () => {
      const what = JSON.stringify(change);
      await platform.editBrief(project, requests.idFor(what), change);
      requests.settled(what);
    });
  return (
    <section className="card" data-testid="brief-card" aria-label={t("brief.title")}>
      <h2 className={`over ${styles.head}`}>
        {t("brief.title")}
        {brief.version > 1 && <span>{t("brief.version", { n: brief.version })}</span>}
      </h2>
      <ul className={styles.chips}>
        {brief.chips.map((chip) => (
          <BriefChip
            key={chip.field}
            chip={chip}
            busy={action.busy}
            onEdit={(value) => edit({ field: chip.field, value })}
          />
        ))}
      </ul>
      {brief.episodes.length > 0 && (
        <ol className={styles.episodes} aria-label={t("brief.episodes")} data-testid="episodes">
          {brief.episodes.map((episode) => (
            <li key={episode.title} aria-current={episode.chosen || undefined}>
              <span dir="auto">{episode.title}</span>
              <span>{[`${episode.seconds} s`, episode.mood].filter(Boolean).join(", ")}</span>
            </li>
          ))}
        </ol>
      )}
      {brief.chips.some((chip) => chip.assumed) && <p className={styles.legend}>{t("brief.assumed_legend")}</p>}
      {action.problem && <ProblemNote problem={action.problem} />}
    </section>
  );
}
