import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";

const crashes = 10;
const readyLimitMs = 45_000;

/** The server ends without warning, by turns as if the machine had lost it and by an "immediate" stop. */
export const databaseCrashed: Fault = {
  name: "database-crashed",
  title: "PostgreSQL crashes ten times",
  async run({ database, fleet, history, random, scaled }) {
    const times = scaled(crashes, 2);
    const readyMs: number[] = [];
    for (let crash = 0; crash < times; crash += 1) {
      await sleep(random.integer(300, 1_500));
      const signal = crash % 2 === 0 ? "SIGKILL" : "SIGQUIT";
      history.note("crash the database", { signal });
      await database.crash(signal);
      await database.start();
      const ready = await fleet.untilReady(readyLimitMs);
      history.note("back", { readyMs: ready });
      if (ready === null) history.find(`not ready ${readyLimitMs / 1_000} s after a crash`);
      else readyMs.push(ready);
    }
    return `${times} crashes; all ready again after ${Math.max(...readyMs) / 1_000} s at most`;
  },
};
