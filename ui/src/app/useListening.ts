// Listening to the core for as long as a part of the window is there.

import { useEffect } from "react";
import { problemOf, type Unlisten } from "../platform/platform";
import { useServices } from "./services";

/** `listen` must be the same from one drawing to the next. */
export function useListening(listen: () => Promise<Unlisten>): void {
  const { toasts } = useServices();
  useEffect(() => {
    let ended = false;
    let end = () => {};
    listen()
      .then((stop) => {
        if (ended) stop();
        else end = stop;
      })
      .catch((error: unknown) => toasts.show(problemOf(error).message, { kind: "problem" }));
    return () => {
      ended = true;
      end();
    };
  }, [listen, toasts]);
}
