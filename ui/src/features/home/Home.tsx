import { CirclePlay, DatabaseBackup, Film, FolderInput, SlidersHorizontal, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useNewProject } from "../../app/newProject";
import { go } from "../../app/route";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { MessageBox } from "../../components/MessageBox";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useAction } from "../../lib/action";
import { useRequests } from "../../lib/request";
import { useStore } from "../../lib/store";
import { problemOf } from "../../platform/platform";
import type { Trouble, UnfinishedRun } from "../../platform/types";
import { IdeaForm } from "../idea-form/IdeaForm";
import { UpdateLine } from "../updates/UpdateLine";
import styles from "./Home.module.css";
import { ProjectTile } from "./ProjectTile";

const EXAMPLES = [
  { title: t("example.whale.title"), text: t("example.whale.text"), look: styles.sea },
  { title: t("example.bread.title"), text: t("example.bread.text"), look: styles.hearth },
  { title: t("example.robot.title"), text: t("example.robot.text"), look: styles.night },
];

export function Home() {
  const { home } = useServices();
  const { view, problem, obstacle } = useStore(home.state);
  const fresh = useNewProject();
  const [idea, setIdea] = useState("");
  const [form, setForm] = useState(false);

  useEffect(() => {
    home.show(true);
    return () => home.show(false);
  }, [home]);

  const usable = view !== null;
  useEffect(() => {
    // How long that took is measured by `make starting`.
    if (usable) performance.mark("usable");
  }, [usable]);

  const none = view?.projects.length === 0;
  const first = view?.projects.every(({ sample }) => sample) ?? false;
  return (
    <main className={styles.home}>
      <div className={styles.page}>
        <header className={styles.head}>
          <h1>{t("home.title")}</h1>
          <p>{t("home.lead")}</p>
        </header>
        <section className={styles.start} aria-label={t("home.start")}>
          <MessageBox
            value={idea}
            onChange={setIdea}
            onSend={() => void fresh.make({ text: idea.trim() })}
            placeholder={t("home.placeholder")}
            label={t("home.idea")}
            sendLabel={t("home.make")}
            busy={fresh.busy}
            rows={3}
            autoFocus
          >
            <Button
              look="quiet"
              icon={<SlidersHorizontal size={14} />}
              onClick={() => setForm(true)}
              data-testid="open-form"
            >
              {t("home.form")}
            </Button>
            <Button
              look="quiet"
              icon={<Film size={14} />}
              data-testid="new-project"
              disabled={fresh.busy}
              onClick={() => void fresh.make(null)}
            >
              {t("home.new")}
            </Button>
          </MessageBox>
          {fresh.problem && <ProblemNote problem={fresh.problem} />}
          {first && (
            <p className={styles.first} data-testid="first-run">
              {t("home.make_now")} <Button onClick={() => go({ screen: "settings" })}>{t("home.add_model")}</Button>
            </p>
          )}
          <ul className={styles.examples} aria-label={t("home.examples")}>
            {EXAMPLES.map((example) => (
              <li key={example.title}>
                <button
                  type="button"
                  className={styles.example}
                  data-testid="example"
                  disabled={fresh.busy}
                  onClick={() => void fresh.make({ text: example.text })}
                >
                  <span className={`${styles.swatch} ${example.look ?? ""}`} aria-hidden />
                  <b>{example.title}</b>
                  <span className={styles.exampleText}>{example.text}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
        <UpdateLine />
        {view && (
          <>
            {view.trouble && <TroubleBanner trouble={view.trouble} />}
            {obstacle && <Banner icon={<TriangleAlert size={16} />} text={obstacle} />}
            {view.unfinished.map((run) => (
              <UnfinishedBanner key={run.run} run={run} />
            ))}
          </>
        )}
        <section className={styles.library} aria-labelledby="library">
          <div className={styles.shelf}>
            <h2 id="library" className="over">
              {t("home.projects")}
            </h2>
            <ImportButton />
          </div>
          {!view && !problem && <Skeletons />}
          {problem && (
            <ProblemNote problem={problem}>
              <Button onClick={() => void home.load()}>{t("action.again")}</Button>
            </ProblemNote>
          )}
          {none && <p className={styles.none}>{t("home.none")}</p>}
          {view && !none && (
            <ul className={styles.grid}>
              {view.projects.map((project) => (
                <ProjectTile key={project.id} project={project} />
              ))}
            </ul>
          )}
        </section>
      </div>
      {form && (
        <IdeaForm
          idea={idea}
          onClose={() => setForm(false)}
          busy={fresh.busy}
          problem={fresh.problem}
          onSubmit={(filled) => void fresh.make({ form: filled })}
        />
      )}
    </main>
  );
}

/** Opens a project file as a new project, and shows it. */
function ImportButton() {
  const { platform, toasts } = useServices();
  const action = useAction();
  const requests = useRequests();
  const open = () =>
    action.run(async () => {
      try {
        const project = await platform.importProject(requests.idFor("import"));
        if (project !== null) go({ screen: "project", project });
      } catch (error) {
        const { message, hint } = problemOf(error);
        toasts.show(`${message} ${hint}`.trim(), { kind: "problem" });
      }
      requests.settled("import");
    });
  return (
    <Button
      look="quiet"
      icon={<FolderInput size={14} />}
      busy={action.busy}
      data-testid="import"
      onClick={() => void open()}
    >
      {t("home.import")}
    </Button>
  );
}

function Banner({ icon, text, children }: { icon: ReactNode; text: string; children?: ReactNode }) {
  return (
    <div className={styles.banner} role="status">
      {icon}
      <p dir="auto">{text}</p>
      {children}
    </div>
  );
}

function UnfinishedBanner({ run }: { run: UnfinishedRun }) {
  const { platform } = useServices();
  const action = useAction();
  const requests = useRequests();
  const goOn = () =>
    action.run(async () => {
      await platform.start(run.project, requests.idFor(run.run));
      requests.settled(run.run);
      go({ screen: "project", project: run.project });
    });
  return (
    <>
      <Banner icon={<CirclePlay size={16} />} text={t("home.interrupted", { title: run.title })}>
        <Button busy={action.busy} onClick={() => void goOn()}>
          {t("run.go_on")}
        </Button>
        <Button look="quiet" onClick={() => go({ screen: "project", project: run.project })}>
          {t("home.open")}
        </Button>
      </Banner>
      {action.problem && <ProblemNote problem={action.problem} />}
    </>
  );
}

function TroubleBanner({ trouble }: { trouble: Trouble }) {
  const { platform, home, toasts } = useServices();
  const action = useAction();
  const restore = async () => {
    if (!(await action.run(() => platform.restoreBackup(trouble.backup)))) return;
    toasts.show(t("trouble.restored"));
    await home.load();
  };
  const kept = trouble.kept && t("trouble.kept", { path: trouble.kept });
  const backup = trouble.backup
    ? t("trouble.backup", { made: trouble.backupMade || trouble.backup })
    : t("trouble.no_backup");
  return (
    <ProblemNote problem={{ message: trouble.message, hint: [kept, backup].filter(Boolean).join(" ") }}>
      {trouble.backup && (
        <Button icon={<DatabaseBackup size={14} />} busy={action.busy} onClick={() => void restore()}>
          {t("trouble.restore")}
        </Button>
      )}
      {action.problem && <span>{action.problem.message}</span>}
    </ProblemNote>
  );
}

function Skeletons() {
  return (
    <ul className={styles.grid} aria-label={t("loading")}>
      {["a", "b", "c", "d"].map((key) => (
        <li key={key} className={`skeleton ${styles.ghost}`} />
      ))}
    </ul>
  );
}
