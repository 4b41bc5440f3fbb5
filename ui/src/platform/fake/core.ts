// An imitation of the core, faithful in what the window relies on: a gapless seq per project, events over time,
// requests done once, snapshots true up to their seq, failures in words. For development in a browser and for tests.

import { applyEvent } from "../../lib/stream";
import { ProblemError } from "../platform";
import type {
  ErrorCode,
  MessageView,
  ProjectCard,
  ProjectEvent,
  ProjectEventBody,
  ProjectView,
  RunSample,
  TaskView,
} from "../types";
import type { FakeClock } from "./clock";
import {
  ALL_SHOTS,
  briefOf,
  CAST,
  type FakeTask,
  filmOf,
  picture,
  planOf,
  SCENES,
  shotsOf,
  tasksOf,
  video,
} from "./story";

export interface FakeProject {
  view: ProjectView;
  changedS: number;
  sample: boolean;
  trashed: boolean;
  /** Counts runs, so that a stopped run's late steps are dropped. */
  runs: number;
  /** Slots that have failed once; they do better the next time. */
  failedOnce: Set<string>;
}

export function refuse(code: ErrorCode, message: string, hint = "", retryable = false): never {
  throw new ProblemError({ code, message, hint, retryable });
}

export function createCore(clock: FakeClock) {
  const projects = new Map<string, FakeProject>();
  const requests = new Map<string, unknown>();
  const eventEars = new Set<(event: ProjectEvent) => void>();
  const sampleEars = new Set<(sample: RunSample) => void>();
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
    const run = project.view.run?.id ?? changes.find((change) => change.type === "run")?.id ?? "";
    const event: ProjectEvent = { project: project.view.id, seq: project.view.seq + 1, run, changes };
    const step = applyEvent({ view: project.view, samples: {}, heardAt: 0 }, event, 0);
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
      id,
      title,
      seq: 0,
      stage: "empty",
      messages: [],
      brief: null,
      plan: null,
      run: null,
      cast: [],
      scenes: [],
      shots: [],
      film: null,
    };
    const project = { view, changedS: seconds(), sample, trashed: false, runs: 0, failedOnce: new Set<string>() };
    projects.set(id, project);
    return project;
  }

  function propose(project: FakeProject, text: string, brief = briefOf(text)) {
    emit(
      project,
      { type: "project", title: titleOf(text), stage: "planned" },
      { type: "brief", brief, plan: planOf(true) },
    );
    say(project, { kind: "brief", text: "Here is what I understood. Change anything, or start." });
  }

  function start(project: FakeProject): string {
    if (!project.view.brief) refuse("not_now", "There is nothing to start yet.", "Say what the film is about.");
    if (project.view.run?.state === "running") refuse("not_now", "The film is being made already.");
    project.runs += 1;
    const turn = project.runs;
    const run = mint("run");
    const fails = /\bfail\b/i.test(project.view.brief?.chips[0]?.value ?? "");
    emit(project, { type: "project", title: project.view.title, stage: "making" }, runChange(run, "running"));
    say(project, { kind: "run", run });
    const startedAt = clock.now();
    const lost = new Set<string>();
    const alive = () => project.runs === turn && project.view.run?.state === "running";
    for (const task of tasksOf()) {
      clock.after(Math.max(0, task.startMs - 1_000), () => alive() && emit(project, taskChange(task, "waiting")));
      clock.after(
        task.startMs,
        () => alive() && !task.needs.some((need) => lost.has(need)) && emit(project, taskChange(task, "running")),
      );
      for (const percent of [20, 40, 60, 80]) {
        clock.after(task.startMs + (task.ms * percent) / 100, () => {
          if (!alive() || lost.has(task.slot)) return;
          for (const hear of sampleEars) hear({ project: project.view.id, run, slot: task.slot, percent });
        });
      }
      clock.after(task.startMs + task.ms, () => alive() && finish(project, task, fails, lost, startedAt));
    }
    return run;
  }

  function finish(project: FakeProject, task: FakeTask, fails: boolean, lost: Set<string>, startedAt: number) {
    const run = project.view.run?.id ?? "";
    if (task.needs.some((need) => lost.has(need))) {
      lost.add(task.slot);
      emit(project, taskChange(task, "skipped", "Could not start because another task failed."));
    } else if (
      fails &&
      task.slot.endsWith("scene-2-shot-2") &&
      task.agent === "camera_images" &&
      !project.failedOnce.has(task.slot)
    ) {
      project.failedOnce.add(task.slot);
      lost.add(task.slot);
      emit(
        project,
        taskChange(
          task,
          "failed",
          "The picture could not be drawn: the disk is full.",
          "Free some space, then try again.",
        ),
      );
    } else {
      emit(project, taskChange(task, "done"), ...effects(project, task));
    }
    if (task.agent !== "post_processor") return;
    const state = lost.size > 0 ? "failed" : "finished";
    const title = project.view.title;
    const took = clock.now() - startedAt;
    if (state === "failed") {
      emit(project, { type: "project", title, stage: "unfinished" }, runChange(run, state, took));
      return;
    }
    const voiced = project.view.brief?.chips.find((chip) => chip.field === "sound")?.value !== "no_voice";
    const film = filmOf(title, voiced, project.runs);
    emit(project, { type: "project", title, stage: "film" }, { type: "film", film }, runChange(run, state, took));
    say(project, { kind: "film", text: "Your film is ready.", film });
  }

  function runChange(
    id: string,
    state: "running" | "finished" | "failed" | "cancelled" | "interrupted",
    tookMs = 0,
  ): ProjectEventBody {
    return { type: "run", id, state, started_s: seconds() - Math.round(tookMs / 1000), took_ms: tookMs };
  }

  function load(text: string): FakeProject {
    const project = create();
    say(project, { kind: "text", text }, "you");
    propose(project, text);
    return project;
  }

  return {
    projects,
    find,
    emit,
    say,
    once,
    create,
    propose,
    start,
    load,
    mint,
    requests,
    runChange,
    loseNext: (count: number) => {
      swallow = count;
    },
    eventEars,
    sampleEars,
  };
}

