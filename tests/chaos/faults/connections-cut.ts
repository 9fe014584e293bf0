import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";

const cuts = 50;

/** Connections to the database end at any moment, some or all of them, the listening ones too. */
export const connectionsCut: Fault = {
  name: "connections-cut",
  title: "PostgreSQL's connections cut fifty times",
  async run({ database, history, random, scaled }) {
    let ended = 0;
    const times = scaled(cuts, 5);
    for (let cut = 0; cut < times; cut += 1) {
      await sleep(random.integer(50, 700));
      const share = random.pick([0.3, 0.7, 1]);
      const connections = await database.cutConnections(share);
      history.note("cut", { share, connections });
      ended += connections;
    }
    return `${times} cuts, ${ended} connections ended`;
  },
};
