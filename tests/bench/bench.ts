import { parseArgs } from "node:util";
import { measureBurst } from "./burst.ts";
import { measureDrain } from "./drain.ts";
import { measureFairness } from "./fairness.ts";
import { measureGrowth, measureShops } from "./growth.ts";
import { measureIngest } from "./ingest.ts";
import { measureLive } from "./live.ts";
import { measureNotifier } from "./notifier.ts";
import { describeOrigin } from "./report/origin.ts";
import type { Section } from "./report/section.ts";
import { keepSection } from "./report/write-benchmarks.ts";
import { measureSoak } from "./soak.ts";
import { openStand, type Stand } from "./stand.ts";
import { measureStreams } from "./streams.ts";

/** `npm run bench`: measures the product beside the machine's limits and the comparable stack, and writes the page. */

type Measure = (stand: Stand) => Promise<Section>;

/** Some minutes together. Streams come first: a process that has worked holds memory that idle streams would reuse. */
const short: Record<string, Measure> = {
  streams: measureStreams,
  ingest: measureIngest,
  burst: measureBurst,
  drain: measureDrain,
  live: measureLive,
  notifier: measureNotifier,
  fairness: measureFairness,
};

/** Asked for by name only. */
const long: Record<string, Measure> = {
  soak: measureSoak,
  growth: measureGrowth,
  "growth-shops": measureShops,
};

/** Nothing is compared in these. */
const alone = new Set(["notifier", "fairness", "streams", ...Object.keys(long)]);

const help = `npm run bench -- [option ...]

  --only NAME          one of ${[...Object.keys(short), ...Object.keys(long)].join(", ")}; may be repeated
  --soak               ten minutes at half load
  --growth             10,000 to 1,000,000 orders, 1 to 1,000 shops
  --rounds N           rounds that count (3)
  --comparison FOLDER  where the comparable stack is (../shared/bench when that is there, or BENCH_COMPARISON)
  --no-peer            the product and the machine's limits alone
  --postgres FOLDER    the programs of a PostgreSQL (the newest in /usr/lib/postgresql, else the one npm installed)
  --scale S            a part of the usual load, to try the programs; nothing is written then
`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    soak: { type: "boolean", default: false },
    growth: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    comparison: { type: "string" },
    "no-peer": { type: "boolean", default: false },
    postgres: { type: "string" },
    scale: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

if (values.help) say(help);
else await run(chosen());

function chosen(): string[] {
  const longOnes = [...(values.soak ? ["soak"] : []), ...(values.growth ? ["growth", "growth-shops"] : [])];
  const names = [...(values.only ?? []), ...longOnes];
  return names.length > 0 ? names : Object.keys(short);
}

async function run(names: string[]): Promise<void> {
  const measures = names.map((name) => {
    const measure = short[name] ?? long[name];
    if (!measure) throw new Error(`There is no benchmark ${name}.\n\n${help}`);
    return { name, measure };
  });
  const scale = Number(values.scale);
  const stand = await openStand({
    comparisonFolder: values.comparison,
    postgresFolder: values.postgres,
    withPeer: !values["no-peer"] && names.some((name) => !alone.has(name)),
    scale,
    rounds: Number(values.rounds),
    report: say,
  });
  try {
    for (const { name, measure } of measures) {
      const origin = describeOrigin(stand.cluster.version, `npm run bench -- --only ${name}`);
      const section = await measure(stand);
      if (scale === 1) keepSection({ ...section, origin });
      else say(JSON.stringify(section, null, 2));
    }
  } finally {
    await stand.stop();
  }
}