export type FakeCore = ReturnType<typeof createCore>;

export function cardOf(project: FakeProject): ProjectCard {
  const { view, changedS, sample } = project;
  const cover = view.film?.poster ?? view.shots.find((shot) => shot.frame)?.frame ?? null;
  return {
    id: view.id,
    title: view.title,
    changedS,
    stage: view.stage,
    cover,
    durationMs: view.film?.durationMs ?? 0,
    sample,
  };
}

function taskChange(task: FakeTask, state: TaskView["state"], message = "", hint = ""): ProjectEventBody {
  const { slot, agent, title, needs, ms } = task;
  return {
    type: "task",
    task: { slot, agent, title, needs, state, message, hint, tookMs: state === "done" ? ms : 0, weightMs: ms },
  };
}

function effects(project: FakeProject, task: FakeTask): ProjectEventBody[] {
  const subject = task.slot.slice(task.agent.length + 1);
  switch (task.agent) {
    case "screenwriter":
      return [{ type: "scenes", scenes: SCENES }];
    case "character_extractor":
      return [{ type: "cast", cast: CAST }];
    case "character_portraits":
      return [{ type: "portrait", cast: subject, picture: picture(`portrait-${subject}`) }];
    case "storyboard_artist":
      return [{ type: "shots", scene: subject, shots: shotsOf(subject) }];
    case "camera_images":
      return [{ type: "frame", shot: subject, picture: picture(`frame-${subject}`) }];
    case "video_coordinator":
      return ALL_SHOTS.some((shot) => shot.id === subject)
        ? [{ type: "clip", shot: subject, video: video(`clip-${project.view.id}-${subject}`) }]
        : [];
    default:
      return [];
  }
}

export function titleOf(text: string): string {
  if (/keeper/.test(text)) return "The Keeper and the Whale";
  const words = text.split(/\s+/).slice(0, 6).join(" ");
  return words.charAt(0).toUpperCase() + words.slice(1, 60);
}
