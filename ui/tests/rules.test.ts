import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "../src/i18n/en";

const SRC = join(import.meta.dirname, "../src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name: name.replaceAll("\\", "/"), text: readFileSync(join(SRC, name), "utf8") }));

/** The files, outside of those excepted, that a pattern is found in. */
function found(pattern: RegExp, except: (name: string) => boolean = () => false): string[] {
  return files.filter(({ name, text }) => !except(name) && pattern.test(text)).map(({ name }) => name);
}

describe("rules of the house", () => {
  it("only the platform speaks to the shell", () => {
    const platform = (name: string) => name.startsWith("platform/");
    expect(found(/@tauri-apps|__TAURI|platform\/bindings|\/bindings"/, platform)).toEqual([]);
    expect(found(/@tauri-apps/)).not.toEqual([]);
  });

  it("nothing polls and nothing waits by the clock", () => {
    expect(found(/setInterval/)).toEqual([]);
    expect(found(/setTimeout/)).toEqual([]);
  });

  it("text is never markup", () => {
    expect(found(/dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write/)).toEqual([]);
  });

  it("the imitation is reached only where the build can leave it out", () => {
    const within = (name: string) => name.startsWith("platform/fake/");
    expect(found(/platform\/fake|"\.\/fake/, within)).toEqual(["platform/index.ts"]);
    const chooser = files.find(({ name }) => name === "platform/index.ts")?.text;
    expect(chooser).toMatch(/import\.meta\.env\.DEV[\s\S]+import\("\.\/fake"\)/);
  });

  it("files stay small enough to read", () => {
    const written = files.filter(({ name }) => name !== "platform/bindings.ts");
    const long = written.filter(({ text }) => text.split("\n").length > 450);
    expect(long.map(({ name }) => name)).toEqual([]);
  });
});

describe("the words on the screen", () => {
  const keys = Object.keys(en);
  const code = files.filter(({ name }) => name !== "i18n/en.ts");
  const named = new Set(code.flatMap(({ text }) => [...text.matchAll(/\bt\(\s*"([^"]+)"/g)].map((match) => match[1])));
  const kinds = new Set(
    code.flatMap(({ text }) => [...text.matchAll(/\bword\(\s*"([^"]+)"/g)].map((match) => match[1])),
  );

  it("are all there", () => {
    expect([...named].filter((key) => !keys.includes(key ?? ""))).toEqual([]);
    expect(named.size).toBeGreaterThan(100);
  });

  it("are all used", () => {
    // Tables of controls hold keys that are shown later.
    const listed = code.filter(({ name }) => !name.startsWith("i18n/")).map(({ text }) => text);
    const used = (key: string) => named.has(key) || listed.some((text) => text.includes(`"${key}"`));
    expect(keys.filter((key) => !used(key) && !kinds.has(key.split(".")[0]))).toEqual([]);
  });

  it("are not written into components", () => {
    const bare = code
      .filter(({ name }) => name.endsWith(".tsx"))
      .flatMap(({ name, text }) =>
        [...text.matchAll(/>\s*([A-Z][a-z]+ [a-z][^<>{}]*)</g)].map((match) => `${name}: ${match[1]}`),
      );
    expect(bare).toEqual([]);
  });
});
