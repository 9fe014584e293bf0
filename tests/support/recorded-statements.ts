import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { appRole, type Db, type Tx, withShop } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import * as schema from "../../drizzle/schema/index.ts";

export interface Statement {
  text: string;
  parameters: unknown[];
}

/** A pool as the app has it that remembers what it sent, so that the plans of the very same statements can be read. */
export function openRecordingDb(url: string): { db: Db; takeStatements(): Statement[] } {
  let statements: Statement[] = [];
  const sql = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { role: appRole, TimeZone: "UTC", application_name: "recording" },
    debug: (_connection, text, parameters) => {
      // The driver's own question when it connects.
      if (!text.includes("pg_catalog.pg_type")) statements.push({ text, parameters });
    },
  });
  const orm = drizzle(sql, { schema });
  return {
    db: { name: "recording", sql, orm, close: () => sql.end({ timeout: 5 }) },
    takeStatements: () => {
      const taken = statements;
      statements = [];
      return taken;
    },
  };
}

export interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: PlanNode[];
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
}

export interface ReadPlan {
  statement: string;
  plan: PlanNode;
  buffers: number;
  ms: number;
  /** The plan as people read it. */
  text: string;
}

/** Runs recorded statements of one transaction again, with their settings, and returns how each read was done. */
export function explainAgain(db: Db, shopId: ShopId, statements: Statement[]): Promise<ReadPlan[]> {
  return withShop(db, shopId, async (tx) => {
    const plans: ReadPlan[] = [];
    for (const { text, parameters } of statements.filter(
      ({ text }) => !/^\s*(begin|commit|explain)/i.test(text),
    )) {
      if (/set_config/.test(text)) {
        await tx.sql.unsafe(text, parameters as never[]);
        // How it is done is asked here, not how fast: a busy machine must not cut it short.
        await tx.sql`set local statement_timeout = 0`;
      } else plans.push(await explainOne(tx, text, parameters));
    }
    return plans;
  });
}

interface ExplainRow {
  "QUERY PLAN": [{ Plan: PlanNode; "Execution Time": number; "Planning Time": number }];
}

async function explainOne(tx: Tx, statement: string, parameters: unknown[]): Promise<ReadPlan> {
  const explain = <Row extends object>(format: string) =>
    tx.sql.unsafe<Row[]>(`explain (analyze, buffers, format ${format}) ${statement}`, parameters as never[]);
  const [row] = await explain<ExplainRow>("json");
  const lines = await explain<{ "QUERY PLAN": string }>("text");
  const top = row?.["QUERY PLAN"][0];
  if (!top) throw new Error("EXPLAIN said nothing");
  const { Plan: plan } = top;
  return {
    statement: statement.trim().replace(/\s+/g, " "),
    plan,
    buffers: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
    ms: top["Execution Time"] + top["Planning Time"],
    text: lines.map((line) => line["QUERY PLAN"]).join("\n"),
  };
}

/** A plan's nodes with all those below them. */
export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
