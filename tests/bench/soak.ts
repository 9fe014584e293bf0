import { setTimeout as sleep } from "node:timers/promises";
import { ingest, untilApplied } from "./ingest.ts";
import { planDeliveries } from "./load/plan-deliveries.ts";
import { median, summarise } from "./load/samples.ts";
import { sendDeliveries } from "./load/send-deliveries.ts";
import { isQuiet, residentMb, startMeter } from "./load/usage.ts";
import { describeRounds, rounded, type Section, whole } from "./report/section.ts";
import { nextSeed, type Stand } from "./stand.ts";
import { warmUp } from "./warm-up.ts";

const minutes = 10;
const sampleMs = 5_000;

/** Deliveries are planned piece by piece: all of them at once would fill the sender. */
const pieceSeconds = 15;

/** Ten minutes at half of what the machine takes: does memory grow, does the answer become slower? */
export async function measureSoak(stand: Stand): Promise<Section> {
  const { ours, shopDomain } = stand;
  await warmUp(stand);
  const quick = await ingest(ours, [shopDomain], Math.round(5_000 * stand.scale));
  const rate = Math.max(10, Math.round(quick.appliedPerSecond / 2));
  const seconds = Math.max(30, minutes * 60 * stand.scale);
  const pieces = Math.ceil(seconds / pieceSeconds);
  const memory: { web: number; worker: number }[] = [];
  const ackMs: number[][] = [];
  let refused = 0;
  let going = true;
  const sampling = (async () => {
    while (going) {
      memory.push({ web: residentMb(ours.webPid), worker: residentMb(ours.workerPid()) });
      await sleep(sampleMs);
    }
  })();
  const readUsage = startMeter(ours.processes());
  const { target, secret } = ours;
  for (let piece = 0; piece < pieces; piece += 1) {
    const count = rate * pieceSeconds;
    const plan = planDeliveries({ count, seed: nextSeed(), shopDomains: [shopDomain], target, secret });
    const countOpen = await ours.follow(plan);
    const sent = await sendDeliveries(plan.deliveries, { port: Number(target.port), connections: 32, rate });
    ackMs.push(sent.ackMs);
    refused += sent.refused;
    if (sent.refused === 0) await untilApplied(countOpen);
  }
  const usage = readUsage();
  going = false;
  await sampling;
  const half = Math.floor(pieces / 2);
  const first = summarise(ackMs.slice(0, half).flat());
  const second = summarise(ackMs.slice(half).flat());
  const growth = (key: "web" | "worker") => growthOf(memory.map((one) => one[key]));
  const worst = Math.max(growth("web"), growth("worker"));
  return {
    name: "soak",
    title: "Soak",
    wasNoisy: !isQuiet(usage),
    words: [
      `${rounded(seconds / 60, 1)} minutes at ${rate} deliveries a second, half of what was applied at full speed just before, with a pause of a moment every ${pieceSeconds} s while the sender prepares. Growth compares the median resident size in the last fifth with that in the second fifth; ${whole(refused)} answers were not 2xx.`,
      describeRounds({ counted: [{ ours: usage }], run: 1, wasNoisy: !isQuiet(usage) }),
    ],
    goals: [
      {
        what: "ten minutes at half load: memory growth",
        ...{ least: 20, goal: 10, better: "lower", unit: " %" },
        seen: worst,
      },
      {
        what: "ten minutes at half load: p99 second half : first",
        ...{ least: 1.5, goal: 1.2, better: "lower" },
        seen: second.p99 / first.p99,
      },
    ],
    tables: [
      {
        head: ["", "first half", "second half"],
        rows: [
          [
            "acknowledged p50 / p99, ms",
            ...[first, second].map(({ p50, p99 }) => `${rounded(p50, 1)} / ${rounded(p99, 1)}`),
          ],
        ],
      },
      {
        head: ["", "MB in the second fifth", "MB in the last fifth", "growth"],
        rows: (["web", "worker"] as const).map((key) => {
          const { early, late } = fifths(memory.map((one) => one[key]));
          return [key, whole(early), whole(late), `${rounded(growth(key), 1)} %`];
        }),
      },
    ],
  };
}

function fifths(samples: number[]): { early: number; late: number } {
  const fifth = Math.max(1, Math.floor(samples.length / 5));
  return { early: median(samples.slice(fifth, fifth * 2)), late: median(samples.slice(-fifth)) };
}

function growthOf(samples: number[]): number {
  const { early, late } = fifths(samples);
  return (late / early - 1) * 100;
}
