import { Check, Clapperboard } from "lucide-react";
import { memo, useMemo } from "react";
import { Near } from "../../components/Near";
import { Picture } from "../../components/Picture";
import { shotLength, t, word } from "../../i18n";
import { byScene } from "../../lib/shots";
import { useStore } from "../../lib/store";
import type { ProjectView, ShotView } from "../../platform/types";
import { useStudio } from "../studio/state";
import styles from "./Storyboard.module.css";
import { frameStates, UNDRAWN_WORDS, type Undrawn, undrawn } from "./undrawn";

/** From this many shots on, scenes are made when they come near to where they are seen: all but the first few. */
const MANY = 200;
const AT_ONCE = 3;
/** About the height of a row of shots. */
const ROW_PX = 215;

/** The film as drawings, scene by scene, growing as it is made. */
export function Storyboard({ view }: { view: ProjectView }) {
  const studio = useStudio();
  const { chosen } = useStore(studio.look);
  const running = view.run?.state === "running";
  const { scenes, shots: all } = view;
  const states = frameStates(view);
  const board = useMemo(() => byScene({ scenes, shots: all }), [scenes, all]);
  const ratio = view.brief?.chips.find((chip) => chip.field === "ratio")?.value.replace(":", " / ");
  if (view.scenes.length === 0) return <EmptyBoard running={running} />;
  return (
    <div className={styles.board} data-testid="storyboard">
      {board.map(({ scene, number, shots }) => (
        <section key={scene.id} className={styles.scene}>
          <h2 dir="auto">
            {t("board.scene", { n: number })} — {scene.title}
          </h2>
          <p dir="auto">{scene.summary}</p>
          <Near always={all.length < MANY || number <= AT_ONCE} height={Math.ceil(shots.length / 3) * ROW_PX}>
            <ul className={styles.shots}>
              {shots.map((one) => (
                <Shot
                  key={one.shot.id}
                  shot={one.shot}
                  label={one.label}
                  ratio={ratio ?? "16 / 9"}
                  state={undrawn(states.get(one.shot.frameSlot), view.run)}
                  chosen={chosen === one.shot.id}
                  onChoose={studio.choose}
                />
              ))}
              {shots.length === 0 && (
                <li className={`${styles.shot} ${styles.coming}`}>
                  <div className={styles.picture} style={{ aspectRatio: ratio }}>
                    <Picture media={null} alt="" blank={running ? "drawing" : "waiting"} />
                  </div>
                  <div className={styles.caption}>
                    <b>{running ? t("board.planning") : t("board.none")}</b>
                  </div>
                </li>
              )}
            </ul>
          </Near>
        </section>
      ))}
    </div>
  );
}

interface ShotProps {
  shot: ShotView;
  label: string;
  ratio: string;
  state: Undrawn;
  chosen: boolean;
  onChoose: (shot: string) => void;
}

/** Drawn again only when it changed itself: a long film has a thousand of them. */
const Shot = memo(function Shot({ shot, label, ratio, state, chosen, onChoose }: ShotProps) {
  const kind = `${word("framing", shot.framing)} · ${word("camera", shot.camera)}`;
  return (
    <li>
      <button
        type="button"
        className={styles.shot}
        aria-pressed={chosen}
        onClick={() => onChoose(shot.id)}
        data-testid="shot"
        data-missing={shot.missing !== ""}
        data-drawn={shot.frame !== null}
        data-state={shot.frame ? undefined : state}
      >
        <span className={styles.picture} style={{ aspectRatio: ratio }}>
          <Picture media={shot.frame} alt="" blank={state === "drawing" ? "drawing" : "waiting"} />
          <span className={styles.label}>{label}</span>
          {shot.approved && (
            <span className={styles.approved}>
              <Check size={11} strokeWidth={3} aria-hidden /> {t("board.approved")}
            </span>
          )}
          <span className={styles.length}>{shotLength(shot.durationMs)}</span>
        </span>
        <span className={styles.caption}>
          <b>{shot.frame ? kind : UNDRAWN_WORDS[state]}</b>
          {shot.missing && <span className={styles.missing}>{t("board.missing")}</span>}
          <span dir="auto">{shot.action}</span>
        </span>
      </button>
    </li>
  );
});

function EmptyBoard({ running }: { running: boolean }) {
  return (
    <div className={styles.empty} data-testid="storyboard">
      <Clapperboard size={30} strokeWidth={1.4} aria-hidden />
      <h2>{running ? t("board.writing") : t("board.empty_title")}</h2>
      <p>{running ? t("board.writing_text") : t("board.empty_text")}</p>
    </div>
  );
}
