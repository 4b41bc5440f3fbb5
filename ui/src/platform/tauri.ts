// The shell as the platform: each call is one command of the generated bindings.

import { commands, events } from "./bindings";
import { type Platform, ProblemError } from "./platform";
import type { Problem, Settings } from "./types";

type Reply<T> = { status: "ok"; data: T } | { status: "error"; error: Problem };

async function take<T>(reply: Promise<Reply<T>>): Promise<T> {
  const settled = await reply;
  if (settled.status === "error") throw new ProblemError(settled.error);
  return settled.data;
}

async function done(reply: Promise<Reply<unknown>>): Promise<void> {
  await take(reply);
}

/** True inside the Workprint window. */
export function insideTauri(): boolean {
  return "__TAURI_INTERNALS__" in window;
}

export function tauriPlatform(): Platform {
  return {
    home: () => take(commands.home()),
    project: (project) => take(commands.project(project)),
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
    onProjectEvent: (hear) => events.projectEvent.listen((event) => hear(event.payload)),
    onRunSample: (hear) => events.runSample.listen((event) => hear(event.payload)),
    onCloseAsked: (hear) => events.closeAsked.listen((event) => hear(event.payload)),
  };
}
