import { act, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { byTestId, click, openWindow, settle, within } from "./window";

const IDEA = "Make a 30-second watercolor film about an old lighthouse keeper who befriends a white whale";
const write = (text: string) => fireEvent.change(byTestId("composer-input"), { target: { value: text } });
const rows = () =>
  Object.fromEntries(screen.getAllByTestId("task-row").map((row) => [row.dataset.agent, row.dataset.state]));

describe("from a sentence to a film", () => {
  it("understands, plans, makes and shows", async () => {
    const { fake, counters, pass } = await openWindow("empty");
    await click(byTestId("new-project"));
    expect(byTestId("live-indicator").dataset.link).toBe("live");
    write(IDEA);
    await click(byTestId("composer-send"));
    await pass(300);
    expect((byTestId("composer-input") as HTMLTextAreaElement).value).toBe("");
    expect(byTestId("chip-style").textContent).toContain("watercolor");
    expect(byTestId("plan-card").textContent).toContain("Storyboard artist");

    await click(byTestId("plan-start"));
    await pass(5_500);
    expect(rows()).toMatchObject({ screenwriter: "done", camera_images: "running", post_processor: "waiting" });
    expect(screen.getAllByTestId("shot").some((shot) => shot.dataset.drawn === "false")).toBe(true);

    await pass(20_000);
    expect(byTestId("progress-card").dataset.state).toBe("finished");
    expect(byTestId("result-card").textContent).toContain("The Keeper and the Whale");
    const film = byTestId("film-video") as HTMLVideoElement;
    expect(film.getAttribute("src")).toMatch(/^http:\/\/127\.0\.0\.1\/token\/film-/);
    expect(counters).toMatchObject({ gaps: 0, outOfOrder: 0 });
    expect(fake.calls.filter((call) => call === "project")).toHaveLength(1);
    expect(fake.calls.filter((call) => call === "start")).toHaveLength(1);
  });

  it("shows the right state after a reload in mid-run", async () => {
    const { pass } = await openWindow("running", "newest");
    expect(byTestId("progress-card").dataset.state).toBe("running");
    expect(rows().screenwriter).toBe("done");
    await pass(20_000);
    expect(byTestId("result-card")).toBeTruthy();
  });

  it("stops, and goes on", async () => {
    const { pass } = await openWindow("running", "newest");
    await click(byTestId("cancel-run"));
    expect(byTestId("progress-card").dataset.state).toBe("cancelled");
    await click(byTestId("run-again"));
    await pass(1_000);
    expect(byTestId("progress-card").dataset.state).toBe("running");
  });

  it("explains a failed task and tries it again", async () => {
    const { pass } = await openWindow("failed", "newest");
    expect(screen.getByText(/The picture could not be drawn/)).toBeTruthy();
    expect(screen.getByText("Free some space, then try again.")).toBeTruthy();
    expect(rows()).toMatchObject({ camera_images: "failed", video_coordinator: "skipped" });
    expect(screen.getByText("Could not be drawn")).toBeTruthy();
    await click(byTestId("run-again"));
    await pass(20_000);
    expect(byTestId("result-card")).toBeTruthy();
  });
});

describe("the brief", () => {
  const edit = async (field: string) => click(within(byTestId(`chip-${field}`), "button"));

  it("marks what was assumed", async () => {
    await openWindow("planned", "newest");
    expect(byTestId("chip-style").dataset.assumed).toBe("false");
    expect(byTestId("chip-ratio").dataset.assumed).toBe("true");
    expect(byTestId("chip-ratio").textContent).toContain("(assumed)");
  });

  it("takes a quick choice", async () => {
    await openWindow("planned", "newest");
    await edit("ratio");
    await click(screen.getByRole("button", { name: "9:16" }));
    expect(byTestId("chip-ratio").dataset.assumed).toBe("false");
    expect(byTestId("chip-ratio").textContent).toContain("9:16");
  });

  it("sends nothing when the choice is the present one", async () => {
    const { fake } = await openWindow("planned", "newest");
    await edit("style");
    await click(screen.getByRole("button", { name: "watercolor", pressed: true }));
    expect(fake.calls).not.toContain("editBrief");
  });

  it("takes free text where it stands", async () => {
    await openWindow("planned", "newest");
    await edit("cast");
    const box = screen.getByRole("textbox", { name: "cast" });
    fireEvent.change(box, { target: { value: "an old woman, a heron" } });
    await act(async () => {
      fireEvent.keyDown(box, { key: "Enter" });
      await settle();
    });
    expect(byTestId("chip-cast").textContent).toContain("an old woman, a heron");
  });

  it("closes on Escape and gives the focus back", async () => {
    await openWindow("planned", "newest");
    const chip = within(byTestId("chip-mood"), "button");
    chip.focus();
    await click(chip);
    const dialog = screen.getByRole("dialog");
    await act(async () => {
      fireEvent.keyDown(dialog, { key: "Escape" });
    });
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement).toBe(chip);
  });

  it("shows a refusal in words", async () => {
    await openWindow("planned", "newest");
    await edit("length");
    const box = screen.getByRole("textbox", { name: "length" });
    fireEvent.change(box, { target: { value: "2" } });
    await click(screen.getByRole("button", { name: "Keep" }));
    expect(screen.getByRole("alert").textContent).toContain("at least 6 seconds");
    expect(byTestId("chip-length").textContent).toContain("30 s");
  });
});

