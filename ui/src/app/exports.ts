// What is being taken out: one row for each export, as the core tells it. It goes on when the page is loaded again.

import { createStore, type Store } from "../lib/store";
import type { Platform, Unlisten } from "../platform/platform";
import type { ExportTold } from "../platform/types";

/** How many that are over stay in sight. */
const KEPT = 4;

export interface Exports {
  list: Store<readonly ExportTold[]>;
  listen(): Promise<Unlisten>;
  dismiss(request: string): void;
}

export function createExports(platform: Platform): Exports {
  const list = createStore<readonly ExportTold[]>([]);
  return {
    list,
    listen: () =>
      platform.onExport((told) =>
        list.set((held) => {
          const others = held.filter((one) => one.request !== told.request);
          if (told.state === "cancelled") return others;
          const over = others.filter((one) => one.state !== "going").slice(1 - KEPT);
          return [...others.filter((one) => one.state === "going" || over.includes(one)), told];
        }),
      ),
    dismiss: (request) => list.set((held) => held.filter((one) => one.request !== request)),
  };
}
