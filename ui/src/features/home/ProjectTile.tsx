import { Clapperboard, Copy, Download, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { go, hashOf } from "../../app/route";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { EditableText } from "../../components/EditableText";
import { Picture } from "../../components/Picture";
import { Popover } from "../../components/Popover";
import { day, t, timecode, word } from "../../i18n";
import { useRequests } from "../../lib/request";
import { problemOf } from "../../platform/platform";
import type { ProjectCard } from "../../platform/types";
import { orderOf } from "../export/orders";
import { useExport } from "../export/useExport";
import styles from "./Home.module.css";

/** A project on the home screen, with what can be done to it. */
export function ProjectTile({ project }: { project: ProjectCard }) {
  const { platform, home, toasts } = useServices();
  const requests = useRequests();
  const saving = useExport(project.id);
  const [menu, setMenu] = useState(false);
  const [naming, setNaming] = useState(false);

  const attempt = async (act: () => Promise<unknown>) => {
    setMenu(false);
    try {
      await act();
      await home.load();
    } catch (error) {
      toasts.show(problemOf(error).message, { kind: "problem" });
    }
  };
  const remove = () =>
    attempt(async () => {
      await platform.deleteProject(project.id);
      toasts.show(t("home.deleted", { title: project.title }), {
        action: { label: t("action.undo"), run: () => void attempt(() => platform.undeleteProject(project.id)) },
      });
    });
  const duplicate = () =>
    attempt(async () => {
      await platform.duplicateProject(project.id, requests.idFor("duplicate"));
      requests.settled("duplicate");
    });

  return (
    <li className={styles.tile} data-testid="project-card" data-stage={project.stage}>
      <a href={hashOf({ screen: "project", project: project.id })} className={styles.cover} aria-label={project.title}>
        <Picture media={project.cover} alt="" />
        {!project.cover && <Clapperboard className={styles.unmade} size={26} strokeWidth={1.4} aria-hidden />}
        {project.sample && <span className={styles.sample}>{t("home.sample")}</span>}
        {project.durationMs > 0 && <span className={styles.length}>{timecode(project.durationMs)}</span>}
      </a>
      <div className={styles.under}>
        <EditableText
          value={project.title}
          label={t("home.rename")}
          editing={naming}
          onEditing={setNaming}
          onCommit={(title) => attempt(() => platform.renameProject(project.id, title))}
        >
          <button
            type="button"
            className={styles.title}
            dir="auto"
            onClick={() => go({ screen: "project", project: project.id })}
          >
            {project.title}
          </button>
        </EditableText>
        <p className={styles.meta}>
          <span className={styles.stage} data-stage={project.stage}>
            {word("stage", project.stage)}
          </span>
          {" · "}
          {day(project.changedS * 1000, Date.now())}
        </p>
        <div className={styles.more}>
          <Button
            look="quiet"
            icon={<Ellipsis size={16} />}
            aria-label={t("home.more", { title: project.title })}
            aria-haspopup="dialog"
            aria-expanded={menu}
            onClick={() => setMenu(!menu)}
          />
          {menu && (
            <Popover label={t("home.more", { title: project.title })} align="end" onClose={() => setMenu(false)}>
              <div className={styles.menu}>
                <Button
                  look="quiet"
                  icon={<Pencil size={14} />}
                  onClick={() => {
                    setMenu(false);
                    setNaming(true);
                  }}
                >
                  {t("home.rename")}
                </Button>
                <Button look="quiet" icon={<Copy size={14} />} onClick={() => void duplicate()}>
                  {t("home.duplicate")}
                </Button>
                <Button
                  look="quiet"
                  icon={<Download size={14} />}
                  onClick={() => {
                    setMenu(false);
                    saving.begin(orderOf("project"));
                  }}
                >
                  {t("home.copy_out")}
                </Button>
                <Button look="quiet" icon={<Trash2 size={14} />} onClick={() => void remove()}>
                  {t("home.delete")}
                </Button>
              </div>
            </Popover>
          )}
        </div>
      </div>
    </li>
  );
}