describe("the conversation", () => {
  it("asks with answers to click, once", async () => {
    const { pass } = await openWindow("question", "newest");
    expect(screen.getAllByTestId("choice")).toHaveLength(3);
    await click(screen.getByRole("button", { name: "Surprise me" }));
    await pass(300);
    expect(screen.queryAllByTestId("choice")).toHaveLength(0);
    expect(byTestId("brief-card")).toBeTruthy();
  });

  it("shows markup from outside as text, everywhere", async () => {
    const { pass } = await openWindow("empty");
    await click(byTestId("new-project"));
    const evil = `A film about <img src=x onerror="alert(1)"> and <script>alert(2)</script> fish`;
    write(evil);
    await click(byTestId("composer-send"));
    await pass(300);
    expect(screen.getAllByTestId("message")[0]?.textContent).toContain(evil);
    expect(byTestId("chip-theme").textContent).toContain("<script>alert(2)</script>");
    expect(document.querySelector("script, img[src='x']")).toBeNull();
  });

  it("will not send nothing, nor too much, and loses neither", async () => {
    const { fake } = await openWindow("empty");
    await click(byTestId("new-project"));
    const send = byTestId("composer-send") as HTMLButtonElement;
    expect(send.disabled).toBe(true);
    write("   ");
    expect(send.disabled).toBe(true);
    const long = "whale ".repeat(33_334);
    write(long);
    expect(send.disabled).toBe(true);
    expect(screen.getByText(/200,004 characters: at most 20,000/)).toBeTruthy();
    expect((byTestId("composer-input") as HTMLTextAreaElement).value).toBe(long);
    expect(fake.calls).not.toContain("sendMessage");
  });

  it("sends with Enter, and begins a line with Shift and Enter", async () => {
    const { fake } = await openWindow("empty");
    await click(byTestId("new-project"));
    write("A film about a fox in the snow");
    const box = byTestId("composer-input");
    await act(async () => {
      fireEvent.keyDown(box, { key: "Enter", shiftKey: true });
      await settle();
    });
    expect(fake.calls).not.toContain("sendMessage");
    await act(async () => {
      fireEvent.keyDown(box, { key: "Enter" });
      await settle();
    });
    expect(fake.calls).toContain("sendMessage");
  });

  it("keeps what was being written when another place is looked at", async () => {
    await openWindow("planned", "newest");
    write("make the whale w");
    await click(screen.getByRole("link", { name: "Settings" }));
    await click(screen.getByRole("link", { name: "Studio" }));
    expect((byTestId("composer-input") as HTMLTextAreaElement).value).toBe("make the whale w");
  });
});

