import type { ProjectView } from "../../platform/types";

/** True when the film of the present brief is there: starting again would make nothing new. */
export function isMade({ film, run }: ProjectView): boolean {
  return film !== null && !film.outdated && run?.state === "finished";
}
