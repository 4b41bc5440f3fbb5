// What the studio shows of a project, and where its film plays: state of the view only, gone with the page.

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { createStore, type Store } from "../../lib/store";
import type { FilmView } from "../../platform/types";

export type Tab = "film" | "storyboard" | "ledger";

export interface Look {
  tab: Tab;
  /** The shot the person chose; null follows the film. */
  chosen: string | null;
  /** The shot under the playhead. */
  playing: string | null;
  /** An older film the person asked for; null is the project's own. */
  film: FilmView | null;
}

export interface Playback {
  ms: number;
  playing: boolean;
}

export interface StudioState {
  look: Store<Look>;
  playback: Store<Playback>;
  /** The one video element, while there is one. */
  video: { current: HTMLVideoElement | null };
  /** Plays a film from its start, in the film tab. */
  play(film: FilmView | null): void;
  seek(ms: number): void;
  choose(shot: string | null): void;
  show(tab: Tab): void;
}

export function createStudioState(): StudioState {
  const look = createStore<Look>({ tab: "storyboard", chosen: null, playing: null, film: null });
  const playback = createStore<Playback>({ ms: 0, playing: false });
  const video: StudioState["video"] = { current: null };
  return {
    look,
    playback,
    video,
    play(film) {
      const changed = film?.video.id !== look.get().film?.video.id;
      look.set((held) => ({ ...held, tab: "film", chosen: null, film }));
      if (changed) playback.set({ ms: 0, playing: true });
      else void video.current?.play().catch(() => undefined);
    },
    seek(ms) {
      if (video.current) video.current.currentTime = ms / 1000;
      playback.set((held) => ({ ...held, ms }));
    },
    choose(shot) {
      look.set((held) => ({ ...held, chosen: shot }));
    },
    show(tab) {
      look.set((held) => ({ ...held, tab }));
    },
  };
}

const Context = createContext<StudioState | null>(null);

export function StudioStateProvider({ children }: { children: ReactNode }) {
  const state = useMemo(createStudioState, []);
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

export function useStudio(): StudioState {
  const state = useContext(Context);
  if (!state) throw new Error("no studio around this component");
  return state;
}
