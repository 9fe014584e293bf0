/** Finds or installs a browser, then runs the journeys in it: `npm run test:e2e [-- playwright options]`. */
import { ensureBrowser } from "./browser.ts";
import { runStep } from "./run-step.ts";

const CHROMIUM_PATH = ensureBrowser();
const succeeded = await runStep("playwright", ["test", ...process.argv.slice(2)], { CHROMIUM_PATH });
process.exitCode = succeeded ? 0 : 1;
