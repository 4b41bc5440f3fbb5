import { ExternalLink, Maximize, Pause, Play, Volume2, VolumeX } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useMediaUrl, usePlatform } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { t, timecode } from "../../i18n";
import { useAction } from "../../lib/action";
import { useStore } from "../../lib/store";
import type { FilmView } from "../../platform/types";
import { useStudio } from "../studio/state";
import styles from "./Player.module.css";
import { followVideo } from "./playback";

const H264 = 'video/mp4; codecs="avc1.42E01E, mp4a.40.2"';
const SKIP_S = 5;

/** The film, with controls that work by the keyboard. Captions are part of its picture. */
export function Player({ film, project, own }: { film: FilmView; project: string; own: boolean }) {
  const studio = useStudio();
  const url = useMediaUrl();
  const video = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLElement>(null);
  const { playing } = useStore(studio.playback);
  const [muted, setMuted] = useState(false);
  const [broken, setBroken] = useState<"codec" | "file" | null>(null);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    studio.video.current = element;
    const stop = followVideo(element, studio, film);
    return () => {
      stop();
      studio.video.current = null;
    };
  }, [studio, film]);

  const toggle = () => {
    const element = video.current;
    if (!element) return;
    if (element.paused) element.play().catch(() => undefined);
    else element.pause();
  };
  const skip = (seconds: number) => {
    const element = video.current;
    if (element) studio.seek(Math.min(film.durationMs, Math.max(0, (element.currentTime + seconds) * 1000)));
  };

  return (
    <section
      ref={frame}
      className={styles.player}
      aria-label={t("step.film")}
      onKeyDown={(event) => {
        if (event.target instanceof HTMLButtonElement && event.key === " ") return;
        if (event.key === " " || event.key === "k") toggle();
        else if (event.key === "ArrowLeft") skip(-SKIP_S);
        else if (event.key === "ArrowRight") skip(SKIP_S);
        else return;
        event.preventDefault();
      }}
    >
      <div className={styles.screen} hidden={broken !== null}>
        <video
          ref={video}
          data-testid="film-video"
          className={styles.video}
          src={url(film.video)}
          poster={url(film.poster)}
          preload="auto"
          playsInline
          muted={muted}
          tabIndex={-1}
          aria-label={film.title}
          onClick={toggle}
          onError={() => setBroken(video.current?.canPlayType(H264) === "" ? "codec" : "file")}
        />
      </div>
      {broken && <Broken kind={broken} project={project} own={own} onAgain={() => setBroken(null)} />}
      {!broken && (
        <div className={styles.controls}>
          <Button
            look="quiet"
            icon={playing ? <Pause size={16} fill="currentColor" /> : <Play size={16} fill="currentColor" />}
            aria-label={playing ? t("player.pause") : t("player.play")}
            data-testid="player-toggle"
            onClick={toggle}
          />
          <Time durationMs={film.durationMs} />
          <SeekBar durationMs={film.durationMs} />
          <Button
            look="quiet"
            icon={muted ? <VolumeX size={16} /> : <Volume2 size={16} />}
            aria-label={muted ? t("player.unmute") : t("player.mute")}
            aria-pressed={muted}
            onClick={() => setMuted(!muted)}
          />
          <Button
            look="quiet"
            icon={<Maximize size={16} />}
            aria-label={t("player.full")}
            onClick={() => {
              const done = document.fullscreenElement ? document.exitFullscreen() : frame.current?.requestFullscreen();
              done?.catch(() => undefined);
            }}
          />
        </div>
      )}
    </section>
  );
}

function Time({ durationMs }: { durationMs: number }) {
  const { ms } = useStore(useStudio().playback);
  return (
    <span className={styles.time}>
      {timecode(ms)} / {timecode(durationMs)}
    </span>
  );
}

function SeekBar({ durationMs }: { durationMs: number }) {
  const studio = useStudio();
  const { ms } = useStore(studio.playback);
  const percent = durationMs > 0 ? (100 * Math.min(ms, durationMs)) / durationMs : 0;
  return (
    <input
      type="range"
      className={styles.seek}
      min={0}
      max={durationMs}
      step={100}
      value={Math.round(ms)}
      aria-label={t("player.seek")}
      aria-valuetext={timecode(ms)}
      style={{ backgroundSize: `${percent}% 100%` }}
      onChange={(event) => studio.seek(Number(event.target.value))}
    />
  );
}

interface BrokenProps {
  kind: "codec" | "file";
  project: string;
  own: boolean;
  onAgain: () => void;
}

function Broken({ kind, project, own, onAgain }: BrokenProps) {
  const platform = usePlatform();
  const action = useAction();
  const problem =
    kind === "codec"
      ? { message: t("player.codec"), hint: t("player.codec_hint") }
      : { message: t("player.file"), hint: t("player.file_hint") };
  return (
    <div className={styles.broken}>
      <ProblemNote problem={action.problem ?? problem}>
        {own && (
          <Button
            icon={<ExternalLink size={14} />}
            busy={action.busy}
            onClick={() => void action.run(() => platform.openExternal(project))}
          >
            {t("player.external")}
          </Button>
        )}
        <Button onClick={onAgain}>{t("action.again")}</Button>
      </ProblemNote>
    </div>
  );
}
