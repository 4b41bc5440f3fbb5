// The imitation's plan: its steps, what they would cost on paid models, and the tasks with their times.

import type { CallsView, PlanStepView, PlanView } from "../types";
import { ALL_SHOTS, CAST, SCENES } from "./story";

/** What one call of an agent costs on paid models, in millionths of a US dollar. */
export interface Price {
  provider: string;
  model: string;
  kind: CallsView["kind"];
  micros: number;
  units: string;
}

const chat = (micros: number): Price => ({
  provider: "OpenAI",
  model: "gpt-5-mini",
  kind: "chat",
  micros,
  units: "2,410 tokens",
});
const image: Price = { provider: "OpenAI", model: "gpt-image-1", kind: "image", micros: 40_000, units: "1 picture" };

export const PRICES: Readonly<Record<string, Price>> = {
  style_determiner: chat(2_000),
  screenwriter: chat(9_000),
  character_extractor: chat(3_000),
  scene_extractor: chat(3_000),
  storyboard_artist: chat(4_000),
  character_portraits: image,
  scene_images: image,
  camera_images: image,
  video_coordinator: { provider: "Kling", model: "kling-2.1", kind: "video", micros: 250_000, units: "4 s" },
  voice: { provider: "OpenAI", model: "gpt-4o-mini-tts", kind: "speech", micros: 4_000, units: "58 characters" },
};

export interface PlanOptions {
  paid?: boolean;
  review?: boolean;
  capMicros?: number | null;
  cached?: number;
}

export function planOf(canStart: boolean, options: PlanOptions = {}): PlanView {
  const { paid = false, review = false, capMicros = null, cached = 0 } = options;
  const step = (agent: string, least: number, most: number, group: number, after: string[] = []): PlanStepView => {
    const price = paid ? PRICES[agent] : undefined;
    const calls = price ? [{ provider: price.provider, model: price.model, kind: price.kind, least, most }] : [];
    return { agent, least, most, group, after, calls };
  };
  const steps = [
    step("style_determiner", 1, 1, 1),
    step("screenwriter", 1, 1, 1),
    step("character_extractor", 1, 1, 2, ["screenwriter"]),
    step("scene_extractor", 1, 1, 2, ["screenwriter"]),
    step("music", 1, 1, 2, ["screenwriter"]),
    step("voice", 4, 8, 2, ["screenwriter"]),
    step("character_portraits", 2, 3, 3, ["character_extractor"]),
    step("scene_images", 2, 3, 3, ["scene_extractor"]),
    step("storyboard_artist", 2, 3, 3, ["scene_extractor"]),
    step("camera_images", 6, 9, 4, ["storyboard_artist", "scene_images"]),
    step("video_coordinator", 6, 9, 5, ["camera_images"]),
    step("post_processor", 1, 1, 6, ["video_coordinator", "voice", "music"]),
  ];
  const sum = (text: boolean, end: "least" | "most") =>
    steps
      .flatMap((one) => one.calls.map((calls) => ({ ...calls, micros: (PRICES[one.agent]?.micros ?? 0) * calls[end] })))
      .filter((calls) => (calls.kind === "chat") === text)
      .reduce((total, calls) => total + calls.micros, 0);
  const money = {
    textLeastMicros: sum(true, "least"),
    textMostMicros: sum(true, "most"),
    mediaLeastMicros: sum(false, "least"),
    mediaMostMicros: sum(false, "most"),
  };
  return {
    steps,
    complexity: "simple",
    why: "One place, two characters, under a minute.",
    priceMicros: money.textMostMicros + money.mediaMostMicros,
    ...money,
    capMicros,
    cached,
    review,
    secondsLeast: 20,
    secondsMost: 40,
    canStart,
  };
}

/** A task of the imitation: when it can begin at the soonest, how long it takes, what it waits for. */
export interface FakeTask {
  slot: string;
  agent: string;
  title: string;
  /** Slots, or agents for all of their tasks. */
  needs: string[];
  startMs: number;
  ms: number;
}

export function tasksOf(review = false): FakeTask[] {
  const tasks: FakeTask[] = [];
  const add = (agent: string, key: string, title: string, needs: string[], startMs: number, ms: number) =>
    tasks.push({ slot: key ? `${agent}/${key}` : agent, agent, title, needs, startMs, ms });
  const written = review ? ["review/outline"] : ["screenwriter"];
  add("style_determiner", "", "", [], 100, 500);
  add("screenwriter", "", "", [], 100, 1_900);
  if (review) add("review", "outline", "", ["screenwriter"], 1_900, 0);
  add("character_extractor", "", "", written, 2_000, 400);
  add("scene_extractor", "", "", written, 2_000, 500);
  add("music", "", "", written, 2_000, 5_000);
  CAST.forEach((one, i) => {
    add("character_portraits", one.id, one.name, ["character_extractor"], 2_500, 1_300 + i * 700);
  });
  SCENES.forEach((scene, i) => {
    add("scene_images", scene.id, scene.title, ["scene_extractor"], 2_600, 1_500 + i * 500);
    add("storyboard_artist", scene.id, scene.title, ["scene_extractor"], 3_000 + i * 900, 900);
  });
  if (review) add("review", "storyboard", "", ["camera_images"], 4_600, 0);
  ALL_SHOTS.forEach((shot, i) => {
    const drawn = [`storyboard_artist/${shot.scene}`, `scene_images/${shot.scene}`];
    const still = [`camera_images/${shot.id}`, ...(review ? ["review/storyboard"] : [])];
    if (shot.narration) add("voice", shot.id, `Line ${i + 1}`, written, 2_200 + i * 300, 900);
    add("camera_images", shot.id, `Shot ${i + 1}`, drawn, 4_600 + i * 700, 1_400);
    add("video_coordinator", shot.id, `Shot ${i + 1}`, still, 6_100 + i * 700, 2_400);
  });
  add("post_processor", "", "", ["video_coordinator", "voice", "music"], 14_200, 2_800);
  return tasks;
}
