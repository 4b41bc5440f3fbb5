import { describe, expect, it } from "vitest";
import { costOf, isMade, NO_CHOICES, release, tick } from "../src/features/proposal/choices";
import { money, moneyRange } from "../src/i18n";
import { raisedCap, waitingOf } from "../src/lib/waiting";
import type { BlockView, ImpactItem, ProposalView } from "../src/platform/types";
import { task } from "./build";

const over = (wantedMicros: number): BlockView => ({
  ...{ kind: "over_cap", cap: "run", limitMicros: 5_000_000, spentMicros: 4_800_000, wantedMicros },
});

describe("what a run waits for", () => {
  it("asks once for all tasks that wait for the same thing", () => {
    const waiting = waitingOf([
      task({ slot: "a", state: "needs_approval", block: over(250_000) }),
      task({ slot: "b", state: "needs_approval", block: over(40_000) }),
      task({ slot: "c", state: "needs_approval", block: { kind: "review", key: "k", stop: "storyboard" } }),
      task({ slot: "d", state: "needs_approval", block: { kind: "review", key: "l", stop: "storyboard" } }),
    ]);
    expect(waiting.caps).toEqual([
      { cap: "run", limitMicros: 5_000_000, spentMicros: 4_800_000, wantedMicros: 290_000, tasks: 2 },
    ]);
    expect(waiting.stops).toEqual([{ stop: "storyboard", slots: ["c", "d"] }]);
  });

  it("asks about each call without an answer, because each may be paid twice", () => {
    const block = (call: string): BlockView => ({
      ...{ kind: "unknown", call, mayCostMicros: null, provider: "Kling", model: "kling-2.1" },
    });
    const waiting = waitingOf(["1", "2"].map((call) => task({ slot: call, state: "unknown", block: block(call) })));
    expect(waiting.unknown.map((one) => one.block.call)).toEqual(["1", "2"]);
  });

  it("tells one reason once, with all that failed for it", () => {
    const failed = (title: string, message: string) =>
      task({ slot: title, agent: "camera_images", title, state: "failed", message });
    const { failures } = waitingOf([
      failed("Shot 1", "Refused."),
      failed("Shot 2", "Disk full."),
      failed("Shot 3", "Refused."),
    ]);
    expect(failures.map(({ message, titles }) => [message, titles])).toEqual([
      ["Refused.", ["Shot 1", "Shot 3"]],
      ["Disk full.", ["Shot 2"]],
    ]);
  });

  it("names the try that comes soonest first", () => {
    const at = (retryAtMs: number) => task({ slot: String(retryAtMs), state: "retrying", retryAtMs });
    expect(waitingOf([at(30), at(10), at(20)]).retrying.map((one) => one.retryAtMs)).toEqual([10, 20, 30]);
  });

  it("proposes a cap in whole dollars that lets through all that waits", () => {
    const [cap] = waitingOf([task({ state: "needs_approval", block: over(900_000) })]).caps;
    if (!cap) throw new Error("no cap");
    const raised = raisedCap(cap);
    expect(raised).toBeGreaterThan(cap.spentMicros + cap.wantedMicros);
    expect(raised % 1_000_000).toBe(0);
  });
});

const item = (slot: string, rest: Partial<ImpactItem> = {}): ImpactItem => ({
  ...{ slot, title: slot, agent: "camera_images", kind: "picture", state: "stale", why: "", calls: 1 },
  ...{ mostMicros: 40_000, thumb: null, approved: false, canKeep: true, ...rest },
});
const cost = (tasks: number, calls: number, micros: number) => ({ tasks, calls, micros, seconds: 9 });
const proposal: ProposalView = {
  ...{ id: "p", words: "", conflicts: [], brief: [], least: cost(2, 1, 40_000), most: cost(3, 2, 80_000) },
  items: [
    item("a"),
    item("b", { state: "maybe" }),
    item("locked", { approved: true }),
    item("cut", { kind: "cut", canKeep: false, calls: 0, mostMicros: 0 }),
  ],
};

describe("the choices in a change", () => {
  it("cost what the change says while nothing is chosen", () => {
    expect(costOf(proposal, NO_CHOICES)).toEqual({ least: proposal.least, most: proposal.most });
  });

  it("take what is kept off the cost, both ends of what is sure, one of what is not", () => {
    const sure = tick(NO_CHOICES, proposal.items.slice(0, 1), false);
    expect(costOf(proposal, sure)).toMatchObject({
      least: { calls: 0, micros: 0 },
      most: { calls: 1, micros: 40_000 },
    });
    const maybe = tick(NO_CHOICES, proposal.items.slice(1, 2), false);
    expect(costOf(proposal, maybe)).toMatchObject({ least: { calls: 1 }, most: { calls: 1 } });
  });

  it("leave an approved item as it is until it is released, and what must be made is made", () => {
    const all = tick(NO_CHOICES, proposal.items, false);
    const made = (choices: typeof all) => proposal.items.filter((one) => isMade(one, choices)).map((one) => one.slot);
    expect(made(NO_CHOICES)).toEqual(["a", "b", "cut"]);
    expect(made(all)).toEqual(["cut"]);
    const free = release(all, "locked", true);
    expect(made(free)).toEqual(["locked", "cut"]);
    expect(costOf(proposal, release(NO_CHOICES, "locked", true)).most.micros).toBe(120_000);
    expect(made(release(free, "locked", false))).toEqual(["cut"]);
  });

  it("never cost less than nothing, nor least more than most", () => {
    const low: ProposalView = { ...proposal, least: cost(1, 1, 10_000), most: cost(1, 1, 10_000) };
    const { least, most } = costOf(low, tick(NO_CHOICES, low.items, false));
    expect([least.micros, most.micros, most.tasks]).toEqual([0, 0, 0]);
  });
});

describe("money", () => {
  it("is told in dollars, and less than a cent is not nothing", () => {
    expect([0, 4_200, 40_000, 1_234_567].map(money)).toEqual(["$0.00", "$0.0042", "$0.04", "$1.23"]);
    expect(moneyRange(400_000, 1_200_000)).toBe("$0.40 – $1.20");
    expect(moneyRange(400_000, 401_000)).toBe("$0.40");
  });
});
