// New versions of the program, as a person meets them.

import { act, screen } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import type { UpdateState } from "../src/platform/types";
import { byTestId, click, type OpenWindow, openSettings, openWindow, settle } from "./window";

const state = () => byTestId("updates").dataset.state;
const says = () => byTestId("updates").textContent ?? "";

async function offered(version = "0.2.0"): Promise<OpenWindow> {
  const opened = await openSettings();
  opened.fake.updating.newest = version;
  await click(byTestId("update-check"));
  await opened.pass(300);
  return opened;
}

async function ready(opened: OpenWindow): Promise<OpenWindow> {
  await click(byTestId("update-download"));
  await opened.pass(1_000);
  expect(state()).toBe("ready");
  return opened;
}

describe("a new version", () => {
  it("is looked for when it is asked for, and not by the window itself", async () => {
    const { fake, pass } = await openSettings();
    expect(fake.calls).not.toContain("checkForUpdate");
    await click(byTestId("update-check"));
    expect(says()).toContain("Looking for a new version");
    await pass(300);
    expect(says()).toContain("There is nothing newer.");
  });

  it("is shown with its notes as plain text", async () => {
    await offered();
    expect(says()).toContain("Workprint 0.2.0 is there.");
    expect(says()).toContain("31.0 MB");
    expect(byTestId("update-notes").textContent).toContain("<b>Bold</b> claims");
    expect(byTestId("update-notes").querySelector("b")).toBeNull();
  });

  it("comes with its progress and is installed on a word", async () => {
    const opened = await offered();
    await click(byTestId("update-download"));
    await opened.pass(700);
    expect(screen.getByRole("progressbar").getAttribute("value")).toBe("21700");
    expect(says()).toContain("21.7 MB of 31.0 MB");
    await opened.pass(300);
    expect(says()).toContain("its signature checked");
    await click(byTestId("update-install"));
    await opened.pass(500);
    expect(says()).toContain("Workprint 0.2.0 is installed.");
  });

  it("waits for the end when the person wants it so", async () => {
    await ready(await offered());
    await click(byTestId("update-at-quit"));
    expect(says()).toContain("It will be installed when you quit.");
    expect(screen.queryByTestId("update-at-quit")).toBeNull();
  });

  it("is not installed while a film is being made", async () => {
    const { fake } = await ready(await offered());
    fake.updating.running = true;
    await click(byTestId("update-install"));
    expect(screen.getByRole("alert").textContent).toContain("A film is being made.");
    expect(state()).toBe("ready");
  });

  it("of a package is left to the package manager", async () => {
    const opened = await offered();
    opened.fake.updating.way = { kind: "by_hand", command: "sudo apt install /a/Workprint_0.2.0.deb" };
    await ready(opened);
    expect(byTestId("update-command").textContent).toBe("sudo apt install /a/Workprint_0.2.0.deb");
    expect(screen.queryByTestId("update-install")).toBeNull();
  });

  it("can be skipped", async () => {
    const { fake } = await offered();
    await click(byTestId("update-skip"));
    expect(fake.calls).toContain("skipUpdate");
    expect(state()).toBe("idle");
  });

  it("is looked for at the start unless that is turned off", async () => {
    const { fake } = await openSettings();
    const box = byTestId("update-at-start") as HTMLInputElement;
    expect(box.checked).toBe(true);
    await click(box);
    expect(fake.calls).toContain("setUpdateCheck");
    expect((byTestId("update-at-start") as HTMLInputElement).checked).toBe(false);
  });

  it("is told of in one line on the home screen, which leads to it", async () => {
    const { fake } = await openWindow("home");
    expect(screen.queryByTestId("update-line")).toBeNull();
    await act(async () => {
      fake.updating.tell({ kind: "offered", offer: { version: "0.2.0", notes: "", sizeKb: null } });
      await settle();
    });
    expect(byTestId("update-line").textContent).toContain("Workprint 0.2.0 is there.");
    await act(async () => {
      screen.getByRole("link", { name: "See what is new" }).click();
      await settle();
    });
    expect(window.location.hash).toBe("#/settings");
  });
});

describe("trouble with a new version", () => {
  it("is said in words, and can be tried again", async () => {
    const { fake, pass } = await openSettings();
    fake.updating.newest = null;
    await click(byTestId("update-check"));
    await pass(300);
    expect(screen.getByRole("alert").textContent).toContain("online");
    fake.updating.newest = "0.2.0";
    await click(byTestId("update-check"));
    await pass(300);
    expect(state()).toBe("offered");
  });

  it("leaves the version on offer", async () => {
    const { fake } = await offered();
    await act(async () => {
      const offer = { version: "0.2.0", notes: "", sizeKb: null };
      fake.updating.tell({ kind: "failed", offer, why: "The download was cut off.", hint: "It goes on." });
      await settle();
    });
    expect(says()).toContain("The download was cut off.");
    await click(byTestId("update-download"));
    expect(fake.calls).toContain("downloadUpdate");
  });
});

describe("updates can be used without seeing them", () => {
  const offer = { version: "0.2.0", notes: "- One", sizeKb: 31_000 };
  const STATES: UpdateState[] = [
    { kind: "not_configured" },
    { kind: "up_to_date" },
    { kind: "offered", offer },
    { kind: "downloading", offer, doneKb: 10, ofKb: null },
    { kind: "ready", offer, way: { kind: "asks", command: "sudo apt install ./a.deb" }, atQuit: false },
    { kind: "failed", offer, why: "It was cut off.", hint: "" },
  ];
  for (const now of STATES) {
    it(`when it is ${now.kind}`, async () => {
      const { fake } = await openSettings();
      await act(async () => {
        fake.updating.tell(now);
        await settle();
      });
      expect(state()).toBe(now.kind);
      const { violations } = await axe.run(byTestId("updates"), {
        resultTypes: ["violations"],
        rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
      });
      expect(violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([]);
    });
  }
});
