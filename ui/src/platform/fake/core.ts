// An imitation of the core, faithful in what the window relies on: a gapless seq per project, events over time,
// requests done once, snapshots true up to their seq, failures in words. For development in a browser and for tests.

import { NO_HISTORY } from "../../lib/history";
import { applyEvent, startOf } from "../../lib/stream";
import { ProblemError } from "../platform";
import type {
  CapsView,
  ErrorCode,
  LedgerRow,
  MediaRef,
  MessageView,
  PlanView,
  ProjectCard,
  ProjectEvent,
  ProjectEventBody,
  ProjectView,
  RunSample,
  RunState,
  TakeView,
  TextSample,
} from "../types";
import type { FakeClock } from "./clock";
import { type FakeTask, PRICES, planOf } from "./plan";
import { createRun, type FakeRun, type Omens } from "./run";
import { ALL_SHOTS, briefOf, CAST, filmOf, picture, SCENES, shotsOf, video } from "./story";

/** What undo brings back. */
export interface Edition {
  number: number;
  words: string;
  atS: number;
  held: Pick<ProjectView, "brief" | "scenes" | "shots" | "cast" | "film">;
}

export interface FakeProject {
  view: ProjectView;
  changedS: number;
  sample: boolean;
  trashed: boolean;
  /** Counts runs, and with them versions of the film. */
  runs: number;
  /** Slots that have failed once; they do better the next time. */
  failedOnce: Set<string>;
  /** Slots whose results are there. */
  made: Set<string>;
  run: FakeRun | null;
  /** The idea as it was said: words in it ask for trouble. */
  idea: string;
  review: boolean;
  caps: CapsView;
  ledger: LedgerRow[];
  takes: Map<string, TakeView[]>;
  editions: Edition[];
  /** The present edition's place in the list. */
  edition: number;
}

export function refuse(code: ErrorCode, message: string, hint = "", retryable = false): never {
  throw new ProblemError({ code, message, hint, retryable });
}

const NO_CAPS: CapsView = { runMicros: null, projectMicros: null, dayMicros: null };

