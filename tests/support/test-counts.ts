import { existsSync, readFileSync } from "node:fs";

export type Counts = { passed: number; failed: number };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
};

/** Counts vitest's JSON report. A skipped test counts as failed: nobody notices a test that never runs. */
export function countVitest(report: VitestReport): Counts {
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests;
  return atLeastOne({ passed: report.numPassedTests, failed }, report.success);
}

/** Counts playwright's JSON report, where "expected" means passed. A flaky test counts as failed. */
export function countPlaywright({ stats, errors }: PlaywrightReport): Counts {
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return atLeastOne({ passed: stats.expected, failed }, errors.length === 0);
}

/** Reads the report a step has left behind; a step that left none has failed. */
export function countReport<Report>(file: string, count: (report: Report) => Counts): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  return count(JSON.parse(readFileSync(file, "utf8")) as Report);
}

/** An error outside any test, or no test at all, is one failure more. */
function atLeastOne({ passed, failed }: Counts, success: boolean): Counts {
  const silent = failed === 0 && (!success || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}
