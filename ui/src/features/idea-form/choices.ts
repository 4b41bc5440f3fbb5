// The stored words the core knows, in the order they are offered.

export const STYLES = [
  "watercolor",
  "storybook",
  "flat",
  "ink",
  "anime",
  "paper_cut",
  "pixel",
  "noir",
  "sepia",
  "chalk",
  "neon",
  "blueprint",
] as const;

export const MOODS = [
  "gentle",
  "melancholy",
  "joyful",
  "epic",
  "tense",
  "mysterious",
  "playful",
  "calm",
  "energetic",
  "dark",
  "hopeful",
] as const;

export const RATIOS = ["16:9", "9:16", "1:1", "4:5", "21:9"] as const;
export const LENGTHS = [15, 30, 60, 90] as const;
export const LANGUAGES = ["en", "zh", "es", "fr", "de", "ja"] as const;

/** The shortest and the longest film, in seconds. */
export const MIN_SECONDS = 6;
export const MAX_SECONDS = 3600;
