import { z } from "zod";
import { normaliseText } from "../normalise-text.ts";
import type { CreditChoice } from "./compose-credit-note.ts";
import { describeAmountError, parseAmount } from "./payment-form.ts";

export const creditWays = ["full", "lines", "amount"] as const;
export type CreditWay = (typeof creditWays)[number];

/** A credit note as a person asks for it. */
export interface TypedCredit {
  by: CreditWay;
  /** How many of each line, by its key. */
  quantities: Record<string, string>;
  amount: string;
  reason: string;
}

export type CreditErrors = Partial<Record<"quantities" | "amount" | "reason", string>>;

export interface ParsedCredit {
  choice: CreditChoice | { by: "full" };
  reason: string | null;
}

export const blankCredit: TypedCredit = { by: "full", quantities: {}, amount: "", reason: "" };

/** A document has far fewer lines; what is more is none of ours. */
const maxLines = 2_000;

const text = z.string().max(2_000).catch("");

/** Reads the posted form, or the same fields from an address. */
export function readTypedCredit(fields: FormData | URLSearchParams): TypedCredit {
  const quantities = fields.getAll("quantity");
  const lines = fields
    .getAll("line")
    .slice(0, maxLines)
    .map((line, place) => [text.parse(line), text.parse(quantities[place])] as const);
  return {
    by: z.enum(creditWays).catch("full").parse(fields.get("by")),
    quantities: Object.fromEntries(lines.filter(([line]) => line !== "")),
    amount: text.parse(fields.get("amount")),
    reason: text.parse(fields.get("reason")),
  };
}

/** The same fields for an address or for hidden inputs. */
export function listCreditFields({ by, quantities, amount, reason }: TypedCredit): [string, string][] {
  const lines = Object.entries(quantities).flatMap(([line, quantity]): [string, string][] => [
    ["line", line],
    ["quantity", quantity],
  ]);
  return [["by", by], ["amount", amount], ["reason", reason], ...lines];
}

/** Checks what was typed. Whether that much is left is the order's to say. */
export function parseTypedCredit(
  typed: TypedCredit,
  currency: string,
): { credit: ParsedCredit | null; errors: CreditErrors } {
  const errors: CreditErrors = {};
  const reason = normaliseText(typed.reason);
  if (reason && reason.length > 200) errors.reason = "A reason has at most 200 characters.";
  const choice = parseChoice(typed, currency, errors);
  if (!choice || Object.keys(errors).length > 0) return { credit: null, errors };
  return { credit: { choice, reason }, errors };
}

function parseChoice(
  typed: TypedCredit,
  currency: string,
  errors: CreditErrors,
): ParsedCredit["choice"] | null {
  if (typed.by === "full") return { by: "full" };
  if (typed.by === "amount") {
    const minor = parseAmount(typed.amount, currency);
    if (minor === null) errors.amount = describeAmountError(currency);
    return minor === null ? null : { by: "amount", amountMinor: String(minor) };
  }
  const lines: { key: string; quantity: number }[] = [];
  for (const [key, quantity] of Object.entries(typed.quantities)) {
    if (!/^\s*\d{0,6}\s*$/.test(quantity)) errors.quantities = "Write whole numbers.";
    else if (Number(quantity) > 0) lines.push({ key, quantity: Number(quantity) });
  }
  if (lines.length === 0) errors.quantities ??= "Say how many of at least one line.";
  return { by: "lines", lines };
}
