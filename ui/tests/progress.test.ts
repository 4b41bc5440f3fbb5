import { describe, expect, it } from "vitest";
import { progressOf } from "../src/lib/progress";
import { stagesOf } from "../src/lib/stages";
import { createClock } from "../src/platform/fake/clock";
import { createCore } from "../src/platform/fake/core";
import type { RunView, TaskStateView, TaskView } from "../src/platform/types";
import * as build from "./build";
import { run } from "./build";

const task = (agent: string, state: TaskStateView, weightMs = 1_000): TaskView =>
  build.task({
    ...{ slot: `${agent}/${state}/${weightMs}`, agent, state, weightMs },
    tookMs: state === "done" ? weightMs : 0,
  });
const row = (held: RunView, agent: string) =>
  progressOf(held, null, {}, 110_000).rows.find((one) => one.agent === agent);

describe("progress by agent", () => {
  it("counts tasks and names the state that matters most", () => {
    const held = run(
      "running",
      task("voice", "done"),
      task("voice", "cached"),
      task("voice", "running"),
      task("music", "failed"),
      task("music", "done"),
      task("post_processor", "waiting"),
    );
    expect(row(held, "voice")).toMatchObject({ state: "running", done: 2, total: 3 });
    expect(row(held, "music")).toMatchObject({ state: "failed", done: 1, total: 2 });
    expect(row(held, "post_processor")).toMatchObject({ state: "waiting", done: 0, total: 1 });
  });

  it("tells every kind of not being made apart", () => {
    const states = ["waiting", "queued", "cached", "skipped", "cancelled", "retrying", "needs_approval", "unknown"];
    for (const state of states as TaskStateView[]) {
      expect(row(run("running", task("voice", state)), "voice")?.state).toBe(state);
    }
  });

  it("weighs by expected time, with samples", () => {
    const held = run("running", task("voice", "done", 3_000), task("voice", "running", 1_000));
    const { fraction } = progressOf(held, null, { "voice/running/1000": 50 }, 110_000);
    expect(fraction).toBeCloseTo(3_500 / 4_000);
  });

  it("tells no time left when nothing is at work", () => {
    expect(progressOf(run("cancelled", task("voice", "done")), null, {}, 110_000).left).toBeNull();
  });

  it("never goes back in time left by much, and ends near nothing, over a whole film", () => {
    const clock = createClock(0);
    const core = createCore(clock);
    const project = core.load("A film about a keeper and a whale");
    core.start(project);
    const fractions: number[] = [];
    for (let second = 0; second < 16; second += 1) {
      clock.advance(1_000);
      const { view } = project;
      if (view.run) fractions.push(progressOf(view.run, view.plan, {}, clock.now()).fraction);
    }
    expect(fractions.at(-1)).toBeGreaterThan(0.9);
    fractions.reduce((before, now) => {
      expect(now).toBeGreaterThan(before - 0.08);
      return now;
    }, 0);
  });
});

describe("the steps of a film", () => {
  it("go from the brief to the film", () => {
    const clock = createClock(0);
    const core = createCore(clock);
    const project = core.load("A film about a keeper and a whale");
    expect(stagesOf(project.view)).toMatchObject({ brief: "done", script: "next", film: "next" });
    core.start(project);
    clock.advance(1_000);
    expect(stagesOf(project.view)).toMatchObject({ script: "now", cast: "next" });
    clock.advance(5_000);
    expect(stagesOf(project.view)).toMatchObject({ script: "done", cast: "done", storyboard: "now" });
    clock.advance(20_000);
    expect(new Set(Object.values(stagesOf(project.view)))).toEqual(new Set(["done"]));
  });

  it("mark the step that failed", () => {
    const clock = createClock(0);
    const core = createCore(clock);
    const project = core.load("A film that will fail once");
    core.start(project);
    clock.advance(30_000);
    expect(stagesOf(project.view)).toMatchObject({ storyboard: "failed" });
  });
});
