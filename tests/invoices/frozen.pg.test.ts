import { createHash } from "node:crypto";
import postgres from "postgres";
import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { readDocumentFile } from "../../app/invoices/document-file.server.ts";
import { saveLogo } from "../../app/invoices/save-logo.server.ts";
import { openAppContext } from "../support/app-context.ts";
import { createOrderToBill, readDocuments, saveSettings } from "../support/invoices.ts";

const context = openAppContext();

async function invoiced() {
  const order = await createOrderToBill(context, { trigger: "paid" }, { financial_status: "paid" });
  const [invoice] = await readDocuments(context, order.shopId);
  if (!invoice) throw new Error("the order was invoiced");
  return { ...order, documentId: invoice.id };
}

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("the role of the processes can change, remove or empty no issued document, file or logo", async () => {
  const { shopId, documentId } = await invoiced();
  await readDocumentFile(context.db, shopId, documentId);
  await saveLogo(context.db, shopId, png);
  for (const statement of [
    "update documents set buyer_name = 'Somebody else'",
    "update documents set number = 'INV-1'",
    "delete from documents",
    "truncate documents cascade",
    "update document_files set bytes = ''",
    "delete from document_files",
    "truncate document_files",
    "update invoice_logos set bytes = ''",
    "delete from invoice_logos",
    "truncate invoice_logos cascade",
    "update document_events set detail = '{}'",
    "delete from document_events",
  ]) {
    const run = withShop(context.db, shopId, (tx) => tx.sql.unsafe(statement));
    await expect(run, statement).rejects.toThrow(/permission denied|is frozen/);
  }
});

test("the role of the processes cannot take, give back or move a number", async () => {
  const { shopId } = await invoiced();
  for (const statement of [
    "update number_series set last_sequence = last_sequence + 1",
    "delete from number_series",
    "truncate number_series cascade",
    "alter table documents disable trigger frozen",
    "set local session_replication_role = replica",
    "drop function number_document() cascade",
  ]) {
    const run = withShop(context.db, shopId, (tx) => tx.sql.unsafe(statement));
    await expect(run, statement).rejects.toThrow(/permission denied|must be owner/);
  }
  await expect(
    withShop(
      context.db,
      shopId,
      (tx) => tx.sql`
        insert into number_series (shop_id, id, kind, year, first_sequence, last_sequence)
        values (${shopId}, gen_random_uuid(), 'invoice', 1999, 1, 5)`,
    ),
  ).rejects.toThrow("permission denied");
});

test("the role that moves the series can neither log in nor be taken on by the role of the processes", async () => {
  const [role] = await context.db.sql`
    select rolsuper, rolbypassrls, rolcanlogin, pg_has_role('atomic_orders_app', oid, 'MEMBER') as "isOurs"
    from pg_roles where rolname = 'atomic_orders_numbers'`;
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false, isOurs: false });
});

test("the triggers refuse the owner of the tables too", async () => {
  const { shopId, documentId } = await invoiced();
  await readDocumentFile(context.db, shopId, documentId);
  const sql = postgres(context.url, { max: 1, onnotice: () => {} });
  try {
    await sql`select set_config('app.shop_id', ${shopId}, false)`;
    for (const statement of [
      "update documents set buyer_name = 'x'",
      "delete from documents",
      "truncate documents cascade",
      "update document_files set bytes = ''",
      "delete from document_files",
      "truncate document_files",
    ]) {
      await expect(sql.unsafe(statement), statement).rejects.toThrow("is frozen");
    }
  } finally {
    await sql.end();
  }
});

test("a number, a hash and a day cannot be chosen: the database overrules them", async () => {
  const { shopId } = await invoiced();
  const [chosen] = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<Record<string, string>[]>`
      insert into documents select (jsonb_populate_record(d, ${JSON.stringify({
        id: "11111111-1111-4111-8111-111111111111",
        number: "INV-666",
        sequence: 666,
        hash: "mine",
        previous_hash: "mine",
        issued_at: null,
        issued_on: "1999-01-01",
      })}::text::jsonb)).* from documents d
      returning number, sequence::text, hash, issued_on::text`,
  );
  expect(chosen).toMatchObject({ number: expect.stringMatching(/-0002$/), sequence: "2" });
  expect(chosen?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(chosen?.issued_on).not.toBe("1999-01-01");
});

