import { setTimeout as sleep } from "node:timers/promises";
import { startTcpProxy } from "../../support/tcp-proxy.ts";
import { Reader, readList } from "../reader.ts";
import { until } from "../wait.ts";
import type { Fault } from "./fault.ts";

const cutSeconds = 30;
const changes = 500;

/** From the network's return until the page shows what the server has. */
const allowedMs = 2_000;

/** A browser loses its network while its shop goes on. The reader is the browser's own code on a line that is cut. */
export const readerCutOff: Fault = {
  name: "reader-cut-off",
  title: `a browser cut off for ${cutSeconds} s while ${changes} changes commit`,
  async run({ fleet, token, shops, ledger, sender, merchants, history, scaled }) {
    const [shop] = shops;
    // A list that goes on changing is never equal to anything.
    await Promise.all([sender.stop(), merchants.stop()]);
    const line = await startTcpProxy({ host: "127.0.0.1", port: fleet.proxy.port });
    const reader = new Reader({ url: `http://127.0.0.1:${line.port}`, token: () => token(shop) });
    const server = () => readList({ url: fleet.url, token: () => token(shop) });
    const isRight = async () => reader.page === (await server());
    try {
      if ((await until(isRight, 20_000)) === null) history.find("the reader never showed the list");
      history.note("cut the line");
      line.cut();
      reader.networkLost();
      const backAt = performance.now() + scaled(cutSeconds * 1_000, 5_000);
      const messages = Array.from({ length: scaled(changes, 50) }, () => ledger.nextMessage(shop));
      await sender.deliverAll(messages);
      await sleep(Math.max(0, backAt - performance.now()));
      if (await isRight()) history.find("the line was not cut: the reader shows what it cannot know");
      line.mend();
      const startedAt = performance.now();
      reader.wake();
      await until(isRight, 20_000);
      const tookMs = Math.round(performance.now() - startedAt);
      history.note("the reader is right again", { tookMs });
      if (tookMs > allowedMs) history.find(`the reader was right only ${tookMs} ms after its line was back`);
      return `${messages.length} changes without it, right again after ${tookMs} ms`;
    } finally {
      reader.stop();
      await line.close();
    }
  },
};
