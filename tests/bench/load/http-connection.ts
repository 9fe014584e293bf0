import { connect, type Socket } from "node:net";

const headEnd = "\r\n\r\n";
const lastChunk = "0\r\n\r\n";
const answerPatienceMs = 60_000;

interface Asked {
  resolve(status: number): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * One keep-alive HTTP/1.1 connection over a bare socket: a request's bytes in, the status out, one request at a time.
 * It costs a fraction of `fetch`, so that on a small machine the sender takes little from what it measures.
 */
export class HttpConnection {
  readonly #port: number;
  #socket: Socket | null = null;
  #received: Buffer | null = null;
  #asked: Asked | null = null;

  /** @param port on 127.0.0.1: load goes to this machine only */
  constructor(port: number) {
    this.#port = port;
  }

  /**
   * Sends one request and reads the whole answer. A lost connection is opened again by the next call.
   * @throws Error when the connection is lost or nothing comes for a minute
   */
  async send(request: Buffer): Promise<number> {
    const socket = this.#socket ?? (await this.#open());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#lose(new Error("no answer")), answerPatienceMs);
      this.#asked = { resolve, reject, timer };
      socket.write(request);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  #open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: this.#port, noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        socket.on("data", (bytes) => this.#read(bytes));
        socket.on("error", (error) => this.#lose(error));
        socket.on("close", () => this.#lose(new Error("the connection was closed")));
        this.#socket = socket;
        this.#received = null;
        resolve(socket);
      });
    });
  }

  #read(bytes: Buffer): void {
    this.#received = this.#received ? Buffer.concat([this.#received, bytes]) : bytes;
    const at = this.#received.indexOf(headEnd);
    if (at < 0) return;
    const head = this.#received.toString("latin1", 0, at).toLowerCase();
    const end = endOfAnswer(this.#received, head, at + headEnd.length);
    if (end === null || this.#received.length < end) return;
    this.#received = null;
    const asked = this.#asked;
    this.#asked = null;
    if (/\r\nconnection:\s*close/.test(head)) this.close();
    if (!asked) return;
    clearTimeout(asked.timer);
    asked.resolve(Number(head.slice(9, 12)));
  }

  #lose(error: Error): void {
    this.close();
    const asked = this.#asked;
    this.#asked = null;
    if (!asked) return;
    clearTimeout(asked.timer);
    asked.reject(error);
  }
}

function endOfAnswer(received: Buffer, head: string, bodyAt: number): number | null {
  const [, length] = /\r\ncontent-length:\s*(\d+)/.exec(head) ?? [];
  if (length !== undefined) return bodyAt + Number(length);
  if (!/\r\ntransfer-encoding:\s*chunked/.test(head)) return bodyAt;
  const last = received.indexOf(lastChunk, bodyAt - 2);
  return last < 0 ? null : last + lastChunk.length;
}

/** A whole request as bytes. */
export function buildRequest(target: URL, headers: Record<string, string>, body: Buffer): Buffer {
  const lines = Object.entries({ Host: target.host, ...headers, "Content-Length": String(body.length) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.concat([Buffer.from(`POST ${target.pathname} HTTP/1.1\r\n${head}\r\n`, "latin1"), body]);
}
