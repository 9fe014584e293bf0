import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";

const kills = 10;

/** A process ends between two instructions, at any of them. */
export const processesKilled: Fault = {
  name: "processes-killed",
  title: "SIGKILL of workers and web processes at random moments",
  async run({ fleet, random, history, scaled }) {
    const done = { worker: 0, web: 0 };
    for (let kill = 0; kill < scaled(kills, 2); kill += 1) {
      await sleep(random.integer(200, 2_000));
      const kind = kill % 2 === 0 ? "worker" : "web";
      history.note("kill", { kind });
      if (kind === "worker") {
        await fleet.endWorker(random.pick(fleet.workers), "SIGKILL");
        await fleet.startWorker();
      } else {
        await fleet.endWeb(random.pick(fleet.webs), "SIGKILL");
        await fleet.startWeb();
      }
      done[kind] += 1;
    }
    return `${done.worker} workers and ${done.web} web processes killed`;
  },
};
