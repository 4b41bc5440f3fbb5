import { RotateCcw } from "lucide-react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import { isOpen } from "../../lib/progress";
import { byScene } from "../../lib/shots";
import type { ProjectView } from "../../platform/types";
import { useStudio } from "../studio/state";
import styles from "./MissingShots.module.css";

/** What the film was cut without, why, and the way to make it. */
export function MissingShots({ view }: { view: ProjectView }) {
  const { platform } = useServices();
  const studio = useStudio();
  const command = useCommand();
  if (!view.shots.some((shot) => shot.missing)) return null;
  const missing = byScene(view)
    .flatMap((scene) => scene.shots)
    .filter(({ shot }) => shot.missing);
  return (
    <section className={styles.missing} data-testid="missing-shots">
      <h3>{t("film.missing", { n: missing.length })}</h3>
      <ul>
        {missing.map(({ shot, label }) => (
          <li key={shot.id}>
            <button
              type="button"
              onClick={() => {
                studio.choose(shot.id);
                studio.show("storyboard");
              }}
            >
              {label}
            </button>
            <span dir="auto">{shot.missing}</span>
          </li>
        ))}
      </ul>
      {command.problem && <ProblemNote problem={command.problem} />}
      {!isOpen(view.run) && (
        <Button
          icon={<RotateCcw size={14} />}
          busy={command.busy}
          data-testid="make-missing"
          onClick={() => void command.send("retry", (request) => platform.retry(view.id, request))}
        >
          {t("film.missing_again", { n: missing.length })}
        </Button>
      )}
    </section>
  );
}
