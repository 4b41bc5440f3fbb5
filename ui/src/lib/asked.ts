// Something that is asked for, and asked for again when an event said that it changed. Never by the clock; however
// many events come while an answer is on its way, one more question follows it.

import { useEffect, useRef, useState } from "react";
import { problemOf } from "../platform/platform";
import type { Problem } from "../platform/types";

export interface Asked<T> {
  /** Null until the first answer about this subject. */
  value: T | null;
  problem: Problem | null;
  again(): void;
}

/** `subject` is what is asked about, `version` the last event that changed it. */
export function useAsked<T>(subject: string, version: number, ask: () => Promise<T>): Asked<T> {
  const [answer, setAnswer] = useState<{ subject: string; value: T | null; problem: Problem | null }>({
    subject,
    value: null,
    problem: null,
  });
  const [tries, setTries] = useState(0);
  const latest = useRef({ subject, ask });
  latest.current = { subject, ask };
  const under = useRef({ asking: false, again: false, gone: false });

  // biome-ignore lint/correctness/useExhaustiveDependencies: these say when to ask, and are not read
  useEffect(() => {
    const state = under.current;
    state.gone = false;
    const load = async () => {
      if (state.asking) {
        state.again = true;
        return;
      }
      state.asking = true;
      do {
        state.again = false;
        const { subject: about, ask: question } = latest.current;
        try {
          const value = await question();
          if (!state.gone) setAnswer({ subject: about, value, problem: null });
        } catch (error) {
          const problem = problemOf(error);
          if (!state.gone)
            setAnswer((held) => ({ subject: about, value: held.subject === about ? held.value : null, problem }));
        }
      } while (state.again && !state.gone);
      state.asking = false;
    };
    void load();
    return () => {
      state.gone = true;
    };
  }, [subject, version, tries]);

  const fresh = answer.subject === subject;
  return {
    value: fresh ? answer.value : null,
    problem: fresh ? answer.problem : null,
    again: () => setTries((count) => count + 1),
  };
}
