import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { openMessageFile } from "./message-file.ts";

/** What a mail server may do to a message: refuse it with a code and a sentence, or lose the connection. */
export type Refusal = { code: number; sentence: string } | "drop";

/** Asked at each step of a message; null lets it pass. They may take their time. */
export interface CatcherManners {
  recipient?: (address: string) => Promise<Refusal | null> | Refusal | null;
  /** Asked when the message has been read to its end. */
  message?: (message: CaughtMessage) => Promise<Refusal | null> | Refusal | null;
}

export interface CaughtMessage {
  from: string;
  to: string[];
  raw: Buffer;
  receivedAt: string;
}

export interface SmtpCatcher {
  /** `smtp://host:port` */
  url: string;
  messages: CaughtMessage[];
  manners: CatcherManners;
  close(): Promise<void>;
}

/** Messages kept at most; the oldest go. */
const keptMessages = 500;

/** A mail server that delivers nothing: it keeps what it takes, and refuses as it is told. */
export async function startSmtpCatcher({
  host = "127.0.0.1",
  port = 0,
  keepIn = null,
}: {
  host?: string;
  port?: number;
  /** A file that keeps the messages over a restart. */
  keepIn?: string | null;
} = {}): Promise<SmtpCatcher> {
  const file = keepIn === null ? null : openMessageFile(keepIn, keptMessages);
  const sockets = new Set<Socket>();
  const catcher: SmtpCatcher = { url: "", messages: file?.read() ?? [], manners: {}, close };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _session, callback) {
      void answer(catcher.manners.recipient?.(address), callback);
    },
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const message = {
          from: envelope.mailFrom ? envelope.mailFrom.address : "",
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks),
          receivedAt: new Date().toISOString(),
        };
        void answer(catcher.manners.message?.(message), (error) => {
          if (!error) {
            catcher.messages.push(message);
            file?.append(message);
          }
          if (catcher.messages.length > keptMessages) catcher.messages.shift();
          callback(error);
        });
      });
    },
  });
  server.on("error", () => {}); // a client that hangs up is no fault of ours
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  async function answer(
    asked: Promise<Refusal | null> | Refusal | null | undefined,
    callback: (error?: Error | null) => void,
  ): Promise<void> {
    const refusal = (await asked) ?? null;
    if (refusal === "drop") for (const socket of sockets) socket.destroy();
    else if (refusal) callback(Object.assign(new Error(refusal.sentence), { responseCode: refusal.code }));
    else callback();
  }

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  server.listen(port, host);
  await once(server.server, "listening");
  catcher.url = `smtp://${host}:${(server.server.address() as AddressInfo).port}`;
  return catcher;
}
