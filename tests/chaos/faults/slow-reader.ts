import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { notifyShop } from "../../../app/live/notify-shop.server.ts";
import { until } from "../wait.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";
import { countStreams, residentMb } from "./measure.ts";

const readers = 40;
const limitMs = 60_000;

/** What the process may grow by: for each reader what it may have unread, and as much again for the rest of its work. */
const allowedMb = 64;

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
      await sleep(60);
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

/** A hint as a change of a hundred orders makes it. */
function tell({ db, strangeShop: { shopId } }: World): void {
  const orders = Array.from({ length: 100 }, () => ({ id: randomUUID(), version: 1 }));
  notifyShop(db, { shopId, change: 1, orders });
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
