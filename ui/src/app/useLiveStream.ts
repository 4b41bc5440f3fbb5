// The window's one subscription, and the moments at which it looks again: after a sleep or a long time out of sight.

import { useEffect } from "react";
import { useServices } from "./services";

/** Out of focus for longer than this, and events may have been lost to a sleeping machine. */
const LONG_AWAY_MS = 30_000;

export function useLiveStream(): void {
  const { live, home, toasts } = useServices();
  useEffect(() => {
    let ended = false;
    let end = () => {};
    let leftAt = Date.now();
    live
      .listen((event) => home.hear(event))
      .then((stop) => {
        if (ended) stop();
        else end = stop;
      })
      .catch((error: unknown) => toasts.show(String(error), { kind: "problem" }));
    const leave = () => {
      leftAt = Date.now();
    };
    const back = () => {
      if (Date.now() - leftAt > LONG_AWAY_MS) live.refresh();
      leave();
    };
    const seen = () => (document.visibilityState === "visible" ? back() : leave());
    window.addEventListener("blur", leave);
    window.addEventListener("focus", back);
    document.addEventListener("visibilitychange", seen);
    return () => {
      ended = true;
      end();
      window.removeEventListener("blur", leave);
      window.removeEventListener("focus", back);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [live, home, toasts]);
}
