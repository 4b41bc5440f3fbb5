// The imitation's answers about runs, changes, takes and money.

import type { Platform } from "../platform";
import type { BlockView, CapsView, LedgerView } from "../types";
import type { FakeChanges } from "./changes";
import { type FakeCore, type FakeProject, refuse } from "./core";

type Call = <T>(name: keyof Platform, act: () => T) => Promise<T>;

export type Working = Pick<
  Platform,
  | "retry"
  | "pause"
  | "resumeRun"
  | "cancel"
  | "setReview"
  | "approveStop"
  | "sendAgain"
  | "raiseCap"
  | "cutNow"
  | "proposeChange"
  | "applyProposal"
  | "dismissProposal"
  | "undo"
  | "redo"
  | "goToEdition"
  | "takes"
  | "chooseTake"
  | "approveTake"
  | "rejectTake"
  | "newTake"
  | "releaseTake"
  | "ledger"
  | "setCaps"
>;

export function working(core: FakeCore, changes: FakeChanges, call: Call): Working {
  const { find, once } = core;
  const act = (name: keyof Platform, id: string, request: string, what: (project: FakeProject) => unknown) =>
    call(name, () => void once(request, () => what(find(id))));

  function going(project: FakeProject, ...states: string[]) {
    const { run } = project;
    return run && states.includes(run.state) ? run : refuse("not_now", "Nothing is being made.");
  }

  function go(project: FakeProject, which: (block: BlockView) => boolean) {
    if (!project.run?.go(which)) refuse("not_now", "This does not wait any more.");
  }

  return {
    retry: (id, request) => act("retry", id, request, (project) => core.start(project)),
    pause: (id) => call("pause", () => going(find(id), "running").pause()),
    resumeRun: (id) => call("resumeRun", () => going(find(id), "paused").resume()),
    cancel: (id) => call("cancel", () => going(find(id), "running", "paused", "waiting").stop()),
    setReview: (id, request, review) =>
      act("setReview", id, request, (project) => {
        project.review = review;
        core.emit(project, { type: "plan", plan: core.plan(project) });
      }),
    approveStop: (id, request, slot) =>
      act("approveStop", id, request, (project) => {
        const task = project.view.run?.tasks.find((one) => one.slot === slot);
        const key = task?.block?.kind === "review" ? task.block.key : "";
        go(project, (block) => block.kind === "review" && block.key === key);
      }),
    sendAgain: (id, request, callId) =>
      act("sendAgain", id, request, (project) => {
        go(project, (block) => block.kind === "unknown" && block.call === callId);
      }),
    raiseCap: (id, request, cap, micros) =>
      act("raiseCap", id, request, (project) => {
        project.caps = { ...project.caps, [`${cap}Micros`]: micros };
        core.emit(project, { type: "plan", plan: core.plan(project) });
        project.run?.raise(micros);
      }),
    cutNow: (id) =>
      call("cutNow", () => {
        const project = find(id);
        const { run } = project;
        if (run && (run.state === "waiting" || run.state === "running")) run.cutNow();
        else if (run?.state === "failed") core.start(project, new Set(run.lost.keys()));
        else refuse("not_now", "Nothing waits for you.");
      }),
    proposeChange: (id, request, change) =>
      act("proposeChange", id, request, (project) => changes.request(project, change)),
    applyProposal: (id, request, proposal, keep, release, start) =>
      act("applyProposal", id, request, (project) => changes.apply(project, proposal, keep, release, start)),
    dismissProposal: (id, request, proposal) =>
      act("dismissProposal", id, request, (project) => changes.decide(project, proposal, "dismissed")),
    undo: (id, request) => act("undo", id, request, (project) => changes.goTo(project, project.edition - 1)),
    redo: (id, request) => act("redo", id, request, (project) => changes.goTo(project, project.edition + 1)),
    goToEdition: (id, request, number) =>
      act("goToEdition", id, request, (project) => {
        const place = project.editions.findIndex((edition) => edition.number === number);
        changes.goTo(project, place);
      }),
    takes: (id, slot) => call("takes", () => find(id).takes.get(slot) ?? []),
    chooseTake: (id, request, slot, key) =>
      act("chooseTake", id, request, (project) => changes.choose(project, slot, key)),
    approveTake: (id, request, slot, key) =>
      act("approveTake", id, request, (project) => changes.judge(project, slot, key, "approved", "")),
    rejectTake: (id, request, slot, key, reason) =>
      act("rejectTake", id, request, (project) => changes.judge(project, slot, key, "rejected", reason)),
    newTake: (id, request, slot) => act("newTake", id, request, (project) => changes.newTake(project, slot)),
    releaseTake: (id, request, slot) =>
      act("releaseTake", id, request, (project) => changes.judge(project, slot, "", "none", "")),
    ledger: (id) => call("ledger", () => ledgerOf(find(id))),
    setCaps: (id, request, caps: CapsView) =>
      act("setCaps", id, request, (project) => {
        project.caps = caps;
        if (project.view.plan) core.emit(project, { type: "plan", plan: core.plan(project) });
      }),
  };
}

function ledgerOf(project: FakeProject): LedgerView {
  const models = new Map<string, LedgerView["byModel"][number]>();
  for (const { provider, model, micros } of project.ledger) {
    const held = models.get(model) ?? { provider, model, calls: 0, micros: 0, estimatedMicros: 0 };
    const estimatedMicros = held.estimatedMicros + Math.round(micros * 1.15);
    models.set(model, { ...held, calls: held.calls + 1, micros: held.micros + micros, estimatedMicros });
  }
  const totalMicros = project.ledger.reduce((sum, row) => sum + row.micros, 0);
  const unknown = project.view.run?.tasks.filter((task) => task.block?.kind === "unknown") ?? [];
  return {
    rows: project.ledger,
    totalMicros,
    reservedMicros: project.view.run?.state === "running" && totalMicros > 0 ? 250_000 : 0,
    unknownMicros: unknown.length * 250_000,
    todayMicros: totalMicros,
    talkMicros: 0,
    talkCapMicros: 250_000,
    byModel: [...models.values()],
    caps: project.caps,
  };
}
