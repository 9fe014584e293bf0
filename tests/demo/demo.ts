/**
 * `npm run demo`: the whole app with a made-up Shopify, from nothing but Node and npm.
 * `npm run dev` is the same with hot reload.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "../../drizzle/migrate.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { repositoryRoot } from "../support/repository-root.ts";
import { startDemoDatabase } from "./demo-database.ts";
import { demoSecrets } from "./demo-secrets.ts";
import { claimOnly } from "./only-one.ts";
import { prepareShops } from "./prepare-shops.ts";
import { type Stack, startStack } from "./start-stack.ts";
import { tailOf } from "./supervise.ts";

const dev = process.argv.includes("--dev");
const dataFolder = join(repositoryRoot, ".data");
const readyFile = join(dataFolder, "demo-ready");
const wantedSimulator = new URL(process.env.SHOPIFY_SIMULATOR_URL ?? "http://localhost:4010");
const wantedPorts = {
  web: Number(process.env.PORT ?? 3000),
  simulator: Number(wantedSimulator.port || 4010),
};
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Resolves at the first signal; later ones change nothing, so that the stopping itself is not cut short. */
const asked = new Promise<undefined>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve(undefined));
});

claimOnly(join(dataFolder, "demo.pid"));
process.exitCode = await run();

async function run(): Promise<number> {
  if (!dev) ensureBuilt();
  say("Starting PostgreSQL");
  const database = await startDemoDatabase(dataFolder);
  let stack: Stack | undefined;
  try {
    await migrate(database.url);
    say("Starting web, worker and the Shopify simulator");
    stack = await startStack({
      databaseUrl: database.url,
      ports: wantedPorts,
      simulatorHost: wantedSimulator.hostname,
      secrets: demoSecrets(join(dataFolder, "demo-secrets.json")),
      simulatorState: join(dataFolder, "simulator-state.json"),
      dev,
      logFolder: join(dataFolder, "logs"),
    });
    sayMovedPorts(stack);
    await prepareOnce(stack, database.identity);
    welcome(stack);
    return await runUntilAsked(stack);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  } finally {
    await stack?.stop();
    await database.stop();
    say("Stopped. The data is kept under .data/.");
  }
}

async function prepareOnce({ appUrl, simulatorUrl }: Stack, identity: string): Promise<void> {
  if (existsSync(readyFile) && readFileSync(readyFile, "utf8") === identity) return;
  say("Installing two demo shops and placing orders (first start only)");
  await prepareShops({ appUrl, simulatorUrl });
  writeFileSync(readyFile, identity);
}

function sayMovedPorts({ appUrl, simulatorUrl }: Stack): void {
  for (const [name, wanted, url] of [
    ["web", wantedPorts.web, appUrl],
    ["simulator", wantedPorts.simulator, simulatorUrl],
  ] as const) {
    const port = new URL(url).port;
    if (Number(port) !== wanted) say(`Port ${wanted} is taken; ${name} listens on ${port} instead.`);
  }
}

function welcome({ appUrl, simulatorUrl }: Stack): void {
  say("");
  say(`  Open        ${simulatorUrl}`);
  say("              the simulated Shopify admin: choose a shop, open the app, place and change orders");
  say(`  Outbox      ${simulatorUrl}/outbox  (e-mails of the app end there)`);
  say(`  The app     ${appUrl}  (opens only inside an admin)`);
  say("  Logs        .data/logs/");
  say("  Stop        Ctrl-C");
  say("");
}

async function runUntilAsked({ processes }: Stack): Promise<number> {
  const died = processes.map(async ({ ended, logFile }) => ({ sentence: await ended, logFile }));
  const first = await Promise.race([asked, ...died]);
  if (first === undefined) {
    say("\nStopping");
    return 0;
  }
  process.stderr.write(
    `${first.sentence}. Its log, ${first.logFile}, ends with:\n${tailOf(first.logFile)}\n`,
  );
  return 1;
}
