// Light or dark: what the person chose, or what the system says. The choice is remembered by the shell; a copy in
// local storage spares the first picture a flash of the other theme.

import { createStore } from "../lib/store";
import type { Platform } from "../platform/platform";
import type { Preferences } from "../platform/types";

export type Theme = "system" | "light" | "dark";

const REMEMBERED = "workprint.theme";
const dark = window.matchMedia("(prefers-color-scheme: dark)");

export const theme = createStore<Theme>(known(localStorage.getItem(REMEMBERED)));
let preferences: Preferences | null = null;

function known(word: string | null | undefined): Theme {
  return word === "light" || word === "dark" ? word : "system";
}

function paint() {
  const chosen = theme.get();
  document.documentElement.dataset.theme = chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
}

/** Paints the window and keeps it painted. */
export async function followTheme(platform: Platform): Promise<void> {
  paint();
  dark.addEventListener("change", paint);
  theme.subscribe(paint);
  preferences = await platform.preferences();
  theme.set(known(preferences.theme));
}

export async function chooseTheme(platform: Platform, chosen: Theme): Promise<void> {
  theme.set(chosen);
  localStorage.setItem(REMEMBERED, chosen);
  preferences = { ...preferences, theme: chosen };
  await platform.setPreferences(preferences);
}
