import { memo, useEffect, useState } from "react";
import { go } from "../../app/route";
import { useLive, useServices } from "../../app/services";
import { Boundary } from "../../components/Boundary";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import { useStore } from "../../lib/store";
import type { ProjectView } from "../../platform/types";
import { Chat } from "../chat/Chat";
import { IdeaForm } from "../idea-form/IdeaForm";
import { Inspector } from "../inspector/Inspector";
import { Ledger } from "../ledger/Ledger";
import { Player } from "../player/Player";
import { Storyboard } from "../storyboard/Storyboard";
import { Timeline } from "../timeline/Timeline";
import styles from "./Studio.module.css";
import { StudioStateProvider, type Tab, useStudio } from "./state";
import { TopBar } from "./TopBar";

/** The open project: conversation at the left, the film in the middle, the chosen shot at the right, time below. */
export function Studio() {
  const { live } = useServices();
  const { stream, problem, project } = useLive();
  if (stream) {
    return (
      <StudioStateProvider key={project}>
        <OpenProject view={stream.view} />
      </StudioStateProvider>
    );
  }
  if (problem) {
    return (
      <main className={styles.lost}>
        <ProblemNote problem={problem}>
          {problem.code !== "not_found" && <Button onClick={live.refresh}>{t("action.again")}</Button>}
          <Button onClick={() => go({ screen: "home" })}>{t("studio.to_home")}</Button>
        </ProblemNote>
      </main>
    );
  }
  return (
    <main className={styles.studio} aria-busy aria-label={t("loading")}>
      <div className={`${styles.top}`} />
      <div className={styles.chat}>
        <div className={`skeleton ${styles.ghost}`} />
        <div className={`skeleton ${styles.ghost}`} />
      </div>
    </main>
  );
}

const OpenProject = memo(function OpenProject({ view }: { view: ProjectView }) {
  const { platform } = useServices();
  const studio = useStudio();
  const look = useStore(studio.look);
  const [form, setForm] = useState(false);
  const command = useCommand();
  const film = look.film ?? view.film;
  const newest = view.film?.video.id ?? "";
  // Before there is a story there is nothing to inspect and nothing to lay out in time.
  const told = view.scenes.length > 0 || film !== null;

  useEffect(() => {
    // A film that has just been made is what the person waits for.
    if (newest) studio.look.set((held) => ({ ...held, tab: "film", film: null, chosen: null }));
  }, [newest, studio]);

  const making = view.run?.state === "running" ? view.run.id : "";
  useEffect(() => {
    // While a film is made, what grows is worth seeing.
    if (making) studio.show("storyboard");
  }, [making, studio]);

  return (
    <div className={`${styles.studio} ${told ? "" : (styles.untold ?? "")}`}>
      <TopBar view={view} />
      <section className={styles.chat} aria-label={t("chat.label")}>
        <Boundary>
          <Chat view={view} onForm={() => setForm(true)} />
        </Boundary>
      </section>
      <main className={styles.stage}>
        {(film || look.tab === "ledger") && <Tabs film={film !== null} />}
        <Boundary>
          {film && (
            <div className={styles.panel} hidden={look.tab !== "film"}>
              <Player key={film.video.id} film={film} project={view.id} own={look.film === null} />
            </div>
          )}
          {look.tab === "ledger" && <Ledger project={view.id} />}
          {(look.tab === "storyboard" || (look.tab === "film" && !film)) && <Storyboard view={view} />}
        </Boundary>
      </main>
      {told && (
        <>
          <aside className={styles.inspect} aria-label={t("inspector.label")}>
            <Boundary>
              <Inspector view={view} />
            </Boundary>
          </aside>
          <section className={styles.time} aria-label={t("timeline.label")}>
            <Boundary>
              <Timeline view={view} film={film} />
            </Boundary>
          </section>
        </>
      )}
      {form && (
        <IdeaForm
          busy={command.busy}
          problem={command.problem}
          onClose={() => setForm(false)}
          onSubmit={(filled) =>
            void command
              .send(JSON.stringify(filled), (request) => platform.submitForm(view.id, request, filled))
              .then((well) => well && setForm(false))
          }
        />
      )}
    </div>
  );
});

const TABS: Record<Tab, string> = {
  film: t("step.film"),
  storyboard: t("step.storyboard"),
  ledger: t("money.tab"),
};

function Tabs({ film }: { film: boolean }) {
  const studio = useStudio();
  const { tab } = useStore(studio.look);
  return (
    <div className={styles.tabs} role="tablist" aria-label={t("studio.tabs")}>
      {(["film", "storyboard", "ledger"] as const)
        .filter((name) => film || name !== "film")
        .map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={tab === name}
            onClick={() => studio.show(name)}
          >
            {TABS[name]}
          </button>
        ))}
    </div>
  );
}
