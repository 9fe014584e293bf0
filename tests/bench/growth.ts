import { seedOrderHistory } from "../../drizzle/seeds/order-history.ts";
import { type Ingested, ingest } from "./ingest.ts";
import { type Heard, listen } from "./live.ts";
import { interleave, type Rounds } from "./load/rounds.ts";
import { median } from "./load/samples.ts";
import { isQuiet, type Noise } from "./load/usage.ts";
import { measure } from "./measure.ts";
import { describeRounds, rounded, type Section, whole } from "./report/section.ts";
import type { Stand } from "./stand.ts";

const sizes = [10_000, 100_000, 1_000_000];
const shopCounts = [1, 10, 1_000];

interface Grown {
  orders: number;
  ingested: Ingested[];
  heard: Heard;
  pageMs: number;
}

/** One shop that grows from ten thousand orders to a million: what becomes slower? Takes a quarter of an hour. */
export async function measureGrowth(stand: Stand): Promise<Section> {
  const { ours, cluster } = stand;
  const [domain = ""] = await ours.addShops(1);
  const grown: Grown[] = [];
  let stored = 0;
  await ingest(ours, [domain], Math.round(2_000 * stand.scale));
  for (const size of sizes.map((one) => Math.round(one * stand.scale))) {
    stand.report(`growth: filling the shop to ${whole(size)} orders`);
    await seedOrderHistory({ databaseUrl: cluster.url, domain, orders: size - stored, seed: size });
    stored = size;
    await cluster.sql`vacuum analyze`;
    // Else what filling has left to write is written while we measure.
    await cluster.sql`checkpoint`;
    const count = Math.round(5_000 * stand.scale);
    const ingested: Ingested[] = [];
    for (let round = 0; round < stand.rounds; round += 1) ingested.push(await ingest(ours, [domain], count));
    const heardOf = {
      shopDomain: domain,
      rate: 20,
      count: Math.max(5, Math.round(200 * stand.scale)),
      screens: 1,
    };
    const heard = await listen(ours, heardOf);
    const page = await measure(Math.max(5, Math.round(50 * stand.scale)), () =>
      ours.readPage(domain, "/app/orders"),
    );
    grown.push({ orders: size, ingested, heard, pageMs: page.p50 });
    stand.report(
      `growth, ${whole(size)} orders: ${rounded(cpuOf(ingested))} CPU ms each, page ${rounded(page.p50, 1)} ms`,
    );
  }
  const noise = grown.flatMap(({ ingested, heard }) => [...ingested, heard]);
  const figures: [string, (one: Grown) => number][] = [
    ["milliseconds of a delivery until applied", ({ ingested }) => 1_000 / rateOf(ingested)],
    ["CPU ms of a delivery", ({ ingested }) => cpuOf(ingested)],
    ["acknowledged p99, ms", ({ ingested }) => median(ingested.map(({ ackMs }) => ackMs.p99))],
    ["delivery → event at 20/s, p50, ms", ({ heard }) => heard.ms.p50],
    ["first page of the list, p50, ms", ({ pageMs }) => pageMs],
  ];
  const [smallest, largest] = [grown[0], grown.at(-1)];
  const worst = Math.max(
    ...figures.map(([, read]) => (smallest && largest ? read(largest) / read(smallest) : Number.NaN)),
  );
  return {
    name: "growth",
    title: "Growth: orders",
    wasNoisy: !noise.every(isQuiet),
    words: [
      "One shop of one database, filled up between the measurements, so the sizes follow each other and do not take turns. Ingest and live updates as above, at that shop.",
      describeRounds(asRounds(noise)),
    ],
    goals: [
      {
        what: "1 M orders against 10 K, any figure",
        ...{ least: 1.5, goal: 1.1, better: "lower" },
        seen: worst,
      },
    ],
    tables: [
      {
        head: ["orders", ...grown.map(({ orders }) => whole(orders)), "largest : smallest"],
        rows: figures.map(([name, read]) => [
          name,
          ...grown.map((one) => rounded(read(one))),
          smallest && largest ? rounded(read(largest) / read(smallest)) : "",
        ]),
      },
    ],
  };
}

/** The same deliveries for one shop, ten and a thousand. */
export async function measureShops(stand: Stand): Promise<Section> {
  const count = Math.round(5_000 * stand.scale);
  const shops = new Map<string, string[]>();
  for (const wanted of shopCounts) shops.set(String(wanted), await stand.ours.addShops(wanted));
  const names = [...shops.keys()];
  const rounds = await interleave(names, stand.rounds, async (name, round) => {
    const result = await ingest(stand.ours, shops.get(name) ?? [], count);
    stand.report(
      `shops, round ${round}, ${name}: ${whole(result.appliedPerSecond)}/s, ${rounded(result.cpuMsPerDelivery)} CPU ms each`,
    );
    return result;
  });
  const of = (name: string, read: (result: Ingested) => number) =>
    median(rounds.counted.flatMap((round) => (round[name] ? [read(round[name])] : [])));
  const rate = ({ appliedPerSecond }: Ingested) => appliedPerSecond;
  return {
    name: "growth-shops",
    title: "Growth: shops",
    wasNoisy: rounds.wasNoisy,
    words: [`${whole(count)} deliveries, their orders going to the shops in turn.`, describeRounds(rounds)],
    goals: [
      {
        what: "1,000 shops against 1, time of a delivery",
        ...{ least: 1.5, goal: 1.1, better: "lower" },
        seen: of("1", rate) / of("1000", rate),
      },
    ],
    tables: [
      {
        head: ["shops", "accepted/s", "applied/s", "CPU ms each", "acknowledged p99, ms"],
        rows: names.map((name) => [
          whole(Number(name)),
          whole(of(name, ({ acceptedPerSecond }) => acceptedPerSecond)),
          whole(of(name, rate)),
          rounded(of(name, ({ cpuMsPerDelivery }) => cpuMsPerDelivery)),
          rounded(
            of(name, ({ ackMs }) => ackMs.p99),
            1,
          ),
        ]),
      },
    ],
  };
}

const rateOf = (ingested: Ingested[]) => median(ingested.map(({ appliedPerSecond }) => appliedPerSecond));
const cpuOf = (ingested: Ingested[]) => median(ingested.map(({ cpuMsPerDelivery }) => cpuMsPerDelivery));

function asRounds(noise: Noise[]): Rounds<"ours", Noise> {
  const counted = noise.map((one) => ({ ours: one }));
  return { counted, run: counted.length, wasNoisy: !noise.every(isQuiet) };
}
