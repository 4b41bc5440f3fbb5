// Prices, changes, takes, waiting and money, as a person meets them.

import { act, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { byTestId, click, openWindow, settle, within } from "./window";

const card = () => byTestId("progress-card");
const newestOf = (id: string) => screen.getAllByTestId(id).at(-1) as HTMLElement;
const called = (calls: readonly string[], name: string) => calls.filter((call) => call === name).length;
const keys = async (key: string, target: HTMLElement = document.body, shiftKey = false) =>
  act(async () => {
    fireEvent.keyDown(target, { key, ctrlKey: true, shiftKey });
    await settle();
  });

describe("the price", () => {
  it("is free where nothing is paid for", async () => {
    await openWindow("planned", "newest");
    expect(byTestId("plan-card").textContent).toContain("free — built-in studio");
    expect(byTestId("money").textContent).toContain("free");
  });

  it("is quoted in two steps, with the cap and the calls", async () => {
    await openWindow("paid", "newest");
    const price = byTestId("plan-price").textContent ?? "";
    expect(price).toMatch(/Text, first\$0\.0\d/);
    expect(price).toMatch(/Then pictures, clips, voices\$1\.\d+ – \$2\.\d+/);
    expect(price).toContain("of $5.00 allowed");
    expect(price).toContain("26 – 39 calls");
    expect(price).toContain("Kling kling-2.1clips6 – 9 calls");
  });

  it("says when it can pass the cap", async () => {
    const { fake, pass } = await openWindow("paid", "newest");
    const project = fake.core.find(window.location.hash.split("/")[2] ?? "");
    await fake.setCaps(project.view.id, "r", { runMicros: 1_000_000, projectMicros: null, dayMicros: null });
    await pass(0);
    expect(byTestId("plan-price").textContent).toContain("It then stops before the call and asks.");
  });

  it("goes with a choice: straight through, or a stop at each stage", async () => {
    await openWindow("paid", "newest");
    const each = screen.getByRole("radio", { name: "Review each stage" }) as HTMLInputElement;
    expect(each.checked).toBe(false);
    await click(each);
    expect(each.checked).toBe(true);
    expect(screen.getByText(/waits for your yes/)).toBeTruthy();
  });
});

describe("a run that waits for the person", () => {
  it("stops at each stage, and goes on with a yes", async () => {
    const { pass } = await openWindow("review", "newest");
    expect(card().dataset.state).toBe("waiting");
    expect(byTestId("needs-review").textContent).toContain("The outline is there");
    await click(byTestId("approve-stop"));
    await pass(20_000);
    expect(byTestId("needs-review").textContent).toContain("Clips are made, and paid for, after your yes.");
    expect(screen.getAllByTestId("shot").every((shot) => shot.dataset.drawn === "true")).toBe(true);
    await click(byTestId("approve-stop"));
    await pass(20_000);
    expect(byTestId("result-card")).toBeTruthy();
  });

  it("stops before the cap is passed, and goes on when it is raised", async () => {
    const { fake, pass } = await openWindow("overcap", "newest");
    const spent = fake.core.find(window.location.hash.split("/")[2] ?? "").view.run?.costMicros ?? 0;
    expect(spent).toBeLessThanOrEqual(1_200_000);
    expect(byTestId("needs-over_cap").textContent).toContain("of $1.20 for this run is spent");
    const amount = screen.getByRole("spinbutton", { name: "New cap in US dollars" });
    fireEvent.change(amount, { target: { value: "1" } });
    expect((byTestId("raise-cap") as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText(/It must be above \$1\.20/)).toBeTruthy();
    fireEvent.change(amount, { target: { value: "4" } });
    await click(byTestId("raise-cap"));
    await pass(30_000);
    expect(byTestId("result-card")).toBeTruthy();
  });

  it("never sends a call again without a second yes", async () => {
    const { fake, pass } = await openWindow("unknown", "newest");
    const ask = byTestId("needs-unknown").textContent;
    expect(ask).toContain("Video coordinator, Shot 4 was ordered from Kling (kling-2.1)");
    expect(ask).toContain("It may have cost up to $0.25.");
    await click(byTestId("send-again"));
    expect(called(fake.calls, "sendAgain")).toBe(0);
    expect(byTestId("needs-unknown").textContent).toContain("this is paid twice");
    await click(screen.getByRole("button", { name: "Do not send" }));
    await click(byTestId("send-again"));
    await click(byTestId("send-again-sure"));
    expect(called(fake.calls, "sendAgain")).toBe(1);
    await pass(20_000);
    expect(byTestId("result-card")).toBeTruthy();
    expect(screen.queryByTestId("missing-shots")).toBeNull();
  });

  it("is cut without what is left out, says what is missing, and makes it later", async () => {
    const { pass } = await openWindow("unknown", "newest");
    await click(byTestId("leave-out"));
    await pass(20_000);
    expect(byTestId("missing-shots").textContent).toContain("One shot is missing:");
    expect(byTestId("missing-shots").textContent).toContain("2ALeft out by you.");
    await click(screen.getByRole("button", { name: "2A" }));
    expect(byTestId("inspector").textContent).toContain("Missing in the cut");
  });

  it("tells who is tried again and when, a second at a time", async () => {
    let now = 0;
    vi.spyOn(Date, "now").mockImplementation(() => now);
    const { fake } = await openWindow("retrying", "newest");
    expect(byTestId("retrying").textContent).toContain("Camera images, Shot 2");
    expect(byTestId("retrying").textContent).toContain("429: too many requests");
    const tick = async () => {
      now = fake.clock.now();
      await act(async () => {
        fireEvent.animationIteration(byTestId("countdown"));
      });
      return Number(/(\d+) s/.exec(byTestId("countdown").textContent ?? "")?.[1]);
    };
    const before = await tick();
    expect(before).toBeGreaterThan(5);
    fake.clock.advance(2_000);
    expect(await tick()).toBe(before - 2);
  });

  it("pauses and goes on", async () => {
    const { pass } = await openWindow("paid-running", "newest");
    await click(byTestId("pause-run"));
    expect(card().dataset.state).toBe("paused");
    const shown = card().textContent;
    await pass(10_000);
    expect(card().textContent).toBe(shown);
    await click(byTestId("resume-run"));
    await pass(20_000);
    expect(byTestId("result-card")).toBeTruthy();
  });

  it("makes only what failed when it is tried again", async () => {
    const { fake, pass } = await openWindow("failed", "newest");
    await click(byTestId("run-again"));
    await pass(20_000);
    expect(called(fake.calls, "retry")).toBe(1);
    const states = screen.getAllByTestId("task-row").map((row) => row.dataset.state);
    expect(states.filter((state) => state === "cached").length).toBeGreaterThan(6);
  });

  it("cuts with what there is when something failed", async () => {
    const { pass } = await openWindow("failed", "newest");
    await click(byTestId("cut-now"));
    await pass(20_000);
    expect(byTestId("missing-shots").textContent).toContain("2B");
    await click(byTestId("make-missing"));
    await pass(20_000);
    expect(screen.queryByTestId("missing-shots")).toBeNull();
  });
});

describe("a change", () => {
  const impact = (slot: string) =>
    screen.getAllByTestId("impact").find((row) => row.dataset.slot === slot) as HTMLElement;
  const box = (slot: string) => within(impact(slot), "input") as HTMLInputElement;

  it("is shown with what it touches before anything is done", async () => {
    const { fake } = await openWindow("proposal", "newest");
    const shown = newestOf("proposal-card");
    expect(shown.dataset.state).toBe("open");
    expect(shown.textContent).toContain("keeper, white whale");
    expect(shown.textContent).toContain("This change would write it anew");
    expect(impact("video_coordinator/scene-2-shot-1").textContent).toContain("out of date · $0.25");
    expect(impact("voice/scene-2-shot-1").textContent).toContain("may change");
    expect(box("post_processor").disabled).toBe(true);
    expect(called(fake.calls, "applyProposal")).toBe(0);
  });

  it("keeps what is not ticked, and what is approved unless it is released", async () => {
    const { fake } = await openWindow("proposal", "newest");
    const apply = vi.spyOn(fake, "applyProposal");
    const cost = () => byTestId("proposal-cost").textContent;
    const locked = impact("camera_images/scene-2-shot-1");
    expect(locked.textContent).toContain("approved, kept");
    expect(locked.dataset.made).toBe("false");
    const before = cost();
    await click(within(locked, "[data-testid='release']"));
    expect(impact("camera_images/scene-2-shot-1").dataset.made).toBe("true");
    expect(cost()).not.toBe(before);
    await click(box("video_coordinator/scene-2-shot-2"));
    await click(screen.getByRole("checkbox", { name: "Make all of these again: Voice" }));
    await click(byTestId("apply"));
    expect(apply).toHaveBeenCalledTimes(1);
    const [, , , keep, release, start] = apply.mock.calls[0] ?? [];
    expect(keep).toEqual(["video_coordinator/scene-2-shot-2", "voice/scene-2-shot-1"]);
    expect(release).toEqual(["camera_images/scene-2-shot-1"]);
    expect(start).toBe(false);
    expect(newestOf("proposal-card").dataset.state).toBe("applied");
  });

  it("is made at once when that is asked for, and only what it touches", async () => {
    const { pass } = await openWindow("proposal", "newest");
    await click(byTestId("apply-start"));
    await pass(20_000);
    expect(card().dataset.state).toBe("finished");
    const rows = Object.fromEntries(screen.getAllByTestId("task-row").map((row) => [row.dataset.agent, row]));
    expect(rows.screenwriter?.dataset.state).toBe("cached");
    expect(rows.character_portraits?.dataset.state).toBe("done");
  });

  it("is put away with one word", async () => {
    await openWindow("proposal", "newest");
    await click(byTestId("not-now"));
    expect(newestOf("proposal-card").dataset.state).toBe("dismissed");
    expect(newestOf("proposal-card").textContent).toContain("Not applied");
  });

  it("is asked for where a shot is edited", async () => {
    await openWindow("takes", "newest");
    await click(byTestId("edit-action"));
    const input = screen.getByRole("textbox", { name: "Change what happens" });
    fireEvent.change(input, { target: { value: "The lighthouse in a storm." } });
    await act(async () => {
      input.focus();
      fireEvent.keyDown(input, { key: "Enter" });
      await settle();
    });
    expect(newestOf("proposal-card").dataset.state).toBe("open");
    await click(byTestId("remove-shot"));
    expect(screen.getAllByTestId("proposal-card").map((one) => one.dataset.state)).toEqual(["dismissed", "open"]);
  });

  it("is asked for by everything that a shot is made of", async () => {
    const { fake } = await openWindow("takes", "newest");
    const asked = vi.spyOn(fake, "proposeChange");
    const write = async (id: string, label: string, value: string) => {
      await click(byTestId(id));
      const input = screen.getByRole("textbox", { name: label });
      fireEvent.change(input, { target: { value } });
      await act(async () => {
        input.focus();
        fireEvent.keyDown(input, { key: "Enter" });
        await settle();
      });
    };
    const pick = async (id: string, value: string) =>
      act(async () => {
        fireEvent.change(byTestId(id), { target: { value } });
        await settle();
      });
    await pick("edit-framing", "close_up");
    await pick("edit-camera", "tilt_up");
    await write("edit-length", "Change its length, in seconds", "no");
    await write("edit-length", "Change its length, in seconds", "4,5 s");
    await write("add-shot", "What happens in the new shot", "A gull lands on the rail.");
    await click(byTestId("shot-later"));
    const shot = (change: object) => ({ action: null, framing: null, camera: null, durationMs: null, ...change });
    const changes = asked.mock.calls.map(([, , { kind, ...change }]) => [kind, change]);
    const first = asked.mock.calls[0]?.[2];
    const id = first && "shot" in first ? first.shot : "";
    expect(changes).toEqual([
      ["shot", shot({ shot: id, framing: "close_up" })],
      ["shot", shot({ shot: id, camera: "tilt_up" })],
      ["shot", shot({ shot: id, durationMs: 4_500 })],
      ["insert_shot", { after: id, action: "A gull lands on the rail." }],
      ["move_shot", { shot: id, after: expect.stringMatching(/./) }],
    ]);
    expect(screen.getAllByTestId("proposal-card").filter((one) => one.dataset.state === "open")).toHaveLength(1);
  });
});

describe("undo and redo", () => {
  it("go back and forth, with the words of what was done", async () => {
    await openWindow("proposal", "newest");
    await click(byTestId("apply"));
    const undo = byTestId("undo") as HTMLButtonElement;
    expect(undo.title).toBe("Undo: Make the whale white as glass, and older.");
    await click(undo);
    expect((byTestId("redo") as HTMLButtonElement).disabled).toBe(false);
    await click(byTestId("redo"));
    expect((byTestId("redo") as HTMLButtonElement).disabled).toBe(true);
  });

  it("answer the keyboard, but not while somebody is writing", async () => {
    const { fake } = await openWindow("takes", "newest");
    await keys("z", byTestId("composer-input"));
    expect(called(fake.calls, "undo")).toBe(0);
    await keys("z");
    expect(called(fake.calls, "undo")).toBe(1);
    expect(byTestId("toast").textContent).toContain("Undone: Softer light in shot 2A");
    await keys("Z", document.body, true);
    expect(called(fake.calls, "redo")).toBe(1);
    await keys("z");
    await keys("z");
    expect(called(fake.calls, "undo")).toBe(2);
  });

  it("list what was done, and go to any of it", async () => {
    const { fake } = await openWindow("takes", "newest");
    await click(byTestId("history"));
    const editions = screen.getAllByTestId("edition");
    expect(editions.map((one) => one.getAttribute("aria-current"))).toEqual(["true", null]);
    await click(editions[1] as HTMLElement);
    expect(called(fake.calls, "goToEdition")).toBe(1);
    await click(byTestId("history"));
    expect(screen.getAllByTestId("edition")[1]?.getAttribute("aria-current")).toBe("true");
  });

  it("say a refusal in words", async () => {
    const { fake } = await openWindow("takes", "newest");
    fake.failNext("undo", { code: "not_now", message: "A film is being made.", hint: "Pause it.", retryable: false });
    await click(byTestId("undo"));
    expect(byTestId("toast").textContent).toContain("A film is being made. Pause it.");
  });
});

describe("takes", () => {
  const open = async () => {
    const opened = await openWindow("takes", "newest");
    await click(screen.getByRole("tab", { name: "Storyboard" }));
    await click(screen.getAllByTestId("shot")[3] as HTMLElement);
    return opened;
  };
  const panes = () => screen.getAllByTestId("take-pane");
  const inDrawer = (selector: string) => within(byTestId("takes-drawer"), selector);

  it("stand beside their shot, each with its verdict", async () => {
    await open();
    const takes = screen.getAllByTestId("take");
    expect(takes.map((take) => take.getAttribute("aria-label"))).toEqual([
      "Take 1 · rejected",
      "Take 2",
      "Take 3 · in the film · approved",
    ]);
    expect(screen.getAllByTestId("shot")[3]?.textContent).toContain("approved");
  });

  it("are compared two at a time", async () => {
    await open();
    await click(byTestId("open-takes"));
    expect(panes().map((pane) => pane.getAttribute("aria-label"))).toEqual([
      "Take 3 · in the film · approved",
      "Take 2",
    ]);
    await click(inDrawer("[data-verdict='rejected'][data-testid='take']"));
    expect(panes()[1]?.textContent).toContain("Rejected: The whale looks like a shark.");
  });

  it("are chosen, and gone back from", async () => {
    const { fake } = await open();
    await click(byTestId("open-takes"));
    await click(byTestId("use-take"));
    expect(called(fake.calls, "chooseTake")).toBe(1);
    expect(panes()[0]?.getAttribute("aria-label")).toContain("Take 2 · in the film");
    await click(byTestId("use-take"));
    expect(panes()[0]?.getAttribute("aria-label")).toContain("Take 3 · in the film");
  });

  it("are rejected with a reason", async () => {
    await open();
    await click(byTestId("open-takes"));
    await click(within(panes()[1] as HTMLElement, "[data-testid='open-reject']"));
    fireEvent.change(screen.getByRole("textbox", { name: /What is wrong with it/ }), {
      target: { value: "Too dark." },
    });
    await click(byTestId("reject-take"));
    expect(panes()[1]?.textContent).toContain("Rejected: Too dark.");
  });

  it("are approved and given free again", async () => {
    await open();
    expect(byTestId("approve-shot").getAttribute("aria-pressed")).toBe("true");
    await click(byTestId("approve-shot"));
    expect(byTestId("approve-shot").getAttribute("aria-pressed")).toBe("false");
    await click(byTestId("approve-shot"));
    expect(byTestId("approve-shot").getAttribute("aria-pressed")).toBe("true");
  });

  it("that cost money are a question first", async () => {
    await open();
    await click(byTestId("open-takes"));
    await click(screen.getAllByRole("button", { name: "New take" }).at(-1) as HTMLElement);
    expect(screen.queryByTestId("takes-drawer")).toBeNull();
    expect(newestOf("proposal-card").textContent).toContain("A new take of");
  });

  it("that are free are made at once and come by themselves", async () => {
    const { fake, pass } = await openWindow("film", "newest");
    await click(byTestId("new-take"));
    expect(byTestId("toast").textContent).toContain("A new take is being made.");
    expect(screen.getAllByTestId("take")).toHaveLength(1);
    await pass(3_000);
    expect(screen.getAllByTestId("take")).toHaveLength(2);
    const asked = called(fake.calls, "takes");
    await pass(600_000);
    expect(called(fake.calls, "takes")).toBe(asked);
  });

  it("say what is wrong when they cannot be had, and ask again", async () => {
    const { fake } = await openWindow("film", "newest");
    await click(screen.getByRole("tab", { name: "Storyboard" }));
    fake.failNext("takes", { code: "storage", message: "The disk is away.", hint: "", retryable: true });
    await click(screen.getAllByTestId("shot")[2] as HTMLElement);
    expect(byTestId("shot-takes").textContent).toContain("The disk is away.");
    await click(within(byTestId("shot-takes"), "[role='alert'] button"));
    expect(screen.getAllByTestId("take")).toHaveLength(1);
  });
});

describe("the account", () => {
  it("says that nothing was paid where nothing was", async () => {
    await openWindow("film", "newest");
    await click(byTestId("money"));
    expect(byTestId("ledger").textContent).toContain("Nothing was paid for in this film.");
  });

  it("tells what was spent, by model and call by call", async () => {
    await openWindow("ledger", "newest");
    await click(byTestId("money"));
    expect(byTestId("ledger-total").textContent).toContain("$2.57");
    expect(byTestId("ledger").textContent).toContain("15 % too high");
    expect(screen.getAllByTestId("ledger-row")[0]?.textContent).toContain("kling-2.1");
  });

  it("follows what is spent, by events alone", async () => {
    const { fake, pass } = await openWindow("paid-running", "newest");
    await click(byTestId("money"));
    const before = byTestId("ledger-total").textContent;
    await pass(3_000);
    expect(byTestId("ledger-total").textContent).not.toBe(before);
    await click(byTestId("cancel-run"));
    const asked = called(fake.calls, "ledger");
    await pass(600_000);
    expect(called(fake.calls, "ledger")).toBe(asked);
  });

  it("sets caps, and refuses what is no amount", async () => {
    const { fake } = await openWindow("ledger", "newest");
    await click(byTestId("money"));
    const day = screen.getByRole("textbox", { name: /A day/ });
    fireEvent.change(day, { target: { value: "lots" } });
    expect((byTestId("keep-caps") as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText(/A cap is an amount/)).toBeTruthy();
    fireEvent.change(day, { target: { value: "12.5" } });
    await click(byTestId("keep-caps"));
    const project = window.location.hash.split("/")[2] ?? "";
    expect((await fake.ledger(project)).caps).toEqual({
      ...{ runMicros: 5_000_000, projectMicros: null, dayMicros: 12_500_000 },
    });
  });
});
