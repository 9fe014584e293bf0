import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import express from "express";
import { adminRoutes } from "./admin/admin-routes.ts";
import type { SimulatorConfig, SimulatorOptions } from "./config.ts";
import { defineConfig } from "./config.ts";
import { answerControlError } from "./control/control-error.ts";
import { controlRouter } from "./control/control-router.ts";
import { graphqlRoute } from "./graphql/graphql-route.ts";
import { accessTokenRoute } from "./oauth/access-token-route.ts";
import { demoManners } from "./outbox/demo-manners.ts";
import { startSmtpCatcher } from "./outbox/smtp-catcher.ts";
import type { Simulator } from "./simulator.ts";
import { createSimulator } from "./simulator.ts";

export interface RunningSimulator {
  url: string;
  simulator: Simulator;
  close(): Promise<void>;
}

/** @returns null where no mails are to be caught */
async function startOutbox({ smtpPort, statePath, appUrl, bounceSecret }: SimulatorConfig) {
  if (smtpPort === null) return null;
  const keepIn = statePath && join(dirname(statePath), "simulator-outbox.jsonl");
  const outbox = await startSmtpCatcher({ port: smtpPort, keepIn });
  outbox.manners = demoManners({ appUrl, bounceSecret });
  return outbox;
}

/** Starts the simulator in this process. Tests leave the port out and get a free one. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const config = defineConfig(options);
  const simulator = createSimulator(config);
  simulator.outbox = await startOutbox(config);
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.get("/healthz", (_request, response) => {
    response.json({ ok: true });
  });
  app.use("/control", controlRouter(simulator));
  app.use(accessTokenRoute(simulator), graphqlRoute(simulator), adminRoutes(simulator));
  app.use(answerControlError);

  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  config.url ||= `http://${config.host}:${port}`;
  return {
    url: config.url,
    simulator,
    async close() {
      simulator.close();
      await simulator.outbox?.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
