// What the window asks of the program behind it. Two things answer: the shell (tauri.ts), and for development and
// tests an imitation of the core (fake/). Nothing here keeps state.

import type {
  About,
  Arrival,
  BriefEdit,
  BriefForm,
  Cap,
  CapsView,
  ChangeRequest,
  CleanedView,
  CloseAsked,
  CloseChoice,
  DoctorReport,
  ExportOrder,
  ExportTold,
  FilmModelsView,
  HomeView,
  KeyEdit,
  LedgerView,
  ModelKind,
  ModelsView,
  Preferences,
  PriceView,
  Problem,
  ProjectEvent,
  ProjectView,
  RunSample,
  ServerEdit,
  ServerTold,
  Settings,
  TakeView,
  TextSample,
  UpdatesView,
  UsageView,
} from "./types";

/** Ends a subscription. */
export type Unlisten = () => void;

/**
 * Every call either gives its value or throws a `ProblemError`. `request` is an id made here: the same request sent
 * twice is done once, so a retry must send the id of the first try.
 */
export interface Platform {
  home(): Promise<HomeView>;
  /** What keeps films from being made on this machine, in words. */
  obstacle(): Promise<string | null>;
  project(project: string): Promise<ProjectView>;
  createProject(request: string): Promise<string>;
  renameProject(project: string, title: string): Promise<void>;
  duplicateProject(project: string, request: string): Promise<string>;
  deleteProject(project: string): Promise<void>;
  undeleteProject(project: string): Promise<void>;
  sendMessage(project: string, request: string, text: string): Promise<void>;
  editBrief(project: string, request: string, edit: BriefEdit): Promise<void>;
  submitForm(project: string, request: string, form: BriefForm): Promise<void>;
  start(project: string, request: string): Promise<void>;
  cancel(project: string): Promise<void>;
  anotherVersion(project: string, request: string): Promise<void>;
  /** Starts again: only what failed is made. */
  retry(project: string, request: string): Promise<void>;
  pause(project: string): Promise<void>;
  resumeRun(project: string): Promise<void>;
  setReview(project: string, request: string, review: boolean): Promise<void>;
  /** The person's yes at a stop of "review each stage". */
  approveStop(project: string, request: string, slot: string): Promise<void>;
  /** The person's yes to sending a call again of which nobody knows whether it was paid. */
  sendAgain(project: string, request: string, call: string): Promise<void>;
  raiseCap(project: string, request: string, cap: Cap, micros: number): Promise<void>;
  /** Gives up what waits for the person, and cuts the film with what there is. */
  cutNow(project: string): Promise<void>;
  /** Asks what a change would touch; the answer comes as a proposal. */
  proposeChange(project: string, request: string, change: ChangeRequest): Promise<void>;
  /** `keep`: slots left as they are. `release`: approved slots that are made again. */
  applyProposal(
    project: string,
    request: string,
    proposal: string,
    keep: string[],
    release: string[],
    start: boolean,
  ): Promise<void>;
  dismissProposal(project: string, request: string, proposal: string): Promise<void>;
  undo(project: string, request: string): Promise<void>;
  redo(project: string, request: string): Promise<void>;
  goToEdition(project: string, request: string, number: number): Promise<void>;
  takes(project: string, slot: string): Promise<TakeView[]>;
  chooseTake(project: string, request: string, slot: string, key: string): Promise<void>;
  approveTake(project: string, request: string, slot: string, key: string): Promise<void>;
  rejectTake(project: string, request: string, slot: string, key: string, reason: string): Promise<void>;
  newTake(project: string, request: string, slot: string): Promise<void>;
  releaseTake(project: string, request: string, slot: string): Promise<void>;
  ledger(project: string): Promise<LedgerView>;
  setCaps(project: string, request: string, caps: CapsView): Promise<void>;
  settings(): Promise<Settings>;
  setSettings(settings: Settings): Promise<void>;
  models(): Promise<ModelsView>;
  /** Null is the built-in model. A key that no model needs any more is forgotten. */
  setModel(kind: ModelKind, server: ServerEdit | null): Promise<ModelsView>;
  setModelCaps(film: number | null, day: number | null): Promise<ModelsView>;
  /** Who makes a project's film. */
  filmModels(project: string): Promise<FilmModelsView>;
  /** From now on a project's film is made with the models of the settings. */
  takeModels(project: string, request: string): Promise<void>;
  /** Asks a server for its list of models, which costs nothing; `onServer` tells the answer. */
  testServer(request: string, baseUrl: string, key: KeyEdit): Promise<void>;
  /** The most that a trial costs, in millionths of a dollar; null when nobody said a price. */
  trialPrice(kind: ModelKind, price: PriceView, lengths: number[]): Promise<number | null>;
  /** Makes the smallest things with a model, which costs what `trialPrice` says; `onServer` tells the answer. */
  tryModel(request: string, kind: ModelKind, edit: ServerEdit): Promise<void>;
  /** Looks for servers on this machine; `onServer` tells the answer. */
  findServers(request: string): Promise<void>;
  onServer(hear: (told: ServerTold) => void): Promise<Unlisten>;
  doctor(): Promise<DoctorReport>;
  restoreBackup(backup: string): Promise<void>;
  /** What stands before a media id in its URL. */
  mediaBase(): Promise<string>;
  /** Asks for a place and saves the film there; gives the path, or null when the person thought better of it. */
  saveFilmAs(project: string): Promise<string | null>;
  /** Shows the film in the file manager. */
  revealFilm(project: string): Promise<void>;
  /** Plays the film in the system's own player. */
  openExternal(project: string): Promise<void>;
  /** Asks for a place and begins to save there; gives the path, or null when the person thought better of it. */
  exportAs(project: string, request: string, order: ExportOrder): Promise<string | null>;
  cancelExport(request: string): Promise<void>;
  /** Shows what an export made in the file manager. */
  revealExport(request: string): Promise<void>;
  /** Asks for a project file and opens it; gives the new project, or null. */
  importProject(request: string): Promise<string | null>;
  /** The project files that the system opened here since the last time. */
  arrivals(): Promise<Arrival[]>;
  usage(): Promise<UsageView>;
  /** Removes what nothing uses any more. */
  cleanUp(): Promise<CleanedView>;
  problemReport(): Promise<string>;
  saveReport(text: string): Promise<string | null>;
  /** How updates of the program stand. */
  updates(): Promise<UpdatesView>;
  checkForUpdate(): Promise<void>;
  setUpdateCheck(atStart: boolean): Promise<void>;
  downloadUpdate(): Promise<void>;
  /** Installs what was downloaded and starts it, or installs it when the person quits. */
  installUpdate(atQuit: boolean): Promise<void>;
  skipUpdate(): Promise<void>;
  preferences(): Promise<Preferences>;
  setPreferences(preferences: Preferences): Promise<void>;
  about(): Promise<About>;
  closeDecision(choice: CloseChoice): Promise<void>;
  /** Shows the data folder in the file manager. */
  openHomeFolder(): Promise<void>;
  onProjectEvent(hear: (event: ProjectEvent) => void): Promise<Unlisten>;
  onRunSample(hear: (sample: RunSample) => void): Promise<Unlisten>;
  /** An answer of a language model while it comes. */
  onTextSample(hear: (sample: TextSample) => void): Promise<Unlisten>;
  onExport(hear: (told: ExportTold) => void): Promise<Unlisten>;
  /** Project files wait in `arrivals`. */
  onArrived(hear: () => void): Promise<Unlisten>;
  onUpdates(hear: (view: UpdatesView) => void): Promise<Unlisten>;
  onCloseAsked(hear: (asked: CloseAsked) => void): Promise<Unlisten>;
}

/** A call that the core refused, or that never reached it. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** Whatever was thrown, as a problem that can be shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  return { code: "internal", message, hint: "", retryable: true };
}
