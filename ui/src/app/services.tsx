// What every screen can reach: the platform, the live project, the home list, where media lie, and short notices.

import { createContext, type ReactNode, useContext } from "react";
import { createStore, type Store, useStore } from "../lib/store";
import type { Platform } from "../platform/platform";
import type { MediaRef } from "../platform/types";
import { createExports, type Exports } from "./exports";
import { createHome, type Home } from "./home";
import { createLive, type Live, type LiveState } from "./live";
import { createToasts, type Toasts } from "./toasts";
import { createUpdates, type Updates } from "./updates";

/** Where media lie. */
export interface Media {
  url: (media: MediaRef) => string;
}

export interface Services {
  platform: Platform;
  live: Live;
  home: Home;
  exports: Exports;
  updates: Updates;
  toasts: Toasts;
  /** In a box, because a store takes a bare function for a change. */
  media: Store<Media>;
}

export function createServices(platform: Platform): Services {
  return {
    platform,
    live: createLive(platform),
    home: createHome(platform),
    exports: createExports(platform),
    updates: createUpdates(platform),
    toasts: createToasts(),
    media: createStore<Media>({ url: () => "" }),
  };
}

const Context = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <Context.Provider value={services}>{children}</Context.Provider>;
}

export function useServices(): Services {
  const services = useContext(Context);
  if (!services) throw new Error("no services around this component");
  return services;
}

export function usePlatform(): Platform {
  return useServices().platform;
}

export function useLive(): LiveState {
  return useStore(useServices().live.state);
}

export function useMediaUrl(): (media: MediaRef) => string {
  return useStore(useServices().media).url;
}
