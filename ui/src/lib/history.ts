import type { HistoryView } from "../platform/types";

/** Nothing was decided yet. */
export const NO_HISTORY: HistoryView = {
  canUndo: false,
  canRedo: false,
  undoWords: "",
  redoWords: "",
  editions: [],
};
