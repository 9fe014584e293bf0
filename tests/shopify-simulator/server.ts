import { readOptions } from "./config.ts";
import { startSimulator } from "./start-simulator.ts";

/** The simulator as a process of its own: for the demo and the browser journeys. */
const running = await startSimulator(readOptions(process.env));
process.stdout.write(`Shopify simulator on ${running.url}\n`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
