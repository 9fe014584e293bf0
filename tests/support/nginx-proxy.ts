import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import type { HttpProxy } from "./http-proxy.ts";
import { makeScratch } from "./postgres-account.ts";
import { repositoryRoot } from "./repository-root.ts";

/**
 * nginx with docs/operations/nginx.conf over several web processes. Of this run alone are the addresses, which Docker's
 * name server finds otherwise, and a log that counts who answered.
 * @param targets base addresses of web processes
 */
export async function startNginxProxy(targets: string[], wantedPort?: number): Promise<HttpProxy> {
  const folder = makeScratch("atomic-orders-nginx-");
  // Its worker processes run as somebody else where it was started by root.
  chmodSync(folder, 0o755);
  const port = await freePort(wantedPort);
  const file = join(folder, "nginx.conf");
  const accessLog = join(folder, "access.log");
  const errorLog = join(repositoryRoot, "test-results", "logs", "nginx.log");
  mkdirSync(dirname(errorLog), { recursive: true });
  let all = targets;
  const write = () => writeFileSync(file, configure({ targets: all, port, folder, accessLog }));
  write();
  const child = spawn("nginx", ["-p", folder, "-e", errorLog, "-c", file, "-g", "daemon off;"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code) => resolve(`nginx ended with code ${code}`));
    child.once("error", ({ message }) => resolve(`nginx could not be started (${message})`));
  });
  const complaint = await Promise.race([answers(port), ended]);
  if (complaint) throw new Error(complaint);
  return {
    port,
    get served() {
      // One line an answer: the address that gave it, the last of several when the first could not be connected to.
      const lines = readFileSync(accessLog, "utf8").split("\n");
      const last = lines.map((line) => line.split(", ").at(-1));
      return all.map((url) => last.filter((address) => address === new URL(url).host).length);
    },
    setTargets: (urls) => {
      all = urls;
      write();
      child.kill("SIGHUP");
    },
    close: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Configuration {
  targets: string[];
  port: number;
  folder: string;
  accessLog: string;
}

function configure({ targets, port, folder, accessLog }: Configuration): string {
  const change = (text: string, from: string, to: string) => {
    if (!text.includes(from)) throw new Error(`docs/operations/nginx.conf has no "${from}" any more.`);
    return text.replace(from, to);
  };
  const servers = targets.map((url) => `server ${toAddress(url)} max_fails=1 fail_timeout=2s;`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  let text = readFileSync(join(repositoryRoot, "docs/operations/nginx.conf"), "utf8");
  text = change(text, "resolver 127.0.0.11 valid=5s;", "");
  text = change(text, "server web:3000 resolve max_fails=1 fail_timeout=2s;", servers.join("\n    "));
  text = change(text, "listen 8080;", `listen ${port};\n    listen [::]:${port};`);
  // Docker's names change without a reload. Ours need one, and it closes connections that a client may be sending on.
  text = change(text, "keepalive_timeout 60s;", "keepalive_timeout 0;");
  text = change(
    text,
    "access_log off;",
    `log_format answered '$upstream_addr';\n  access_log ${accessLog} answered;\n  ${temporary.join("\n  ")}`,
  );
  return `pid ${join(folder, "nginx.pid")};\n${text}`;
}

/** By number: of a name nginx would take both addresses, and count one process as two. */
const toAddress = (url: string) => new URL(url).host.replace(/^localhost:/, "127.0.0.1:");

async function answers(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, "127.0.0.1");
      socket.once("connect", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
    if (open) return;
    await sleep(50);
  }
}
