import type postgres from "postgres";
import { expect, test } from "vitest";
import { readDocumentFile } from "../../app/invoices/document-file.server.ts";
import { issueCreditNote } from "../../app/invoices/issue-credit-note.server.ts";
import { issueInvoice } from "../../app/invoices/issue-invoice.server.ts";
import { verifyDocuments } from "../../app/invoices/verify-documents.server.ts";
import { openAppContext } from "../support/app-context.ts";
import { nextOrderId, readOrder } from "../support/deliveries.ts";
import {
  anna,
  billablePayload,
  createInvoicingShop,
  deliverOrder,
  readDocuments,
  shopWithInvoices,
} from "../support/invoices.ts";
import { asSuperuser } from "../support/superuser.ts";

const context = openAppContext();

/** Three invoices and a credit note, each with its PDF. */
async function issueSome() {
  const shop = await createInvoicingShop(context);
  const { shopId } = shop;
  for (let count = 0; count < 3; count += 1) {
    const id = nextOrderId();
    await deliverOrder(context, shop.domain, billablePayload({ id }));
    const orderId = (await readOrder(context, shopId, id))?.id ?? "";
    await issueInvoice(context.db, context.queue, { shopId, orderId, actor: anna });
  }
  const [first] = await readDocuments(context, shopId);
  const credit = { shopId, documentId: first?.id ?? "", choice: { by: "full" } as const, reason: null };
  await issueCreditNote(context.db, context.queue, { ...credit, actor: anna });
  const documents = await readDocuments(context, shopId);
  for (const { id } of documents) await readDocumentFile(context.db, shopId, id);
  return { ...shop, documents };
}

test("documents as they were issued pass, counted", async () => {
  await issueSome();
  expect(await verifyDocuments(context.db)).toMatchObject({
    documents: 4,
    files: 4,
    series: 2,
    tampering: null,
  });
});

test("a quick run leaves out what only rendering shows", async () => {
  const { documents, shopId } = await issueSome();
  const [first] = documents;
  const replace = (tail: string) =>
    asSuperuser(
      context,
      (sql) => sql`
        update document_files set bytes = ${Buffer.from(tail)}, sha256 = encode(sha256(${Buffer.from(tail)}), 'hex')
        where document_id = ${first?.id ?? ""}`,
    );
  await replace("not a document");
  expect((await verifyDocuments(context.db, { quick: true })).tampering).toBeNull();
  expect((await verifyDocuments(context.db)).tampering).toMatchObject({ number: first?.number });
  await asSuperuser(context, (sql) => sql`delete from document_files where shop_id = ${shopId}`);
});

test("a series longer than a page is followed from its first document to its last", async () => {
  await shopWithInvoices(context, 1_203);
  const { documents, tampering } = await verifyDocuments(context.db);
  expect(tampering).toBeNull();
  expect(documents).toBeGreaterThanOrEqual(1_203);
});

type Tamper = (sql: postgres.Sql, id: string, shopId: string) => Promise<unknown>;

