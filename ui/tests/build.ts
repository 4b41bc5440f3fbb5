// Pieces of a project, with only what a test cares about.

import { NO_HISTORY } from "../src/lib/history";
import { type Stream, startOf } from "../src/lib/stream";
import type { ProjectView, RunView, ShotView, TaskView } from "../src/platform/types";

export const EMPTY: ProjectView = {
  ...{ id: "p", title: "Untitled", seq: 0, stage: "empty", messages: [], brief: null, plan: null, run: null },
  ...{ cast: [], scenes: [], shots: [], film: null, proposal: null, history: NO_HISTORY },
};

export function task(rest: Partial<TaskView> = {}): TaskView {
  return {
    ...{ slot: "voice/1", agent: "voice", title: "", needs: [], state: "waiting", message: "", hint: "" },
    ...{ tookMs: 0, weightMs: 1, attempt: 0, retryAtMs: 0, waitsFor: "", retryable: true, calls: 0 },
    ...{ costMicros: 0, block: null, kind: "" },
    ...rest,
  };
}

export function run(state: RunView["state"], ...tasks: TaskView[]): RunView {
  return { id: "r", state, startedS: 100, tookMs: 0, tasks, costMicros: 0, waitsForYou: 0 };
}

export function shot(id: string, rest: Partial<ShotView> = {}): ShotView {
  return {
    ...{ id, scene: "a", framing: "wide", angle: "eye", camera: "hold", action: "", narration: "", line: "", cast: [] },
    ...{ durationMs: 1, frame: null, clip: null, frameSlot: "", clipSlot: "", approved: false, missing: "" },
    ...rest,
  };
}

export const stream = (view: Partial<ProjectView> = {}): Stream => startOf({ ...EMPTY, ...view }, 0);
