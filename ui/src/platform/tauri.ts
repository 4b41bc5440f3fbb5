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
    obstacle: () => take(commands.obstacle()),
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
    retry: (project, request) => done(commands.retry(project, request)),
    pause: (project) => done(commands.pause(project)),
    resumeRun: (project) => done(commands.resumeRun(project)),
    setReview: (project, request, review) => done(commands.setReview(project, request, review)),
    approveStop: (project, request, slot) => done(commands.approveStop(project, request, slot)),
    sendAgain: (project, request, call) => done(commands.sendAgain(project, request, call)),
    raiseCap: (project, request, cap, micros) => done(commands.raiseCap(project, request, cap, micros)),
    cutNow: (project) => done(commands.cutNow(project)),
    proposeChange: (project, request, change) => done(commands.proposeChange(project, request, change)),
    applyProposal: (project, request, proposal, keep, release, start) =>
      done(commands.applyProposal(project, request, proposal, keep, release, start)),
    dismissProposal: (project, request, proposal) => done(commands.dismissProposal(project, request, proposal)),
    undo: (project, request) => done(commands.undo(project, request)),
    redo: (project, request) => done(commands.redo(project, request)),
    goToEdition: (project, request, number) => done(commands.goToEdition(project, request, number)),
    takes: (project, slot) => take(commands.takes(project, slot)),
    chooseTake: (project, request, slot, key) => done(commands.chooseTake(project, request, slot, key)),
    approveTake: (project, request, slot, key) => done(commands.approveTake(project, request, slot, key)),
    rejectTake: (project, request, slot, key, reason) => done(commands.rejectTake(project, request, slot, key, reason)),
    newTake: (project, request, slot) => done(commands.newTake(project, request, slot)),
    releaseTake: (project, request, slot) => done(commands.releaseTake(project, request, slot)),
    ledger: (project) => take(commands.ledger(project)),
    setCaps: (project, request, caps) => done(commands.setCaps(project, request, caps)),
    settings: async () => (await take(commands.settings())) as Settings,
    setSettings: (settings) => done(commands.setSettings(settings)),
    models: () => take(commands.models()),
    setModel: (kind, server) => take(commands.setModel(kind, server)),
    setModelCaps: (film, day) => take(commands.setModelCaps(film, day)),
    filmModels: (project) => take(commands.filmModels(project)),
    takeModels: (project, request) => done(commands.takeModels(project, request)),
    testServer: (request, baseUrl, key) => done(commands.testServer(request, baseUrl, key)),
    trialPrice: (kind, price, lengths) => take(commands.trialPrice(kind, price, lengths)),
    tryModel: (request, kind, edit) => done(commands.tryModel(request, kind, edit)),
    findServers: (request) => done(commands.findServers(request)),
    onServer: (hear) => events.serverTold.listen((event) => hear(event.payload)),
    doctor: () => take(commands.doctor()),
    restoreBackup: (backup) => done(commands.restoreBackup(backup)),
    mediaBase: () => commands.mediaBase(),
    saveFilmAs: (project) => take(commands.saveFilmAs(project)),
    revealFilm: (project) => done(commands.revealFilm(project)),
    openExternal: (project) => done(commands.openExternal(project)),
    exportAs: (project, request, order) => take(commands.exportAs(project, request, order)),
    cancelExport: (request) => done(commands.cancelExport(request)),
    revealExport: (request) => done(commands.revealExport(request)),
    importProject: (request) => take(commands.importProject(request)),
    arrivals: () => take(commands.arrivals()),
    usage: () => take(commands.usage()),
    cleanUp: () => take(commands.cleanUp()),
    problemReport: () => take(commands.problemReport()),
    saveReport: (text) => take(commands.saveReport(text)),
    updates: () => take(commands.updates()),
    checkForUpdate: () => done(commands.checkForUpdate()),
    setUpdateCheck: (atStart) => done(commands.setUpdateCheck(atStart)),
    downloadUpdate: () => done(commands.downloadUpdate()),
    installUpdate: (atQuit) => done(commands.installUpdate(atQuit)),
    skipUpdate: () => done(commands.skipUpdate()),
    preferences: () => take(commands.preferences()),
    setPreferences: (preferences) => done(commands.setPreferences(preferences)),
    about: () => commands.about(),
    closeDecision: (choice) => done(commands.closeDecision(choice)),
    openHomeFolder: () => done(commands.homeFolder()),
    onProjectEvent: (hear) => events.projectEvent.listen((event) => hear(event.payload)),
    onRunSample: (hear) => events.runSample.listen((event) => hear(event.payload)),
    onTextSample: (hear) => events.textSample.listen((event) => hear(event.payload)),
    onExport: (hear) => events.exportTold.listen((event) => hear(event.payload)),
    onArrived: (hear) => events.arrived.listen(() => hear()),
    onUpdates: (hear) => events.updateTold.listen((event) => hear(event.payload)),
    onCloseAsked: (hear) => events.closeAsked.listen((event) => hear(event.payload)),
  };
}
