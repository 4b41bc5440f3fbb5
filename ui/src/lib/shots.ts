// Shots by scene with their numbers (1A, 1B, 2A…), and where each lies in time.

import type { FilmView, ProjectView, SceneView, ShotView } from "../platform/types";

export interface NumberedShot {
  shot: ShotView;
  /** "1A". */
  label: string;
}

export interface SceneShots {
  scene: SceneView;
  number: number;
  shots: NumberedShot[];
}

export function byScene(view: Pick<ProjectView, "scenes" | "shots">): SceneShots[] {
  const shots = new Map<string, ShotView[]>();
  for (const shot of view.shots) {
    const held = shots.get(shot.scene);
    if (held) held.push(shot);
    else shots.set(shot.scene, [shot]);
  }
  return view.scenes.map((scene, index) => ({
    scene,
    number: index + 1,
    shots: (shots.get(scene.id) ?? []).map((shot, place) => ({ shot, label: `${index + 1}${letters(place)}` })),
  }));
}

export interface PlacedShot extends NumberedShot {
  /** The number of its scene, from 1. */
  scene: number;
  /** Its number in the scene, from 1. */
  number: number;
}

/** Where a shot is; null when there is no such shot. */
export function placeOf(view: Pick<ProjectView, "scenes" | "shots">, id: string | null): PlacedShot | null {
  for (const { number: scene, shots } of byScene(view)) {
    const at = shots.findIndex(({ shot }) => shot.id === id);
    const found = shots[at];
    if (found) return { ...found, scene, number: at + 1 };
  }
  return null;
}

/** A to Z, then AA, AB… as clapper boards are lettered. */
export function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

export interface Block {
  key: string;
  startMs: number;
  endMs: number;
}

export interface PictureBlock extends Block {
  shot: ShotView | null;
  label: string;
}

export interface LineBlock extends Block {
  text: string;
}

export interface TimelineModel {
  durationMs: number;
  pictures: PictureBlock[];
  lines: LineBlock[];
}

/** The film's own times when there is a film, else the lengths the storyboard wants, one after the other. */
export function timelineOf(view: Pick<ProjectView, "scenes" | "shots">, film: FilmView | null): TimelineModel {
  const numbered = byScene(view).flatMap((scene) => scene.shots);
  if (film) {
    const known = new Map(numbered.map((one) => [one.shot.id, one]));
    return {
      durationMs: film.durationMs,
      pictures: film.shots.map((span, index) => {
        const one = known.get(span.shot);
        return { ...span, key: `${span.shot}-${index}`, shot: one?.shot ?? null, label: one?.label ?? "" };
      }),
      lines: film.lines.map((line, index) => ({ ...line, key: String(index) })),
    };
  }
  let at = 0;
  const pictures = numbered.map(({ shot, label }) => {
    const block = { key: shot.id, shot, label, startMs: at, endMs: at + shot.durationMs };
    at = block.endMs;
    return block;
  });
  const wanted = view.scenes.reduce((sum, scene) => sum + scene.durationMs, 0);
  const lines = pictures.flatMap(({ shot, startMs, endMs }) =>
    shot.narration ? [{ key: shot.id, text: shot.narration, startMs, endMs }] : [],
  );
  return { durationMs: Math.max(at, wanted), pictures, lines };
}

/** Whole seconds for the ruler, at most seven marks, on round numbers. */
export function rulerMarks(durationMs: number): number[] {
  const seconds = durationMs / 1000;
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900];
  const step = steps.find((one) => seconds / one <= 7) ?? 1800;
  const marks: number[] = [];
  for (let at = 0; at <= seconds + 0.01; at += step) marks.push(at * 1000);
  return marks;
}
