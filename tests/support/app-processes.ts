import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { makeSecrets, type Secrets } from "../demo/start-stack.ts";
import { type ProcessOrder, type SupervisedProcess, startProcess, workerFlags } from "../demo/supervise.ts";
import { freePort } from "./free-port.ts";
import { repositoryRoot } from "./repository-root.ts";

/** The app's own processes on a test database, without a simulator: the test plays Shopify itself. */
export interface AppProcesses {
  appUrl: string;
  secrets: Secrets;
  /** For measuring the web process. */
  webPid: number;
  web: SupervisedProcess;
  /** Starts a further web process on a port of its own. */
  startWeb(extraEnv?: Record<string, string>): Promise<{ url: string; process: SupervisedProcess }>;
  startWorker(extraEnv?: Record<string, string>): Promise<SupervisedProcess>;
  stop(): Promise<void>;
}

/** Starts the built web process; workers are started, and killed, by the test. */
export async function startApp(
  databaseUrl: string,
  extraEnv: Record<string, string> = {},
): Promise<AppProcesses> {
  const secrets = makeSecrets();
  const port = await freePort();
  const appUrl = `http://127.0.0.1:${port}`;
  const env = {
    NODE_ENV: "production",
    LOG_LEVEL: "warn",
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: secrets.encryptionKey,
    SHOPIFY_API_KEY: secrets.apiKey,
    SHOPIFY_API_SECRET: secrets.apiSecret,
    SHOPIFY_APP_URL: appUrl,
    ...extraEnv,
  };
  const folder = join(repositoryRoot, "test-results", "logs");
  const logFile = (name: string) => join(folder, `${name}-${randomBytes(3).toString("hex")}.log`);
  const running: SupervisedProcess[] = [];
  const start = async ({
    extraEnv: more = {},
    ...order
  }: Omit<ProcessOrder, "logFile" | "env"> & { extraEnv?: Record<string, string> }) => {
    const started = await startProcess({ ...order, env: { ...env, ...more }, logFile: logFile(order.name) });
    running.push(started);
    return started;
  };
  const web = await start({ name: "web", args: ["app/server.ts"], healthUrl: `${appUrl}/healthz` });
  const startWeb = async (more: Record<string, string> = {}) => {
    const ownPort = await freePort();
    const url = `http://127.0.0.1:${ownPort}`;
    const process = await start({
      name: "web",
      args: ["app/server.ts"],
      healthUrl: `${url}/healthz`,
      extraEnv: { PORT: String(ownPort), ...more },
    });
    return { url, process };
  };
  return {
    appUrl,
    secrets,
    webPid: web.pid,
    web,
    startWeb,
    startWorker: (more) =>
      start({ name: "worker", args: [...workerFlags, "jobs/worker.ts"], extraEnv: more }),
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}
