// Taking out and bringing in, as the imitation does it: it takes a while, and nothing is written.

import type { Platform } from "../platform";
import type { Arrival, ExportTold } from "../types";
import type { FakeCore } from "./core";

type Call = <T>(name: keyof Platform, act: () => T) => Promise<T>;

/** Where an export goes when nobody is asked. */
const FOLDER = "/home/ada/Videos";

export interface FakeExports {
  platform: Pick<
    Platform,
    | "exportAs"
    | "cancelExport"
    | "revealExport"
    | "importProject"
    | "arrivals"
    | "usage"
    | "cleanUp"
    | "problemReport"
    | "saveReport"
    | "onExport"
    | "onArrived"
  >;
  /** The system opens project files here. */
  arrive(arrivals: Arrival[]): void;
}

export function createExports(core: FakeCore, after: (ms: number, act: () => void) => void, call: Call): FakeExports {
  const ears = new Set<(told: ExportTold) => void>();
  const arrivedEars = new Set<() => void>();
  const stopped = new Set<string>();
  let waiting: Arrival[] = [];
  let garbage = 12_400;
  const tell = (told: ExportTold) => {
    for (const hear of [...ears]) hear(told);
  };
  const listen = <T>(set: Set<T>, hear: T) => {
    set.add(hear);
    return Promise.resolve(() => void set.delete(hear));
  };
  return {
    arrive(arrivals) {
      waiting = [...waiting, ...arrivals];
      for (const hear of [...arrivedEars]) hear();
    },
    platform: {
      exportAs: (id, request, order) =>
        call("exportAs", () => {
          const project = core.find(id);
          const path = `${FOLDER}/${project.view.title} ${order.format}`;
          const told: ExportTold = {
            request,
            project: id,
            format: order.format,
            path,
            state: "going",
            percent: 0,
            problem: null,
          };
          tell(told);
          for (const percent of [30, 70])
            after(percent * 20, () => !stopped.has(request) && tell({ ...told, percent }));
          after(2_000, () => tell({ ...told, percent: 100, state: stopped.has(request) ? "cancelled" : "done" }));
          return path;
        }),
      cancelExport: (request) => call("cancelExport", () => void stopped.add(request)),
      revealExport: () => call("revealExport", () => undefined),
      importProject: (request) => call("importProject", () => core.once(request, () => core.create().view.id)),
      arrivals: () =>
        call("arrivals", () => {
          const taken = waiting;
          waiting = [];
          return taken;
        }),
      usage: () =>
        call("usage", () => ({
          mediaKb: 1_284_000 + garbage,
          mediaCount: 412,
          databaseKb: 8_200,
          backupsKb: 31_000,
          scratchKb: 0,
          freeKb: 212_000_000,
        })),
      cleanUp: () =>
        call("cleanUp", () => {
          const cleaned = { files: garbage > 0 ? 9 : 0, kb: garbage, takes: 0 };
          garbage = 0;
          return cleaned;
        }),
      problemReport: () => call("problemReport", () => "Workprint 0.1.0 on linux x86_64\n\nffmpeg good 7.1"),
      saveReport: () => call("saveReport", () => `${FOLDER}/workprint-report.txt`),
      onExport: (hear) => listen(ears, hear),
      onArrived: (hear) => listen(arrivedEars, hear),
    },
  };
}
