import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { withLinkToken, withShop } from "../../app/db.server.ts";
import { findDocumentDelivery } from "../../app/mail/document-delivery.server.ts";
import {
  createDocumentLink,
  restoreDocumentLink,
  revokeDocumentLink,
} from "../../app/mail/document-links.server.ts";
import { hashLinkToken } from "../../app/mail/link-token.server.ts";
import { openDocumentLink } from "../../app/mail/open-document-link.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { anna, createShopWithDocument, readDocumentEvents } from "./mail-steps.ts";

const context = openAppContext();
const key = randomBytes(32);
let lastAddress = 0;
/** Each test comes from an address of its own, so that none uses up another's wrong tokens. */
const newAddress = () => {
  lastAddress += 1;
  return `198.51.100.${lastAddress}`;
};

const open = (token: string, address = newAddress(), isView = true) =>
  openDocumentLink(context.db, key, { token, address, isView });

async function createLink(days = 90) {
  const shop = await createShopWithDocument(context);
  const link = await createDocumentLink(context.db, { ...shop, days, actor: anna });
  if (link.outcome !== "created") throw new Error(link.outcome);
  return { ...shop, ...link };
}

const linksOf = async ({ shopId, documentId }: { shopId: ShopId; documentId: string }) =>
  (await findDocumentDelivery(context.db, shopId, documentId))?.links ?? [];

test("a link leads to its document by 128 random bits, of which only the hash is kept", async () => {
  const link = await createLink();
  expect(Buffer.from(link.token, "base64url")).toHaveLength(16);
  expect(await open(link.token)).toEqual({
    outcome: "open",
    shopId: link.shopId,
    documentId: link.documentId,
  });
  const [stored] = await withShop(
    context.db,
    link.shopId,
    (tx) => tx.sql`select to_jsonb(l)::text as row from document_links l where id = ${link.linkId}`,
  );
  expect(stored?.row).toContain(createHash("sha256").update(link.token).digest("hex"));
  expect(stored?.row).not.toContain(link.token);
  const events = await readDocumentEvents(context, link.shopId, link.documentId);
  expect(JSON.stringify(events)).not.toContain(link.token);
});

test("looks at the page are counted, also when they come together, and nothing else is", async () => {
  const link = await createLink();
  await Promise.all(Array.from({ length: 8 }, () => open(link.token)));
  await open(link.token, newAddress(), false);
  const [shown] = await linksOf(link);
  expect(shown).toMatchObject({ views: 8, lastViewedAt: expect.any(String) });
});

test("a revoked link is refused and uncounted until it is given back, which works for ten minutes", async () => {
  const link = await createLink();
  const change = { ...link, actor: anna };
  expect(await revokeDocumentLink(context.db, change)).toEqual({ outcome: "changed" });
  expect(await revokeDocumentLink(context.db, change)).toEqual({ outcome: "unchanged" });
  expect(await open(link.token)).toEqual({ outcome: "revoked" });
  expect(await linksOf(link)).toMatchObject([{ state: "revoked", views: 0, canUndo: true }]);
  expect(await restoreDocumentLink(context.db, change)).toEqual({ outcome: "changed" });
  expect((await open(link.token)).outcome).toBe("open");

  await revokeDocumentLink(context.db, change);
  await withShop(
    context.db,
    link.shopId,
    (tx) => tx.sql`
    update document_links set revoked_at = revoked_at - interval '11 minutes' where shop_id = ${link.shopId}`,
  );
  expect(await linksOf(link)).toMatchObject([{ canUndo: false }]);
  expect(await restoreDocumentLink(context.db, change)).toEqual({ outcome: "unchanged" });
  const events = await readDocumentEvents(context, link.shopId, link.documentId);
  expect(events.map(({ kind }) => kind)).toEqual([
    "link_created",
    "link_revoked",
    "link_restored",
    "link_revoked",
  ]);
});

test("a link ends when its days are over", async () => {
  const link = await createLink(0);
  expect(await open(link.token)).toEqual({ outcome: "expired" });
  expect(await linksOf(link)).toMatchObject([{ state: "expired", views: 0, canUndo: false }]);
});

test("a document has ten open links at most", async () => {
  const shop = await createShopWithDocument(context);
  const make = () => createDocumentLink(context.db, { ...shop, days: 90, actor: anna });
  for (let n = 1; n <= 10; n += 1) expect((await make()).outcome).toBe("created");
  expect((await make()).outcome).toBe("too_many");
});

