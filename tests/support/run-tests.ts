/**
 * The one gate, the same on a laptop and in CI: `npm test`.
 *
 * A failing step does not stop the run, so that one run shows everything there is to fix. The last line is
 * `N passed, N failed`: every test, plus one for each step that is not made of tests.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./repository-root.ts";
import { runStep } from "./run-step.ts";
import { type Counts, countPlaywright, countReport, countVitest } from "./test-counts.ts";

type Step = {
  name: string;
  /** What to do about a failure. */
  fix: string;
  /** Needs what `npm run build` makes. */
  needsBuild?: true;
  run(): Promise<Counts>;
};

const reports = join(repositoryRoot, "test-results", "reports");

const gate = async (program: string, ...args: string[]): Promise<Counts> =>
  (await runStep(program, args)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

async function vitest(...projects: string[]): Promise<Counts> {
  const report = join(reports, `vitest-${projects.join("-")}.json`);
  const selection = projects.flatMap((project) => ["--project", project]);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const succeeded = await runStep("vitest", ["run", ...selection, ...reporters]);
  return notBetterThan(succeeded, countReport(report, countVitest));
}

async function journeys(): Promise<Counts> {
  const report = join(reports, "playwright.json");
  const succeeded = await runStep("node", ["tests/support/run-journeys.ts"], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return notBetterThan(succeeded, countReport(report, countPlaywright));
}

/** A process that failed without a failed test, in a teardown for instance, still fails the gate. */
function notBetterThan(succeeded: boolean, { passed, failed }: Counts): Counts {
  return { passed, failed: succeeded || failed > 0 ? failed : 1 };
}

const buildStep = "build";
const steps: Step[] = [
  {
    name: "format",
    fix: "npm run format",
    run: () => gate("biome", "check", "--linter-enabled=false", "."),
  },
  {
    name: "lint",
    fix: "npm run lint shows the lines; npx biome lint --write . repairs what is safe to repair",
    run: () => gate("biome", "lint", "--error-on-warnings", "."),
  },
  { name: "types", fix: "npm run typecheck shows the lines", run: () => gate("tsc") },
  {
    name: "tests",
    fix: "npm run test:unit -- <part of the file name>",
    run: () => vitest("unit", "pg"),
  },
  {
    name: buildStep,
    fix: "npm run build",
    run: () => gate("node", "tests/support/ensure-built.ts"),
  },
  {
    name: "bundle and import rules",
    fix: "npm run test:unit -- --project build",
    needsBuild: true,
    run: () => vitest("build"),
  },
  {
    name: "flows",
    fix: "npm run test:unit -- --project flows",
    needsBuild: true,
    run: () => vitest("flows"),
  },
  {
    name: "browser journeys",
    fix: "npm run test:e2e; screenshots are under test-results/",
    needsBuild: true,
    run: journeys,
  },
];

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const failures: Step[] = [];
const total: Counts = { passed: 0, failed: 0 };
for (const step of steps) {
  const startedAt = performance.now();
  process.stdout.write(`\n=== ${step.name}\n`);
  const built = !failures.some(({ name }) => name === buildStep);
  if (step.needsBuild && !built) process.stdout.write("Not run, because the build failed.\n");
  const { passed, failed } = step.needsBuild && !built ? { passed: 0, failed: 1 } : await step.run();
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(step);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`=== ${step.name}: ${passed} passed, ${failed} failed (${seconds} s)\n`);
}

process.stdout.write("\n");
for (const { name, fix } of failures) process.stdout.write(`${name} failed. To fix it: ${fix}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
