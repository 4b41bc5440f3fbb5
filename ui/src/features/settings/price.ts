// Prices as they are written and read.

import { type Key, money, t } from "../../i18n";
import { dollarsOf, microsOf } from "../../lib/dollars";
import type { ModelKind, PriceView } from "../../platform/types";

const TOLD: Record<ModelKind, Key> = {
  chat: "price_told.chat",
  image: "price_told.image",
  video: "price_told.video",
  speech: "price_told.speech",
};

/** The price as it is told in a row. */
export function told(kind: ModelKind, price: PriceView): string {
  switch (price.kind) {
    case "free":
      return t("models.free");
    case "unknown":
      return t("models.no_price");
    case "tokens":
      return t("models.tokens", { input: money(price.input), output: money(price.output) });
    case "each":
      return t(TOLD[kind], { price: money(price.micros) });
  }
}

/** What is written about a price. */
export interface Written {
  kind: "free" | "unknown" | "priced";
  each: string;
  input: string;
  output: string;
}

export function written(price: PriceView | undefined): Written {
  const empty: Written = { kind: "unknown", each: "", input: "", output: "" };
  if (!price) return empty;
  switch (price.kind) {
    case "each":
      return { ...empty, kind: "priced", each: dollarsOf(price.micros) };
    case "tokens":
      return { ...empty, kind: "priced", input: dollarsOf(price.input), output: dollarsOf(price.output) };
    default:
      return { ...empty, kind: price.kind };
  }
}

/** The price that is written; null when it is not one. */
export function read(kind: ModelKind, { kind: how, each, input, output }: Written): PriceView | null {
  if (how !== "priced") return { kind: how };
  if (kind !== "chat") {
    const micros = microsOf(each);
    return typeof micros === "number" ? { kind: "each", micros } : null;
  }
  const [into, out] = [microsOf(input), microsOf(output)];
  return typeof into === "number" && typeof out === "number" ? { kind: "tokens", input: into, output: out } : null;
}
