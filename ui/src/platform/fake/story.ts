// What the imitation "makes" of any idea: one small story, its plan, and the tasks with their times.

import type {
  BriefForm,
  BriefView,
  CastView,
  Chip,
  ChipField,
  FilmView,
  MediaRef,
  PlanStepView,
  PlanView,
  SceneView,
  ShotView,
} from "../types";

export const picture = (id: string): MediaRef => ({ id, media: "image/png" });
export const video = (id: string): MediaRef => ({ id, media: "video/mp4" });

export const STYLES = [
  "flat",
  "watercolor",
  "ink",
  "noir",
  "anime",
  "pixel",
  "paper_cut",
  "chalk",
  "sepia",
  "neon",
  "storybook",
  "blueprint",
];

const pick = (values: readonly string[], label = (value: string) => value) =>
  values.map((value) => ({ value, label: label(value) }));

export function briefOf(text: string, form: Partial<BriefForm> = {}): BriefView {
  const lower = text.toLowerCase();
  const said = (words: readonly string[]) => words.find((word) => lower.includes(word.replace("_", " ")));
  const style = form.style || said(STYLES);
  const moods = ["gentle", "melancholy", "joyful", "epic", "mysterious", "playful", "calm"];
  const mood = form.mood || moods.filter((word) => lower.includes(word)).join(", ");
  const length = form.seconds ? String(form.seconds) : /(\d+)[- ]?s(ec|\b)/.exec(lower)?.[1];
  const ratio = form.ratio || said(["16:9", "9:16", "1:1", "4:5", "21:9"]);
  const chip = (field: ChipField, value: string, rest: Partial<Chip> = {}): Chip => ({
    field,
    value,
    label: value,
    assumed: false,
    choices: [],
    free: false,
    ...rest,
  });
  const seconds = length ?? "30";
  return {
    version: 1,
    chips: [
      chip("theme", text.slice(0, 160), { free: true }),
      chip("style", style ?? "watercolor", { assumed: !style, choices: pick(STYLES, (one) => one.replace("_", " ")) }),
      chip("mood", mood || "gentle", { assumed: !mood, choices: pick(moods), free: true }),
      chip("length", seconds, {
        label: `${seconds} s`,
        assumed: !length,
        choices: pick(["15", "30", "60", "90"], (one) => `${one} s`),
        free: true,
      }),
      chip("ratio", ratio ?? "16:9", { assumed: !ratio, choices: pick(["16:9", "9:16", "1:1", "4:5", "21:9"]) }),
      chip("cast", "keeper, whale", { assumed: true, free: true }),
      chip("sound", form.voice === false ? "no_voice" : "narration", {
        label: form.voice === false ? "no voice" : "narration",
        assumed: !lower.includes("narration"),
        choices: [
          { value: "narration", label: "narration" },
          { value: "no_voice", label: "no voice" },
        ],
      }),
      chip("language", "en", { label: "English", assumed: true, choices: pick(["en", "de", "es", "fr", "zh", "ja"]) }),
      chip("captions", "on", { assumed: true, choices: pick(["on", "off"]) }),
    ],
  };
}

export function planOf(canStart: boolean): PlanView {
  const step = (agent: string, least: number, most: number, group: number, after: string[] = []): PlanStepView => ({
    agent,
    least,
    most,
    group,
    after,
  });
  return {
    steps: [
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
    ],
    complexity: "simple",
    why: "One place, two characters, under a minute.",
    priceMicros: 0,
    secondsLeast: 20,
    secondsMost: 40,
    canStart,
  };
}

export const CAST: CastView[] = [
  { id: "cast-1", name: "The keeper", portrait: null },
  { id: "cast-2", name: "The white whale", portrait: null },
];

export const SCENES: SceneView[] = [
  ["scene-1", "The rock, dusk", "A lonely lamp is lit for no ship in sight.", 11_000],
  ["scene-2", "Open water, night", "Something vast and white breathes in the dark.", 11_500],
  ["scene-3", "First light", "The lamp goes out; the sea keeps him company.", 7_500],
].map(([id, title, summary, durationMs]) => ({
  id: String(id),
  title: String(title),
  summary: String(summary),
  lines: [],
  durationMs: Number(durationMs),
}));

type Row = [framing: string, camera: string, action: string, narration: string, ms: number, cast: string[]];

