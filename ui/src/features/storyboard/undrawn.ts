// What is so of a shot that is not drawn: each of these is another thing, and has its own words.

import { t } from "../../i18n";
import type { ProjectView, RunView, TaskStateView } from "../../platform/types";

export type Undrawn = "drawing" | "waits" | "retrying" | "waits_for_you" | "unknown" | "failed" | "paused" | "none";

export const UNDRAWN_WORDS: Record<Undrawn, string> = {
  drawing: t("board.drawing"),
  waits: t("board.waits"),
  retrying: t("board.retrying"),
  waits_for_you: t("board.waits_for_you"),
  unknown: t("board.unknown"),
  failed: t("board.failed"),
  paused: t("board.paused"),
  none: t("board.not_drawn"),
};

/** By the slot of a frame, how its task stands in the last run. */
export function frameStates({ run, shots }: Pick<ProjectView, "run" | "shots">): Map<string, TaskStateView> {
  const frames = new Set(shots.filter((shot) => !shot.frame).map((shot) => shot.frameSlot));
  const tasks = run?.tasks.filter((task) => frames.has(task.slot)) ?? [];
  return new Map(tasks.map((task) => [task.slot, task.state]));
}

export function undrawn(task: TaskStateView | undefined, run: RunView | null): Undrawn {
  switch (task) {
    case "failed":
    case "unknown":
    case "retrying":
      return task;
    case "needs_approval":
      return "waits_for_you";
    case "running":
      return run?.state === "paused" ? "paused" : "drawing";
    default:
      if (run?.state === "running") return "waits";
      if (run?.state === "paused") return "paused";
      return run?.state === "waiting" ? "waits_for_you" : "none";
  }
}
