// What the core will say about money, changes, takes and waiting, by hand until the bindings have it. This file goes
// when they do: types.ts then names the same words from the bindings, and tauri.ts calls the generated commands.

import type * as core from "./bindings";

export type CallKind = "chat" | "image" | "video" | "speech";

/** The calls of one model that a step makes. */
export interface CallsView {
  provider: string;
  model: string;
  kind: CallKind;
  least: number;
  most: number;
}

export interface PlanStepView extends core.PlanStepView {
  calls: CallsView[];
}

/** Money is quoted in two steps: text first, then pictures, clips and voices. */
export interface PlanView extends Omit<core.PlanView, "steps"> {
  steps: PlanStepView[];
  textLeastMicros: number;
  textMostMicros: number;
  mediaLeastMicros: number;
  mediaMostMicros: number;
  /** The cap that holds for this run. */
  capMicros: number | null;
  /** Tasks whose results are there already. */
  cached: number;
  /** True for "review each stage", false for "straight through". */
  review: boolean;
}

export type TaskStateView = core.TaskStateView | "retrying" | "needs_approval" | "unknown";
export type RunState = core.RunState | "paused" | "waiting";
export type ReviewStop = "outline" | "cast" | "storyboard" | "shots";
export type Cap = "run" | "project" | "day";

/** Why a task waits for the person. */
export type BlockView =
  | { kind: "review"; key: string; stop: ReviewStop }
  | { kind: "over_cap"; cap: Cap; limitMicros: number; spentMicros: number; wantedMicros: number }
  | { kind: "unknown"; call: string; mayCostMicros: number | null; provider: string; model: string };

export interface TaskView extends Omit<core.TaskView, "state"> {
  state: TaskStateView;
  /** 0 is the first. */
  attempt: number;
  /** When it is tried again, in milliseconds since 1970; 0 for never. */
  retryAtMs: number;
  /** The resource, provider or slot it waits for, in words; may be empty. */
  waitsFor: string;
  retryable: boolean;
  calls: number;
  costMicros: number;
  block: BlockView | null;
  /** The kind of its failure, or empty. */
  kind: string;
}

export interface RunView extends Omit<core.RunView, "state" | "tasks"> {
  state: RunState;
  tasks: TaskView[];
  costMicros: number;
  /** Tasks that wait for the person. */
  waitsForYou: number;
}

export type ImpactKind = "text" | "voice" | "picture" | "clip" | "music" | "cut";

/** One thing that a change touches. */
export interface ImpactItem {
  slot: string;
  title: string;
  agent: string;
  kind: ImpactKind;
  state: "stale" | "maybe" | "new";
  why: string;
  calls: number;
  mostMicros: number;
  thumb: core.MediaRef | null;
  /** Locked: kept as it is unless the person releases it. */
  approved: boolean;
  canKeep: boolean;
}

export interface CostView {
  tasks: number;
  calls: number;
  micros: number;
  seconds: number;
}

export interface BriefChangeView {
  field: string;
  before: string;
  after: string;
}

/** A change before it is applied: all that it touches, and what that costs. */
export interface ProposalView {
  id: string;
  words: string;
  items: ImpactItem[];
  least: CostView;
  most: CostView;
  conflicts: string[];
  brief: BriefChangeView[];
}

export type ProposalState = "open" | "applied" | "dismissed";

export type ChangeRequest =
  | { kind: "line"; line: string; text: string }
  | { kind: "retake"; slot: string }
  | { kind: "remove_shot"; shot: string }
  | { kind: "insert_shot"; after: string; action: string }
  | { kind: "move_shot"; shot: string; after: string }
  | { kind: "shot"; shot: string; action?: string; framing?: string; camera?: string; durationMs?: number }
  | { kind: "rename_character"; cast: string; name: string };

export type MessageBody =
  | core.MessageBody
  | { kind: "proposal"; text: string; proposal: ProposalView; state: ProposalState };

export interface MessageView extends Omit<core.MessageView, "body"> {
  body: MessageBody;
}

/** A state of the film that can be gone back to. */
export interface EditionView {
  number: number;
  words: string;
  atS: number;
  current: boolean;
}

export interface HistoryView {
  canUndo: boolean;
  canRedo: boolean;
  undoWords: string;
  redoWords: string;
  /** The newest 50. */
  editions: EditionView[];
}

export interface ShotView extends core.ShotView {
  frameSlot: string;
  clipSlot: string;
  approved: boolean;
  /** Why it is missing in the cut; empty when it is not. */
  missing: string;
}

