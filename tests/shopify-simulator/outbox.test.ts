import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { deliverMessage } from "../../app/mail/deliver-message.server.ts";
import { demoManners } from "./outbox/demo-manners.ts";
import { parseMessage } from "./outbox/parse-message.ts";
import { startSmtpCatcher } from "./outbox/smtp-catcher.ts";

const from = "invoices@app.example";
const letter = Buffer.from("Message-ID: <1.2@app.example>\r\nSubject: Invoice\r\n\r\nHello\r\n");

const sendTo = (smtpUrl: string, recipient: string) => deliverMessage({ smtpUrl, from }, recipient, letter);

async function openCatcher(options: { keepIn?: string } = {}) {
  const catcher = await startSmtpCatcher(options);
  onTestFinished(() => catcher.close());
  return catcher;
}

/** The app's door for bounces, which gives the answers one after the other. */
async function openDoor(answers: string[]) {
  const posted: { path: string | undefined; authorization: string | undefined; body: unknown }[] = [];
  const enough = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    posted.push({ path: request.url, authorization: request.headers.authorization, body });
    response.end(answers[posted.length - 1] ?? "noted");
    if (posted.length === answers.length) enough.resolve();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, posted, enough: enough.promise };
}

test("mails are in the outbox again after a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "outbox-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const keepIn = join(folder, "outbox.jsonl");
  const before = await openCatcher({ keepIn });
  await sendTo(before.url, "anna@example.com");
  await sendTo(before.url, "ben@example.com");
  const after = await openCatcher({ keepIn });
  expect(after.messages).toEqual(before.messages);
  expect(after.messages.map(({ to }) => to)).toEqual([["anna@example.com"], ["ben@example.com"]]);
  expect(parseMessage(after.messages[0]?.raw ?? Buffer.of()).subject).toBe("Invoice");
});

test("a mail to refused.example is refused for good, and on the way to lost.example the connection is lost", async () => {
  const catcher = await openCatcher();
  catcher.manners = demoManners({ appUrl: "http://127.0.0.1:1", bounceSecret: null });
  expect(await sendTo(catcher.url, "anna@refused.example")).toMatchObject({ outcome: "refused" });
  expect(await sendTo(catcher.url, "anna@lost.example")).toMatchObject({ outcome: "unknown" });
  expect(await sendTo(catcher.url, "anna@notrefused.example")).toEqual({ outcome: "accepted" });
  expect(catcher.messages.map(({ to }) => to)).toEqual([["anna@notrefused.example"]]);
});

test("a mail to bounces.example is taken and comes back, again until the app has noted it", async () => {
  const door = await openDoor(["unchanged", "noted"]);
  const catcher = await openCatcher();
  catcher.manners = demoManners({ appUrl: door.url, bounceSecret: "a secret", bounceAfterMs: 1 });
  expect(await sendTo(catcher.url, "anna@bounces.example")).toEqual({ outcome: "accepted" });
  await door.enough;
  const bounce = {
    path: "/mail/bounces",
    authorization: "Bearer a secret",
    body: { messageId: "<1.2@app.example>", reason: "The mailbox is full." },
  };
  expect(door.posted).toEqual([bounce, bounce]);
});
