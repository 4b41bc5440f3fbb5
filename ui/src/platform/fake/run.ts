// A run of the imitation: tasks start when what they need is there, wait for the person where a person must decide,
// and can be paused, stopped and gone on with. Its time is the imitation's clock, in steps.

import type { BlockView, RunState, TaskStateView, TaskView } from "../types";
import type { FakeClock } from "./clock";
import { type FakeTask, PRICES, tasksOf } from "./plan";

const STEP_MS = 100;
const RETRY_MS = 12_000;
const ENDED: readonly TaskStateView[] = ["done", "cached", "failed", "skipped"];
const BLOCKED: readonly TaskStateView[] = ["needs_approval", "unknown"];

/** What goes wrong in this run: words in the idea ask for it. */
export interface Omens {
  paid: boolean;
  review: boolean;
  /** The picture of this slot fails, once. */
  fails: string;
  /** The first try of this slot is refused for a while. */
  retries: string;
  /** No answer comes for the call of this slot. */
  unknown: string;
  capMicros: number | null;
}

export interface RunTold {
  task(task: TaskView): void;
  /** The results of a task, before its change of state is told. */
  made(task: FakeTask): void;
  paid(task: FakeTask, micros: number): void;
  sample(slot: string, percent: number): void;
  state(state: RunState): void;
}

export interface FakeRun {
  readonly state: RunState;
  readonly costMicros: number;
  readonly waitsForYou: number;
  readonly capMicros: number | null;
  /** Shots left out, with the reason. */
  readonly lost: ReadonlyMap<string, string>;
  pause(): void;
  resume(): void;
  stop(): void;
  /** The person's yes to what blocks these slots. */
  go(which: (block: BlockView) => boolean): number;
  raise(micros: number): void;
  cutNow(): void;
}

interface Held extends FakeTask {
  state: TaskStateView | "unseen";
  until: number;
  percent: number;
  attempt: number;
  retryAtMs: number;
  message: string;
  hint: string;
  kind: string;
  block: BlockView | null;
  paid: number;
  settled: boolean;
}

