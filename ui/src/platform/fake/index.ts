// The imitation of the core as a Platform.

import { type Platform, ProblemError } from "../platform";
import type { Arrival, CloseAsked, Preferences, Settings } from "../types";
import { createChanges } from "./changes";
import { createClock, type FakeClock, runWithFrames } from "./clock";
import { cardOf, createCore, type FakeCore, refuse } from "./core";
import { createExports } from "./exports";
import { createModels } from "./models";
import { drawn } from "./pictures";
import { openAt } from "./states";
import { briefOf } from "./story";
import { createUpdating, type FakeUpdating } from "./updating";
import { working } from "./working";

const LONGEST = 20_000;

export interface FakePlatform extends Platform {
  core: FakeCore;
  clock: FakeClock;
  /** Calls so far, by name: tests see that nothing polls. */
  calls: string[];
  /** The next call of this name fails with this. */
  failNext(name: keyof Platform, problem: ConstructorParameters<typeof ProblemError>[0]): void;
  askClose(asked: CloseAsked): void;
  /** What the feed of new versions says. */
  updating: FakeUpdating;
  /** The system opens project files here. */
  arrive(arrivals: Arrival[]): void;
}

export interface FakeOptions {
  clock?: FakeClock;
  /** One of the states in states.ts, "empty", "home", "planned", "paid", "question", "film", "long" or "trouble". */
  at?: string;
}

