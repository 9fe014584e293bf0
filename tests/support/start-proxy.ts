import { type HttpProxy, startHttpProxy } from "./http-proxy.ts";
import { startNginxProxy } from "./nginx-proxy.ts";

/** Starts the proxy of a run: nginx as docs/operations has it where PROXY=nginx says so, otherwise the tests' own. */
export const startProxy = (targets: string[], port?: number): Promise<HttpProxy> =>
  process.env.PROXY === "nginx" ? startNginxProxy(targets, port) : startHttpProxy(targets, port);
