// What the imitation "makes" of any idea: one small story, its plan, and the tasks with their times.

import type {
  BriefForm,
  BriefView,
  CastView,
  Chip,
  ChipField,
  FilmView,
  MediaRef,
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
    episodes: [],
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
    line: narration ? `line-${scene}-${index}` : "",
    cast,
    durationMs,
    frame: null,
    clip: null,
    frameSlot: `camera_images/${scene}-shot-${index + 1}`,
    clipSlot: `video_coordinator/${scene}-shot-${index + 1}`,
    approved: false,
    missing: "",
  }));
}

export const ALL_SHOTS = SCENES.flatMap((scene) => shotsOf(scene.id));

/** `cut`: the shots that are in it; all, when nothing is said. */
export function filmOf(title: string, voiced: boolean, version: number, cut?: ReadonlySet<string>): FilmView {
  let at = 0;
  const there = ALL_SHOTS.filter((shot) => cut?.has(shot.id) ?? true);
  const spans = there.map((shot) => {
    const span = { shot: shot.id, startMs: at, endMs: at + shot.durationMs };
    at = span.endMs;
    return span;
  });
  const lines = there.flatMap((shot, index) => {
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
