// Models as the imitation knows them: two servers that answer, and keys that are forgotten at once.

import type { Platform } from "../platform";
import type { FoundServer, KeyEdit, KeyView, ModelKind, ModelRow, ModelsView, ServerTold, TrialPart } from "../types";
import { refuse } from "./core";

type Call = <T>(name: keyof Platform, act: () => T) => Promise<T>;

const OFFERED = ["gpt-film-1", "gpt-film-1-mini", "paint-2"].map((id) => ({ id, ends: "" }));
const PARTS: Record<ModelKind, TrialPart[]> = {
  chat: ["words", "form"],
  image: ["picture", "reference"],
  video: ["clip"],
  speech: ["voice"],
};
const OLLAMA: FoundServer = {
  name: "Ollama",
  baseUrl: "http://127.0.0.1:11434/v1",
  models: [{ id: "qwen3:8b", ends: "" }],
};

export type FakeModels = Pick<
  Platform,
  | "models"
  | "setModel"
  | "setModelCaps"
  | "filmModels"
  | "takeModels"
  | "testServer"
  | "trialPrice"
  | "tryModel"
  | "findServers"
  | "onServer"
>;

export function createModels(after: (ms: number, act: () => void) => void, call: Call, at: string): FakeModels {
  const ears = new Set<(told: ServerTold) => void>();
  const kinds: ModelKind[] = ["chat", "image", "video", "speech"];
  const view: ModelsView = {
    rows: kinds.map((kind) => ({ kind, server: null })),
    filmMicros: 5_000_000,
    dayMicros: null,
    keychain: at !== "nokeychain",
    keyFile: "/home/ada/.local/share/workprint/keys.json",
  };
  // Films are begun with the built-in models.
  let madeWith: ModelRow[] = structuredClone(view.rows);
  const tell = (told: ServerTold) => {
    for (const hear of [...ears]) hear(told);
  };
  const keyOf = (key: KeyEdit): KeyView => {
    if (key.kind === "new") return { kind: "kept", place: key.place };
    if (key.kind === "kept") return { kind: "kept", place: "keychain" };
    return key.kind === "env" ? { kind: "env", variable: key.variable, there: false } : { kind: "none" };
  };
  return {
    models: () => call("models", () => view),
    setModel: (kind, server) =>
      call("setModel", () => {
        if (server && !/^https?:\/\//.test(server.baseUrl))
          refuse("bad_request", "That is no address of a server.", "Give an http or https address up to and with /v1.");
        for (const row of view.rows) {
          if (row.kind !== kind) continue;
          const host = server?.baseUrl.replace(/^https?:\/\/|\/.*$/g, "") ?? "";
          row.server = server && {
            ...server,
            name: server.name || host,
            key: keyOf(server.key),
            here: host.startsWith("127."),
          };
        }
        return view;
      }),
    setModelCaps: (film, day) =>
      call("setModelCaps", () => {
        view.filmMicros = film;
        view.dayMicros = day;
        return view;
      }),
    filmModels: () =>
      call("filmModels", () => {
        const row = ({ kind, server }: ModelRow) => ({ kind, model: server?.model ?? "", name: server?.name ?? "" });
        const [rows, now] = [madeWith.map(row), view.rows.map(row)];
        return { rows, others: JSON.stringify(rows) !== JSON.stringify(now) };
      }),
    takeModels: () =>
      call("takeModels", () => {
        madeWith = structuredClone(view.rows);
      }),
    testServer: (request, baseUrl, key) =>
      call("testServer", () => {
        const wrong = key.kind === "new" && key.key.includes("wrong");
        after(120, () =>
          tell({
            request,
            answer: wrong
              ? {
                  kind: "failed",
                  problem: {
                    code: "not_now",
                    message: `${baseUrl.replace(/^https?:\/\/|\/.*$/g, "")} does not accept the key`,
                    hint: "Check the key, and that it is for this provider.",
                    retryable: true,
                  },
                }
              : { kind: "works", models: OFFERED, ms: 120 },
          }),
        );
      }),
    trialPrice: (_, price, lengths) =>
      call("trialPrice", () => {
        if (price.kind === "each") return price.micros * Math.max(1, Math.min(...lengths, 1));
        return price.kind === "tokens" ? 6_100 : price.kind === "free" ? 0 : null;
      }),
    tryModel: (request, kind, edit) =>
      call("tryModel", () => {
        const fails = edit.model.includes("mini");
        const findings = PARTS[kind].map((part, n) => ({
          part,
          ms: 900 + n,
          size: kind === "image" ? "1280x720" : "",
          lengthMs: kind === "speech" ? 1_800 : 0,
          problem:
            fails && n === 1
              ? {
                  code: "not_now" as const,
                  message: "It answers, but not in the form that it was asked for.",
                  hint: "Choose a model that can give structured output (JSON Schema).",
                  retryable: false,
                }
              : null,
        }));
        after(150, () => tell({ request, answer: { kind: "tried", findings } }));
      }),
    findServers: (request) =>
      call("findServers", () => {
        after(80, () => tell({ request, answer: { kind: "found", servers: at === "empty" ? [] : [OLLAMA] } }));
      }),
    onServer: (hear) => {
      ears.add(hear);
      return Promise.resolve(() => void ears.delete(hear));
    },
  };
}
