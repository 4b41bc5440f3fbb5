// New versions, as the imitation tells of them: a feed that the test writes, a download that takes a while.

import type { Platform } from "../platform";
import type { UpdateState, UpdatesView, UpdateWay } from "../types";
import { refuse } from "./core";

type Call = <T>(name: keyof Platform, act: () => T) => Promise<T>;

const SIZE_KB = 31_000;

export interface FakeUpdating {
  platform: Pick<
    Platform,
    "updates" | "checkForUpdate" | "setUpdateCheck" | "downloadUpdate" | "installUpdate" | "skipUpdate" | "onUpdates"
  >;
  /** The newest version in the feed; null when nobody answers. */
  newest: string | null;
  notes: string;
  way: UpdateWay;
  /** A film is being made. */
  running: boolean;
  /** The core says that it stands like this. */
  tell(state: UpdateState): void;
}

export function createUpdating(after: (ms: number, act: () => void) => void, call: Call): FakeUpdating {
  const ears = new Set<(view: UpdatesView) => void>();
  let view: UpdatesView = { version: "0.1.0", atStart: true, state: { kind: "idle" } };
  const tell = (state: UpdateState) => {
    view = { ...view, state };
    for (const hear of [...ears]) hear(structuredClone(view));
  };
  const fake: FakeUpdating = {
    newest: "0.1.0",
    notes: "- Nicer whales\n- <b>Bold</b> claims",
    way: { kind: "itself" },
    running: false,
    tell,
    platform: {
      updates: () => call("updates", () => view),
      checkForUpdate: () =>
        call("checkForUpdate", () => {
          tell({ kind: "checking" });
          after(300, () => {
            if (fake.newest === null)
              tell({
                kind: "failed",
                offer: null,
                why: "The server with new versions cannot be reached.",
                hint: "See whether this machine is online, and try again.",
              });
            else if (fake.newest === view.version) tell({ kind: "up_to_date" });
            else tell({ kind: "offered", offer: { version: fake.newest, notes: fake.notes, sizeKb: SIZE_KB } });
          });
        }),
      setUpdateCheck: (atStart) =>
        call("setUpdateCheck", () => {
          view = { ...view, atStart };
          tell(view.state);
        }),
      downloadUpdate: () =>
        call("downloadUpdate", () => {
          if (view.state.kind !== "offered" && view.state.kind !== "failed") return;
          const { offer } = view.state;
          if (!offer) return;
          for (const tenths of [0, 3, 7])
            after(tenths * 100, () =>
              tell({ kind: "downloading", offer, doneKb: (SIZE_KB * tenths) / 10, ofKb: SIZE_KB }),
            );
          after(1_000, () => tell({ kind: "ready", offer, way: fake.way, atQuit: false }));
        }),
      installUpdate: (atQuit) =>
        call("installUpdate", () => {
          if (view.state.kind !== "ready") return;
          const { offer } = view.state;
          if (atQuit) return tell({ ...view.state, atQuit });
          if (fake.running)
            refuse("not_now", "A film is being made. The new version can be installed when it is ready.");
          tell({ kind: "installing", offer });
          after(500, () => tell({ kind: "installed", offer }));
        }),
      skipUpdate: () => call("skipUpdate", () => tell({ kind: "idle" })),
      onUpdates: (hear) => {
        ears.add(hear);
        return Promise.resolve(() => void ears.delete(hear));
      },
    },
  };
  return fake;
}
