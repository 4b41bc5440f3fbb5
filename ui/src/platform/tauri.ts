// The shell as the platform: each call is one command of the generated bindings.

import { invoke } from "@tauri-apps/api/core";
import { commands, events } from "./bindings";
import { wholeEvent, wholeProject } from "./pending";
import { type Platform, ProblemError } from "./platform";
import type { LedgerView, Problem, Settings, TakeView } from "./types";

type Reply<T> = { status: "ok"; data: T } | { status: "error"; error: Problem };

async function take<T>(reply: Promise<Reply<T>>): Promise<T> {
  const settled = await reply;
  if (settled.status === "error") throw new ProblemError(settled.error);
  return settled.data;
}

async function done(reply: Promise<Reply<unknown>>): Promise<void> {
  await take(reply);
}

/** A command that the bindings do not have yet. */
async function ask<T>(command: string, args: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (error) {
    if (error instanceof Error || typeof error !== "object" || error === null) throw error;
    throw new ProblemError(error as Problem);
  }
}

/** True inside the Workprint window. */
export function insideTauri(): boolean {
  return "__TAURI_INTERNALS__" in window;
}

export function tauriPlatform(): Platform {
  return {
    home: () => take(commands.home()),
    project: async (project) => wholeProject(await take(commands.project(project))),
    createProject: (request) => take(commands.createProject(request)),
    renameProject: (project, title) => done(commands.renameProject(project, title)),
    duplicateProject: (project, request) => take(commands.duplicateProject(project, request)),
    deleteProject: (project) => done(commands.deleteProject(project)),
    undeleteProject: (project) => done(commands.undeleteProject(project)),
    sendMessage: (project, request, text) => done(commands.sendMessage(project, request, text)),
    editBrief: (project, request, edit) => done(commands.editBrief(project, request, edit)),
    submitForm: (project, request, form) => done(commands.submitForm(project, request, form)),
    start: (project, request) => done(commands.start(project, request)),
    cancel: (project) => done(commands.cancel(project)),
    anotherVersion: (project, request) => done(commands.anotherVersion(project, request)),
    retry: (project, request) => ask("retry", { project, request }),
    pause: (project) => ask("pause", { project }),
    resumeRun: (project) => ask("resume_run", { project }),
    setReview: (project, request, review) => ask("set_review", { project, request, review }),
    approveStop: (project, request, slot) => ask("approve_stop", { project, request, slot }),
    sendAgain: (project, request, call) => ask("send_again", { project, request, call }),
    raiseCap: (project, request, cap, micros) => ask("raise_cap", { project, request, cap, micros }),
    cutNow: (project) => ask("cut_now", { project }),
    proposeChange: (project, request, change) => ask("propose_change", { project, request, change }),
    applyProposal: (project, request, proposal, keep, release, start) =>
      ask("apply_proposal", { project, request, proposal, keep, release, start }),
    dismissProposal: (project, request, proposal) => ask("dismiss_proposal", { project, request, proposal }),
    undo: (project, request) => ask("undo", { project, request }),
    redo: (project, request) => ask("redo", { project, request }),
    goToEdition: (project, request, number) => ask("go_to_edition", { project, request, number }),
    takes: (project, slot) => ask<TakeView[]>("takes", { project, slot }),
    chooseTake: (project, request, slot, key) => ask("choose_take", { project, request, slot, key }),
    approveTake: (project, request, slot, key) => ask("approve_take", { project, request, slot, key }),
    rejectTake: (project, request, slot, key, reason) => ask("reject_take", { project, request, slot, key, reason }),
    newTake: (project, request, slot) => ask("new_take", { project, request, slot }),
    releaseTake: (project, request, slot) => ask("release_take", { project, request, slot }),
    ledger: (project) => ask<LedgerView>("ledger", { project }),
    setCaps: (project, request, caps) => ask("set_caps", { project, request, caps }),
    settings: async () => (await take(commands.settings())) as Settings,
    setSettings: (settings) => done(commands.setSettings(settings)),
    doctor: () => take(commands.doctor()),
    restoreBackup: (backup) => done(commands.restoreBackup(backup)),
    mediaBase: () => commands.mediaBase(),
    saveFilmAs: (project) => take(commands.saveFilmAs(project)),
    revealFilm: (project) => done(commands.revealFilm(project)),
    openExternal: (project) => done(commands.openExternal(project)),
    preferences: () => take(commands.preferences()),
    setPreferences: (preferences) => done(commands.setPreferences(preferences)),
    about: () => commands.about(),
    closeDecision: (choice) => done(commands.closeDecision(choice)),
    openHomeFolder: () => done(commands.homeFolder()),
    onProjectEvent: (hear) => events.projectEvent.listen((event) => hear(wholeEvent(event.payload))),
    onRunSample: (hear) => events.runSample.listen((event) => hear(event.payload)),
    onCloseAsked: (hear) => events.closeAsked.listen((event) => hear(event.payload)),
  };
}
