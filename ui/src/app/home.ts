// The home list. It is asked for when the home screen opens and after events that change it, never by the clock.

import { createStore, type Store } from "../lib/store";
import { type Platform, problemOf } from "../platform/platform";
import type { HomeView, Problem, ProjectEvent } from "../platform/types";

export interface HomeState {
  view: HomeView | null;
  problem: Problem | null;
  /** What keeps films from being made on this machine; null while nothing is known to. */
  obstacle: string | null;
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
  const state = createStore<HomeState>({ view: null, problem: null, obstacle: null });
  let shown = false;
  let asking: Promise<void> | null = null;
  let again = false;

  async function ask() {
    do {
      again = false;
      try {
        const view = await platform.home();
        state.set((held) => ({ ...held, view, problem: null }));
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
      if (!now) return;
      void load();
      // Programs are asked for that, which takes longer than the list. What cannot be asked is said when a film is planned.
      const told = platform.obstacle().catch(() => null);
      void told.then((obstacle) => state.set((held) => ({ ...held, obstacle })));
    },
    hear(event) {
      if (shown && event.changes.some((change) => SHOWN.has(change.type))) void load();
    },
  };
}
