/**
 * Two web and two worker processes behind nginx as docs/operations/nginx.conf has it: the flow with the rolling restart,
 * then the browser's journeys, all unchanged. `npm run drill:nginx [-- part of a journey's name …]`. Needs Debian's `nginx`.
 */
import { runStep } from "../support/run-step.ts";

const proxy = { PROXY: "nginx" };
const passed = [
  await runStep("vitest", ["run", "--project", "flows", "tests/flows/several-processes.test.ts"], proxy),
  await runStep("node", ["tests/support/run-journeys.ts", ...process.argv.slice(2)], proxy),
];
process.exitCode = passed.every(Boolean) ? 0 : 1;
