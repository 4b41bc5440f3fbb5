import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { t, timecode } from "../../i18n";
import { MADE } from "../../lib/progress";
import { rulerMarks, timelineOf } from "../../lib/shots";
import { useStore } from "../../lib/store";
import type { FilmView, ProjectView } from "../../platform/types";
import { useStudio } from "../studio/state";
import { LineBlock, ShotBlock } from "./Blocks";
import styles from "./Timeline.module.css";

const STEP_MS = 1_000;
/** With more shots than this a block is too narrow for its picture and its number. */
const MOST_PICTURES = 150;

/** The film laid out in time. Before there is a film it shows the lengths the storyboard wants. */
export function Timeline({ view, film }: { view: ProjectView; film: FilmView | null }) {
  const studio = useStudio();
  const look = useStore(studio.look);
  const strip = useRef<HTMLDivElement>(null);
  const { scenes, shots } = view;
  const { durationMs, pictures, lines } = useMemo(() => timelineOf({ scenes, shots }, film), [scenes, shots, film]);
  const bare = pictures.length > MOST_PICTURES;
  const current = look.chosen ?? look.playing;
  const music =
    film !== null || view.run?.tasks.some((task) => task.agent === "music" && MADE.includes(task.state)) === true;

  if (durationMs === 0) return <p className={styles.empty}>{t("timeline.empty")}</p>;

  const at = (ms: number) => `${(100 * ms) / durationMs}%`;
  const place = (block: { startMs: number; endMs: number }) => ({
    left: at(block.startMs),
    width: at(block.endMs - block.startMs),
  });
  const goTo = (ms: number) => {
    const within = Math.min(durationMs, Math.max(0, ms));
    if (film) studio.seek(within);
    const shot = pictures.find((block) => within < block.endMs)?.shot?.id ?? null;
    studio.choose(film && look.tab === "film" ? null : shot);
  };
  const point = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect();
    if (box && box.width > 0) goTo(((event.clientX - box.left) / box.width) * durationMs);
  };
  const key = (event: KeyboardEvent) => {
    const now = studio.playback.get().ms;
    const steps: Record<string, number> = {
      ArrowLeft: now - STEP_MS,
      ArrowRight: now + STEP_MS,
      Home: 0,
      End: durationMs,
    };
    const to = steps[event.key];
    if (to === undefined || !film) return;
    event.preventDefault();
    goTo(to);
  };

  return (
    <div className={styles.timeline} data-testid="timeline">
      <div className={styles.ruler} aria-hidden>
        {rulerMarks(durationMs).map((mark) => (
          <span key={mark} style={{ left: at(mark) }}>
            {timecode(mark)}
          </span>
        ))}
      </div>
      <span className={styles.name}>{t("timeline.picture")}</span>
      <span className={styles.name}>{t("timeline.narration")}</span>
      <span className={styles.name}>{t("timeline.music")}</span>
      <div
        ref={strip}
        className={styles.lanes}
        onPointerDown={point}
        onPointerMove={(event) => event.buttons === 1 && film && point(event)}
      >
        <div className={styles.lane}>
          {pictures.map((block) => (
            <ShotBlock
              key={block.key}
              {...place(block)}
              title={`${block.label} ${block.shot?.action ?? ""}`}
              bare={bare}
              label={block.label}
              frame={block.shot?.frame ?? null}
              current={block.shot?.id === current}
            />
          ))}
        </div>
        <div className={styles.lane}>
          {lines.map((line) => (
            <LineBlock
              key={line.key}
              {...place(line)}
              title={line.text}
              bare={bare}
              silent={film ? !film.voiced : undefined}
            />
          ))}
        </div>
        <div className={styles.lane}>
          {music && <div className={styles.music} style={place({ startMs: 0, endMs: durationMs })} />}
        </div>
        {film && <Playhead durationMs={durationMs} onKey={key} />}
      </div>
    </div>
  );
}

function Playhead({ durationMs, onKey }: { durationMs: number; onKey: (event: KeyboardEvent) => void }) {
  const { ms } = useStore(useStudio().playback);
  return (
    <div
      className={styles.playhead}
      role="slider"
      tabIndex={0}
      aria-label={t("timeline.playhead")}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(ms / 1000)}
      aria-valuetext={timecode(ms)}
      style={{ left: `${(100 * Math.min(ms, durationMs)) / durationMs}%` }}
      onKeyDown={onKey}
    />
  );
}
