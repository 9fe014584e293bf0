import type { Pip } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";

const payments: Record<string, { tone: Tone; pip: Pip }> = {
  pending: { tone: "warning", pip: "empty" },
  authorized: { tone: "warning", pip: "half" },
  partially_paid: { tone: "warning", pip: "half" },
  paid: { tone: "neutral", pip: "full" },
  partially_refunded: { tone: "neutral", pip: "half" },
  refunded: { tone: "neutral", pip: "full" },
  voided: { tone: "neutral", pip: "cross" },
  expired: { tone: "critical", pip: "cross" },
};

/** How a payment state of Shopify's reads and looks. */
export function describePayment(financialStatus: string | null): { label: string; tone: Tone; pip?: Pip } {
  if (!financialStatus) return { label: "Payment unknown", tone: "neutral" };
  return { label: humanise(financialStatus), ...(payments[financialStatus] ?? { tone: "neutral" }) };
}

/** A payment state where nothing around it says that it is one: an order's own status may be "Pending" too. */
export function namePayment(financialStatus: string | null): string {
  const { label } = describePayment(financialStatus);
  return financialStatus ? `Payment: ${label}` : label;
}

/** `partially_refunded` → "Partially refunded". */
export function humanise(word: string): string {
  const text = word.replaceAll("_", " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
