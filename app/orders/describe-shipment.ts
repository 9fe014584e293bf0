import type { Pip } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";
import { humanise } from "./describe-payment.ts";

const looks: Record<string, { label?: string; tone: Tone; pip: Pip }> = {
  delivered: { tone: "success", pip: "full" },
  attempted_delivery: { label: "Delivery attempted", tone: "warning", pip: "half" },
  delayed: { tone: "warning", pip: "half" },
  failure: { label: "Failed", tone: "critical", pip: "cross" },
  error: { label: "Failed", tone: "critical", pip: "cross" },
  cancelled: { tone: "neutral", pip: "cross" },
};

/** How a shipment's word (see shipmentWord) reads and looks. An unknown word of Shopify's is shown as it is. */
export function describeShipment(word: string): { label: string; tone: Tone; pip: Pip } {
  const { label = humanise(word), tone, pip } = looks[word] ?? { tone: "info", pip: "half" };
  return { label, tone, pip };
}
