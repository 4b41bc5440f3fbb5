import { useMemo } from "react";
import { Picture } from "../../components/Picture";
import { capital, shotLength, t, word } from "../../i18n";
import { byScene } from "../../lib/shots";
import { useStore } from "../../lib/store";
import type { ProjectView } from "../../platform/types";
import { useStudio } from "../studio/state";
import { ShotTakes } from "../takes/ShotTakes";
import styles from "./Inspector.module.css";
import { CastName, ShotAction, ShotChoice, ShotLength, ShotLine, ShotPlace } from "./ShotEdits";

/** The chosen shot, or the one that plays, in words. */
export function Inspector({ view }: { view: ProjectView }) {
  const look = useStore(useStudio().look);
  const { scenes, shots: all } = view;
  const shots = useMemo(() => byScene({ scenes, shots: all }).flatMap((scene) => scene.shots), [scenes, all]);
  const wanted = look.chosen ?? look.playing;
  const one = shots.find(({ shot }) => shot.id === wanted) ?? shots[0];
  if (!one) return <p className={styles.none}>{t("inspector.none")}</p>;
  const { shot, label } = one;
  // Its slots are known once there is a storyboard that can be changed.
  const editable = shot.frameSlot !== "";
  const edited = { project: view.id, shot };
  const ratio = view.brief?.chips.find((chip) => chip.field === "ratio")?.value.replace(":", " / ");
  // A shot names who is in it.
  const cast = view.cast.filter((known) => shot.cast.includes(known.name) && known.portrait);
  return (
    <div className={styles.inspector} data-testid="inspector">
      <div className={styles.picture} style={{ aspectRatio: ratio ?? "16 / 9" }}>
        <Picture media={shot.frame} alt={shot.action} blank={view.run?.state === "running" ? "drawing" : "waiting"} />
        <span className={styles.label}>{label}</span>
        <span className={styles.length}>{shotLength(shot.durationMs)}</span>
      </div>
      <dl className={styles.facts}>
        <dt>{t("inspector.framing")}</dt>
        <dd>{editable ? <ShotChoice {...edited} field="framing" /> : word("framing", shot.framing)}</dd>
        <dt>{t("inspector.angle")}</dt>
        <dd>{word("angle", shot.angle)}</dd>
        <dt>{t("inspector.camera")}</dt>
        <dd>{editable ? <ShotChoice {...edited} field="camera" /> : capital(word("camera", shot.camera))}</dd>
        <dt>{t("inspector.action")}</dt>
        <dd dir="auto">
          <ShotAction key={shot.id} {...edited} />
        </dd>
        {shot.narration && (
          <>
            <dt>{t("timeline.narration")}</dt>
            <dd dir="auto">
              <ShotLine key={shot.id} {...edited} />
            </dd>
          </>
        )}
        {shot.cast.length > 0 && (
          <>
            <dt>{t("step.cast")}</dt>
            <dd dir="auto">{shot.cast.join(", ")}</dd>
          </>
        )}
        <dt>{t("inspector.length")}</dt>
        <dd>
          <ShotLength key={shot.id} {...edited} />
        </dd>
      </dl>
      {shot.missing && (
        <p className={styles.missing} dir="auto">
          <b>{capital(t("board.missing"))}</b> {shot.missing}
        </p>
      )}
      {shot.frameSlot && <ShotTakes key={shot.id} view={view} one={one} />}
      {cast.length > 0 && (
        <ul className={styles.cast}>
          {cast.map((known) => (
            <li key={known.id}>
              <div>
                <Picture media={known.portrait} alt="" />
              </div>
              <span dir="auto">
                <CastName project={view.id} known={known} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {editable && <ShotPlace key={`place ${shot.id}`} {...edited} among={all.filter((o) => o.scene === shot.scene)} />}
    </div>
  );
}
