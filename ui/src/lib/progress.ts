// A run told agent by agent: how many tasks, how far, how long still. Pure; "now" is when the last event was heard.

import type { PlanView, RunView, TaskStateView, TaskView } from "../platform/types";
import type { Stream } from "./stream";

/** The state of an agent as a whole, worst and busiest first. */
export type AgentState = TaskStateView;

export interface AgentRow {
  agent: string;
  state: AgentState;
  done: number;
  total: number;
  /** 0 to 1, by expected time. */
  fraction: number;
  /** The task at work, for "scene 3 of 4"; may be empty. */
  title: string;
  /** The agents whose tasks it waits for. */
  waitsFor: string[];
  /** The resource or provider that its next task waits for, in words; may be empty. */
  waitsOn: string;
  tookMs: number;
}

export interface Progress {
  rows: AgentRow[];
  done: number;
  total: number;
  fraction: number;
  /** Seconds, or null when nothing is at work. */
  left: number | null;
}

/** The states of what is made, now or before. */
export const MADE: readonly TaskStateView[] = ["done", "cached", "refreshable"];
const ORDER: readonly AgentState[] = [
  "running",
  "retrying",
  "needs_approval",
  "unknown",
  "failed",
  "queued",
  "waiting",
  "skipped",
  "cancelled",
  "done",
  "cached",
  "refreshable",
];

/** True until a run is over: it is at work, paused, or waits for the person. */
export function isOpen(run: RunView | null): boolean {
  return run?.state === "running" || run?.state === "paused" || run?.state === "waiting";
}

export function progressOf(run: RunView, plan: PlanView | null, samples: Stream["samples"], now: number): Progress {
  const byAgent = new Map<string, TaskView[]>();
  for (const step of plan?.steps ?? []) if (isOpen(run)) byAgent.set(step.agent, []);
  for (const task of run.tasks) {
    const held = byAgent.get(task.agent);
    if (held) held.push(task);
    else byAgent.set(task.agent, [task]);
  }
  const expected = new Map(plan?.steps.map((step) => [step.agent, step]));
  const rows = [...byAgent].map(([agent, tasks]) => {
    const step = expected.get(agent);
    // The number of tasks is not known before the story is: until then the plan's least is the best guess.
    const total = isOpen(run) ? Math.max(tasks.length, step?.least ?? 0) : tasks.length;
    return rowOf(agent, tasks, total, step?.after ?? [], samples);
  });
  const done = rows.reduce((sum, row) => sum + row.done, 0);
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  const fraction = fractionOf(run.tasks, samples, done, total);
  const left = run.state === "running" ? timeLeft(run, plan, fraction, now) : null;
  return { rows, done, total, fraction, left };
}

function rowOf(agent: string, tasks: TaskView[], total: number, after: string[], samples: Stream["samples"]): AgentRow {
  const done = tasks.filter((task) => MADE.includes(task.state)).length;
  const state = ORDER.find((one) => tasks.some((task) => task.state === one)) ?? "waiting";
  const started = tasks.some((task) => MADE.includes(task.state));
  return {
    agent,
    // Some done and some to come is "at work", though nothing may run this very moment.
    state: started && (state === "waiting" || state === "queued") ? "running" : state,
    done,
    total,
    fraction: fractionOf(tasks, samples, done, total),
    title: tasks.find((task) => task.state === "running")?.title ?? "",
    waitsOn: tasks.find((task) => task.state === "queued" && task.waitsFor)?.waitsFor ?? "",
    waitsFor: after,
    tookMs: tasks.reduce((sum, task) => sum + task.tookMs, 0),
  };
}

/** By expected time where it is known, by count where it is not; tasks not in the graph yet count as average ones. */
function fractionOf(tasks: readonly TaskView[], samples: Stream["samples"], done: number, total: number): number {
  const weight = tasks.reduce((sum, task) => sum + task.weightMs, 0);
  if (total === 0) return 0;
  if (weight === 0) return done / total;
  const made = tasks.reduce((sum, task) => {
    if (MADE.includes(task.state)) return sum + task.weightMs;
    return sum + (task.weightMs * (samples[task.slot] ?? 0)) / 100;
  }, 0);
  const unseen = ((total - tasks.length) * weight) / Math.max(1, tasks.length);
  return Math.min(1, made / (weight + unseen));
}

/** Early on the plan knows better; later what has been done does. */
function timeLeft(run: RunView, plan: PlanView | null, fraction: number, now: number): number {
  const elapsed = Math.max(0, now / 1000 - run.startedS);
  const planned = plan ? Math.max(0, (plan.secondsLeast + plan.secondsMost) / 2 - elapsed) : null;
  if (fraction < 0.05) return planned ?? 0;
  const measured = (elapsed * (1 - fraction)) / fraction;
  return planned === null ? measured : measured * fraction + planned * (1 - fraction);
}
