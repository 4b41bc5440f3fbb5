// Keeps the studio's idea of "where the film is" with the video element: frame by frame while it plays, not at all
// while it does not.

import type { FilmView } from "../../platform/types";
import type { StudioState } from "../studio/state";

export function followVideo(video: HTMLVideoElement, studio: StudioState, film: FilmView): () => void {
  let frame = 0;

  const tell = () => {
    const ms = video.currentTime * 1000;
    const playing = !video.paused && !video.ended;
    studio.playback.set({ ms, playing });
    const shot = film.shots.find((span) => ms < span.endMs)?.shot ?? film.shots.at(-1)?.shot ?? null;
    if (studio.look.get().playing !== shot) studio.look.set((held) => ({ ...held, playing: shot }));
  };
  const each = () => {
    tell();
    if (!video.paused && !video.ended) frame = requestAnimationFrame(each);
  };
  const started = () => {
    studio.choose(null);
    cancelAnimationFrame(frame);
    each();
  };
  const heard: readonly [keyof HTMLVideoElementEventMap, () => void][] = [
    ["play", started],
    ["pause", tell],
    ["ended", tell],
    ["seeked", tell],
    ["timeupdate", tell],
  ];
  for (const [name, hear] of heard) video.addEventListener(name, hear);

  // Asked to play before it was on the screen.
  if (studio.playback.get().playing) video.play().catch(tell);
  else tell();

  return () => {
    cancelAnimationFrame(frame);
    for (const [name, hear] of heard) video.removeEventListener(name, hear);
    studio.playback.set({ ms: 0, playing: studio.playback.get().playing });
  };
}
