// A question about servers, and its answer, which comes as an event.

import { useCallback, useEffect, useRef, useState } from "react";
import { usePlatform } from "../../app/services";
import { type Platform, problemOf, type Unlisten } from "../../platform/platform";
import type { ServerAnswer } from "../../platform/types";

export interface Question {
  busy: boolean;
  answer: ServerAnswer | null;
  ask(send: (request: string) => Promise<void>): Promise<void>;
  clear(): void;
}

export function useQuestion(): Question {
  const platform = usePlatform();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<ServerAnswer | null>(null);
  const open = useRef("");
  const ears = useRef<Promise<Unlisten> | null>(null);

  useEffect(() => {
    const listening = listen(platform, (request, told) => {
      if (request !== open.current) return;
      setBusy(false);
      setAnswer(told);
    });
    ears.current = listening;
    return () => void listening.then((end) => end());
  }, [platform]);

  const ask = useCallback(async (send: (request: string) => Promise<void>) => {
    const request = crypto.randomUUID();
    open.current = request;
    setBusy(true);
    setAnswer(null);
    try {
      await ears.current;
      await send(request);
    } catch (error) {
      if (open.current !== request) return;
      setBusy(false);
      setAnswer({ kind: "failed", problem: problemOf(error) });
    }
  }, []);
  const clear = useCallback(() => {
    open.current = "";
    setBusy(false);
    setAnswer(null);
  }, []);
  return { busy, answer, ask, clear };
}

const listen = (platform: Platform, hear: (request: string, answer: ServerAnswer) => void) =>
  platform.onServer(({ request, answer }) => hear(request, answer));
