// The states the imitation can be opened in (?fake=1&at=film), for looking and for tests.

import type { LedgerRow, ProjectEventBody, ShotView } from "../types";
import type { FakeChanges } from "./changes";
import type { FakeClock } from "./clock";
import type { FakeCore, FakeProject } from "./core";
import { PRICES } from "./plan";
import { CAST, picture, video } from "./story";

const WHALE =
  "Make a 30-second watercolor film about an old lighthouse keeper who befriends a white whale. Gentle, a little melancholy. Narration only.";

/** The idea's omens and how long the run has been going, by state. */
const RUNS: Readonly<Record<string, [omens: string, ms: number]>> = {
  running: ["", 8_300],
  interrupted: ["", 8_300],
  failed: [" (fail)", 25_000],
  "paid-running": [" (paid)", 9_500],
  paused: [" (paid)", 8_300],
  retrying: [" (paid, retry)", 7_000],
  review: [" (paid, review)", 4_000],
  overcap: [" (paid, cap)", 20_000],
  unknown: [" (paid, unknown)", 30_000],
  stuck: [" (paid, unknown, fail, retry)", 45_000],
  takes: [" (paid)", 30_000],
  proposal: [" (paid)", 30_000],
  ledger: [" (paid)", 30_000],
  missing: [" (fail)", 25_000],
};

export function openAt(core: FakeCore, changes: FakeChanges, clock: FakeClock, at: string) {
  if (at === "empty") return;
  const film = (text: string, title?: string, sample = false) => {
    const project = core.load(text);
    core.start(project);
    clock.advance(30_000);
    if (title) core.emit(project, { type: "project", title, stage: "film" });
    project.sample = sample;
    clock.advance(3_600_000);
    return project;
  };
  film("A paper boat follows a rain gutter to the sea, paper cut", "The Paper Boat", true);
  film("How to fold a crane, blueprint, 20 s", "How to fold a crane");
  core.propose(core.create(), "A city at night, neon, in the rain");
  clock.advance(60_000);
  if (at === "home" || at === "trouble") return;
  if (at === "film") {
    film(WHALE);
    return;
  }
  if (at === "question") {
    const project = core.create();
    core.say(project, { kind: "text", text: "Make me a film" }, "you");
    core.say(project, {
      kind: "question",
      text: "What should the film be about?",
      choices: ["An animal on an adventure", "A city at night", "Surprise me"].map((label) => ({ label, says: label })),
    });
    return;
  }
  const [omens, ms] = RUNS[at] ?? [at === "paid" ? " (paid)" : "", 0];
  const project = core.load(WHALE + omens);
  if (at === "long") long(core, project);
  if (ms === 0) return;
  core.start(project);
  clock.advance(ms);
  if (at === "paused") project.run?.pause();
  if (at === "missing") {
    core.start(project, new Set(project.run?.lost.keys()));
    clock.advance(30_000);
  }
  if (at === "takes" || at === "proposal") {
    judged(core, changes, project);
    clock.advance(5_000);
  }
  if (at === "proposal") {
    core.say(project, { kind: "text", text: "Make the whale white as glass, and older." }, "you");
    changes.say(project, "Make the whale white as glass, and older.");
  }
  if (at === "interrupted" && project.view.run) {
    project.run?.stop();
    core.emit(
      project,
      { type: "project", title: project.view.title, stage: "unfinished" },
      core.runChange(project.view.run.id, "interrupted", 8_000),
    );
  }
}

/** A film on which somebody has worked: one take rejected, a new one chosen and approved. */
function judged(core: FakeCore, changes: FakeChanges, project: FakeProject) {
  const slot = "camera_images/scene-2-shot-1";
  const first = project.takes.get(slot)?.[0]?.key ?? "";
  changes.judge(project, slot, first, "rejected", "The whale looks like a shark.");
  for (const why of ["another seed", "softer light"]) {
    const media = core.take(project, slot, picture);
    const takes = project.takes.get(slot) ?? [];
    project.takes.set(
      slot,
      takes.map((take) => (take.media?.id === media.id ? { ...take, why } : take)),
    );
    core.emit(project, { type: "frame", shot: "scene-2-shot-1", picture: media }, { type: "takes", slot });
  }
  changes.judge(project, slot, project.takes.get(slot)?.at(-1)?.key ?? "", "approved", "");
  core.remember(project, "Softer light in shot 2A");
}

/** A feature: 40 scenes of 25 shots, with the money that went into them. */
function long(core: FakeCore, project: FakeProject) {
  const scenes = Array.from({ length: 40 }, (_, i) => ({
    id: `s${i}`,
    title: `Chapter ${i + 1}`,
    summary: "Something vast and white breathes in the dark.",
    lines: [],
    durationMs: 100_000,
  }));
  const board = scenes.map((scene): ProjectEventBody => {
    const shots = Array.from({ length: 25 }, (_, i): ShotView => {
      const id = `${scene.id}-${i}`;
      return {
        ...{ id, scene: scene.id, framing: "wide", angle: "eye", camera: "drift", durationMs: 4_000 },
        ...{ action: "A pale shape under the swell.", narration: "One night the sea answered.", line: "", cast: [] },
        ...{ frame: picture(`frame-${id}`), clip: video(`clip-${id}`), approved: i % 7 === 0, missing: "" },
        ...{ frameSlot: `camera_images/${id}`, clipSlot: `video_coordinator/${id}` },
      };
    });
    return { type: "shots", scene: scene.id, shots };
  });
  core.emit(project, { type: "scenes", scenes }, { type: "cast", cast: CAST }, ...board);
  const agents = ["camera_images", "video_coordinator", "voice"];
  project.ledger = Array.from({ length: 3_000 }, (_, i): LedgerRow => {
    const agent = agents[i % 3] ?? "voice";
    const price = PRICES[agent];
    return {
      ...{ agent, atS: core.seconds() - i * 9, slot: `${agent}/${i}`, title: `Shot ${i + 1}`, run: "run-1" },
      ...{ provider: price?.provider ?? "", model: price?.model ?? "", kind: price?.kind ?? "chat" },
      ...{ units: price?.units ?? "", micros: price?.micros ?? 0 },
    };
  });
  for (let i = 0; i < 5_000; i += 1)
    project.view.messages.unshift({
      ...{ id: `old-${i}`, author: i % 2 ? "you" : "workprint", atS: core.seconds() - i * 60 },
      body: { kind: "text", text: `Message ${5_000 - i}: make the sea a little darker.` },
    });
}
