import type { DocumentNode } from "graphql";
import { execute, GraphQLError, getOperationAST, parse, validate } from "graphql";
import type { SimulatedShop } from "../simulated-shop.ts";
import type { Simulator } from "../simulator.ts";
import { adminSchema } from "./admin-schema.ts";
import type { LeakyBuckets } from "./leaky-bucket.ts";
import { answeredCost, requestedCost } from "./query-cost.ts";
import { resolveField, resolveType } from "./resolve-field.ts";
import { rootNode } from "./root-node.ts";

export interface Operation {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

const failure = (message: string, code?: string, extensions?: unknown) => ({
  errors: [{ message, ...(code && { extensions: { code } }) }],
  ...(extensions !== undefined && { extensions }),
});

function parseOperation(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** Every answer is HTTP 200, refusals included: that is how the platform does it, and where clients trip. */
export async function runOperation(
  simulator: Simulator,
  buckets: LeakyBuckets,
  shop: SimulatedShop,
  operation: Operation,
): Promise<unknown> {
  const knobs = simulator.knobs.graphql;
  const schema = adminSchema();
  const document = parseOperation(operation.query);
  if (document instanceof GraphQLError) return { errors: [document.toJSON()] };
  const errors = validate(schema, document);
  if (errors.length > 0) {
    return { errors: errors.map((error) => ({ ...error.toJSON(), extensions: { code: "undefinedField" } })) };
  }
  const chosen = getOperationAST(document, operation.operationName);
  if (!chosen) return failure("No operation found");

  const variableValues = operation.variables ?? {};
  const requestedQueryCost = requestedCost(schema, document, chosen, variableValues);
  const costOf = (actualQueryCost: number | null) => ({
    cost: { requestedQueryCost, actualQueryCost, throttleStatus: buckets.status(shop.domain) },
  });
  if (requestedQueryCost > knobs.maxQueryCost) {
    const message = `Query cost is ${requestedQueryCost}, which exceeds the single query max cost limit (${knobs.maxQueryCost}).`;
    return failure(message, "MAX_COST_EXCEEDED", costOf(null));
  }
  const forced = knobs.nextThrottled > 0;
  if (forced) knobs.nextThrottled -= 1;
  if (forced || !buckets.take(shop.domain, requestedQueryCost))
    return failure("Throttled", "THROTTLED", costOf(null));

  const result = await execute({
    schema,
    document,
    rootValue: rootNode(shop, simulator.config.scopes),
    operationName: operation.operationName ?? undefined,
    variableValues,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  const actualQueryCost = Math.min(answeredCost(result.data), requestedQueryCost);
  buckets.giveBack(shop.domain, requestedQueryCost - actualQueryCost);
  return { ...result, extensions: costOf(actualQueryCost) };
}
