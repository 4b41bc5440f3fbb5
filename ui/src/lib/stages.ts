// The six steps of a film in the top bar, told from what is there and who is at work.

import type { ProjectView, TaskStateView, TaskView } from "../platform/types";
import { isOpen, MADE } from "./progress";

export type StageName = "brief" | "script" | "cast" | "storyboard" | "shots" | "film";
export type StageState = "done" | "now" | "failed" | "next";

const AGENTS: Record<Exclude<StageName, "brief">, readonly string[]> = {
  script: [
    "style_determiner",
    "screenwriter",
    "script_planner",
    "script_enhancer",
    "dialogue_interpreter",
    "novel_compressor",
    "event_extractor",
    "global_information_planner",
  ],
  cast: [
    "character_extractor",
    "personality_extractor",
    "character_portraits",
    "character_portraits_generator",
    "scene_extractor",
    "scene_images",
    "scene_image_generator",
  ],
  storyboard: [
    "storyboard_artist",
    "camera_images",
    "camera_image_generator",
    "reference_image_selector",
    "best_image_selector",
  ],
  shots: ["video_coordinator", "voice", "music"],
  film: ["post_processor"],
};

/** A task that is tried again or waits for the person is what the film stands at. */
const AT_WORK: readonly TaskStateView[] = ["running", "retrying", "needs_approval", "unknown"];

export const STAGES: readonly StageName[] = ["brief", "script", "cast", "storyboard", "shots", "film"];

export function stagesOf(view: ProjectView): Record<StageName, StageState> {
  const tasks = view.run?.tasks ?? [];
  const running = isOpen(view.run);
  const there: Record<Exclude<StageName, "brief">, boolean> = {
    script: view.scenes.length > 0,
    cast: view.cast.length > 0 || view.shots.length > 0,
    storyboard: view.shots.length > 0 && view.shots.every((shot) => shot.frame),
    shots: view.shots.length > 0 && view.shots.every((shot) => shot.clip),
    film: view.film !== null,
  };
  const states = {} as Record<StageName, StageState>;
  states.brief = view.brief ? "done" : "now";
  for (const name of STAGES) {
    if (name !== "brief")
      states[name] = stateOf(
        tasks.filter((task) => AGENTS[name].includes(task.agent)),
        there[name],
        running,
      );
  }
  return states;
}

function stateOf(tasks: readonly TaskView[], there: boolean, running: boolean): StageState {
  const made = tasks.every((task) => MADE.includes(task.state));
  if (tasks.some((task) => task.state === "failed")) return "failed";
  if (running && tasks.some((task) => AT_WORK.includes(task.state))) return "now";
  if (there && (made || !running)) return "done";
  return running && tasks.some((task) => task.state === "done") ? "now" : "next";
}
