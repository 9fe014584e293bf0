import type { GraphQLFieldResolver, GraphQLOutputType, GraphQLTypeResolver } from "graphql";
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

/** A node is a plain object: values by field name, functions for fields with arguments or further objects. */
export type Node = { [field: string]: unknown };
type Arguments = Record<string, unknown>;

const scalars: Record<string, unknown> = {
  Int: 0,
  Float: 0,
  Boolean: false,
  String: "",
  ID: "gid://shopify/Unknown/1",
  DateTime: "2026-01-01T00:00:00Z",
  Date: "2026-01-01",
  Decimal: "0.0",
  Money: "0.00",
  URL: "https://example.com/",
  UnsignedInt64: "0",
  CurrencyCode: "EUR",
  JSON: {},
};

function defaultFor(type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return null;
  const inner = getNullableType(type);
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues()[0]?.value;
  const named = getNamedType(inner);
  if (isObjectType(named)) return {};
  return isAbstractType(named) ? { __typename: undefined } : (scalars[named.name] ?? "");
}

/**
 * Reads a field from our nodes. A field of the schema that we do not model answers null, or where it must not be
 * null something plausible: a query that production would answer never fails here for want of a resolver.
 */
export const resolveField: GraphQLFieldResolver<unknown, unknown> = (
  source,
  args: Arguments,
  _context,
  info,
) => {
  if (info.parentType.name === "Mutation" && !Object.hasOwn(source as Node, info.fieldName)) {
    // A default here would claim success for a write that never happened.
    throw new Error(`The simulator does not perform the mutation ${info.fieldName}.`);
  }
  const value = (source as Node | null)?.[info.fieldName];
  const resolved = typeof value === "function" ? (value as (args: Arguments) => unknown)(args) : value;
  return resolved === undefined ? defaultFor(info.returnType) : resolved;
};

export const resolveType: GraphQLTypeResolver<unknown, unknown> = (value, _context, info, type) =>
  (value as Node).__typename?.toString() ?? info.schema.getPossibleTypes(type)[0]?.name;
