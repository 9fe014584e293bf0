import type postgres from "postgres";
import { expect, test } from "vitest";
import { auditNumbers } from "../../app/invoices/audit-numbers.server.ts";
import { writeAudit } from "../../app/invoices/write-audit.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openAppContext } from "../support/app-context.ts";
import { createOrderToBill, shopWithInvoices } from "../support/invoices.ts";
import { asSuperuser } from "../support/superuser.ts";

const context = openAppContext();

test("a series that the database numbered has no finding, and the report says so", async () => {
  const shopId = await shopWithInvoices(context, 5);
  const audit = await auditNumbers(context.db, shopId);
  expect(audit.findings).toEqual([]);
  expect(audit.series).toMatchObject([
    {
      kind: "invoice",
      count: 5,
      firstNumber: expect.stringMatching(/-0001$/),
      lastNumber: expect.stringMatching(/-0005$/),
    },
  ]);
  expect(writeAudit(audit)).toContain("No number is missing, double or out of order.");
});

test("a shop without documents has an empty report, and sees nothing of another's", async () => {
  await shopWithInvoices(context, 2);
  const { shopId } = await createOrderToBill(context);
  expect(await auditNumbers(context.db, shopId)).toMatchObject({ series: [], findings: [] });
});

type Tamper = (sql: postgres.Sql, shopId: ShopId) => Promise<unknown>;
const findings: [problem: string, tamper: Tamper, number: RegExp | null][] = [
  [
    "missing",
    (sql, shopId) => sql`delete from documents where shop_id = ${shopId} and sequence = 2`,
    /-0003$/,
  ],
  ["missing", (sql, shopId) => sql`delete from documents where shop_id = ${shopId} and sequence = 5`, null],
  [
    "duplicate",
    async (sql, shopId) => {
      await sql`alter table documents drop constraint documents_number`;
      await sql`update documents set number = left(number, -1) || '1' where shop_id = ${shopId} and sequence = 4`;
    },
    /-0001$/,
  ],
  [
    "out_of_order",
    (sql, shopId) =>
      sql`update documents set issued_at = issued_at - interval '1 day' where shop_id = ${shopId} and sequence = 3`,
    /-0003$/,
  ],
];

test.each(findings)("a number that is %s is found", async (problem, tamper, number) => {
  const shopId = await shopWithInvoices(context, 5);
  await asSuperuser(context, (sql) => tamper(sql, shopId));
  expect((await auditNumbers(context.db, shopId)).findings).toMatchObject([
    { problem, number: number === null ? null : expect.stringMatching(number) },
  ]);
});
