import type { SupervisedProcess } from "../demo/supervise.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { type HttpProxy, startHttpProxy } from "../support/http-proxy.ts";
import type { History } from "./history.ts";
import { until } from "./wait.ts";

export interface WebProcess {
  url: string;
  process: SupervisedProcess;
}

export const metricsToken = "the-token-of-the-chaos-run";

/** Two web processes behind a proxy and two workers. One that ends although nobody killed it is a finding. */
export class Fleet {
  readonly app: AppProcesses;
  readonly proxy: HttpProxy;
  readonly webs: WebProcess[] = [];
  readonly workers: SupervisedProcess[] = [];
  readonly #history: History;
  readonly #expected = new Set<SupervisedProcess>();
  #stopping = false;

  private constructor(app: AppProcesses, proxy: HttpProxy, history: History) {
    this.app = app;
    this.proxy = proxy;
    this.#history = history;
  }

  static async start(databaseUrl: string, history: History): Promise<Fleet> {
    const app = await startApp(databaseUrl, { METRICS_TOKEN: metricsToken, DRAIN_SECONDS: "1" });
    const fleet = new Fleet(app, await startHttpProxy([app.appUrl]), history);
    fleet.#addWeb({ url: app.appUrl, process: app.web });
    await fleet.startWeb();
    await fleet.startWorker();
    await fleet.startWorker();
    return fleet;
  }

  /** Where the proxy is. */
  get url(): string {
    return `http://127.0.0.1:${this.proxy.port}`;
  }

  async startWeb(extraEnv: Record<string, string> = {}): Promise<WebProcess> {
    const web = await this.app.startWeb(extraEnv);
    this.#addWeb(web);
    return web;
  }

  async startWorker(extraEnv: Record<string, string> = {}): Promise<SupervisedProcess> {
    const worker = await this.app.startWorker(extraEnv);
    this.#watch(worker);
    this.workers.push(worker);
    return worker;
  }

  /** Ends a web process and takes it out of the proxy's list, as an orchestrator would. */
  async endWeb(web: WebProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    await this.#end(web.process, signal);
    this.webs.splice(this.webs.indexOf(web), 1);
    this.#tellProxy();
  }

  async endWorker(worker: SupervisedProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    await this.#end(worker, signal);
    this.workers.splice(this.workers.indexOf(worker), 1);
  }

  /** @returns milliseconds until every web process says that it is ready, or null */
  untilReady(limitMs: number): Promise<number | null> {
    return until(async () => {
      const answers = await Promise.all(this.webs.map(({ url }) => statusOf(`${url}/readyz`)));
      return answers.every((status) => status === 200);
    }, limitMs);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.proxy.close();
    await this.app.stop();
  }

  async #end(ending: SupervisedProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    this.#expected.add(ending);
    process.kill(ending.pid, signal);
    await ending.ended;
  }

  #addWeb(web: WebProcess): void {
    this.#watch(web.process);
    this.webs.push(web);
    this.#tellProxy();
  }

  #tellProxy(): void {
    this.proxy.setTargets(this.webs.map(({ url }) => url));
  }

  #watch(watched: SupervisedProcess): void {
    void watched.ended.then((sentence) => {
      if (this.#stopping || this.#expected.has(watched)) return;
      this.#history.find(`${sentence} although nobody ended it`, { log: watched.logFile });
    });
  }
}

/** @returns 0 when there was no answer within ten seconds */
export async function statusOf(url: string, init: RequestInit = {}): Promise<number> {
  try {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000), ...init });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
