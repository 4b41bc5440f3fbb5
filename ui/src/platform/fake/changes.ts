// Changes in the imitation: what one would touch, applying it or not, undo and redo, takes.

import type { ChangeRequest, CostView, ImpactItem, ProjectEventBody, ProposalView, ShotView, TakeView } from "../types";
import { type FakeCore, type FakeProject, historyOf, refuse } from "./core";
import { PRICES } from "./plan";
import { picture, video } from "./story";

const NEW_TAKE_MS = 2_500;

export function createChanges(core: FakeCore) {
  const paid = (project: FakeProject) => /\bpaid\b/.test(project.idea);

  function item(project: FakeProject, slot: string, rest: Partial<ImpactItem> = {}): ImpactItem {
    const [agent = "", subject = ""] = slot.split("/");
    const place = project.view.shots.findIndex((shot) => shot.id === subject);
    const shot = project.view.shots[place];
    const kinds: Record<string, ImpactItem["kind"]> = {
      camera_images: "picture",
      character_portraits: "picture",
      video_coordinator: "clip",
      voice: "voice",
      music: "music",
      post_processor: "cut",
    };
    const kind = kinds[agent] ?? "text";
    const price = paid(project) ? (PRICES[agent]?.micros ?? 0) : 0;
    const approved = (project.takes.get(slot) ?? []).some((take) => take.current && take.verdict === "approved");
    const person = project.view.cast.find((one) => one.id === subject);
    return {
      ...{ slot, agent, kind, approved, state: "stale", why: "It shows the whale.", calls: price > 0 ? 1 : 0 },
      title: person?.name ?? (shot ? `Shot ${place + 1}: ${shot.action}` : ""),
      mostMicros: price,
      thumb: shot?.frame ?? person?.portrait ?? null,
      canKeep: kind !== "cut",
      ...rest,
    };
  }

  function propose(
    project: FakeProject,
    words: string,
    text: string,
    items: ImpactItem[],
    rest: Partial<ProposalView>,
  ) {
    const sum = (among: readonly ImpactItem[]): CostView => ({
      tasks: among.length,
      calls: among.reduce((total, one) => total + one.calls, 0),
      micros: among.reduce((total, one) => total + one.mostMicros, 0),
      seconds: Math.ceil(among.length * 2.2),
    });
    const open = items.filter((one) => !one.approved);
    const sure = open.filter((one) => one.state !== "maybe");
    const least = sum(sure);
    const proposal: ProposalView = {
      ...{ id: core.mint("proposal"), words, items, conflicts: [], brief: [] },
      ...{ least: { ...least, seconds: Math.ceil(least.seconds * 0.7) }, most: sum(open) },
      ...rest,
    };
    const old = project.view.messages.findLast(({ body }) => body.kind === "proposal" && body.state === "open");
    if (old?.body.kind === "proposal") decide(project, old.body.proposal.id, "dismissed");
    core.say(project, { kind: "proposal", text, proposal, state: "open" });
  }

  /** A sentence about a film that is there. */
  function say(project: FakeProject, words: string) {
    const whales = project.view.shots.filter((shot) => shot.cast.includes("The white whale"));
    const items = [
      item(project, "character_portraits/cast-2", { why: "The whale is described differently." }),
      ...whales.map((shot) => item(project, shot.frameSlot)),
      ...whales.map((shot) => item(project, shot.clipSlot, { why: "Its first picture changes." })),
      item(project, "voice/scene-2-shot-1", { state: "maybe", why: "The line may be worded anew." }),
      item(project, "post_processor", { why: "The film is cut anew." }),
    ];
    const conflicts = /\bglass\b/.test(words)
      ? ["You changed the action of shot 2B by hand. This change would write it anew: your wording is kept beside it."]
      : [];
    propose(project, words, "This is what that would touch. Nothing is changed yet.", items, {
      conflicts,
      brief: [{ field: "cast", before: "keeper, whale", after: "keeper, white whale" }],
    });
  }

  function request(project: FakeProject, change: ChangeRequest) {
    const shot = (id: string) =>
      project.view.shots.find((one) => one.id === id) ?? refuse("not_found", "No such shot.");
    const cut = item(project, "post_processor", { why: "The film is cut anew." });
    const touch = (one: ShotView) => [
      item(project, one.frameSlot, { why: "What happens in it changes." }),
      item(project, one.clipSlot, { why: "Its first picture changes." }),
      cut,
    ];
    const text = "This is what that would touch. Nothing is changed yet.";
    switch (change.kind) {
      case "remove_shot":
        return propose(project, `Remove the shot “${shot(change.shot).action}”`, text, [cut], {});
      case "insert_shot":
        return propose(project, `A shot after “${shot(change.after).action}”: ${change.action}`, text, [cut], {});
      case "move_shot":
        return propose(project, `Move the shot “${shot(change.shot).action}”`, text, [cut], {});
      case "line":
        return propose(project, `Say “${change.text}”`, text, [cut], {});
      case "rename_character":
        return propose(project, `Call them ${change.name}`, text, [cut], {});
      case "shot":
        return propose(project, `Change the shot “${shot(change.shot).action}”`, text, touch(shot(change.shot)), {});
      case "retake": {
        const one = project.view.shots.find((s) => s.frameSlot === change.slot || s.clipSlot === change.slot);
        if (!one) refuse("not_found", "No such shot.");
        const picture = change.slot === one.frameSlot ? [item(project, one.frameSlot, { why: "Another seed." })] : [];
        const items = [...picture, item(project, one.clipSlot, { why: "Another seed." }), cut];
        return propose(project, `A new take of “${one.action}”`, text, items, {});
      }
      default:
        return propose(project, "A change of the film", text, [cut], {});
    }
  }

  function decide(project: FakeProject, id: string, state: "applied" | "dismissed"): ProposalView {
    const message = project.view.messages.find(({ body }) => body.kind === "proposal" && body.proposal.id === id);
    const body = message?.body;
    if (!message || body?.kind !== "proposal") refuse("not_found", "This change is not there any more.");
    if (body.state !== "open") refuse("not_now", "This change has been decided on already.");
    core.emit(project, { type: "message", message: { ...message, body: { ...body, state } } });
    return body.proposal;
  }

  function apply(project: FakeProject, id: string, keep: string[], release: string[], start: boolean) {
    const proposal = decide(project, id, "applied");
    for (const one of proposal.items) {
      if (keep.includes(one.slot) || (one.approved && !release.includes(one.slot))) continue;
      project.made.delete(one.slot);
      if (one.approved) judge(project, one.slot, "", "none", "");
    }
    const film = project.view.film;
    if (film) core.emit(project, { type: "film", film: { ...film, outdated: true } });
    core.remember(project, proposal.words);
    if (start) core.start(project);
  }

  function goTo(project: FakeProject, place: number) {
    const edition = project.editions[place] ?? refuse("not_now", "There is nothing to go back to.");
    if (project.view.run?.state === "running") refuse("not_now", "The film is being made.", "Stop or pause it first.");
    project.edition = place;
    const { brief, scenes, shots, cast, film } = edition.held;
    const board = scenes.map((scene): ProjectEventBody => {
      return { type: "shots", scene: scene.id, shots: shots.filter((shot) => shot.scene === scene.id) };
    });
    core.emit(
      project,
      ...(brief ? [{ type: "brief" as const, brief, plan: core.plan(project) }] : []),
      { type: "scenes", scenes },
      { type: "cast", cast },
      ...board,
      ...(film ? [{ type: "film" as const, film }] : []),
      { type: "history", history: historyOf(project) },
    );
  }

  function shotOf(project: FakeProject, slot: string): ShotView {
    const found = project.view.shots.find((shot) => shot.frameSlot === slot || shot.clipSlot === slot);
    return found ?? refuse("not_found", "This shot is not there any more.");
  }

  function update(project: FakeProject, slot: string, change: (take: TakeView) => TakeView) {
    const takes = (project.takes.get(slot) ?? []).map(change);
    project.takes.set(slot, takes);
    const shot = shotOf(project, slot);
    const approved = [shot.frameSlot, shot.clipSlot].some((one) =>
      (project.takes.get(one) ?? []).some((take) => take.current && take.verdict === "approved"),
    );
    const media = takes.find((take) => take.current)?.media ?? null;
    const shown = slot === shot.frameSlot ? { frame: media } : { clip: media };
    const shots = project.view.shots
      .filter((one) => one.scene === shot.scene)
      .map((one) => (one.id === shot.id ? { ...one, ...shown, approved } : one));
    core.emit(project, { type: "shots", scene: shot.scene, shots }, { type: "takes", slot });
  }

  function choose(project: FakeProject, slot: string, key: string) {
    update(project, slot, (take) => ({ ...take, current: take.key === key, pinned: take.key === key }));
    core.remember(project, "Another take was chosen");
  }

  /** An empty key means the take that is used. */
  function judge(project: FakeProject, slot: string, key: string, verdict: TakeView["verdict"], reason: string) {
    update(project, slot, (take) => {
      if (key ? take.key !== key : !take.current) return take;
      return { ...take, verdict, reason, pinned: verdict === "approved" };
    });
  }

  function newTake(project: FakeProject, slot: string) {
    const shot = shotOf(project, slot);
    if (paid(project)) {
      request(project, { kind: "retake", slot });
      return;
    }
    core.clock.after(NEW_TAKE_MS, () => {
      const media = core.take(project, slot, slot === shot.frameSlot ? picture : video);
      const shown: ProjectEventBody =
        slot === shot.frameSlot
          ? { type: "frame", shot: shot.id, picture: media }
          : { type: "clip", shot: shot.id, video: media };
      core.emit(project, shown, { type: "takes", slot });
      core.remember(project, "A new take");
    });
  }

  return { say, request, apply, decide, goTo, choose, judge, newTake };
}

export type FakeChanges = ReturnType<typeof createChanges>;