export function createRun(
  clock: FakeClock,
  omens: Omens,
  made: ReadonlySet<string>,
  failedBefore: Set<string>,
  gaveUp: ReadonlySet<string>,
  told: RunTold,
): FakeRun {
  const blank = { until: 0, percent: 0, attempt: 0, retryAtMs: 0, message: "", hint: "", kind: "", paid: 0 };
  const tasks: Held[] = tasksOf(omens.review).map((task) => ({
    ...task,
    ...blank,
    state: "unseen",
    block: null,
    settled: false,
  }));
  const soonest = Math.min(...tasks.filter((task) => !made.has(task.slot)).map((task) => task.startMs));
  const lost = new Map<string, string>();
  let t = Number.isFinite(soonest) ? soonest - STEP_MS : 0;
  let state: RunState = "running";
  let cost = 0;
  let cap = omens.capMicros;
  let cutting = gaveUp.size > 0;
  let ticking = false;

  const blocked = () => tasks.filter((task) => task.state !== "unseen" && BLOCKED.includes(task.state));

  function tell(task: Held, next: TaskStateView) {
    task.state = next;
    const { slot, agent, title, needs, message, hint, kind, block, attempt, paid } = task;
    told.task({
      ...{ slot, agent, title, needs, message, hint, kind, block, attempt },
      state: next,
      tookMs: next === "done" ? task.ms : 0,
      weightMs: Math.max(1, task.ms),
      retryAtMs: next === "retrying" ? task.retryAtMs : 0,
      waitsFor: next === "queued" ? "one of 3 pictures at a time" : "",
      retryable: next === "failed",
      calls: paid > 0 ? 1 : 0,
      costMicros: paid,
    });
  }

  function set(next: RunState) {
    state = next;
    told.state(next);
    if (next === "running") tick();
  }

  function tick() {
    if (ticking || state !== "running") return;
    ticking = true;
    clock.after(STEP_MS, () => {
      ticking = false;
      if (state !== "running") return;
      t += STEP_MS;
      for (const task of tasks) step(task);
      settle();
      tick();
    });
  }

  function met(task: Held): "no" | "yes" | "lost" {
    const needed = tasks.filter((one) => task.needs.some((need) => one.slot === need || one.agent === need));
    if (needed.some((one) => one.state === "unseen" || !ENDED.includes(one.state))) return "no";
    const gone = needed.some((one) => one.state === "failed" || one.state === "skipped");
    return gone && !(cutting && task.agent === "post_processor") ? "lost" : "yes";
  }

  function step(task: Held) {
    if (task.state === "unseen" && (t >= task.startMs - 1_000 || made.has(task.slot))) tell(task, "waiting");
    if (task.state === "waiting" && (t >= task.startMs || made.has(task.slot))) {
      const need = met(task);
      if (need === "lost") leaveOut(task, "Could not start because another task failed.");
      if (need === "yes") begin(task);
    }
    if (task.state === "retrying" && clock.now() >= task.retryAtMs) run(task);
    if (task.state === "running") advance(task);
  }

  function begin(task: Held) {
    if (gaveUp.has(task.slot) && task.agent !== "post_processor") {
      leaveOut(task, "Left out by you.");
      return;
    }
    if (task.agent === "review") {
      const stop = task.slot.endsWith("outline") ? "outline" : "storyboard";
      if (task.settled) tell(task, "done");
      else block(task, "needs_approval", { kind: "review", key: `key-${stop}`, stop });
      return;
    }
    if (made.has(task.slot) && task.agent !== "post_processor") {
      tell(task, "cached");
      return;
    }
    const price = omens.paid ? (PRICES[task.agent]?.micros ?? 0) : 0;
    const reserved = tasks.filter((one) => one.state === "running").map((one) => PRICES[one.agent]?.micros ?? 0);
    const committed = reserved.reduce((sum, micros) => sum + micros, cost);
    if (price > 0 && cap !== null && committed + price > cap) {
      const money = { limitMicros: cap, spentMicros: committed, wantedMicros: price };
      block(task, "needs_approval", { kind: "over_cap", cap: "run", ...money });
      return;
    }
    if (omens.retries === task.slot && task.attempt === 0) {
      task.attempt = 1;
      task.retryAtMs = clock.now() + RETRY_MS;
      task.message = "OpenAI answered 429: too many requests.";
      tell(task, "retrying");
      return;
    }
    run(task);
  }

  function run(task: Held) {
    task.until = t + task.ms;
    task.percent = 0;
    task.message = "";
    tell(task, "running");
  }

  function advance(task: Held) {
    const done = task.ms === 0 ? 1 : 1 - (task.until - t) / task.ms;
    const percent = Math.floor(done * 5) * 20;
    if (omens.unknown === task.slot && !task.settled && percent >= 40) {
      const { provider = "", model = "" } = PRICES[task.agent] ?? {};
      const money = { mayCostMicros: PRICES[task.agent]?.micros ?? null, provider, model };
      block(task, "unknown", { kind: "unknown", call: `call-${task.slot}`, ...money });
    } else if (done >= 1) finish(task);
    else if (percent > task.percent) {
      task.percent = percent;
      told.sample(task.slot, percent);
    }
  }

  function finish(task: Held) {
    if (omens.fails === task.slot && !failedBefore.has(task.slot)) {
      failedBefore.add(task.slot);
      task.message = "The picture could not be drawn: the disk is full.";
      task.hint = "Free some space, then try again.";
      task.kind = "disk_full";
      lost.set(task.slot, task.message);
      tell(task, "failed");
      return;
    }
    const price = omens.paid ? (PRICES[task.agent]?.micros ?? 0) : 0;
    told.made(task);
    task.paid = price;
    cost += price;
    tell(task, "done");
    if (price > 0) told.paid(task, price);
  }

  function block(task: Held, next: TaskStateView, why: BlockView) {
    task.block = why;
    tell(task, next);
    told.state(state);
  }

  function leaveOut(task: Held, message: string) {
    task.block = null;
    task.message = message;
    lost.set(task.slot, message);
    tell(task, "skipped");
  }

  function settle() {
    if (tasks.every((task) => task.state !== "unseen" && ENDED.includes(task.state))) {
      const cut = tasks.find((task) => task.agent === "post_processor");
      const failed = tasks.some((task) => task.state === "failed" || task.state === "skipped");
      set(failed && !(cutting && cut?.state === "done") ? "failed" : "finished");
      return;
    }
    const busy = tasks.some((task) => {
      if (task.state === "running" || task.state === "retrying") return true;
      return (task.state === "unseen" || task.state === "waiting") && met(task) !== "no";
    });
    if (!busy && blocked().length > 0) set("waiting");
  }

  const api: FakeRun = {
    get state() {
      return state;
    },
    get costMicros() {
      return cost;
    },
    get waitsForYou() {
      return blocked().length;
    },
    get capMicros() {
      return cap;
    },
    lost,
    pause: () => set("paused"),
    resume: () => set("running"),
    stop: () => set("cancelled"),
    go(which) {
      const chosen = blocked().filter((task) => task.block && which(task.block));
      for (const task of chosen) {
        task.block = null;
        task.settled = true;
        if (task.state === "unknown") run(task);
        else tell(task, "waiting");
      }
      if (chosen.length > 0) set("running");
      return chosen.length;
    },
    raise(micros) {
      cap = micros;
      api.go((block) => block.kind === "over_cap");
    },
    cutNow() {
      cutting = true;
      for (const task of blocked()) leaveOut(task, "Left out by you.");
      set("running");
    },
  };
  return api;
}
