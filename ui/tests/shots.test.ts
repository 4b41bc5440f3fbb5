import { describe, expect, it } from "vitest";
import { roughly, shotLength, t, timecode, word } from "../src/i18n";
import { createRequests } from "../src/lib/request";
import { byScene, letters, rulerMarks, timelineOf } from "../src/lib/shots";
import { ALL_SHOTS, filmOf, SCENES } from "../src/platform/fake/story";

const view = { scenes: SCENES, shots: ALL_SHOTS };

describe("shots in scenes and in time", () => {
  it("are numbered as on a clapper board", () => {
    expect(byScene(view).flatMap((scene) => scene.shots.map((one) => one.label))).toEqual([
      "1A",
      "1B",
      "1C",
      "2A",
      "2B",
      "2C",
      "3A",
      "3B",
    ]);
    expect([25, 26, 27, 51, 52].map(letters)).toEqual(["Z", "AA", "AB", "AZ", "BA"]);
  });

  it("lie end to end before there is a film", () => {
    const model = timelineOf(view, null);
    expect(model.durationMs).toBe(30_000);
    model.pictures.reduce((end, block) => {
      expect(block.startMs).toBe(end);
      return block.endMs;
    }, 0);
    expect(model.lines.map((line) => line.text)).toContain("One night the sea answered.");
  });

  it("lie where the film has them when there is one", () => {
    const film = filmOf("The film", true, 1);
    const model = timelineOf(view, film);
    expect(model.durationMs).toBe(film.durationMs);
    expect(model.lines[0]).toMatchObject({ startMs: 300 });
    expect(model.pictures.map((block) => block.label)).toEqual(["1A", "1B", "1C", "2A", "2B", "2C", "3A", "3B"]);
  });

  it("have a ruler of few round marks", () => {
    expect(rulerMarks(30_000)).toEqual([0, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000]);
    for (const seconds of [6, 45, 61, 600, 3_600]) expect(rulerMarks(seconds * 1_000).length).toBeLessThanOrEqual(8);
  });
});

describe("words and numbers", () => {
  it("tell times shortly", () => {
    expect([timecode(0), timecode(7_400), timecode(61_000)]).toEqual(["0:00", "0:07", "1:01"]);
    expect(shotLength(5_500)).toBe("5.5 s");
    expect([roughly(2), roughly(38), roughly(240)]).toEqual(["5 s", "40 s", "4 min"]);
  });

  it("know one from many, and show unknown words as they are", () => {
    expect([t("film.shots", { n: 1 }), t("film.shots", { n: 8 })]).toEqual(["one shot", "8 shots"]);
    expect(word("agent", "prop_master")).toBe("Prop master");
  });
});

describe("requests", () => {
  it("keep their id until they are settled", () => {
    const requests = createRequests();
    const first = requests.idFor("send hello");
    expect(requests.idFor("send hello")).toBe(first);
    expect(requests.idFor("send goodbye")).not.toBe(first);
    requests.settled("send hello");
    expect(requests.idFor("send hello")).not.toBe(first);
  });
});