export function createFake({ clock = createClock(1_795_000_000_000), at = "empty" }: FakeOptions = {}): FakePlatform {
  const core = createCore(clock);
  const calls: string[] = [];
  const failing = new Map<string, ProblemError>();
  const closeEars = new Set<(asked: CloseAsked) => void>();
  let settings: Settings = { seconds: 30, ratio: "16:9", language: "", captions: true };
  let preferences: Preferences = { theme: "system" };
  let troubled = at === "trouble";
  const changes = createChanges(core);
  openAt(core, changes, clock, at);

  /** Every call takes a turn of the event loop, as it does through the shell. */
  async function call<T>(name: keyof Platform, act: () => T): Promise<T> {
    calls.push(name);
    await Promise.resolve();
    const problem = failing.get(name);
    if (problem) {
      failing.delete(name);
      throw problem;
    }
    return structuredClone(act());
  }

  function ears<T>(set: Set<T>, hear: T): Promise<() => void> {
    set.add(hear);
    return Promise.resolve(() => void set.delete(hear));
  }

  function message(id: string, text: string) {
    const project = core.find(id);
    const words = text.trim();
    if (!words) refuse("bad_request", "The message is empty.", "Say what the film is about.");
    if (words.length > LONGEST) refuse("bad_request", "The message is too long.", "Shorten it to 20,000 characters.");
    core.say(project, { kind: "text", text: words }, "you");
    clock.after(250, () => {
      if (/^start\b/i.test(words) && project.view.plan?.canStart) core.start(project);
      else if (project.view.shots.length > 0) changes.say(project, words);
      else if (words.split(/\s+/).length < 4 && !/surprise/i.test(words)) {
        core.say(project, {
          kind: "question",
          text: "What should the film be about?",
          choices: [
            { label: "An animal on an adventure", says: "Make a film about a small fox who crosses a snowy mountain" },
            { label: "A city at night", says: "Make a film about a city at night in the rain" },
            { label: "Surprise me", says: "Surprise me" },
          ],
        });
      } else core.propose(project, words);
    });
  }

  const updating = createUpdating((ms, act) => clock.after(ms, act), call);
  const leaving = createExports(core, (ms, act) => clock.after(ms, act), call);

  return {
    core,
    clock,
    arrive: leaving.arrive,
    ...leaving.platform,
    ...createModels((ms, act) => clock.after(ms, act), call, at),
    updating,
    ...updating.platform,
    calls,
    failNext: (name, problem) => failing.set(name, new ProblemError(problem)),
    askClose: (asked) => {
      for (const hear of closeEars) hear(asked);
    },
    home: () =>
      call("home", () => {
        const there = [...core.projects.values()].filter((project) => !project.trashed);
        return {
          projects: there.map(cardOf).sort((a, b) => b.changedS - a.changedS),
          unfinished: there
            .filter((project) => project.view.run?.state === "interrupted")
            .map(({ view }) => ({ run: view.run?.id ?? "", project: view.id, title: view.title })),
          trouble: troubled
            ? {
                message: "The library could not be read, so a new, empty one was opened.",
                kept: "/home/ada/.local/share/workprint/library.damaged.db",
                backup: "2026-11-21",
                backupMade: "yesterday at 18:04",
              }
            : null,
        };
      }),
    obstacle: () =>
      call("obstacle", () =>
        at === "trouble" ? "ffmpeg is not installed. Films cannot be made without it: sudo apt install ffmpeg." : null,
      ),
    project: (id) => call("project", () => core.find(id).view),
    createProject: (request) => call("createProject", () => core.once(request, () => core.create().view.id)),
    renameProject: (id, title) =>
      call("renameProject", () => {
        const project = core.find(id);
        core.emit(project, { type: "project", title: title.trim() || "Untitled film", stage: project.view.stage });
      }),
    duplicateProject: (id, request) =>
      call("duplicateProject", () =>
        core.once(request, () => {
          const copy = core.create();
          copy.view = {
            ...structuredClone(core.find(id).view),
            id: copy.view.id,
            title: `${core.find(id).view.title} (copy)`,
          };
          return copy.view.id;
        }),
      ),
    deleteProject: (id) =>
      call("deleteProject", () => {
        core.find(id).trashed = true;
      }),
    undeleteProject: (id) =>
      call("undeleteProject", () => {
        const project = core.projects.get(id);
        if (project) project.trashed = false;
      }),
    sendMessage: (id, request, text) => call("sendMessage", () => core.once(request, () => message(id, text))),
    editBrief: (id, request, edit) =>
      call("editBrief", () =>
        core.once(request, () => {
          const project = core.find(id);
          const brief = project.view.brief ?? refuse("not_now", "There is no brief yet.");
          if (edit.field === "length" && !(Number(edit.value) >= 6))
            refuse(
              "bad_request",
              "A film must be at least 6 seconds long.",
              "Give a number of seconds from 6 to 3600.",
            );
          const chips = brief.chips.map((chip) => {
            if (chip.field !== edit.field) return chip;
            const label = chip.choices.find((choice) => choice.value === edit.value)?.label;
            const shown = label ?? (edit.field === "length" ? `${edit.value} s` : edit.value);
            return { ...chip, value: edit.value, label: shown, assumed: false };
          });
          core.emit(project, { type: "brief", brief: { ...brief, chips }, plan: core.plan(project) });
          const film = project.view.film;
          if (film) core.emit(project, { type: "film", film: { ...film, outdated: true } });
        }),
      ),
    submitForm: (id, request, form) =>
      call("submitForm", () =>
        core.once(request, () => {
          const project = core.find(id);
          if (!form.idea.trim()) refuse("bad_request", "The idea is empty.", "Say what the film is about.");
          core.say(project, { kind: "text", text: form.idea }, "you");
          core.propose(project, form.idea, briefOf(form.idea, form));
        }),
      ),
    start: (id, request) => call("start", () => void core.once(request, () => core.start(core.find(id)))),
    anotherVersion: (id, request) =>
      call("anotherVersion", () =>
        core.once(request, () => {
          core.find(id).made.clear();
          core.start(core.find(id));
        }),
      ),
    ...working(core, changes, call),
    settings: () => call("settings", () => settings),
    setSettings: (next) =>
      call("setSettings", () => {
        settings = next;
      }),
    doctor: () =>
      call("doctor", () => ({
        home: "/home/ada/.local/share/workprint",
        lines: [
          { what: "ffmpeg", health: "good" as const, found: "7.1, libx264, AAC", hint: "" },
          { what: "voice", health: "good" as const, found: "flite, espeak-ng", hint: "" },
          {
            what: "playback",
            health: "poor" as const,
            found: "no H.264 in this window",
            hint: "Install gstreamer1.0-libav to play films here.",
          },
          { what: "disk", health: "good" as const, found: "212 GB free", hint: "" },
        ],
      })),
    restoreBackup: () =>
      call("restoreBackup", () => {
        troubled = false;
      }),
    mediaBase: () => call("mediaBase", () => "fake:"),
    saveFilmAs: (id) => call("saveFilmAs", () => `/home/ada/Videos/${core.find(id).view.title}.mp4`),
    revealFilm: (id) => call("revealFilm", () => void core.find(id)),
    openExternal: (id) => call("openExternal", () => void core.find(id)),
    preferences: () => call("preferences", () => preferences),
    setPreferences: (next) =>
      call("setPreferences", () => {
        preferences = next;
      }),
    about: () =>
      call("about", () => ({
        version: "0.1.0",
        licences: [
          {
            name: "React",
            licence: "MIT",
            text: "Copyright (c) Meta Platforms, Inc. and affiliates.\n\nPermission is hereby granted, free of charge, …",
          },
          { name: "Lucide", licence: "ISC", text: null },
        ],
      })),
    closeDecision: () => call("closeDecision", () => undefined),
    openHomeFolder: () => call("openHomeFolder", () => undefined),
    onProjectEvent: (hear) => ears(core.eventEars, hear),
    onRunSample: (hear) => ears(core.sampleEars, hear),
    onTextSample: (hear) => ears(core.textEars, hear),
    onCloseAsked: (hear) => ears(closeEars, hear),
  };
}

/** A picture of the imitation, or its one short film. */
export function fakeMedia(id: string): string {
  return id.startsWith("film-") || id.startsWith("clip-") ? "/dev/film.mp4" : drawn(id);
}

/** The imitation for a browser: its time runs with the screen's. */
export function browserFake(query: URLSearchParams): FakePlatform {
  const at = query.get("at") ?? "home";
  // What has happened before the window opens takes imitated hours; it ends now.
  const before = createFake({ clock: createClock(0), at }).clock.now();
  const clock = createClock(Date.now() - before);
  const fake = createFake({ clock, at });
  runWithFrames(clock, Number(query.get("speed") ?? 1));
  return fake;
}
