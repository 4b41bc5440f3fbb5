// What a run wants from the person, told once for each question and not once for each task: stops to approve, caps
// that would be passed, calls nobody knows the end of, tries to come, and failures with their reasons.

import type { BlockView, Cap, ReviewStop, TaskView } from "../platform/types";

export interface Stop {
  stop: ReviewStop;
  slots: string[];
}

export interface OverCap {
  cap: Cap;
  limitMicros: number;
  spentMicros: number;
  /** Of all the calls that wait. */
  wantedMicros: number;
  tasks: number;
}

export interface UnknownCall {
  task: TaskView;
  block: Extract<BlockView, { kind: "unknown" }>;
}

export interface Failure {
  agent: string;
  message: string;
  hint: string;
  /** What the tasks are about; a task about nothing in particular is an empty text. */
  titles: string[];
  retryable: boolean;
}

export interface Waiting {
  stops: Stop[];
  caps: OverCap[];
  unknown: UnknownCall[];
  /** The soonest first. */
  retrying: TaskView[];
  failures: Failure[];
}

export function waitingOf(tasks: readonly TaskView[]): Waiting {
  const stops = new Map<ReviewStop, Stop>();
  const caps = new Map<Cap, OverCap>();
  const unknown: UnknownCall[] = [];
  const failures = new Map<string, Failure>();
  for (const task of tasks) {
    const { block } = task;
    if (task.state === "failed") {
      const { agent, message, hint, title, retryable } = task;
      const key = JSON.stringify([agent, message, hint]);
      const held = failures.get(key) ?? { agent, message, hint, titles: [], retryable };
      held.titles.push(title);
      failures.set(key, held);
    } else if (block?.kind === "review") {
      const held = stops.get(block.stop) ?? { stop: block.stop, slots: [] };
      held.slots.push(task.slot);
      stops.set(block.stop, held);
    } else if (block?.kind === "over_cap") {
      const { cap, limitMicros, spentMicros, wantedMicros } = block;
      const held = caps.get(cap);
      if (held) {
        held.wantedMicros += wantedMicros;
        held.tasks += 1;
      } else caps.set(cap, { cap, limitMicros, spentMicros, wantedMicros, tasks: 1 });
    } else if (block?.kind === "unknown") unknown.push({ task, block });
  }
  const retrying = tasks.filter((task) => task.state === "retrying").sort((a, b) => a.retryAtMs - b.retryAtMs);
  return { stops: [...stops.values()], caps: [...caps.values()], unknown, retrying, failures: [...failures.values()] };
}

/** A cap that lets everything through that waits now: the next whole dollar, and half as much again to go on with. */
export function raisedCap({ spentMicros, wantedMicros, limitMicros }: OverCap): number {
  const dollar = 1_000_000;
  const needed = Math.max(spentMicros + wantedMicros, limitMicros);
  return Math.ceil((needed * 1.5) / dollar) * dollar;
}
