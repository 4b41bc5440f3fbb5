// The one listener of the window. It subscribes first, then takes a snapshot of the open project, then applies what is
// newer; on a gap, after a sleep and after a reload it takes the snapshot again. Nothing is asked for by the clock.

import { createStore, type Store } from "../lib/store";
import { applyEvent, applySample, applyText, fromSnapshot, type Stream } from "../lib/stream";
import { type Platform, problemOf } from "../platform/platform";
import type { Problem, ProjectEvent } from "../platform/types";

/** live: every event so far is in. behind: something is missing and has been asked for. lost: asking failed. */
export type Link = "connecting" | "live" | "behind" | "lost";

export interface LiveState {
  project: string | null;
  link: Link;
  stream: Stream | null;
  /** Why there is no stream, or why it cannot be brought up to date. */
  problem: Problem | null;
}

/** Counters of the event stream, for tests that drive the real window. Read only, and no harm in reading. */
export interface StreamCounters {
  /** State events heard, of all projects. */
  events: number;
  /** Events whose predecessor was never heard. */
  gaps: number;
  /** Events heard after a later one. */
  outOfOrder: number;
  /** The last event in the open project's state. */
  lastSeq: number;
}

export interface Live {
  state: Store<LiveState>;
  counters: StreamCounters;
  /** Starts to listen; gives the end of it. `onEvent` hears of every project's changes. */
  listen(onEvent: (event: ProjectEvent) => void): Promise<() => void>;
  open(project: string | null): void;
  /** Takes the snapshot again. */
  refresh(): void;
}

const MOST_IN_VAIN = 5;
const NOTHING: LiveState = { project: null, link: "connecting", stream: null, problem: null };

export function createLive(platform: Platform, now: () => number = Date.now): Live {
  const state = createStore<LiveState>(NOTHING);
  const counters: StreamCounters = { events: 0, gaps: 0, outOfOrder: 0, lastSeq: 0 };
  const heard = new Map<string, number>();
  /** How many are listening: a development build mounts everything twice. */
  let listening = 0;
  /** Events of the open project that wait for a snapshot. */
  let waiting: ProjectEvent[] = [];
  let asking = false;
  let askAgain = false;
  /** Snapshots in a row that did not close the gap; a stream that stays broken is said, not asked for for ever. */
  let inVain = 0;

  function hold(next: LiveState) {
    counters.lastSeq = next.stream?.view.seq ?? 0;
    state.set(next);
  }

  async function snapshot() {
    const { project } = state.get();
    if (listening === 0 || project === null) return;
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    askAgain = false;
    try {
      const view = await platform.project(project);
      if (state.get().project === project) settle(view, project);
    } catch (error) {
      if (state.get().project === project) hold({ ...state.get(), link: "lost", problem: problemOf(error) });
    }
    asking = false;
    if (askAgain || state.get().project !== project) void snapshot();
  }

  function settle(view: Stream["view"], project: string) {
    const held = state.get().stream;
    // A snapshot that left before the last event came is older than what is here.
    const base = held && held.view.seq > view.seq ? held.view : view;
    const { stream, gap } = fromSnapshot(base, waiting, now());
    waiting = gap ? waiting.filter((event) => event.seq > stream.view.seq) : [];
    inVain = gap ? inVain + 1 : 0;
    if (inVain >= MOST_IN_VAIN) {
      hold({ project, stream, link: "lost", problem: null });
      inVain = 0;
      return;
    }
    hold({ project, stream, link: gap ? "behind" : "live", problem: null });
    if (gap) askAgain = true;
  }

  function hear(event: ProjectEvent) {
    count(event);
    const held = state.get();
    if (event.project !== held.project) return;
    if (!held.stream || held.link !== "live") {
      waiting.push(event);
      return;
    }
    const step = applyEvent(held.stream, event, now());
    if (step.kind === "applied") hold({ ...held, stream: step.stream });
    if (step.kind === "gap") {
      waiting.push(event);
      hold({ ...held, link: "behind" });
      void snapshot();
    }
  }

  function count(event: ProjectEvent) {
    counters.events += 1;
    const last = heard.get(event.project);
    if (last !== undefined && event.seq <= last) counters.outOfOrder += 1;
    if (last !== undefined && event.seq > last + 1) counters.gaps += 1;
    heard.set(event.project, Math.max(last ?? 0, event.seq));
  }

  return {
    state,
    counters,
    async listen(onEvent) {
      const ends = await Promise.all([
        platform.onProjectEvent((event) => {
          hear(event);
          onEvent(event);
        }),
        platform.onRunSample((sample) => {
          const held = state.get();
          if (sample.project !== held.project || !held.stream) return;
          const stream = applySample(held.stream, sample, now());
          if (stream !== held.stream) hold({ ...held, stream });
        }),
        platform.onTextSample((sample) => {
          const held = state.get();
          if (sample.project !== held.project || !held.stream) return;
          const stream = applyText(held.stream, sample);
          if (stream !== held.stream) hold({ ...held, stream });
        }),
      ]);
      listening += 1;
      void snapshot();
      return () => {
        listening -= 1;
        for (const end of ends) end();
      };
    },
    open(project) {
      if (state.get().project === project) return;
      waiting = [];
      hold({ ...NOTHING, project });
      void snapshot();
    },
    refresh() {
      const held = state.get();
      if (held.link === "lost") hold({ ...held, link: held.stream ? "behind" : "connecting", problem: null });
      void snapshot();
    },
  };
}
