// Amounts of money as they are written and read: US dollars on the screen, millionths of them in the core.

export const dollarsOf = (micros: number | null) => (micros === null ? "" : String(micros / 1e6));

/** Null for nothing written, undefined for what is no amount. */
export function microsOf(text: string): number | null | undefined {
  const trimmed = text.trim().replace(",", ".");
  if (trimmed === "") return null;
  const dollars = Number(trimmed);
  return Number.isFinite(dollars) && dollars >= 0 && dollars <= 4_000 ? Math.round(dollars * 1e6) : undefined;
}
