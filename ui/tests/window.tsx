// The whole window around the imitation of the core, as a person meets it.

import { act, render, screen } from "@testing-library/react";
import axe from "axe-core";
import { App } from "../src/app/App";
import { createServices, ServicesProvider } from "../src/app/services";
import { createFake, type FakePlatform } from "../src/platform/fake";

export interface OpenWindow {
  fake: FakePlatform;
  counters: ReturnType<typeof createServices>["live"]["counters"];
  live: ReturnType<typeof createServices>["live"];
  /** Lets the imitation's time pass and everything it caused settle. */
  pass(ms: number): Promise<void>;
}

export async function openWindow(at: string, path: "home" | "newest" = "home"): Promise<OpenWindow> {
  const fake = createFake({ at });
  const services = createServices(fake);
  services.media.set({ url: (media) => `http://127.0.0.1/token/${media.id}` });
  if (path === "newest") {
    const newest = (await fake.home()).projects[0];
    if (!newest) throw new Error(`nothing in the state "${at}"`);
    window.location.hash = `#/project/${newest.id}`;
  }
  fake.calls.length = 0;
  const pass = async (ms: number) => {
    await act(async () => {
      fake.clock.advance(ms);
      await settle();
    });
  };
  render(
    <ServicesProvider services={services}>
      <App />
    </ServicesProvider>,
  );
  await pass(0);
  return { fake, counters: services.live.counters, live: services.live, pass };
}

/** The window on the settings page. */
export async function openSettings(at = "home"): Promise<OpenWindow> {
  const opened = await openWindow(at);
  await act(async () => {
    window.location.hash = "#/settings";
    await settle();
  });
  return opened;
}

/** Promises the imitation gave need a few turns of the event loop; none of them waits for time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

export async function click(element: HTMLElement): Promise<void> {
  await act(async () => {
    element.click();
    await settle();
  });
}

export const byTestId = (id: string) => screen.getByTestId(id);

export function within(element: HTMLElement, selector: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector} in ${element.outerHTML.slice(0, 200)}`);
  return found;
}

/** What of the window breaks a rule of access. Colours are looked at in contrast.test.ts: there is no layout here. */
export async function faults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    resultTypes: ["violations"],
    rules: {
      "color-contrast": { enabled: false },
      region: { enabled: false },
      "page-has-heading-one": { enabled: false },
    },
  });
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
}
