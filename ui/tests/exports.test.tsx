// Taking things out and bringing them in, and the care of the library.

import { act, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { groupsFor } from "../src/features/export/orders";
import { byTestId, click, faults, openWindow, settle } from "./window";

const rows = () => screen.queryAllByTestId("export-row").map((row) => row.dataset.state);

describe("the export menu", () => {
  it("saves, tells how far it is, and shows it in its folder", async () => {
    const { fake, pass } = await openWindow("film", "newest");
    await click(byTestId("export"));
    await click(byTestId("export-storyboard_pdf"));
    expect(fake.calls).toContain("exportAs");
    expect(rows()).toEqual(["going"]);
    expect(byTestId("export-row").textContent).toContain("Saving the storyboard (PDF)");
    await pass(1_500);
    expect(byTestId("export-row").querySelector("progress")?.value).toBe(70);
    await pass(1_000);
    expect(rows()).toEqual(["done"]);
    await click(byTestId("export-row").querySelectorAll("button")[0] as HTMLElement);
    expect(fake.calls).toContain("revealExport");
    await click(byTestId("export-row").querySelectorAll("button")[1] as HTMLElement);
    expect(rows()).toEqual([]);
  });

  it("can be stopped", async () => {
    const { fake, pass } = await openWindow("film", "newest");
    await click(byTestId("export"));
    await click(byTestId("export-mp4_1080"));
    await click(screen.getByRole("button", { name: "Cancel" }));
    await pass(3_000);
    expect(fake.calls).toContain("cancelExport");
    expect(rows()).toEqual([]);
  });

  it("is walked with the arrow keys and closed with Escape", async () => {
    await openWindow("film", "newest");
    await click(byTestId("export"));
    const first = document.activeElement as HTMLElement;
    expect(first.dataset.testid).toBe("export-mp4");
    await act(async () => {
      fireEvent.keyDown(first, { key: "ArrowDown" });
      await settle();
    });
    expect((document.activeElement as HTMLElement).dataset.testid).toBe("export-mp4_1080");
    await act(async () => {
      fireEvent.keyDown(document.activeElement as HTMLElement, { key: "End" });
      fireEvent.keyDown(document.activeElement as HTMLElement, { key: "Escape" });
      await settle();
    });
    expect(screen.queryByTestId("export-mp4")).toBeNull();
  });

  it("asks for a film in another shape and saves nothing", async () => {
    const { fake } = await openWindow("film", "newest");
    await click(byTestId("export"));
    await click(screen.getByRole("button", { name: "9:16" }));
    expect(fake.calls).toContain("editBrief");
    expect(fake.calls).not.toContain("exportAs");
  });

  it("offers what there is and no more", async () => {
    const { fake } = await openWindow("planned", "newest");
    const id = [...fake.core.projects.keys()].at(-1) ?? "";
    const view = await fake.project(id);
    expect(groupsFor(view, null).map((group) => group.title)).toEqual(["Project"]);
    expect(screen.queryByTestId("export")).toBeNull();
  });

  it("offers the shot that is looked at, by its place in its scene", async () => {
    const { fake } = await openWindow("film", "newest");
    const view = await fake.project([...fake.core.projects.keys()].at(-1) ?? "");
    const second = view.scenes[1];
    const shots = view.shots.filter((shot) => shot.scene === second?.id);
    const last = shots.at(-1);
    expect(groupsFor(view, null).map((group) => group.title)).not.toContain("Shot 2A");
    const group = groupsFor(view, last?.id ?? "").find(({ title }) => title.startsWith("Shot 2"));
    const orders = group?.entries.map(({ order }) => [order.format, order.scene, order.shot]);
    expect(orders).toEqual([
      ["mp4", 2, shots.length],
      ["gif", 2, shots.length],
      ["still", 2, shots.length],
      ["mp4", 2, null],
    ]);
  });

  it("is offered in the conversation when it was asked for in words", async () => {
    const { fake, pass } = await openWindow("film", "newest");
    const project = [...fake.core.projects.values()].at(-1);
    if (!project) throw new Error("no project");
    await act(async () => {
      fake.core.say(project, {
        kind: "export",
        text: "Here it is as PDF. Choose where to save it.",
        order: {
          format: "script_pdf",
          height: null,
          captions: "as_made",
          scene: null,
          shot: null,
          atMs: null,
          history: true,
        },
      });
      await settle();
    });
    await click(byTestId("export-offer"));
    await pass(2_500);
    expect(rows()).toEqual(["done"]);
  });

  it("has no fault of access", async () => {
    await openWindow("film", "newest");
    await click(byTestId("export"));
    await click(byTestId("export-gif"));
    await click(byTestId("export"));
    expect(await faults()).toEqual([]);
  });
});

describe("project files", () => {
  it("are opened from the home screen", async () => {
    const { fake } = await openWindow("home");
    await click(byTestId("import"));
    expect(fake.calls).toContain("importProject");
    expect(window.location.hash).toMatch(/^#\/project\//);
  });

  it("say why they cannot be opened", async () => {
    const { fake } = await openWindow("home");
    fake.failNext("importProject", {
      code: "bad_file",
      message: "It is damaged.",
      hint: "Ask for it again.",
      retryable: false,
    });
    await click(byTestId("import"));
    expect(byTestId("toast").textContent).toContain("It is damaged. Ask for it again.");
  });

  it("that the system opens here are shown", async () => {
    const { fake } = await openWindow("home");
    const project = [...fake.core.projects.keys()][0] ?? "";
    await act(async () => {
      fake.arrive([{ project, problem: null }]);
      await settle();
    });
    expect(window.location.hash).toBe(`#/project/${project}`);
  });
});

describe("care", () => {
  it("shows what the disk holds, and cleans up", async () => {
    await openWindow("home");
    await act(async () => {
      window.location.hash = "#/settings";
      await settle();
    });
    expect(byTestId("usage").textContent).toContain("1.3 GB");
    await click(byTestId("clean-up"));
    expect(byTestId("toast").textContent).toContain("9 files went");
  });

  it("makes a report that is read before it is saved", async () => {
    const { fake } = await openWindow("home");
    await act(async () => {
      window.location.hash = "#/settings";
      await settle();
    });
    await click(byTestId("report"));
    const text = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Report a problem" });
    expect(text.value).toContain("Workprint 0.1.0");
    expect(fake.calls).not.toContain("saveReport");
    await click(screen.getByRole("button", { name: "Save…" }));
    expect(fake.calls).toContain("saveReport");
  });

  it("shows the keys at a question mark", async () => {
    await openWindow("home");
    await act(async () => {
      fireEvent.keyDown(document.body, { key: "?" });
      await settle();
    });
    expect(byTestId("shortcuts").textContent).toContain("Ctrl");
  });
});