describe("the film", () => {
  it("is shown with its shots in time, and the board beside it", async () => {
    await openWindow("film", "newest");
    expect(byTestId("film-video")).toBeTruthy();
    expect(byTestId("timeline").textContent).toContain("One night the sea answered.");
    await click(screen.getByRole("tab", { name: "Storyboard" }));
    const fifth = screen.getAllByTestId("shot")[4] as HTMLElement;
    await click(fifth);
    expect(byTestId("inspector").textContent).toContain("The keeper, The white whale");
    expect((byTestId("edit-framing") as HTMLSelectElement).value).toBe("over_shoulder");
    expect(byTestId("inspector").textContent).toContain("From below");
  });

  it("moves with the playhead by the keyboard", async () => {
    await openWindow("film", "newest");
    const head = screen.getByRole("slider", { name: "Playhead" });
    fireEvent.keyDown(head, { key: "ArrowRight" });
    expect(head.getAttribute("aria-valuetext")).toBe("0:01");
    fireEvent.keyDown(head, { key: "Home" });
    expect(head.getAttribute("aria-valuetext")).toBe("0:00");
  });

  it("says where it was saved", async () => {
    await openWindow("film", "newest");
    await click(byTestId("save-film"));
    expect(byTestId("toast").textContent).toContain("/home/ada/Videos/The Keeper and the Whale.mp4");
  });

  it("offers another player when it cannot be played", async () => {
    const { fake } = await openWindow("film", "newest");
    await act(async () => {
      fireEvent.error(byTestId("film-video"));
    });
    await click(screen.getByRole("button", { name: "Open externally" }));
    expect(fake.calls).toContain("openExternal");
  });

  it("is made in another version, once", async () => {
    const { fake, pass } = await openWindow("film", "newest");
    const another = byTestId("another-version");
    act(() => {
      another.click();
      another.click();
    });
    await pass(1_000);
    expect(fake.calls.filter((call) => call === "anotherVersion")).toHaveLength(1);
    expect((byTestId("another-version") as HTMLButtonElement).disabled).toBe(true);
  });
});

describe("the window", () => {
  it("asks before it closes in the middle of a film", async () => {
    const { fake } = await openWindow("running", "newest");
    await act(async () => fake.askClose({ running: 1, title: "The Keeper and the Whale" }));
    expect(screen.getByText(/“The Keeper and the Whale” is being made/)).toBeTruthy();
    await click(screen.getByRole("button", { name: "Keep going in the background" }));
    expect(fake.calls).toContain("closeDecision");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("says when it is not connected, and connects again", async () => {
    const { fake, live, pass } = await openWindow("planned", "newest");
    fake.failNext("project", { code: "storage", message: "The disk is away.", hint: "", retryable: true });
    await act(async () => {
      live.refresh();
      await settle();
    });
    expect(byTestId("live-indicator").dataset.link).toBe("lost");
    expect((byTestId("composer-send") as HTMLButtonElement).disabled).toBe(true);
    await click(byTestId("live-indicator"));
    await pass(0);
    expect(byTestId("live-indicator").dataset.link).toBe("live");
  });

  it("says when a project is gone, with a way home", async () => {
    window.location.hash = "#/project/nowhere";
    await openWindow("home");
    expect(screen.getByText("This project is not there any more.")).toBeTruthy();
    await click(screen.getByRole("button", { name: "To the projects" }));
    expect(screen.getAllByTestId("project-card").length).toBe(3);
  });

  it("keeps settings at once and shows what the machine has", async () => {
    const { fake } = await openWindow("home");
    await click(screen.getByRole("link", { name: "Settings" }));
    expect(screen.getByText("Install gstreamer1.0-libav to play films here.")).toBeTruthy();
    fireEvent.change(screen.getByRole("combobox", { name: "Shape of the picture" }), { target: { value: "9:16" } });
    fireEvent.change(screen.getByRole("combobox", { name: "Light or dark" }), { target: { value: "light" } });
    await act(settle);
    expect((await fake.settings()).ratio).toBe("9:16");
    expect((await fake.preferences()).theme).toBe("light");
  });

  it("shows whose work is in it", async () => {
    await openWindow("home");
    await click(screen.getByRole("link", { name: "About" }));
    expect(screen.getByText("Version 0.1.0")).toBeTruthy();
    expect(screen.getByText(/Permission is hereby granted/)).toBeTruthy();
  });
});

describe("the plan", () => {
  it("is not offered again when its film is there, and is when the brief has changed", async () => {
    await openWindow("film", "newest");
    expect(screen.queryByTestId("plan-start")).toBeNull();
    await click(within(byTestId("chip-ratio"), "button"));
    await click(screen.getByRole("button", { name: "1:1" }));
    expect(byTestId("plan-start")).toBeTruthy();
    expect(byTestId("result-card").textContent).toContain("The brief has changed");
  });

  it("says what stands in its way", async () => {
    const { fake, pass } = await openWindow("planned", "newest");
    const project = fake.core.find(window.location.hash.split("/")[2] ?? "");
    const { brief, plan } = project.view;
    if (!brief || !plan) throw new Error("no plan");
    fake.core.emit(project, {
      type: "brief",
      brief,
      plan: { ...plan, steps: [], why: "ffmpeg is not installed.", canStart: false },
    });
    await pass(0);
    expect(byTestId("plan-card").textContent).toContain("ffmpeg is not installed.");
    expect((byTestId("plan-start") as HTMLButtonElement).disabled).toBe(true);
  });
});
