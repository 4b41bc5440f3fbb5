// Every state of the window by the rules of axe. Colours are looked at in contrast.test.ts: there is no layout here.

import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { byTestId, click, faults, openWindow } from "./window";

const STATES = ["planned", "retrying", "review", "overcap", "stuck", "missing", "proposal"];

it("faults are found where there are some", async () => {
  document.body.innerHTML = "<button></button>";
  expect((await faults())[0]).toMatch(/^button-name/);
  document.body.innerHTML = "";
});

describe("the studio can be used without seeing it", () => {
  for (const state of STATES) {
    it(`when it is ${state}`, async () => {
      await openWindow(state, "newest");
      expect(await faults()).toEqual([]);
    });
  }

  it("with the account open", async () => {
    await openWindow("ledger", "newest");
    await click(byTestId("money"));
    expect(await faults()).toEqual([]);
  });

  it("with the history open", async () => {
    await openWindow("takes", "newest");
    await click(byTestId("history"));
    expect(await faults()).toEqual([]);
  });

  it("with takes compared, and one rejected", async () => {
    await openWindow("takes", "newest");
    await click(screen.getByRole("tab", { name: "Storyboard" }));
    await click(screen.getAllByTestId("shot")[3] as HTMLElement);
    await click(byTestId("open-takes"));
    await click(screen.getAllByTestId("open-reject")[0] as HTMLElement);
    expect(await faults()).toEqual([]);
  });
});