export function createCore(clock: FakeClock) {
  const projects = new Map<string, FakeProject>();
  const requests = new Map<string, unknown>();
  const eventEars = new Set<(event: ProjectEvent) => void>();
  const sampleEars = new Set<(sample: RunSample) => void>();
  const textEars = new Set<(sample: TextSample) => void>();
  let minted = 0;
  /** Events to swallow on their way to the window, to imitate a loss. */
  let swallow = 0;

  const mint = (kind: string) => {
    minted += 1;
    return `${kind}-${minted}`;
  };
  const seconds = () => Math.floor(clock.now() / 1000);

  function find(id: string): FakeProject {
    const found = projects.get(id);
    return found && !found.trashed ? found : refuse("not_found", "This project is not there any more.");
  }

  function emit(project: FakeProject, ...changes: ProjectEventBody[]) {
    const run = changes.find((change) => change.type === "run")?.id ?? project.view.run?.id ?? "";
    const event: ProjectEvent = { project: project.view.id, seq: project.view.seq + 1, run, changes };
    const step = applyEvent(startOf(project.view, 0), event, 0);
    if (step.kind !== "applied") throw new Error("the imitation lost its own place");
    project.view = step.stream.view;
    project.changedS = seconds();
    if (swallow > 0) swallow -= 1;
    else for (const hear of eventEars) hear(structuredClone(event));
  }

  function say(project: FakeProject, body: MessageView["body"], author: MessageView["author"] = "workprint") {
    emit(project, { type: "message", message: { id: mint("message"), author, atS: seconds(), body } });
  }

  function once<T>(request: string, act: () => T): T {
    if (!requests.has(request)) requests.set(request, act());
    return requests.get(request) as T;
  }

  function create(title = "Untitled film", sample = false): FakeProject {
    const id = mint("project");
    const view: ProjectView = {
      ...{ id, title, seq: 0, stage: "empty", messages: [], brief: null, plan: null, run: null },
      ...{ cast: [], scenes: [], shots: [], film: null, proposal: null, history: NO_HISTORY },
    };
    const project: FakeProject = {
      ...{ view, changedS: seconds(), sample, trashed: false, runs: 0, failedOnce: new Set<string>() },
      ...{ made: new Set<string>(), run: null, idea: "", review: false, caps: NO_CAPS },
      ...{ ledger: [], takes: new Map(), editions: [], edition: -1 },
    };
    projects.set(id, project);
    return project;
  }

  function plan(project: FakeProject): PlanView {
    const paid = /\bpaid\b/.test(project.idea);
    const capMicros = project.caps.runMicros;
    return planOf(true, { paid, review: project.review, capMicros, cached: project.made.size });
  }

  function propose(project: FakeProject, text: string, brief = briefOf(text.replace(/ *\([^)]*\)$/, ""))) {
    project.idea = text;
    if (/\bpaid\b/.test(text)) project.caps = { ...NO_CAPS, runMicros: /\bcap\b/.test(text) ? 1_200_000 : 5_000_000 };
    if (/\breview\b/.test(text)) project.review = true;
    emit(
      project,
      { type: "project", title: titleOf(text), stage: "planned" },
      { type: "brief", brief, plan: plan(project) },
    );
    say(project, { kind: "brief", text: "Here is what I understood. Change anything, or start." });
  }

  function start(project: FakeProject, gaveUp: ReadonlySet<string> = new Set()): string {
    if (!project.view.brief) refuse("not_now", "There is nothing to start yet.", "Say what the film is about.");
    if (project.view.run?.state === "running") refuse("not_now", "The film is being made already.");
    project.runs += 1;
    const id = mint("run");
    const turn = project.runs;
    const title = project.view.title;
    emit(project, { type: "project", title, stage: "making" }, runChange(id, "running"));
    say(project, { kind: "run", run: id });
    const startedAt = clock.now();
    const run = createRun(clock, omensOf(project), project.made, project.failedOnce, gaveUp, {
      task: (task) => project.runs === turn && emit(project, { type: "task", task }),
      made: (task) => emit(project, ...effects(project, task)),
      paid: (task, micros) => spend(project, task, micros, id),
      sample: (slot, percent) => {
        for (const hear of sampleEars) hear({ project: project.view.id, run: id, slot, percent });
      },
      state: (state) => {
        if (project.runs !== turn) return;
        const ended = state === "finished" || state === "failed" || state === "cancelled";
        const change = runChange(id, state, ended ? clock.now() - startedAt : 0, run);
        if (state === "finished") finish(project, run, change);
        else emit(project, { type: "project", title, stage: ended ? "unfinished" : "making" }, change);
      },
    });
    project.run = run;
    run.resume();
    return id;
  }

  function finish(project: FakeProject, run: FakeRun, change: ProjectEventBody) {
    const { title, brief, shots } = project.view;
    const missing = (shot: (typeof shots)[number]) => run.lost.get(shot.frameSlot) ?? run.lost.get(shot.clipSlot) ?? "";
    const voiced = brief?.chips.find((chip) => chip.field === "sound")?.value !== "no_voice";
    const cut = new Set(shots.filter((shot) => !missing(shot)).map((shot) => shot.id));
    const film = filmOf(title, voiced, project.runs, cut);
    const board = SCENES.map((scene): ProjectEventBody => {
      const mine = shots.filter((shot) => shot.scene === scene.id);
      return { type: "shots", scene: scene.id, shots: mine.map((shot) => ({ ...shot, missing: missing(shot) })) };
    });
    emit(project, { type: "project", title, stage: "film" }, ...board, { type: "film", film }, change);
    say(project, { kind: "film", text: cut.size < shots.length ? "Your film is cut." : "Your film is ready.", film });
    remember(project, project.editions.length === 0 ? "The first cut" : "A new cut");
  }

  function spend(project: FakeProject, task: FakeTask, micros: number, run: string) {
    const price = PRICES[task.agent];
    if (!price) return;
    const { provider, model, kind, units } = price;
    const { agent, slot, title } = task;
    project.ledger.unshift({ atS: seconds(), agent, slot, title, provider, model, kind, units, micros, run });
    const totalMicros = project.ledger.reduce((sum, row) => sum + row.micros, 0);
    const started = project.view.run?.startedS ?? seconds();
    emit(project, { type: "spent", totalMicros }, {
      ...runChange(run, project.run?.state ?? "running", 0, project.run),
      started_s: started,
    } as ProjectEventBody);
  }

  function effects(project: FakeProject, task: FakeTask): ProjectEventBody[] {
    project.made.add(task.slot);
    const subject = task.slot.slice(task.agent.length + 1);
    switch (task.agent) {
      case "screenwriter":
        return [{ type: "scenes", scenes: SCENES }];
      case "character_extractor":
        return [{ type: "cast", cast: CAST }];
      case "character_portraits":
        return [{ type: "portrait", cast: subject, picture: picture(`portrait-${subject}`) }];
      case "storyboard_artist": {
        const held = new Map(project.view.shots.map((shot) => [shot.id, shot]));
        return [{ type: "shots", scene: subject, shots: shotsOf(subject).map((shot) => held.get(shot.id) ?? shot) }];
      }
      case "camera_images":
        return [
          { type: "frame", shot: subject, picture: take(project, task.slot, picture) },
          { type: "takes", slot: task.slot },
        ];
      case "video_coordinator":
        if (!ALL_SHOTS.some((shot) => shot.id === subject)) return [];
        return [
          { type: "clip", shot: subject, video: take(project, task.slot, video) },
          { type: "takes", slot: task.slot },
        ];
      default:
        return [];
    }
  }

  /** A result as one more take of its slot. */
  function take(project: FakeProject, slot: string, media: (id: string) => MediaRef): MediaRef {
    const held = project.takes.get(slot) ?? [];
    const number = held.length + 1;
    const [agent = "", shot = ""] = slot.split("/");
    const kind = agent === "camera_images" ? "frame" : "clip";
    const made = media(`${kind}-${shot}${number > 1 ? `-take-${number}` : ""}`);
    const parent = held.find((one) => one.current)?.key ?? "";
    const fresh: TakeView = {
      ...{ key: `take-${slot}-${number}`, atS: seconds(), media: made, verdict: "none", reason: "", parent },
      ...{ current: true, pinned: false, why: number > 1 ? "another seed" : "" },
      model: /\bpaid\b/.test(project.idea) ? (PRICES[agent]?.model ?? "") : "Built-in illustrator",
    };
    project.takes.set(slot, [...held.map((one) => ({ ...one, current: false })), fresh]);
    return made;
  }

  /** A state of the film that undo can bring back. */
  function remember(project: FakeProject, words: string) {
    const { brief, scenes, shots, cast, film } = project.view;
    project.editions = project.editions.slice(0, project.edition + 1);
    const number = (project.editions.at(-1)?.number ?? 0) + 1;
    project.editions.push({ number, words, atS: seconds(), held: { brief, scenes, shots, cast, film } });
    project.edition = project.editions.length - 1;
    emit(project, { type: "history", history: historyOf(project) });
  }

  function runChange(id: string, state: RunState, tookMs = 0, run: FakeRun | null = null): ProjectEventBody {
    const started_s = seconds() - Math.round(tookMs / 1000);
    const money = { costMicros: run?.costMicros ?? 0, waitsForYou: run?.waitsForYou ?? 0 };
    return { type: "run", id, state, started_s, took_ms: tookMs, ...money };
  }

  function load(text: string): FakeProject {
    const project = create();
    say(project, { kind: "text", text: text.replace(/ *\([^)]*\)$/, "") }, "you");
    propose(project, text);
    return project;
  }

  return {
    ...{ clock, projects, find, emit, say, once, create, plan, propose, start, load, mint, requests, runChange },
    ...{ remember, take, effects, seconds, eventEars, sampleEars, textEars },
    loseNext: (count: number) => {
      swallow = count;
    },
  };
}

