// Where the window is, kept in the URL's fragment, so that a reload comes back to the same place.

import { useSyncExternalStore } from "react";

export type Route =
  | { screen: "home" }
  | { screen: "project"; project: string }
  | { screen: "settings" }
  | { screen: "about" };

export function parseRoute(hash: string): Route {
  const [screen, id] = hash.replace(/^#\/?/, "").split("/");
  if (screen === "project" && id) return { screen, project: decodeURIComponent(id) };
  if (screen === "settings" || screen === "about") return { screen };
  return { screen: "home" };
}

export function hashOf(route: Route): string {
  return route.screen === "project" ? `#/project/${encodeURIComponent(route.project)}` : `#/${route.screen}`;
}

export function go(route: Route): void {
  window.location.hash = hashOf(route);
}

function subscribe(hear: () => void): () => void {
  window.addEventListener("hashchange", hear);
  return () => window.removeEventListener("hashchange", hear);
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => window.location.hash));
}
