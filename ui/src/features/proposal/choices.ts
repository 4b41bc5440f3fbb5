// What the person ticked in a change, and what the change then costs at most. Pure.

import type { CostView, ImpactItem, ImpactKind, ProposalView } from "../../platform/types";

/** The person's word where it differs from the proposal: slots kept as they are, approved slots given free. */
export interface Choices {
  keep: ReadonlySet<string>;
  release: ReadonlySet<string>;
}

export const NO_CHOICES: Choices = { keep: new Set(), release: new Set() };

const KINDS: readonly ImpactKind[] = ["text", "picture", "clip", "voice", "music", "cut"];

export interface Group {
  kind: ImpactKind;
  items: ImpactItem[];
}

export function groupsOf(items: readonly ImpactItem[]): Group[] {
  return KINDS.map((kind) => ({ kind, items: items.filter((item) => item.kind === kind) })).filter(
    ({ items: held }) => held.length > 0,
  );
}

export function isLocked(item: ImpactItem, choices: Choices): boolean {
  return item.approved && !choices.release.has(item.slot);
}

/** True when it will be made again. */
export function isMade(item: ImpactItem, choices: Choices): boolean {
  return !isLocked(item, choices) && !(item.canKeep && choices.keep.has(item.slot));
}

/** A tick that can be changed: not locked, and not something that cannot be left as it is. */
export function isFree(item: ImpactItem, choices: Choices): boolean {
  return item.canKeep && !isLocked(item, choices);
}

export function tick(choices: Choices, items: readonly ImpactItem[], again: boolean): Choices {
  const keep = new Set(choices.keep);
  for (const item of items) {
    if (!isFree(item, choices)) continue;
    if (again) keep.delete(item.slot);
    else keep.add(item.slot);
  }
  return { ...choices, keep };
}

export function release(choices: Choices, slot: string, free: boolean): Choices {
  const held = new Set(choices.release);
  if (free) held.add(slot);
  else held.delete(slot);
  return { ...choices, release: held };
}

/**
 * The proposal's own figures are for no choice made: all that is not approved is made again. What is kept is taken
 * off both ends, what is released comes on top. Time cannot be told apart by item, and stays a bound.
 */
export function costOf({ items, least, most }: ProposalView, choices: Choices): { least: CostView; most: CostView } {
  const change = { tasks: 0, calls: 0, micros: 0 };
  const sure = { tasks: 0, calls: 0, micros: 0 };
  for (const item of items) {
    const step = Number(isMade(item, choices)) - Number(isMade(item, NO_CHOICES));
    const add = (to: typeof change) => {
      to.tasks += step;
      to.calls += step * item.calls;
      to.micros += step * item.mostMicros;
    };
    add(change);
    if (item.state !== "maybe") add(sure);
  }
  const plus = (cost: CostView, by: typeof change): CostView => ({
    tasks: Math.max(0, cost.tasks + by.tasks),
    calls: Math.max(0, cost.calls + by.calls),
    micros: Math.max(0, cost.micros + by.micros),
    seconds: cost.seconds,
  });
  const top = plus(most, change);
  const low = plus(least, sure);
  const under = (key: "tasks" | "calls" | "micros") => Math.min(low[key], top[key]);
  return { least: { ...low, tasks: under("tasks"), calls: under("calls"), micros: under("micros") }, most: top };
}
