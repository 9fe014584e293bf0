import type { ShopId } from "../shops/shop.ts";
import type { LiveHub } from "./live-hub.server.ts";

/** A stream's life. The session token is checked when it opens, so it must come back with a new one now and then. */
const maxLifeMs = 5 * 60_000;

/** A reader this far behind is cut off: it reconnects and reads again, and the process keeps its memory. */
const maxUnreadBytes = 256 * 1024;

/** A shop's streams on one process. A browser opens one, however many tabs it has. */
export const maxStreamsPerShop = 500;

const encoder = new TextEncoder();

interface Connection {
  unsentBytes(): number;
  cutOff(): void;
}

/**
 * A shop's changes as server-sent events:
 * `hello` and `heartbeat` carry the shop's last change number, `ORDER_SYNCED` an order's id and version,
 * `PRESENCE` an order whose readers have changed, `DOCUMENT_CHANGED` a document's id, `resync` asks to read again, `reconnect` to come back at once, `ended` not to come back.
 *
 * remix-utils' `eventStream` is not used because it cannot see how far behind its reader is.
 *
 * @param closed aborts when the connection is gone
 * @param connection what Remix has written to it and nobody has read: Remix empties this stream whether or not the
 *   connection takes it, so the stream alone does not see a reader that does not read
 */
export function openLiveStream(
  hub: LiveHub,
  shopId: ShopId,
  lastChange: number,
  closed: AbortSignal,
  connection: Connection = { unsentBytes: () => 0, cutOff: () => {} },
): Response {
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let open = true;
        const send = (text: string) => {
          if (!open || text === "") return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) > 0 && connection.unsentBytes() <= maxUnreadBytes) return;
          stop();
          connection.cutOff();
        };
        const sendAway = () => {
          send(event("reconnect", {}));
          stop();
        };
        const unsubscribe = hub.subscribe(shopId, {
          changed: ({ change, orders, presences = [], documents = [] }) => {
            send(presences.map((orderId) => event("PRESENCE", { orderId })).join(""));
            const changed = documents.map((documentId) =>
              event("DOCUMENT_CHANGED", { documentId, change }, change),
            );
            send(changed.join(""));
            if (!orders) return send(event("resync", { change }, change));
            if (orders.length === 0 && documents.length > 0) return;
            // Something beside the orders: the number alone makes the screens read again.
            if (orders.length === 0) return send(event("heartbeat", { change }));
            send(
              orders
                .map((order) =>
                  event("ORDER_SYNCED", { orderId: order.id, version: order.version, change }, change),
                )
                .join(""),
            );
          },
          resync: () => send(event("resync", {})),
          heartbeat: (change) => send(event("heartbeat", { change })),
          ended: () => {
            send(event("ended", {}));
            stop();
          },
          restarting: sendAway,
        });
        const timer = setTimeout(sendAway, maxLifeMs * (0.9 + Math.random() / 5));
        stop = () => {
          if (!open) return;
          open = false;
          clearTimeout(timer);
          unsubscribe();
          closed.removeEventListener("abort", stop);
          controller.close();
        };
        closed.addEventListener("abort", stop);
        send(`retry: 2000\n${event("hello", { change: lastChange })}`);
        if (closed.aborted) stop();
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: maxUnreadBytes }),
  );
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

function event(name: string, data: object, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
