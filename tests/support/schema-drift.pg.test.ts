import { getTableColumns, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as schema from "../../drizzle/schema/index.ts";
import { openAppContext } from "./app-context.ts";

const context = openAppContext();

const tables = Object.values(schema).filter((value) => is(value, PgTable));

test("what the migrations make is what drizzle/schema describes, column for column", async () => {
  const rows = await context.db.sql<{ table: string; column: string; type: string; nullable: boolean }[]>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
           not a.attnotnull as nullable
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`;
  const described = tables.flatMap((table) =>
    Object.values(getTableColumns(table)).map((column) => ({
      table: getTableConfig(table).name,
      column: column.name,
      type: column.getSQLType(),
      nullable: !column.notNull,
    })),
  );
  const sorted = (list: typeof described) => list.map((entry) => JSON.stringify(entry)).sort();
  expect(sorted([...rows])).toEqual(sorted(described));
});
