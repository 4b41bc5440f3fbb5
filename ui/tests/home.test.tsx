import { act, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { byTestId, click, openWindow, settle } from "./window";

const titles = () => screen.queryAllByTestId("project-card").map((card) => card.querySelector("button")?.textContent);
const menu = async (title: string, item: string) => {
  await click(screen.getByRole("button", { name: `More for ${title}` }));
  await click(screen.getByRole("button", { name: item }));
};

describe("home", () => {
  it("shows the projects, the last changed first, and marks the sample", async () => {
    await openWindow("home");
    expect(titles()).toEqual(["A city at night, neon, in", "How to fold a crane", "The Paper Boat"]);
    expect(screen.getByText("Sample")).toBeTruthy();
    expect(screen.getByText("Planned")).toBeTruthy();
  });

  it("says what to do where there is nothing yet", async () => {
    await openWindow("empty");
    expect(screen.getByText(/No projects yet/)).toBeTruthy();
    expect(screen.getAllByTestId("example")).toHaveLength(3);
  });

  it("begins a project with an example", async () => {
    const { fake, pass } = await openWindow("empty");
    await click(screen.getAllByTestId("example")[0] as HTMLElement);
    await pass(500);
    expect(byTestId("brief-card")).toBeTruthy();
    expect(fake.core.projects.size).toBe(1);
  });

  it("renames where the name stands", async () => {
    await openWindow("home");
    await menu("The Paper Boat", "Rename");
    const input = screen.getByRole("textbox", { name: "Rename" });
    fireEvent.change(input, { target: { value: "A boat of paper" } });
    await act(async () => {
      input.focus();
      fireEvent.keyDown(input, { key: "Enter" });
      await settle();
    });
    expect(titles()).toContain("A boat of paper");
  });

  it("keeps the old name on Escape", async () => {
    const { fake } = await openWindow("home");
    await menu("The Paper Boat", "Rename");
    const input = screen.getByRole("textbox", { name: "Rename" });
    fireEvent.change(input, { target: { value: "Something else" } });
    await act(async () => {
      input.focus();
      fireEvent.keyDown(input, { key: "Escape" });
      await settle();
    });
    expect(titles()).toContain("The Paper Boat");
    expect(fake.calls).not.toContain("renameProject");
  });

  it("duplicates", async () => {
    await openWindow("home");
    await menu("The Paper Boat", "Duplicate");
    expect(titles()).toContain("The Paper Boat (copy)");
  });

  it("deletes, and undoes it", async () => {
    await openWindow("home");
    await menu("The Paper Boat", "Delete");
    expect(titles()).not.toContain("The Paper Boat");
    await click(screen.getByRole("button", { name: "Undo" }));
    expect(titles()).toContain("The Paper Boat");
  });

  it("tells of a refusal and keeps what was written; the retry is the same request", async () => {
    const { fake, pass } = await openWindow("empty");
    const box = byTestId("composer-input") as HTMLTextAreaElement;
    fireEvent.change(box, { target: { value: "A film about a fox in the snow" } });
    fake.failNext("sendMessage", {
      code: "disk_full",
      message: "The disk is full.",
      hint: "Free some space.",
      retryable: true,
    });
    await click(byTestId("composer-send"));
    expect(screen.getByRole("alert").textContent).toContain("The disk is full.");
    expect(box.value).toBe("A film about a fox in the snow");
    await click(byTestId("composer-send"));
    await pass(500);
    expect(byTestId("brief-card")).toBeTruthy();
    expect(fake.core.projects.size).toBe(1);
  });

  it("offers to go on with an interrupted run", async () => {
    const { pass } = await openWindow("interrupted");
    expect(screen.getByText(/was interrupted/)).toBeTruthy();
    await click(screen.getByRole("button", { name: "Go on" }));
    await pass(1_000);
    expect(byTestId("progress-card").dataset.state).toBe("running");
  });

  it("tells of a damaged library and restores the backup", async () => {
    const { fake } = await openWindow("trouble");
    expect(screen.getByText(/The library could not be read/)).toBeTruthy();
    expect(screen.getByText(/library.damaged.db/)).toBeTruthy();
    expect(screen.getByText(/ffmpeg is not installed/)).toBeTruthy();
    await click(screen.getByRole("button", { name: "Restore the backup" }));
    expect(fake.calls).toContain("restoreBackup");
    expect(screen.queryByText(/The library could not be read/)).toBeNull();
  });

  it("shows a fault of the list, and tries again", async () => {
    const { fake } = await openWindow("home", "newest");
    fake.failNext("home", { code: "storage", message: "The folder cannot be read.", hint: "", retryable: true });
    await click(screen.getByRole("link", { name: "Home" }));
    expect(screen.getByText("The folder cannot be read.")).toBeTruthy();
    await click(screen.getByRole("button", { name: "Try again" }));
    expect(titles()).toHaveLength(3);
  });

  it("asks again only when something changed", async () => {
    const { fake, pass } = await openWindow("home");
    await pass(600_000);
    expect(fake.calls.filter((call) => call === "home")).toHaveLength(1);
  });

  it("fills the form into a brief", async () => {
    const { pass } = await openWindow("empty");
    await click(byTestId("open-form"));
    const submit = screen.getByRole("button", { name: "Make the brief" }) as HTMLButtonElement;
    expect(submit.disabled).toBe(true);
    fireEvent.change(screen.getByRole("textbox", { name: "Idea" }), {
      target: { value: "A tea ceremony in the hills" },
    });
    fireEvent.change(screen.getByRole("spinbutton"), { target: { value: "3" } });
    expect(submit.disabled).toBe(true);
    await click(screen.getByRole("button", { name: "60 s" }));
    await click(screen.getByRole("button", { name: "Paper cut" }));
    await click(screen.getByRole("button", { name: "No voice" }));
    await click(submit);
    await pass(100);
    expect(byTestId("chip-length").textContent).toContain("60 s");
    expect(byTestId("chip-style").textContent).toContain("paper_cut");
    expect(byTestId("chip-sound").textContent).toContain("no voice");
  });
});
