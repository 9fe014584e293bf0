import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withLinkToken, withShop } from "../../app/db.server.ts";
import { createDocumentLink, revokeDocumentLink } from "../../app/mail/document-links.server.ts";
import type { Actor, ShopId } from "../../app/shops/shop.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { insertOrders } from "../support/insert-orders.ts";
import { documentContent, fakePdf, placeDocument } from "../support/issue-document.ts";
import { createTestDatabase } from "../support/test-database.ts";

const bounceSecret = randomBytes(24).toString("hex");
let db: Db;
let app: AppProcesses;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 4, name: "test" });
  app = await startApp(database.url, { TRUSTED_PROXIES: "1", MAIL_BOUNCE_SECRET: bounceSecret });
});
afterAll(async () => {
  await app?.stop();
  await db?.close();
  await drop?.();
});

const eve: Actor = { kind: "merchant", id: "1", name: "Eve" };
const browser =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";

async function createLink(days = 90) {
  const { shopId } = await createShop(db);
  const [orderId] = await insertOrders(db, shopId, 1);
  if (!orderId) throw new Error("no order was made");
  const content = documentContent({ language: "de" });
  const document = await placeDocument(db, shopId, orderId, content);
  const link = await createDocumentLink(db, { shopId, documentId: document.documentId, days, actor: eve });
  if (link.outcome !== "created") throw new Error(link.outcome);
  return { shopId, ...document, ...link };
}

/** Every visitor has an address of its own unless the test says otherwise. */
const visit = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${app.appUrl}/d/${path}`, {
    method,
    redirect: "manual",
    headers: {
      "User-Agent": browser,
      "X-Forwarded-For": `203.0.113.7, ${[10, ...randomBytes(3)].join(".")}`,
      ...headers,
    },
  });

const viewsOf = async (shopId: ShopId) => {
  const [row] = await withShop(db, shopId, ({ sql }) => sql`select views from document_links`);
  return row?.views;
};

test("a link shows the document in its language, without a session, a script or anybody else's help", async () => {
  const { token, number } = await createLink();
  const answer = await visit(token);
  const page = await answer.text();
  expect(answer.status).toBe(200);
  for (const shown of ['lang="de"', number, "Zu zahlen", "25,00", "DE89 3704 0044 0532 0130 00"])
    expect(page).toContain(shown);
  expect(page).not.toContain("<script");
  expect([...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, target]) => target)).toEqual([
    expect.stringMatching(/^\/assets\/.*\.css$/),
    "data:,",
    `/d/${token}/pdf?download`,
    `/d/${token}/pdf`,
  ]);
  const headers = Object.fromEntries(answer.headers);
  expect(headers).toMatchObject({
    "cache-control": "private, no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "content-security-policy": expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
  });
  expect(headers["set-cookie"]).toBeUndefined();
});

test("the PDF is looked at or kept, byte for byte", async () => {
  const { token, number } = await createLink();
  for (const [query, disposition] of [
    ["", "inline"],
    ["?download", "attachment"],
  ] as const) {
    const answer = await visit(`${token}/pdf${query}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(answer.headers.get("content-disposition")).toContain(`${disposition}; filename="${number}.pdf"`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(fakePdf);
  }
});

test("only people who look at the page are counted", async () => {
  const { token, shopId } = await createLink();
  await visit(token, {}, "HEAD");
  await visit(token, { "Sec-Purpose": "prefetch;prerender" });
  await visit(token, { "User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" });
  await visit(`${token}/pdf`);
  expect(await viewsOf(shopId)).toBe(0);
  await visit(token);
  expect(await viewsOf(shopId)).toBe(1);
});

test("a revoked link is 410 and so is one whose days are over, with a sentence in the visitor's language", async () => {
  const revoked = await createLink();
  await revokeDocumentLink(db, { ...revoked, actor: eve });
  const expired = await createLink(0);
  for (const { token, number } of [revoked, expired]) {
    for (const path of [token, `${token}/pdf`]) {
      const answer = await visit(path, { "Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8" });
      expect(answer.status).toBe(410);
      const page = await answer.text();
      expect(page).toContain("Ce lien n’est plus valable");
      expect(page).not.toContain(number);
    }
  }
});

test("a shop that has removed the app shows nothing any more", async () => {
  const { token, shopId } = await createLink();
  await withShop(db, shopId, ({ sql }) => sql`update shops set uninstalled_at = now() where id = ${shopId}`);
  expect((await visit(token)).status).toBe(410);
  expect((await visit(`${token}/pdf`)).status).toBe(410);
});

