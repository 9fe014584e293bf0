import { setTimeout as sleep } from "node:timers/promises";
import type { Contender, ContenderName } from "./contenders/contender.ts";
import { planDeliveries } from "./load/plan-deliveries.ts";
import { interleave } from "./load/rounds.ts";
import { median } from "./load/samples.ts";
import { sendDeliveries } from "./load/send-deliveries.ts";
import { startMeter, type Usage } from "./load/usage.ts";
import { describeRounds, rounded, type Section, whole } from "./report/section.ts";
import { contendersOf, nextSeed, type Stand } from "./stand.ts";
import { warmUp } from "./warm-up.ts";

const pollMs = 20;

interface Drained extends Usage {
  perSecond: number;
  cpuMsPerDelivery: number;
}

/** A backlog: accepted while no worker runs, then applied by one that starts. */
export async function measureDrain(stand: Stand): Promise<Section> {
  const count = Math.round(6_000 * stand.scale);
  await warmUp(stand);
  const contenders = new Map(contendersOf(stand).map((one) => [one.name, one]));
  const rounds = await interleave([...contenders.keys()], stand.rounds, async (name, round) => {
    const contender = contenders.get(name);
    if (!contender) throw new Error(`${name} does not run`);
    const result = await drain(contender, stand.shopDomain, count);
    stand.report(`drain, round ${round}, ${name}: ${whole(result.perSecond)}/s`);
    return result;
  });
  const of = (name: ContenderName, read: (result: Drained) => number) =>
    median(rounds.counted.map((round) => read(round[name])));
  return {
    name: "drain",
    title: "Drain",
    wasNoisy: rounds.wasNoisy,
    words: [
      `${whole(count)} deliveries accepted while no worker runs; then the rate between the first and the last tenth, from when workers run. CPU is counted from the start of the worker.`,
      describeRounds(rounds),
      ...(stand.peerMissing ? [stand.peerMissing] : []),
    ],
    goals: [
      {
        what: "backlog drain : peer",
        ...{ least: 4, goal: 8, better: "higher" },
        seen: stand.peer
          ? median(rounds.counted.map((round) => round.ours.perSecond / round.peer.perSecond))
          : null,
      },
    ],
    tables: [
      {
        head: ["", "applied/s", "CPU ms each"],
        rows: [...contenders.keys()].map((name) => [
          name === "ours" ? "Atomic Orders" : name,
          whole(of(name, ({ perSecond }) => perSecond)),
          rounded(of(name, ({ cpuMsPerDelivery }) => cpuMsPerDelivery)),
        ]),
      },
    ],
  };
}

async function drain(contender: Contender, shopDomain: string, count: number): Promise<Drained> {
  await contender.stopWorkers();
  const { target, secret } = contender;
  const plan = planDeliveries({ count, seed: nextSeed(), shopDomains: [shopDomain], target, secret });
  const countOpen = await contender.follow(plan);
  await sendDeliveries(plan.deliveries, { port: Number(target.port), connections: 32 });
  await contender.startWorkers();
  const readUsage = startMeter(contender.processes());
  let first: { at: number; open: number } | null = null;
  let last = { at: 0, open: count };
  for (let open = await countOpen(); open > 0; open = await countOpen()) {
    const now = { at: performance.now(), open };
    if (open <= count * 0.9) first ??= now;
    if (open >= count * 0.1) last = now;
    await sleep(pollMs);
  }
  const usage = readUsage();
  const done = first && last.at > first.at ? first.open - last.open : Number.NaN;
  return {
    ...usage,
    perSecond: first ? done / ((last.at - first.at) / 1_000) : Number.NaN,
    cpuMsPerDelivery: usage.totalCpuMs / count,
  };
}
