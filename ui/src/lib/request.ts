// The ids of requests. The core does the same id once, so a retry of the same thing must carry the id of its first try.

import { useRef } from "react";

export interface Requests {
  /** The id for this very thing; the same until `settled`. */
  idFor(what: string): string;
  /** The thing is done: doing it again is a new request. */
  settled(what: string): void;
}

export function createRequests(mint: () => string = () => crypto.randomUUID()): Requests {
  const open = new Map<string, string>();
  return {
    idFor(what) {
      const id = open.get(what) ?? mint();
      open.set(what, id);
      return id;
    },
    settled(what) {
      open.delete(what);
    },
  };
}

export function useRequests(): Requests {
  const held = useRef<Requests | null>(null);
  held.current ??= createRequests();
  return held.current;
}