export type Verdict = "none" | "approved" | "rejected";

/** One version of a frame or clip. */
export interface TakeView {
  key: string;
  atS: number;
  media: core.MediaRef | null;
  verdict: Verdict;
  reason: string;
  /** The key of the take it was made from; may be empty. */
  parent: string;
  current: boolean;
  pinned: boolean;
  model: string;
  /** What differs from the one before. */
  why: string;
}

export interface LedgerRow {
  atS: number;
  agent: string;
  slot: string;
  title: string;
  provider: string;
  model: string;
  kind: CallKind;
  /** "1,204 tokens", "1 picture". */
  units: string;
  micros: number;
  run: string;
}

export interface ModelSpend {
  provider: string;
  model: string;
  calls: number;
  micros: number;
  estimatedMicros: number;
}

export interface CapsView {
  runMicros: number | null;
  projectMicros: number | null;
  dayMicros: number | null;
}

export interface LedgerView {
  rows: LedgerRow[];
  totalMicros: number;
  reservedMicros: number;
  unknownMicros: number;
  todayMicros: number;
  byModel: ModelSpend[];
  caps: CapsView;
}

export interface ProjectView extends Omit<core.ProjectView, "messages" | "plan" | "run" | "shots"> {
  messages: MessageView[];
  plan: PlanView | null;
  run: RunView | null;
  shots: ShotView[];
  /** The change that waits for the person's word. */
  proposal: ProposalView | null;
  history: HistoryView;
}

type Changed = "message" | "brief" | "run" | "task" | "shots";

export type ProjectEventBody =
  | Exclude<core.ProjectEventBody, { type: Changed }>
  | { type: "message"; message: MessageView }
  | { type: "brief"; brief: core.BriefView; plan: PlanView }
  | {
      type: "run";
      id: string;
      state: RunState;
      started_s: number;
      took_ms: number;
      costMicros: number;
      waitsForYou: number;
    }
  | { type: "task"; task: TaskView }
  | { type: "shots"; scene: string; shots: ShotView[] }
  | { type: "plan"; plan: PlanView }
  | { type: "history"; history: HistoryView }
  /** The takes of this slot are not what they were: ask again. */
  | { type: "takes"; slot: string }
  | { type: "spent"; totalMicros: number };

export interface ProjectEvent extends Omit<core.ProjectEvent, "changes"> {
  changes: ProjectEventBody[];
}

export const NO_HISTORY: HistoryView = {
  canUndo: false,
  canRedo: false,
  undoWords: "",
  redoWords: "",
  editions: [],
};

// A core that does not say these things yet says nothing of money, takes and changes; the window then shows none.

function wholePlan(plan: core.PlanView): PlanView {
  const money = { textLeastMicros: 0, textMostMicros: 0, mediaLeastMicros: 0, mediaMostMicros: plan.priceMicros };
  const steps = plan.steps.map((step) => ({ calls: [], ...step }));
  return { ...money, capMicros: null, cached: 0, review: false, ...plan, steps };
}

function wholeTask(task: core.TaskView): TaskView {
  const rest = { attempt: 0, retryAtMs: 0, waitsFor: "", retryable: true, calls: 0, costMicros: 0, kind: "" };
  return { ...rest, block: null, ...task };
}

const wholeShot = (shot: core.ShotView): ShotView => ({
  frameSlot: "",
  clipSlot: "",
  approved: false,
  missing: "",
  ...shot,
});

export function wholeProject(view: core.ProjectView): ProjectView {
  return {
    proposal: null,
    history: NO_HISTORY,
    ...view,
    plan: view.plan && wholePlan(view.plan),
    run: view.run && { costMicros: 0, waitsForYou: 0, ...view.run, tasks: view.run.tasks.map(wholeTask) },
    shots: view.shots.map(wholeShot),
  };
}

function wholeChange(change: core.ProjectEventBody): ProjectEventBody {
  switch (change.type) {
    case "brief":
      return { ...change, plan: wholePlan(change.plan) };
    case "run":
      return { costMicros: 0, waitsForYou: 0, ...change };
    case "task":
      return { ...change, task: wholeTask(change.task) };
    case "shots":
      return { ...change, shots: change.shots.map(wholeShot) };
    default:
      return change;
  }
}

export function wholeEvent(event: core.ProjectEvent): ProjectEvent {
  return { ...event, changes: event.changes.map(wholeChange) };
}