const BOARD: Record<string, Row[]> = {
  "scene-1": [
    [
      "wide",
      "push_in",
      "The lighthouse against the last light.",
      "There was a lamp at the edge of the world.",
      4_000,
      [],
    ],
    [
      "medium",
      "hold",
      "The keeper climbs the stair with his lamp.",
      "Every night he climbed, out of habit more than hope.",
      3_500,
      ["The keeper"],
    ],
    ["close_up", "pan_right", "His hands, the flame, the glass.", "", 3_500, ["The keeper"]],
  ],
  "scene-2": [
    [
      "establishing",
      "drift",
      "A pale shape under the swell.",
      "One night the sea answered.",
      4_500,
      ["The white whale"],
    ],
    [
      "over_shoulder",
      "hold",
      "He raises the lamp; it answers.",
      "He raised the light, and an eye opened in the dark.",
      3_500,
      ["The keeper", "The white whale"],
    ],
    ["full", "pull_out", "Two-shot, lamp and eye.", "", 3_500, ["The keeper", "The white whale"]],
  ],
  "scene-3": [
    [
      "wide",
      "tilt_up",
      "The lamp goes out over a bright sea.",
      "After that he never climbed alone.",
      4_000,
      ["The keeper", "The white whale"],
    ],
    ["insert", "hold", "The lamp, cold and shining.", "", 3_500, []],
  ],
};

export function shotsOf(scene: string): ShotView[] {
  return (BOARD[scene] ?? []).map(([framing, camera, action, narration, durationMs, cast], index) => ({
    id: `${scene}-shot-${index + 1}`,
    scene,
    framing,
    angle: index === 1 ? "low" : "eye",
    camera,
    action,
    narration,
    cast,
    durationMs,
    frame: null,
    clip: null,
  }));
}

export const ALL_SHOTS = SCENES.flatMap((scene) => shotsOf(scene.id));

export function filmOf(title: string, voiced: boolean, version: number): FilmView {
  let at = 0;
  const spans = ALL_SHOTS.map((shot) => {
    const span = { shot: shot.id, startMs: at, endMs: at + shot.durationMs };
    at = span.endMs;
    return span;
  });
  const lines = ALL_SHOTS.flatMap((shot, index) => {
    const span = spans[index];
    return shot.narration && span
      ? [{ text: shot.narration, startMs: span.startMs + 300, endMs: span.endMs - 300 }]
      : [];
  });
  return {
    title,
    voiced,
    lines,
    shots: spans,
    durationMs: at,
    width: 1280,
    height: 720,
    outdated: false,
    video: video(`film-${version}`),
    poster: picture("frame-scene-1-shot-1"),
    srt: { id: "srt", media: "application/x-subrip" },
    vtt: { id: "vtt", media: "text/vtt" },
  };
}

/** A task of the imitation: when it can begin, how long it takes, what the project has when it is done. */
export interface FakeTask {
  slot: string;
  agent: string;
  title: string;
  needs: string[];
  startMs: number;
  ms: number;
}

export function tasksOf(): FakeTask[] {
  const tasks: FakeTask[] = [];
  const add = (agent: string, key: string, title: string, needs: string[], startMs: number, ms: number) =>
    tasks.push({ slot: key ? `${agent}/${key}` : agent, agent, title, needs, startMs, ms });
  add("style_determiner", "", "", [], 100, 500);
  add("screenwriter", "", "", [], 100, 1_900);
  add("character_extractor", "", "", ["screenwriter"], 2_000, 400);
  add("scene_extractor", "", "", ["screenwriter"], 2_000, 500);
  add("music", "", "", ["screenwriter"], 2_000, 5_000);
  CAST.forEach((one, i) => {
    add("character_portraits", one.id, one.name, ["character_extractor"], 2_500, 1_300 + i * 700);
  });
  SCENES.forEach((scene, i) => {
    add("scene_images", scene.id, scene.title, ["scene_extractor"], 2_600, 1_500 + i * 500);
    add("storyboard_artist", scene.id, scene.title, ["scene_extractor"], 3_000 + i * 900, 900);
  });
  ALL_SHOTS.forEach((shot, i) => {
    if (shot.narration) add("voice", shot.id, `Line ${i + 1}`, ["screenwriter"], 2_200 + i * 300, 900);
    add("camera_images", shot.id, `Shot ${i + 1}`, ["storyboard_artist", "scene_images"], 4_600 + i * 700, 1_400);
    add("video_coordinator", shot.id, `Shot ${i + 1}`, [`camera_images/${shot.id}`], 6_100 + i * 700, 2_400);
  });
  add("post_processor", "", "", ["video_coordinator", "voice", "music"], 14_200, 2_800);
  return tasks;
}
