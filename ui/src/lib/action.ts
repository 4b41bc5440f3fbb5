// One action of a button: busy while it is under way, and its problem when it failed.

import { useCallback, useRef, useState } from "react";
import { problemOf } from "../platform/platform";
import type { Problem } from "../platform/types";

export interface Action {
  busy: boolean;
  problem: Problem | null;
  /** Does it unless it is under way already; true when it went well. */
  run(act: () => Promise<unknown>): Promise<boolean>;
  clear(): void;
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const under = useRef(false);
  const run = useCallback(async (act: () => Promise<unknown>) => {
    if (under.current) return false;
    under.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await act();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      under.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setProblem(null), []);
  return { busy, problem, run, clear };
}
