// The words the core speaks, for everything outside this folder. Nothing else may import the bindings.

import type { Settings as Sent } from "./bindings";

export type {
  About,
  BriefEdit,
  BriefForm,
  BriefView,
  CastView,
  Chip,
  ChipField,
  CloseAsked,
  CloseChoice,
  DoctorLine,
  DoctorReport,
  ErrorCode,
  FilmView,
  Health,
  HomeView,
  MediaRef,
  MessageView,
  PlanStepView,
  PlanView,
  Preferences,
  Problem,
  ProjectCard,
  ProjectEvent,
  ProjectEventBody,
  ProjectView,
  RunSample,
  RunState,
  RunView,
  SceneView,
  ShotView,
  Stage,
  TaskStateView,
  TaskView,
  Trouble,
  UnfinishedRun,
} from "./bindings";

/** The core fills in what is left out, so what it gives is always whole. */
export type Settings = Required<Sent>;
