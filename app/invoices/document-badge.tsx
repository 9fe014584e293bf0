import { Badge, type Pip } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";
import { type PaymentState, stateLabels } from "./document-row.ts";

const looks: Record<PaymentState, { tone: Tone; pip: Pip }> = {
  issued: { tone: "info", pip: "empty" },
  partly_paid: { tone: "warning", pip: "half" },
  paid: { tone: "success", pip: "full" },
  overdue: { tone: "critical", pip: "empty" },
  credited: { tone: "neutral", pip: "cross" },
};

/** Where payment of a document stands. */
export function DocumentBadge({ state }: { state: PaymentState }) {
  const { tone, pip } = looks[state];
  return (
    <Badge tone={tone} pip={pip}>
      {stateLabels[state]}
    </Badge>
  );
}
