import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { GraphQLSchema, IntrospectionQuery } from "graphql";
import { buildClientSchema } from "graphql";

const file = new URL("../schema/admin_2026-10.json.gz", import.meta.url);
let schema: GraphQLSchema | null = null;

/** Shopify's own published schema, built on first use: it takes a third of a second, which few tests need. */
export function adminSchema(): GraphQLSchema {
  schema ??= buildClientSchema(
    (JSON.parse(gunzipSync(readFileSync(file)).toString()) as { data: IntrospectionQuery }).data,
    { assumeValid: true },
  );
  return schema;
}
