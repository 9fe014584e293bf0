import { z } from "zod";

const change = z.number().int().min(0);

/** What the server says on the stream; see live-stream.server.ts. */
const liveEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), change }),
  z.object({ type: z.literal("heartbeat"), change }),
  z.object({ type: z.literal("ORDER_SYNCED"), orderId: z.string(), version: z.number(), change }),
  /** Somebody has come to the order, left it or gone to another field of it. */
  z.object({ type: z.literal("PRESENCE"), orderId: z.string() }),
  /** An invoice or a credit note was issued, or stands differently now. */
  z.object({ type: z.literal("DOCUMENT_CHANGED"), documentId: z.string(), change }),
  z.object({ type: z.literal("resync") }),
  z.object({ type: z.literal("reconnect") }),
  z.object({ type: z.literal("ended") }),
]);

export type LiveEvent = z.infer<typeof liveEventSchema>;

/** @returns null for an event of a newer server that this page does not know */
export function parseLiveEvent(message: { event?: string; data: string }): LiveEvent | null {
  const data: unknown = JSON.parse(message.data);
  const event = liveEventSchema.safeParse({ ...Object(data), type: message.event });
  return event.success ? event.data : null;
}
