import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CaughtMessage } from "./smtp-catcher.ts";

export interface MessageFile {
  /** What was caught before, oldest first. */
  read(): CaughtMessage[];
  append(message: CaughtMessage): void;
}

/** Keeps caught mails over a restart, a line for each. The lines before the last `limit` go when it is read. */
export function openMessageFile(path: string, limit: number): MessageFile {
  return {
    read() {
      if (!existsSync(path)) return [];
      // A kill in the middle of a line leaves half of it, which is no message.
      const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
      const kept = lines.slice(-limit);
      writeFileSync(path, kept.map((line) => `${line}\n`).join(""));
      return kept.map(parse);
    },
    append(message) {
      mkdirSync(dirname(path), { recursive: true });
      appendFileSync(path, `${JSON.stringify({ ...message, raw: message.raw.toString("base64") })}\n`);
    },
  };
}

/** Our own file, written by this code alone, so its shape is taken on trust. */
function parse(line: string): CaughtMessage {
  const { raw, ...message } = JSON.parse(line) as Omit<CaughtMessage, "raw"> & { raw: string };
  return { ...message, raw: Buffer.from(raw, "base64") };
}