test("whoever holds a token sees its link and nothing else of that shop or another", async () => {
  const [mine, theirs] = [await createLink(), await createLink()];
  await withLinkToken(context.db, hashLinkToken(mine.token), async ({ sql }) => {
    const links = await sql<{ id: string }[]>`select id from document_links`;
    expect(links.map(({ id }) => id)).toEqual([mine.linkId]);
    for (const table of [
      "documents",
      "document_files",
      "document_mails",
      "document_events",
      "orders",
      "shops",
    ])
      expect(await sql`select from ${sql(table)}`, table).toHaveLength(0);
    const changed = await sql`update document_links set views = 99 where id = ${theirs.linkId}`;
    expect(changed.count).toBe(0);
  });
  for (const column of ["shop_id", "document_id", "token_hash", "expires_at"]) {
    const move = withLinkToken(
      context.db,
      hashLinkToken(mine.token),
      ({ sql }) => sql`
      update document_links set ${sql(column)} = ${sql(column)} where id = ${mine.linkId}`,
    );
    await expect(move, column).rejects.toThrow("permission denied");
  }
});

test("another shop's document gets no link, and its links cannot be revoked, given back or seen", async () => {
  const theirs = await createLink();
  const { shopId } = await createShop(context.db);
  const { documentId, linkId } = theirs;
  const mine = { shopId, documentId, actor: anna };
  expect(await createDocumentLink(context.db, { ...mine, days: 90 })).toEqual({ outcome: "not_found" });
  expect(await revokeDocumentLink(context.db, { ...mine, linkId })).toEqual({ outcome: "not_found" });
  expect(await restoreDocumentLink(context.db, { ...mine, linkId })).toEqual({ outcome: "not_found" });
  expect(await findDocumentDelivery(context.db, shopId, documentId)).toBeNull();
  expect((await open(theirs.token)).outcome).toBe("open");
});

test("a link of one document is not revoked by way of another", async () => {
  const [one, other] = [await createLink(), await createLink()];
  const change = { shopId: one.shopId, documentId: other.documentId, linkId: one.linkId, actor: anna };
  expect(await revokeDocumentLink(context.db, change)).toEqual({ outcome: "not_found" });
});

/** Wrong tokens are forgotten every ten minutes on the database's clock; what crosses that moment is done once more. */
async function withinOneStretch(run: () => Promise<void>): Promise<void> {
  const stretch = async () => {
    const [row] = await context.db.sql`select floor(extract(epoch from now()) / 600)::int as number`;
    return row?.number;
  };
  const before = await stretch();
  await run().catch(async (error: unknown) => {
    if ((await stretch()) === before) throw error;
    await run();
  });
}

test("after twenty wrong tokens an address is refused, whatever it shows; others are not", () =>
  withinOneStretch(async () => {
    const link = await createLink();
    const address = newAddress();
    const garbage = ["", "x", "../../etc/passwd", "' or 1=1 --", link.token.slice(1), `${link.token}A`];
    for (let n = 0; n < 20; n += 1) {
      const token = garbage[n] ?? randomBytes(16).toString("base64url");
      expect(await open(token, address), token).toEqual({ outcome: "unknown" });
    }
    const refused = await open(link.token, address);
    expect(refused).toEqual({ outcome: "limited", retryAfterSeconds: expect.any(Number) });
    expect((await open(link.token)).outcome).toBe("open");
    expect(await linksOf(link)).toMatchObject([{ views: 1 }]);
  }));

test("one network of IPv6 counts as one address, and no address is stored", () =>
  withinOneStretch(async () => {
    const network = `2001:db8:${randomBytes(2).toString("hex")}`;
    for (let n = 0; n < 20; n += 1) await open("wrong", `${network}:2::${(n + 1).toString(16)}`);
    expect((await open("wrong", `${network}:2:ffff::1`)).outcome).toBe("limited");
    expect((await open("wrong", `${network}:3::1`)).outcome).toBe("unknown");
    const rows = await withLinkToken(
      context.db,
      "none",
      ({ sql }) => sql<{ address_hash: string }[]>`select address_hash from link_misses`,
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { address_hash } of rows) expect(address_hash).toMatch(/^([\w-]{43})?$/);
  }));

test("while many addresses guess, each may err less often, and right tokens open as ever", () =>
  withinOneStretch(async () => {
    const link = await createLink();
    await open("wrong");
    await withLinkToken(
      context.db,
      "none",
      ({ sql }) => sql`
    update link_misses set misses = 1000 where address_hash = ''`,
    );
    const address = newAddress();
    const outcomes: string[] = [];
    for (let n = 0; n < 4; n += 1) outcomes.push((await open("wrong", address)).outcome);
    expect(outcomes).toEqual(["unknown", "unknown", "unknown", "limited"]);
    expect((await open(link.token)).outcome).toBe("open");
  }));
