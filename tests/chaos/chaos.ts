import { ensureBuilt } from "../support/ensure-built.ts";
import { faults } from "./faults/all-faults.ts";
import type { Fault } from "./faults/fault.ts";
import { readOptions } from "./options.ts";
import { expectEmptyQueue, settle } from "./settle.ts";
import { type FaultSummary, summarise } from "./summary.ts";
import { openWorld, type World } from "./world.ts";

/**
 * Injects faults into the whole app under load, one after the other, and looks after each whether anything was
 * lost: `npm run chaos -- [--only name,name] [--seconds 600] [--seed 1]`. docs/chaos.md says what each fault is.
 * The exit code is 1 when there was any finding.
 */

const options = readOptions(process.argv.slice(2));
const unknown = options.only?.filter((name) => !faults.some((fault) => fault.name === name)) ?? [];
if (unknown.length > 0)
  throw new RangeError(
    `There is no fault ${unknown.join(", ")}. There are: ${faults.map(({ name }) => name).join(", ")}.`,
  );
ensureBuilt();
const world = await openWorld(options);
const summaries: FaultSummary[] = [];
const limit = setTimeout(() => void endEarly(`did not end within ${options.seconds} s`), msLeft());
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void endEarly("was ended by hand"));

for (const fault of faults) {
  if (options.only && !options.only.includes(fault.name)) continue;
  summaries.push(await inject(fault, world));
}
world.history.fault = "end";
await orFinding("the queue could not be looked at", () => expectEmptyQueue(world));
clearTimeout(limit);
await end();

async function inject(fault: Fault, world: World): Promise<FaultSummary> {
  const { history, sender, merchants, ledger } = world;
  const [startedMs, before] = [history.elapsedMs, ledger.acknowledged];
  history.fault = fault.name;
  history.note("begin");
  process.stdout.write(`${fault.name}: ${fault.title}\n`);
  sender.start();
  merchants.start();
  const injected = await orFinding("the fault came to nothing", () => fault.run(world));
  const settled = await orFinding("the end could not be looked at", () => settle(world));
  const summary = {
    name: fault.name,
    injected: injected ?? "–",
    seconds: Math.round((history.elapsedMs - startedMs) / 1_000),
    deliveries: ledger.acknowledged - before,
    answers: sender.takeAnswers(),
    readyMs: settled?.readyMs ?? null,
    findings: history.findingsOf(fault.name).length,
  };
  history.note("end", summary);
  process.stdout.write(`  ${summary.injected}; ${summary.seconds} s, ${summary.findings} findings\n`);
  return summary;
}

/** Whatever is thrown is told like any other finding, and the run goes on. */
async function orFinding<T>(what: string, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    world.history.find(`${what}: ${error}`, { stack: error instanceof Error ? error.stack : null });
    return null;
  }
}

/** The time limit counts from the start of the program's work, its own processes' start included. */
function msLeft(): number {
  return Math.max(0, options.seconds * 1_000 - world.history.elapsedMs);
}

/** A run that takes longer than it may is itself a finding. */
async function endEarly(reason: string): Promise<void> {
  world.history.find(`the run ${reason}`);
  await end();
}

async function end(): Promise<void> {
  const { history } = world;
  const text = summarise(world, summaries);
  history.note("summary", { findings: history.findings.length, deliveries: world.ledger.acknowledged });
  process.stdout.write(`\n${text}\n`);
  await world.close();
  process.exit(history.findings.length > 0 ? 1 : 0);
}
