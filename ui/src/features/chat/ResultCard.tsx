import { Download, FolderOpen, Play, Shuffle } from "lucide-react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { Picture } from "../../components/Picture";
import { ProblemNote } from "../../components/ProblemNote";
import { t, timecode } from "../../i18n";
import { useAction } from "../../lib/action";
import { useCommand } from "../../lib/command";
import { isOpen } from "../../lib/progress";
import type { FilmView, ProjectView } from "../../platform/types";
import { useStudio } from "../studio/state";
import { useSaveFilm } from "../studio/useSaveFilm";
import { MissingShots } from "./MissingShots";
import styles from "./ResultCard.module.css";

/** A film that was made. Only the newest can be saved and made again; an older one can still be watched. */
export function ResultCard({ film, view }: { film: FilmView; view: ProjectView }) {
  const { platform } = useServices();
  const studio = useStudio();
  const save = useSaveFilm(view.id);
  const action = useAction();
  const again = useCommand();
  const newest = view.film?.video.id === film.video.id;
  const running = isOpen(view.run);
  const another = () => again.send("another", (request) => platform.anotherVersion(view.id, request));

  return (
    <div className={`card ${styles.card}`} data-testid="result-card">
      <button
        type="button"
        className={styles.poster}
        aria-label={t("film.play_title", { title: film.title })}
        onClick={() => studio.play(newest ? null : film)}
      >
        <Picture media={film.poster} alt="" />
        <span className={styles.play} aria-hidden>
          <Play size={20} fill="currentColor" />
        </span>
        <span className={styles.length}>{timecode(film.durationMs)}</span>
      </button>
      <h2 dir="auto">{film.title}</h2>
      <p className={styles.meta}>
        {film.width}×{film.height} · {t("film.shots", { n: film.shots.length })}
        {!film.voiced && ` · ${t("film.silent")}`}
      </p>
      {newest && view.film?.outdated && <p className={styles.outdated}>{t("film.outdated")}</p>}
      {newest && <MissingShots view={view} />}
      {newest && (
        <div className={styles.acts}>
          <Button look="go" icon={<Play size={14} />} data-testid="play-film" onClick={() => studio.play(null)}>
            {t("film.play")}
          </Button>
          <Button icon={<Download size={14} />} busy={save.busy} onClick={save.save} data-testid="save-film">
            {t("film.save")}
          </Button>
          <Button icon={<FolderOpen size={14} />} onClick={() => void action.run(() => platform.revealFilm(view.id))}>
            {t("film.reveal")}
          </Button>
          <Button
            icon={<Shuffle size={14} />}
            busy={again.busy}
            disabled={running}
            title={running ? t("plan.running") : undefined}
            data-testid="another-version"
            onClick={() => void another()}
          >
            {t("film.another")}
          </Button>
        </div>
      )}
      {action.problem && <ProblemNote problem={action.problem} />}
      {again.problem && <ProblemNote problem={again.problem} />}
    </div>
  );
}
