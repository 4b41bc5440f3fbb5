import { useLive, usePlatform } from "../../app/services";
import { type Asked, useAsked } from "../../lib/asked";
import type { TakeView } from "../../platform/types";

/** The takes of a slot, oldest first; asked for again when an event says that they changed. */
export function useTakes(project: string, slot: string): Asked<TakeView[]> {
  const platform = usePlatform();
  const { stream } = useLive();
  const ask = () => (slot ? platform.takes(project, slot) : Promise.resolve([]));
  return useAsked(`${project} ${slot}`, stream?.takesAt[slot] ?? 0, async () =>
    (await ask()).sort((a, b) => a.atS - b.atS),
  );
}
