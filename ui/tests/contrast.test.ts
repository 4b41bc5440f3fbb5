import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../src/styles/base.css"), "utf8");

/** The colours of a theme: the first block is dark, the second changes it to light. */
function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

/** Relative luminance after WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const PAIRS: [text: string, grounds: string[]][] = [
  ["ink", ["bg", "panel", "raised", "bubble", "amber-soft", "red-soft", "blue-soft", "hover"]],
  ["dim", ["bg", "panel", "raised", "red-soft"]],
  ["faint", ["bg", "panel"]],
  ["amber-ink", ["bg", "panel", "raised"]],
  ["green", ["bg", "panel"]],
  ["red", ["bg", "panel", "red-soft", "amber-soft"]],
  ["blue", ["bg", "panel", "blue-soft"]],
  ["on-amber", ["amber", "amber-strong"]],
];

describe("text can be read", () => {
  const dark = colours(":root");
  for (const [name, theme] of [
    ["dark", dark],
    ["light", { ...dark, ...colours(':root[data-theme="light"]') }],
  ] as const) {
    it(`in ${name}, at 4.5 to 1 or better`, () => {
      const weak = PAIRS.flatMap(([text, grounds]) =>
        grounds
          .map((ground) => ({ pair: `${text} on ${ground}`, is: contrast(theme[text] ?? "", theme[ground] ?? "") }))
          .filter(({ is }) => !(is >= 4.5)),
      );
      expect(weak).toEqual([]);
    });
  }
});