export type FakeCore = ReturnType<typeof createCore>;

export function historyOf({ editions, edition }: FakeProject): ProjectView["history"] {
  return {
    canUndo: edition > 0,
    canRedo: edition < editions.length - 1,
    undoWords: editions[edition]?.words ?? "",
    redoWords: editions[edition + 1]?.words ?? "",
    editions: editions
      .map(({ number, words, atS }, index) => ({ number, words, atS, current: index === edition }))
      .reverse(),
  };
}

function omensOf({ idea, review, caps }: FakeProject): Omens {
  const said = (word: string, slot: string) => (new RegExp(`\\b${word}\\b`, "i").test(idea) ? slot : "");
  return {
    paid: /\bpaid\b/.test(idea),
    review,
    fails: said("fail", "camera_images/scene-2-shot-2"),
    retries: said("retry", "camera_images/scene-1-shot-2"),
    unknown: said("unknown", "video_coordinator/scene-2-shot-1"),
    capMicros: caps.runMicros,
  };
}

export function cardOf(project: FakeProject): ProjectCard {
  const { view, changedS, sample } = project;
  const cover = view.film?.poster ?? view.shots.find((shot) => shot.frame)?.frame ?? null;
  const { id, title, stage } = view;
  return { id, title, changedS, stage, cover, durationMs: view.film?.durationMs ?? 0, sample };
}

export function titleOf(text: string): string {
  if (/keeper/.test(text)) return "The Keeper and the Whale";
  const words = text.split(/\s+/).slice(0, 6).join(" ");
  return words.charAt(0).toUpperCase() + words.slice(1, 60);
}
