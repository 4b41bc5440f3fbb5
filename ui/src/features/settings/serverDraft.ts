// What is being written about a server: from what is kept to the fields, and from the fields to what is kept.

import type { KeyEdit, KeyPlace, ModelKind, ModelsView, ServerEdit, ServerView } from "../../platform/types";
import { read, type Written, written } from "./price";

/** How the key is given. */
export interface KeyDraft {
  how: KeyEdit["kind"];
  key: string;
  place: KeyPlace;
  /** The person's yes to a file. */
  consent: boolean;
  variable: string;
}

export interface ServerDraft {
  name: string;
  baseUrl: string;
  model: string;
  price: Written;
  key: KeyDraft;
  atOnce: string;
  perMinute: string;
  sizes: string;
  lengths: string;
}

export function draftOf(server: ServerView | null, view: ModelsView): ServerDraft {
  const kept = server?.key.kind;
  return {
    name: server?.name ?? "",
    baseUrl: server?.baseUrl ?? "",
    model: server?.model ?? "",
    price: written(server?.price),
    key: {
      how: kept === "env" || kept === "kept" || kept === "none" ? kept : "new",
      key: "",
      place: view.keychain ? "keychain" : "session",
      consent: false,
      variable: server?.key.kind === "env" ? server.key.variable : "",
    },
    atOnce: server?.atOnce?.toString() ?? "",
    perMinute: server?.perMinute?.toString() ?? "",
    sizes: server?.sizes.join(", ") ?? "",
    lengths: server?.lengths.join(", ") ?? "",
  };
}

/** The address as the core keeps it, so that the same one is known again. */
const plain = (address: string) => address.trim().replace(/\/+$/, "").toLowerCase();

/** Where a key for this address is kept already. */
export function keptAt(view: ModelsView, baseUrl: string): KeyPlace | null {
  const same = view.rows.find(({ server }) => server?.key.kind === "kept" && plain(server.baseUrl) === plain(baseUrl));
  return same?.server?.key.kind === "kept" ? same.server.key.place : null;
}

const PATHS: Record<ModelKind, string> = {
  chat: "chat/completions",
  image: "images/generations",
  video: "videos",
  speech: "audio/speech",
};

/** Where the calls of a kind go. */
export const finalUrl = (kind: ModelKind, baseUrl: string) =>
  `${baseUrl.trim().replace(/\/+$/, "") || "https://…/v1"}/${PATHS[kind]}`;

/** The key as it is sent; null while something is missing. */
export function keyOf({ key }: ServerDraft): KeyEdit | null {
  switch (key.how) {
    case "new":
      if (key.key.trim() === "" || (key.place === "file" && !key.consent)) return null;
      return { kind: "new", key: key.key.trim(), place: key.place };
    case "env":
      return key.variable.trim() === "" ? null : { kind: "env", variable: key.variable.trim() };
    default:
      return { kind: key.how };
  }
}

const parts = (text: string) =>
  text
    .split(/[,;\s]+/)
    .map((part) => part.trim())
    .filter(Boolean);

/** Null for nothing written, undefined for what is no such number. */
function whole(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= 10_000 ? number : undefined;
}

/** What is kept; null while something is missing or cannot be. */
export function editOf(kind: ModelKind, draft: ServerDraft): ServerEdit | null {
  const [key, price] = [keyOf(draft), read(kind, draft.price)];
  const [atOnce, perMinute] = [whole(draft.atOnce), whole(draft.perMinute)];
  const lengths = parts(draft.lengths).map(Number);
  if (!key || !price || atOnce === undefined || perMinute === undefined) return null;
  if (draft.baseUrl.trim() === "" || draft.model.trim() === "" || lengths.some((length) => !Number.isInteger(length)))
    return null;
  return {
    name: draft.name.trim(),
    baseUrl: draft.baseUrl.trim(),
    model: draft.model.trim(),
    price,
    key,
    atOnce,
    perMinute,
    sizes: kind === "image" || kind === "video" ? parts(draft.sizes) : [],
    lengths: kind === "video" ? lengths : [],
  };
}
