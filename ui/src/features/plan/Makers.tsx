import { useEffect, useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { t, word } from "../../i18n";
import { useCommand } from "../../lib/command";
import type { FilmModelsView } from "../../platform/types";
import styles from "./PlanCard.module.css";

interface Props {
  project: string;
  /** True while nothing is being made, so that the models can be exchanged. */
  free: boolean;
}

/** Who makes the film, when that is not only the built-in studio; and a way to the models that Settings has now. */
export function Makers({ project, free }: Props) {
  const { platform } = useServices();
  const command = useCommand();
  const [view, setView] = useState<FilmModelsView | null>(null);
  const [taken, setTaken] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked again when a run has ended and when they were taken
  useEffect(() => {
    let wanted = true;
    // The plan is whole without it.
    const told = platform.filmModels(project).catch(() => null);
    void told.then((next) => wanted && setView(next));
    return () => {
      wanted = false;
    };
  }, [platform, project, free, taken]);

  const take = async () => {
    const done = await command.send("take models", (request) => platform.takeModels(project, request));
    if (done) setTaken((times) => times + 1);
  };
  const servers = view?.rows.filter(({ name }) => name !== "") ?? [];
  if (!view || (servers.length === 0 && !view.others)) return null;
  return (
    <div className={styles.makers} data-testid="makers">
      <ul>
        {servers.length === 0 && <li>{t("makers.builtin")}</li>}
        {servers.map(({ kind, model, name }) => (
          <li key={kind} dir="auto">
            {word("model_kind", kind)}: {t("models.at", { model, name })}
          </li>
        ))}
      </ul>
      {view.others && (
        <p>
          <span>{t("makers.others")}</span>
          <Button busy={command.busy} disabled={!free} data-testid="take-models" onClick={() => void take()}>
            {t("makers.take")}
          </Button>
        </p>
      )}
      {command.problem && <ProblemNote problem={command.problem} />}
    </div>
  );
}
