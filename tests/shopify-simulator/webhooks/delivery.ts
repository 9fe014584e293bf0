import { randomUUID } from "node:crypto";
import type { Faults } from "../knobs.ts";

export type DeliveryStatus = "pending" | "delivered" | "failed" | "dropped";

export interface Delivery {
  /** Our own number, for the list; the webhook id is shared by duplicates. */
  id: number;
  shop: string;
  topic: string;
  webhookId: string;
  eventId: string;
  triggeredAt: string;
  orderId: string | null;
  body: string;
  status: DeliveryStatus;
  attempts: number;
  statusCode: number | null;
  error: string | null;
  duplicateOf: number | null;
  finishedAt: string | null;
  faults: Faults;
}

let lastMicroseconds = 0n;

/** Now, with microseconds and never twice the same: receivers break ties between equal `updated_at` with it. */
export function triggeredNow(): string {
  const wall = BigInt(Date.now()) * 1000n;
  lastMicroseconds = wall > lastMicroseconds ? wall : lastMicroseconds + 1n;
  const milliseconds = new Date(Number(lastMicroseconds / 1000n)).toISOString().slice(0, -1);
  return `${milliseconds}${String(lastMicroseconds % 1000n).padStart(3, "0")}Z`;
}

interface NewDelivery
  extends Pick<Delivery, "shop" | "topic" | "body" | "eventId" | "triggeredAt" | "orderId" | "faults"> {
  id: number;
}

export const createDelivery = (fields: NewDelivery): Delivery => ({
  ...fields,
  webhookId: randomUUID(),
  status: "pending",
  attempts: 0,
  statusCode: null,
  error: null,
  duplicateOf: null,
  finishedAt: null,
});
