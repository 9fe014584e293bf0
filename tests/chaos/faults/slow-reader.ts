import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { notifyShop } from "../../../app/live/notify-shop.server.ts";
import { until } from "../wait.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";
import { countStreams, residentMb } from "./measure.ts";

const readers = 40;
const limitMs = 90_000;

/** What the process may grow by. What the readers have not read, were it kept, would be several times as much. */
const allowedMb = 128;

/** Always the same orders: hints that meet on their way become one, and with more orders it would say none of them. */
const orderIds = Array.from({ length: 120 }, () => randomUUID());

/** Connections that ask for a stream and then never read a byte of it. */
export const slowReader: Fault = {
  name: "slow-reader",
  title: "readers of a stream that do not read",
  async run(world) {
    const { fleet, history } = world;
    const web = fleet.webs[0];
    if (!web) throw new Error("no web process runs");
    const { url, process } = web;
    const before = { streams: await countStreams(url), mb: residentMb(process.pid) };
    const sockets = await Promise.all(Array.from({ length: readers }, () => openUnread(world, url)));
    const opened = await until(async () => (await countStreams(url)) >= before.streams + readers, 20_000);
    if (opened === null) history.find(`only ${await countStreams(url)} streams were opened`);
    let peakMb = 0;
    const gone = await until(async () => {
      tell(world);
      await sleep(40);
      peakMb = Math.max(peakMb, residentMb(process.pid));
      return (await countStreams(url)) <= before.streams + world.readers.length; // which may have moved
    }, limitMs);
    for (const socket of sockets) socket.destroy();
    const grownMb = Math.round(peakMb - before.mb);
    history.note("slow readers", { before, peakMb, cutOffAfterMs: gone });
    if (gone === null) history.find(`readers that do not read were still held after ${limitMs / 1_000} s`);
    if (grownMb > allowedMb)
      history.find(`the process grew by ${grownMb} MB for ${readers} readers that do not read`);
    return `${readers} of them cut off after ${((gone ?? limitMs) / 1_000).toFixed(0)} s, ${grownMb} MB more at the peak`;
  },
};

/** A hint as a change of many orders makes it: thirteen kilobytes for each stream. */
function tell({ db, strangeShop: { shopId } }: World): void {
  notifyShop(db, { shopId, change: 1, orders: orderIds.map((id) => ({ id, version: 1 })) });
}

async function openUnread({ token, strangeShop }: World, url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => {}); // it is cut off, that is the point
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  socket.pause();
  socket.write(
    `GET /app/live HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token(strangeShop)}\r\n\r\n`,
  );
  return socket;
}
