// Who answers the window. The imitation is for development in a browser and is not in the built app.

import type { Platform } from "./platform";
import { insideTauri, tauriPlatform } from "./tauri";
import type { MediaRef } from "./types";

export interface Chosen {
  platform: Platform;
  /** Where media lie when they are not under the media base. */
  mediaUrl?: (media: MediaRef) => string;
}

/** Null in a browser, where nothing answers. */
export async function choosePlatform(): Promise<Chosen | null> {
  if (insideTauri()) return { platform: tauriPlatform() };
  const query = new URLSearchParams(window.location.search);
  if (import.meta.env.DEV && query.has("fake")) {
    const { browserFake, fakeMedia } = await import("./fake");
    return { platform: browserFake(query), mediaUrl: (media) => fakeMedia(media.id) };
  }
  return null;
}