test("whatever is guessed is the same 404", async () => {
  const { token, documentId, linkId, number } = await createLink();
  const guesses = [
    randomBytes(16).toString("base64url"),
    documentId,
    linkId,
    number,
    token.slice(0, -1),
    token.toUpperCase(),
    `${token}%00`,
    "%2e%2e%2f",
    "x".repeat(2_000),
    "'; drop table documents; --",
  ];
  const shapes = new Set<string>();
  for (const guess of guesses) {
    const answer = await visit(guess);
    const headers = [...answer.headers].filter(([name]) => name !== "date" && name !== "x-request-id");
    shapes.add(JSON.stringify([answer.status, headers, await answer.text()]));
    expect((await visit(`${guess}/pdf`)).status).toBe(404);
  }
  expect(shapes.size).toBe(1);
  expect([...shapes][0]).toContain("[404,");
});

test("an address that guesses is told to wait, and cannot pretend to be another", async () => {
  // As the one proxy in front of us saw it; what stands before that is the visitor's own invention.
  const address = [10, ...randomBytes(3)].join(".");
  const { token } = await createLink();
  const statuses: number[] = [];
  // Wrong tokens are forgotten every ten minutes: more than twice as many as are allowed go over at most one such moment.
  for (let n = 0; n < 45 && statuses.at(-1) !== 429; n += 1)
    statuses.push((await visit("wrong", { "X-Forwarded-For": `192.0.2.${n}, ${address}` })).status);
  expect(new Set(statuses)).toEqual(new Set([404, 429]));
  const refused = await visit(token, { "X-Forwarded-For": `192.0.2.99, ${address}` });
  expect([200, 429]).toContain(refused.status);
  if (refused.status === 429) expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await visit(token)).status).toBe(200);
  const rows = await withLinkToken(db, "none", ({ sql }) => sql`select address_hash from link_misses`);
  expect(JSON.stringify(rows)).not.toContain(address);
});

test("sending, linking and revoking with another shop's ids is a 404, whatever the form says", async () => {
  const theirs = await createLink();
  const mine = await createShop(db);
  await withShop(
    db,
    mine.shopId,
    ({ sql }) => sql`
    insert into staff_members (shop_id, shopify_user_id, name) values (${mine.shopId}, 1001, 'Anna Berg')`,
  );
  const token = signSessionToken({ shop: mine.domain, userId: 1001, ...app.secrets });
  const ask = async (documentId: string, form?: Record<string, string>) => {
    const answer = await fetch(
      `${app.appUrl}/app/invoices/${documentId}/send?_data=routes%2Fapp.invoices_.%24documentId_.send`,
      {
        method: form ? "POST" : "GET",
        headers: { Authorization: `Bearer ${token}` },
        ...(form && { body: new URLSearchParams(form) }),
      },
    );
    return answer.status;
  };
  const forms: (Record<string, string> | undefined)[] = [
    undefined,
    {},
    { intent: "send_mail", recipient: "spy@example.com" },
    { intent: "send_mail_again", mailId: randomUUID() },
    { intent: "create_link", days: "90" },
    { intent: "revoke_link", linkId: theirs.linkId },
    { intent: "restore_link", linkId: theirs.linkId },
  ];
  for (const form of forms) expect(await ask(theirs.documentId, form)).toBe(404);
  expect((await visit(theirs.token)).status).toBe(200);
});

test("the door for bounces wants the secret and a Message-ID of ours", async () => {
  const post = async (authorization: string, body: string) => {
    const headers = { Authorization: authorization, "Content-Type": "application/json" };
    return (await fetch(`${app.appUrl}/mail/bounces`, { method: "POST", headers, body })).status;
  };
  const ours = `Bearer ${bounceSecret}`;
  const messageId = `<${randomUUID()}.${randomUUID()}@app.example>`;
  expect(await post("", JSON.stringify({ messageId }))).toBe(401);
  expect(await post("Bearer wrong", JSON.stringify({ messageId }))).toBe(401);
  expect(await post(ours, "no json")).toBe(400);
  expect(await post(ours, "{}")).toBe(400);
  expect(await post(ours, JSON.stringify({ messageId }))).toBe(404);
  expect((await fetch(`${app.appUrl}/mail/bounces`)).status).toBe(405);
});