const tamperings: [what: string, problem: RegExp, tamper: Tamper, number: string | null][] = [
  [
    "a changed name",
    /hash/,
    (sql, id) => sql`update documents set buyer_name = 'Eve' where id = ${id}`,
    "-0002",
  ],
  [
    "a moved day",
    /hash/,
    (sql, id) => sql`update documents set issued_on = issued_on - 1 where id = ${id}`,
    "-0002",
  ],
  [
    "a cheaper text",
    /hash/,
    (sql, id) => sql`update documents set content = replace(content, '"Mug"', '"Cup"') where id = ${id}`,
    "-0002",
  ],
  ["a removed document", /missing/, (sql, id) => sql`delete from documents where id = ${id}`, "-0003"],
  [
    "a removed last document",
    /end of the/,
    (sql, _id, shopId) =>
      sql`delete from documents where shop_id = ${shopId} and kind = 'invoice' and sequence = 3`,
    null,
  ],
  [
    "a removed last document whose series was set back",
    /not as the one that was issued last/,
    async (sql, _id, shopId) => {
      await sql`delete from documents where shop_id = ${shopId} and kind = 'invoice' and sequence = 3`;
      await sql`update number_series set last_sequence = 2 where shop_id = ${shopId} and kind = 'invoice'`;
    },
    "-0002",
  ],
  [
    "a changed document with a new hash",
    /another hash than when INV-\d{4}-0003 was issued/,
    async (sql, id) => {
      await sql`update documents set buyer_email = 'eve@example.com', content = jsonb_set(content::jsonb,
        '{buyer,email}', '"eve@example.com"')::text where id = ${id}`;
      await sql`update documents d set hash = document_hash(d) where id = ${id}`;
    },
    "-0002",
  ],
  [
    "a changed last document with a new hash",
    /not as the one that was issued last/,
    async (sql, _id, shopId) => {
      await sql`update documents set due_on = due_on + 90 where shop_id = ${shopId} and kind = 'invoice' and sequence = 3`;
      await sql`update documents d set hash = document_hash(d) where shop_id = ${shopId} and kind = 'invoice' and sequence = 3`;
    },
    "-0003",
  ],
  [
    "a column against the content, with a new hash",
    /column buyer_country/,
    async (sql, id) => {
      await sql`update documents set buyer_country = 'XX' where id = ${id}`;
      await sql`update documents d set hash = document_hash(d) where id = ${id}`;
    },
    "-0002",
  ],
  [
    "two documents that changed places",
    /link to the document before it/,
    async (sql, _id, shopId) => {
      await sql`update documents set sequence = 5 - sequence + 1000 where shop_id = ${shopId} and kind = 'invoice' and sequence > 1`;
      await sql`update documents set sequence = sequence - 1000 where shop_id = ${shopId} and sequence > 1000`;
    },
    "-0003",
  ],
  [
    "another PDF",
    /PDF/,
    (sql, id) => sql`update document_files set bytes = bytes || '\\x00'::bytea where document_id = ${id}`,
    "-0002",
  ],
  [
    "another PDF with its own hash",
    /not what the document renders to/,
    (sql, id) =>
      sql`update document_files set bytes = bytes || '\\x00'::bytea, sha256 = encode(sha256(bytes || '\\x00'::bytea), 'hex')
          where document_id = ${id}`,
    "-0002",
  ],
  [
    "another PDF of a document that older templates made",
    /not what the document renders to/,
    async (sql, _id, shopId) => {
      const last = sql`shop_id = ${shopId} and kind = 'invoice' and sequence = 3`;
      await sql`update documents set template_version = 2 where ${last}`;
      await sql`update documents d set hash = document_hash(d) where ${last}`;
      await sql`update number_series s set last_hash = d.hash from documents d
                where d.series_id = s.id and d.shop_id = ${shopId} and d.kind = 'invoice' and d.sequence = 3`;
      await sql`update document_files set bytes = bytes || '\\x00'::bytea, sha256 = encode(sha256(bytes || '\\x00'::bytea), 'hex')
                where document_id = (select id from documents where ${last})`;
    },
    "-0003",
  ],
];

test.each(tamperings)("%s is named", async (_what, problem, tamper, number) => {
  const { documents, domain, shopId } = await issueSome();
  const second = documents.filter(({ kind }) => kind === "invoice")[1];
  await asSuperuser(context, (sql) => tamper(sql, second?.id ?? "", shopId));
  const { tampering } = await verifyDocuments(context.db);
  expect(tampering).toMatchObject({
    shop: domain,
    number: number === null ? null : expect.stringContaining(number),
    problem: expect.stringMatching(problem),
  });
  // The next tampering is looked for in a clean database.
  await asSuperuser(context, async (sql) => {
    for (const table of ["document_files", "document_states", "documents", "number_series"])
      await sql`delete from ${sql(table)} where shop_id = ${shopId}`;
  });
});
