// The home list. It is asked for when the home screen opens and after events that change it, never by the clock.

import { createStore, type Store } from "../lib/store";
import { type Platform, problemOf } from "../platform/platform";
import type { HomeView, Problem, ProjectEvent } from "../platform/types";

export interface HomeState {
  view: HomeView | null;
  problem: Problem | null;
}

export interface Home {
  state: Store<HomeState>;
  load(): Promise<void>;
  /** The screen is shown or left; events reload it only while it is shown. */
  show(shown: boolean): void;
  hear(event: ProjectEvent): void;
}

/** The changes that a card on the home screen shows. */
const SHOWN = new Set(["project", "film", "run"]);

export function createHome(platform: Platform): Home {
  const state = createStore<HomeState>({ view: null, problem: null });
  let shown = false;
  let asking: Promise<void> | null = null;
  let again = false;

  async function ask() {
    do {
      again = false;
      try {
        state.set({ view: await platform.home(), problem: null });
      } catch (error) {
        state.set((held) => ({ ...held, problem: problemOf(error) }));
      }
    } while (again);
    asking = null;
  }

  function load(): Promise<void> {
    if (asking) again = true;
    asking ??= ask();
    return asking;
  }

  return {
    state,
    load,
    show(now) {
      shown = now;
      if (now) void load();
    },
    hear(event) {
      if (shown && event.changes.some((change) => SHOWN.has(change.type))) void load();
    },
  };
}
