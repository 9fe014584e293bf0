import { setTimeout as sleep } from "node:timers/promises";
import { HttpConnection } from "./http-connection.ts";
import type { PlannedDelivery } from "./plan-deliveries.ts";

export interface Sent {
  /** When the first one left, as `performance.now()` counts. */
  startedAt: number;
  seconds: number;
  accepted: number;
  /** Answers that were not 2xx, and connections that broke. */
  refused: number;
  /** Milliseconds from sending to the whole answer, of those accepted, in the order they were answered. */
  ackMs: number[];
}

export interface SendOptions {
  port: number;
  /** Connections with one request under way on each. */
  connections: number;
  /** Deliveries a second, evenly spaced; the delay counts from when each should have left. Without it: as fast as it goes. */
  rate?: number;
  /** Hears of each delivery as it leaves. */
  onSend?: (delivery: PlannedDelivery) => void;
}

/** Sends deliveries in their order, each once. */
export async function sendDeliveries(
  deliveries: PlannedDelivery[],
  { port, connections, rate, onSend }: SendOptions,
): Promise<Sent> {
  const sent: Sent = { startedAt: performance.now(), seconds: 0, accepted: 0, refused: 0, ackMs: [] };
  let next = 0;
  const lane = async () => {
    const connection = new HttpConnection(port);
    for (;;) {
      const index = next++;
      const delivery = deliveries[index];
      if (!delivery) break;
      const plannedAt = rate ? sent.startedAt + (index * 1_000) / rate : performance.now();
      const early = plannedAt - performance.now();
      if (early > 0) await sleep(early);
      onSend?.(delivery);
      const status = await connection.send(delivery.request).catch(() => 0);
      if (status >= 200 && status < 300) {
        sent.accepted += 1;
        sent.ackMs.push(performance.now() - (rate ? plannedAt : Math.max(plannedAt, sent.startedAt)));
      } else sent.refused += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, lane));
  sent.seconds = (performance.now() - sent.startedAt) / 1_000;
  return sent;
}