test("the instant of issue cannot be chosen, neither in the past nor in the future, nor the order of days by it", async () => {
  const { shopId } = await invoiced();
  for (const chosen of ["2020-01-01T00:00:00Z", "2199-01-01T00:00:00Z"]) {
    const change = JSON.stringify({ issued_at: chosen });
    const [row] = await withShop(
      context.db,
      shopId,
      (tx) => tx.sql<{ isNow: boolean; inOrder: boolean }[]>`
        with chosen as (
          insert into documents
          select (jsonb_populate_record(d, ${change}::text::jsonb || jsonb_build_object('id', gen_random_uuid()))).*
          from documents d order by d.sequence limit 1
          returning issued_at)
        select issued_at between now() and clock_timestamp() as "isNow",
          issued_at >= (select max(issued_at) from documents) as "inOrder" from chosen`,
    );
    expect(row, chosen).toEqual({ isNow: true, inOrder: true });
  }
  const series = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`select last_sequence::int as last from number_series`,
  );
  expect([...series]).toEqual([{ last: 3 }]);
});

test("columns that say something else than the content are refused", async () => {
  const { shopId } = await invoiced();
  const insert = withShop(
    context.db,
    shopId,
    (tx) => tx.sql`
      insert into documents select (jsonb_populate_record(d,
        '{"id": "11111111-1111-4111-8111-111111111111", "gross_minor": 1, "net_minor": 1, "tax_minor": 0}')).*
      from documents d`,
  );
  await expect(insert).rejects.toThrow("must say what its content says");
});

test("after the seller has moved the old PDF is byte for byte the same, also when it is rendered only then", async () => {
  const [rendered, unrendered] = [await invoiced(), await invoiced()];
  const before = await readDocumentFile(context.db, rendered.shopId, rendered.documentId);
  expect(
    Buffer.from(before?.bytes ?? [])
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
  expect(
    createHash("sha256")
      .update(before?.bytes ?? "")
      .digest("hex"),
  ).toBe(before?.sha256);
  const [content] = await withShop(
    context.db,
    unrendered.shopId,
    (tx) => tx.sql`select content from documents`,
  );
  for (const { shopId } of [rendered, unrendered])
    await saveSettings(context, shopId, { seller: { name: "Other Name", address: ["Elsewhere 1"] } });
  const after = await readDocumentFile(context.db, rendered.shopId, rendered.documentId);
  expect(Buffer.compare(Buffer.from(after?.bytes ?? []), Buffer.from(before?.bytes ?? []))).toBe(0);
  await readDocumentFile(context.db, unrendered.shopId, unrendered.documentId);
  const [still] = await withShop(
    context.db,
    unrendered.shopId,
    (tx) => tx.sql`select content from documents`,
  );
  expect(still).toEqual(content);
  expect(content?.content).toContain("Mug Shop");
});

test("ten who ask for a PDF at once get the same bytes, and one file is kept", async () => {
  const { shopId, documentId } = await invoiced();
  const files = await Promise.all(
    Array.from({ length: 10 }, () => readDocumentFile(context.db, shopId, documentId)),
  );
  expect(new Set(files.map((file) => file?.sha256)).size).toBe(1);
  const kept = await withShop(context.db, shopId, (tx) => tx.sql`select sha256 from document_files`);
  expect(kept).toHaveLength(1);
});

test("another shop's file and logo find nothing", async () => {
  const theirs = await invoiced();
  await readDocumentFile(context.db, theirs.shopId, theirs.documentId);
  const { shopId } = await invoiced();
  expect(await readDocumentFile(context.db, shopId, theirs.documentId)).toBeNull();
});
