// A project as the window holds it: the last snapshot, with every later event applied to it in order. Pure functions;
// who asks for snapshots and when is app/live.ts.

import type {
  MessageView,
  ProjectEvent,
  ProjectEventBody,
  ProjectView,
  RunSample,
  RunView,
  ShotView,
  TextSample,
} from "../platform/types";

export interface Stream {
  view: ProjectView;
  /** Percent of running tasks, by slot: never stored, the latest wins. */
  samples: Readonly<Record<string, number>>;
  /** When the last event or sample came, in milliseconds since 1970: "time left" is told as of then. */
  heardAt: number;
  /** The event that last said "ask again" for the takes of a slot, by slot. */
  takesAt: Readonly<Record<string, number>>;
  /** The event that last told of money spent. */
  spentAt: number;
  /** An answer on its way: all that came so far, never stored, the latest wins. */
  answering: string;
}

/** What an event means to a reader that stands at a known place of the stream. */
export type Step = { kind: "applied"; stream: Stream } | { kind: "old" } | { kind: "gap" };

export function applyEvent(stream: Stream, event: ProjectEvent, now: number): Step {
  if (event.seq <= stream.view.seq) return { kind: "old" };
  if (event.seq !== stream.view.seq + 1) return { kind: "gap" };
  const view = event.changes.reduce((held, change) => applyChange(held, change, event.run), stream.view);
  const next = { ...view, seq: event.seq };
  return {
    kind: "applied",
    stream: {
      view: next,
      samples: stillRunning(stream.samples, next.run),
      heardAt: now,
      takesAt: takesAt(stream.takesAt, event),
      spentAt: event.changes.some((change) => change.type === "spent") ? event.seq : stream.spentAt,
      answering: event.changes.some((change) => change.type === "message") ? "" : stream.answering,
    },
  };
}

export function startOf(view: ProjectView, now: number): Stream {
  // Whatever was asked for before this snapshot may have changed unheard.
  return { view, samples: {}, heardAt: now, takesAt: {}, spentAt: view.seq, answering: "" };
}

function takesAt(held: Stream["takesAt"], event: ProjectEvent): Stream["takesAt"] {
  const slots = event.changes.flatMap((change) => (change.type === "takes" ? [change.slot] : []));
  return slots.length === 0 ? held : { ...held, ...Object.fromEntries(slots.map((slot) => [slot, event.seq])) };
}

/** A snapshot with the events that came while it was on its way. `gap` says that one is missing still. */
export function fromSnapshot(
  view: ProjectView,
  waiting: readonly ProjectEvent[],
  now: number,
): { stream: Stream; gap: boolean } {
  let stream = startOf(view, now);
  for (const event of [...waiting].sort((a, b) => a.seq - b.seq)) {
    const step = applyEvent(stream, event, now);
    if (step.kind === "gap") return { stream, gap: true };
    if (step.kind === "applied") stream = step.stream;
  }
  return { stream, gap: false };
}

/** An answer as far as it came. */
export function applyText(stream: Stream, sample: TextSample): Stream {
  return stream.answering === sample.text ? stream : { ...stream, answering: sample.text };
}

/** A sample counts only for a task of the present run that is at work. */
export function applySample(stream: Stream, sample: RunSample, now: number): Stream {
  const run = stream.view.run;
  if (run?.id !== sample.run || run.state !== "running") return stream;
  const task = run.tasks.find((known) => known.slot === sample.slot);
  if (task?.state !== "running" || stream.samples[sample.slot] === sample.percent) return stream;
  return { ...stream, samples: { ...stream.samples, [sample.slot]: sample.percent }, heardAt: now };
}

function stillRunning(samples: Stream["samples"], run: RunView | null): Stream["samples"] {
  const running = new Set(run?.tasks.filter((task) => task.state === "running").map((task) => task.slot));
  if (Object.keys(samples).every((slot) => running.has(slot))) return samples;
  return Object.fromEntries(Object.entries(samples).filter(([slot]) => running.has(slot)));
}

function applyChange(view: ProjectView, change: ProjectEventBody, run: string): ProjectView {
  switch (change.type) {
    case "project":
      return { ...view, title: change.title, stage: change.stage };
    case "message":
      return {
        ...view,
        messages: put(view.messages, change.message, (message) => message.id),
        proposal: openProposal(view, change.message),
      };
    case "brief":
      return { ...view, brief: change.brief, plan: change.plan };
    case "run": {
      const tasks = view.run?.id === change.id ? view.run.tasks : [];
      const { id, state, started_s: startedS, took_ms: tookMs, costMicros, waitsForYou } = change;
      return { ...view, run: { id, state, startedS, tookMs, costMicros, waitsForYou, tasks } };
    }
    case "task": {
      const held = view.run?.id === run ? view.run : { ...UNTOLD, id: run };
      return { ...view, run: { ...held, tasks: put(held.tasks, change.task, (task) => task.slot) } };
    }
    case "scenes": {
      const kept = new Set(change.scenes.map((scene) => scene.id));
      return { ...view, scenes: change.scenes, shots: view.shots.filter((shot) => kept.has(shot.scene)) };
    }
    case "cast":
      return { ...view, cast: change.cast };
    case "portrait":
      return {
        ...view,
        cast: view.cast.map((one) => (one.id === change.cast ? { ...one, portrait: change.picture } : one)),
      };
    case "shots":
      return { ...view, shots: inSceneOrder(view, change.scene, change.shots) };
    case "frame":
      return { ...view, shots: patch(view.shots, change.shot, { frame: change.picture }) };
    case "clip":
      return { ...view, shots: patch(view.shots, change.shot, { clip: change.video }) };
    case "film":
      return { ...view, film: change.film };
    case "plan":
      return { ...view, plan: change.plan };
    case "history":
      return { ...view, history: change.history };
    default:
      // A newer core may say what this window does not know; the snapshot holds all that it shows.
      return view;
  }
}

/** A run of which a task was heard before its start. */
const UNTOLD: RunView = {
  id: "",
  state: "running",
  startedS: 0,
  tookMs: 0,
  costMicros: 0,
  waitsForYou: 0,
  tasks: [],
};

/** A message may bring a change to decide on, or say that one was decided. */
function openProposal(view: ProjectView, { body }: MessageView): ProjectView["proposal"] {
  if (body.kind !== "proposal") return view.proposal;
  if (body.state === "open") return body.proposal;
  return view.proposal?.id === body.proposal.id ? null : view.proposal;
}

function put<T>(list: readonly T[], item: T, id: (item: T) => string): T[] {
  const at = list.findIndex((known) => id(known) === id(item));
  return at < 0 ? [...list, item] : list.with(at, item);
}

function patch(shots: readonly ShotView[], id: string, change: Partial<ShotView>): ShotView[] {
  return shots.map((shot) => (shot.id === id ? { ...shot, ...change } : shot));
}

function inSceneOrder(view: ProjectView, scene: string, shots: readonly ShotView[]): ShotView[] {
  const place = new Map(view.scenes.map((known, index) => [known.id, index]));
  const others = view.shots.filter((shot) => shot.scene !== scene);
  return [...others, ...shots].sort((a, b) => (place.get(a.scene) ?? place.size) - (place.get(b.scene) ?? place.size));
}
