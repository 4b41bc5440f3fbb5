import { describe, expect, it } from "vitest";
import { applyEvent, applySample, fromSnapshot, type Stream } from "../src/lib/stream";
import { createClock } from "../src/platform/fake/clock";
import { createCore } from "../src/platform/fake/core";
import type { ProjectEvent, ProjectEventBody, ProjectView, TaskView } from "../src/platform/types";
import * as build from "./build";
import { EMPTY, stream } from "./build";

const event = (seq: number, ...changes: ProjectEventBody[]): ProjectEvent => ({ project: "p", seq, run: "r", changes });
const titled = (seq: number, title: string) => event(seq, { type: "project", title, stage: "empty" });
const task = (slot: string, state: TaskView["state"]) => build.task({ slot, state });
const begun = (id: string): ProjectEventBody => ({
  ...{ type: "run", id, state: "running", started_s: 1, took_ms: 0, costMicros: 0, waitsForYou: 0 },
});

/** The stream after the events, all of which must follow one another. */
function follow(start: Stream, ...events: ProjectEvent[]): Stream {
  return events.reduce((held, one) => {
    const step = applyEvent(held, one, 1);
    if (step.kind !== "applied") throw new Error(`event ${one.seq}: ${step.kind}`);
    return step.stream;
  }, start);
}

/** A whole film of the imitation: its events, and the core's own view after each. */
function wholeFilm() {
  const clock = createClock(0);
  const core = createCore(clock);
  const events: ProjectEvent[] = [];
  const views: ProjectView[] = [];
  core.eventEars.add((one) => {
    events.push(one);
    views.push(structuredClone(core.find(one.project).view));
  });
  core.start(core.load("A film about a keeper and a whale"));
  clock.advance(30_000);
  return { events, views };
}

describe("the order of events", () => {
  it("applies the next, drops the old, and sees a gap", () => {
    const held = stream({ seq: 4 });
    expect(follow(held, titled(5, "new")).view).toMatchObject({ seq: 5, title: "new" });
    expect(applyEvent(held, titled(4, "late"), 1).kind).toBe("old");
    expect(applyEvent(held, titled(6, "early"), 1).kind).toBe("gap");
  });

  it("gives the core's own state after every event of a film", () => {
    const { events, views } = wholeFilm();
    expect(events.length).toBeGreaterThan(100);
    let held: Stream = { ...stream(), view: { ...EMPTY, id: views[0]?.id ?? "", title: "Untitled film" } };
    events.forEach((one, index) => {
      held = follow(held, one);
      expect(held.view).toEqual(views[index]);
    });
    expect(held.view.film).not.toBeNull();
  });

  it("comes to the same state from a snapshot at any moment, whatever came while it was on its way", () => {
    const { events, views } = wholeFilm();
    const last = views.at(-1);
    for (let at = 0; at < views.length; at += 7) {
      const snapshot = views[at];
      if (!snapshot) continue;
      // Some of these are in the snapshot already, and they need not come in order.
      const waiting = events.slice(Math.max(0, at - 10)).reverse();
      const { stream: held, gap } = fromSnapshot(snapshot, waiting, 1);
      expect(gap).toBe(false);
      expect(held.view).toEqual(last);
    }
  });

  it("says when an event is missing after the snapshot", () => {
    const { stream: held, gap } = fromSnapshot({ ...EMPTY, seq: 2 }, [titled(3, "three"), titled(5, "five")], 1);
    expect(gap).toBe(true);
    expect(held.view).toMatchObject({ seq: 3, title: "three" });
  });
});

describe("what changes", () => {
  it("replaces a message with the same id and keeps its place", () => {
    const message = (id: string, text: string): ProjectEventBody => ({
      type: "message",
      message: { id, author: "you", atS: 0, body: { kind: "text", text } },
    });
    const held = follow(stream(), event(1, message("a", "one"), message("b", "two")), event(2, message("a", "uno")));
    expect(held.view.messages.map((one) => one.body)).toEqual([
      { kind: "text", text: "uno" },
      { kind: "text", text: "two" },
    ]);
  });

  it("forgets the tasks of an earlier run", () => {
    const first = follow(stream(), event(1, begun("r")), event(2, { type: "task", task: task("voice/1", "done") }));
    expect(first.view.run?.tasks).toHaveLength(1);
    expect(follow(first, event(3, begun("r2"))).view.run).toMatchObject({ id: "r2", startedS: 1, tasks: [] });
  });

  it("puts shots in the order of their scenes and drops those of scenes that are gone", () => {
    const scene = (id: string) => ({ id, title: id, summary: "", lines: [], durationMs: 1 });
    const shot = (id: string, scene: string) => build.shot(id, { scene });
    const held = follow(
      stream(),
      event(1, { type: "scenes", scenes: [scene("s1"), scene("s2")] }),
      event(2, { type: "shots", scene: "s2", shots: [shot("b1", "s2")] }),
      event(3, { type: "shots", scene: "s1", shots: [shot("a1", "s1"), shot("a2", "s1")] }),
      event(4, { type: "frame", shot: "a2", picture: { id: "hash", media: "image/png" } }),
    );
    expect(held.view.shots.map((one) => one.id)).toEqual(["a1", "a2", "b1"]);
    expect(held.view.shots[1]?.frame?.id).toBe("hash");
    const fewer = follow(held, event(5, { type: "scenes", scenes: [scene("s2")] }));
    expect(fewer.view.shots.map((one) => one.id)).toEqual(["b1"]);
  });

  it("takes no notice of a change it does not know", () => {
    const unknown = { type: "weather", rain: true } as unknown as ProjectEventBody;
    expect(follow(stream(), event(1, unknown)).view).toEqual({ ...EMPTY, seq: 1 });
  });
});

describe("samples", () => {
  const running = follow(stream(), event(1, begun("r")), event(2, { type: "task", task: task("voice/1", "running") }));
  const sample = (run: string, slot: string) => ({ project: "p", run, slot, percent: 40 });

  it("count for a task at work, and go when it ends", () => {
    const sampled = applySample(running, sample("r", "voice/1"), 2);
    expect(sampled.samples).toEqual({ "voice/1": 40 });
    expect(follow(sampled, event(3, { type: "task", task: task("voice/1", "done") })).samples).toEqual({});
  });

  it("do not count for another run or an unknown task", () => {
    expect(applySample(running, sample("old", "voice/1"), 2)).toBe(running);
    expect(applySample(running, sample("r", "voice/2"), 2)).toBe(running);
  });
});
