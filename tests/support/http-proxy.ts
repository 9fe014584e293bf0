import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy over several web processes, with the manners of nginx: turn by turn, and only to those that are ready. */
export interface HttpProxy {
  port: number;
  /** How many requests each process has answered, in the order of `targets`. */
  served: number[];
  /** Takes another list of processes; requests under way stay where they are. */
  setTargets(targets: string[]): void;
  close(): Promise<void>;
}

const checkMs = 200;

interface Target {
  url: URL;
  ready: boolean;
  served: number;
  agent: Agent;
}

/**
 * Starts the proxy. A request whose process cannot be connected to goes on to the next one; one that was sent
 * already is never sent twice, because it may have been carried out.
 * @param targets base addresses of web processes
 */
export async function startHttpProxy(targets: string[], port = 0): Promise<HttpProxy> {
  let all = targets.map(toTarget);
  let turn = 0;
  const next = (tried: Set<Target>): Target | undefined => {
    const open = all.filter((target) => target.ready && !tried.has(target));
    turn += 1;
    return open[turn % open.length];
  };
  const check = async () => {
    await Promise.all(
      all.map(async (target) => {
        target.ready = await fetch(new URL("/readyz", target.url), {
          signal: AbortSignal.timeout(2_000),
        }).then(
          (answer) => answer.status === 200,
          () => false,
        );
      }),
    );
  };
  const timer = setInterval(() => void check(), checkMs).unref();
  await check();

  const server = createServer((incoming, outgoing) => {
    const tried = new Set<Target>();
    const pass = () => {
      const target = next(tried);
      if (!target) return void outgoing.writeHead(502).end("No web process is ready.");
      tried.add(target);
      forward(target, incoming, outgoing, pass);
    };
    pass();
  });
  // The web processes' answers promise 65 s; to close before would meet requests that are on their way.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get served() {
      return all.map(({ served }) => served);
    },
    setTargets: (urls) => {
      all = urls.map((url) => all.find((target) => target.url.href === new URL(url).href) ?? toTarget(url));
    },
    close: async () => {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      for (const { agent } of all) agent.destroy();
    },
  };
}

const toTarget = (url: string): Target => ({
  url: new URL(url),
  ready: false,
  served: 0,
  agent: new Agent({ keepAlive: true, timeout: 60_000 }),
});

function forward(
  target: Target,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  tryNext: () => void,
): void {
  const sent = httpRequest(
    new URL(incoming.url ?? "/", target.url),
    { method: incoming.method, headers: incoming.headers, agent: target.agent },
    (answer) => {
      target.served += 1;
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on("error", () => outgoing.destroy());
    },
  );
  outgoing.on("close", () => sent.destroy());
  sent.on("error", (error: NodeJS.ErrnoException) => {
    if (outgoing.headersSent) return void outgoing.destroy();
    if (error.code !== "ECONNREFUSED") return void (outgoing.writableEnded || outgoing.writeHead(502).end());
    target.ready = false;
    tryNext();
  });
  incoming.pipe(sent);
}
