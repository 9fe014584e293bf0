import type { LoaderFunctionArgs } from "@remix-run/node";
import { readLastChange } from "../live/last-change.server.ts";
import { maxStreamsPerShop, openLiveStream } from "../live/live-stream.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** The shop's changes as server-sent events. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const { shopId } = await requireShop({ request, context });
  const { db, hub } = webProcess();
  if (hub.streamCountOf(shopId) >= maxStreamsPerShop) {
    return new Response("This shop has too many open screens on this server.", {
      status: 429,
      headers: { "Retry-After": "30" },
    });
  }
  return openLiveStream(hub, shopId, await readLastChange(db, shopId), context.closed, context);
}
