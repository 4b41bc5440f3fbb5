// How updates of the program stand, as the core tells it. Asked for once; after that the window is told.

import { createStore, type Store, useStore } from "../lib/store";
import type { Platform, Unlisten } from "../platform/platform";
import type { UpdatesView } from "../platform/types";
import { useServices } from "./services";
import { useListening } from "./useListening";

export interface Updates {
  view: Store<UpdatesView | null>;
  listen(): Promise<Unlisten>;
}

export function createUpdates(platform: Platform): Updates {
  const view = createStore<UpdatesView | null>(null);
  return {
    view,
    async listen() {
      let heard = false;
      // Heard first, asked then: what is told in between is newer than the answer.
      const stop = await platform.onUpdates((told) => {
        heard = true;
        view.set(told);
      });
      const now = await platform.updates();
      if (!heard) view.set(now);
      return stop;
    },
  };
}

/** Keeps the view up to date while the window is open. */
export function useUpdateStream(): void {
  useListening(useServices().updates.listen);
}

export function useUpdates(): UpdatesView | null {
  return useStore(useServices().updates.view);
}
