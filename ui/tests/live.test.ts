import { describe, expect, it } from "vitest";
import { createLive } from "../src/app/live";
import { createFake } from "../src/platform/fake";
import { settle } from "./window";

async function listening() {
  const fake = createFake();
  const project = fake.core.load("A film about a keeper and a whale");
  const live = createLive(fake);
  const end = await live.listen(() => undefined);
  const count = (name: string) => fake.calls.filter((call) => call === name).length;
  const rename = (title: string) => fake.core.emit(project, { type: "project", title, stage: "planned" });
  return { fake, project, live, end, count, rename, id: project.view.id };
}

describe("the live stream", () => {
  it("takes one snapshot, then lives on events alone", async () => {
    const { fake, live, id, project, count } = await listening();
    live.open(id);
    await settle();
    fake.core.start(project);
    fake.clock.advance(30_000);
    await settle();
    expect(live.state.get()).toMatchObject({ link: "live" });
    expect(live.state.get().stream?.view).toEqual(project.view);
    expect(live.counters).toMatchObject({ gaps: 0, outOfOrder: 0, lastSeq: project.view.seq });
    expect(count("project")).toBe(1);
  });

  it("listens before it looks", async () => {
    const fake = createFake();
    const id = fake.core.load("A film about a keeper and a whale").view.id;
    const live = createLive(fake);
    live.open(id);
    await settle();
    expect(fake.calls).not.toContain("project");
    await live.listen(() => undefined);
    await settle();
    expect(live.state.get().link).toBe("live");
  });

  it("loses nothing that happens while the snapshot is on its way", async () => {
    const { live, id, project, rename } = await listening();
    live.open(id);
    rename("before it is answered");
    await Promise.resolve();
    rename("after it is answered");
    await settle();
    expect(live.state.get().stream?.view).toEqual(project.view);
    expect(live.state.get().link).toBe("live");
  });

  it("shows an answer while it comes, until it is a message", async () => {
    const { fake, live, id, project } = await listening();
    live.open(id);
    await settle();
    const hear = (text: string, of = id) => {
      for (const ear of fake.core.textEars) ear({ project: of, text });
    };
    hear("A storyboard");
    hear("not for here", "another project");
    expect(live.state.get().stream?.answering).toBe("A storyboard");
    hear("A storyboard is");
    expect(live.state.get().stream?.answering).toBe("A storyboard is");
    fake.core.say(project, { kind: "text", text: "A storyboard is the film as drawings." });
    expect(live.state.get().stream?.answering).toBe("");
  });

  it("keeps what it has when an older snapshot comes late", async () => {
    const { fake, live, id, project, rename } = await listening();
    live.open(id);
    await settle();
    const old = structuredClone(project.view);
    let answer = () => {};
    fake.project = () =>
      new Promise((resolve) => {
        answer = () => resolve(old);
      });
    live.refresh();
    rename("newer than the answer");
    answer();
    await settle();
    expect(live.state.get()).toMatchObject({ link: "live" });
    expect(live.state.get().stream?.view).toEqual(project.view);
  });

  it("takes the snapshot again when an event was lost", async () => {
    const { fake, live, id, project, rename, count } = await listening();
    live.open(id);
    await settle();
    rename("heard");
    fake.core.loseNext(2);
    rename("lost");
    rename("lost too");
    rename("heard again");
    expect(live.state.get()).toMatchObject({ link: "behind" });
    await settle();
    expect(live.state.get().stream?.view).toEqual(project.view);
    expect(live.state.get().link).toBe("live");
    expect(live.counters.gaps).toBe(1);
    expect(count("project")).toBe(2);
  });

  it("says so when the snapshot cannot be had, and comes back when asked", async () => {
    const { fake, live, id } = await listening();
    fake.failNext("project", { code: "storage", message: "The disk is away.", hint: "", retryable: true });
    live.open(id);
    await settle();
    expect(live.state.get()).toMatchObject({ link: "lost", stream: null, problem: { code: "storage" } });
    live.refresh();
    await settle();
    expect(live.state.get()).toMatchObject({ link: "live", problem: null });
  });

  it("gives up on a stream that stays broken instead of asking for ever", async () => {
    const { fake, live, id, project, count } = await listening();
    live.open(id);
    await settle();
    const hear = [...fake.core.eventEars][0];
    hear?.({ project: id, seq: project.view.seq + 50, run: "", changes: [] });
    await settle();
    expect(live.state.get().link).toBe("lost");
    expect(count("project")).toBeLessThan(10);
  });

  it("shows the project that was opened last, whichever answer comes last", async () => {
    const { fake, live, id } = await listening();
    const other = fake.core.load("A film about a fox in the snow").view.id;
    live.open(id);
    live.open(other);
    await settle();
    expect(live.state.get().stream?.view.id).toBe(other);
  });

  it("hears nothing after its end", async () => {
    const { live, end, id, rename } = await listening();
    live.open(id);
    await settle();
    end();
    rename("unheard");
    expect(live.counters.events).toBe(0);
  });
});
