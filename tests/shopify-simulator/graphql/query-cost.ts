import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from "graphql";
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
} from "graphql";

const MUTATION_COST = 10;

/**
 * The cost of a query before it runs, by Shopify's published rule: scalars are free, an object is one point, a
 * connection multiplies what it holds by its page size.
 */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }

  function selectionCost(selections: SelectionSetNode, parent: GraphQLNamedType): number {
    let total = 0;
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        const type = fragment && schema.getType(fragment.typeCondition.name.value);
        if (fragment && type) total += selectionCost(fragment.selectionSet, type);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
        if (type) total += selectionCost(selection.selectionSet, type);
      } else if (selection.selectionSet) {
        const holder =
          isObjectType(parent) || (isAbstractType(parent) && "getFields" in parent) ? parent : null;
        const field = holder?.getFields()[selection.name.value];
        if (!field) continue;
        const type = getNamedType(field.type);
        if (!isCompositeType(type)) continue;
        const inside = selectionCost(selection.selectionSet, type);
        const size = selection.arguments?.find(
          (one) => one.name.value === "first" || one.name.value === "last",
        );
        const items = size ? Number(valueFromASTUntyped(size.value, variables) ?? 1) : 1;
        if (type.name.endsWith("Connection")) total += inside * items;
        // Edges and page information belong to the connection; what counts are the nodes.
        else if (type.name.endsWith("Edge") || type.name === "PageInfo") total += inside;
        else total += (1 + inside) * (size ? items : 1);
      }
    }
    return total;
  }

  const root = schema.getRootType(operation.operation);
  const base = operation.operation === "mutation" ? MUTATION_COST : 0;
  return root ? base + selectionCost(operation.selectionSet, root) : base;
}

/** What the answer really held: objects, without the lists, edges and page information around them. */
export function answeredCost(value: unknown, key = ""): number {
  if (Array.isArray(value)) return value.reduce((total: number, one) => total + answeredCost(one, key), 0);
  if (value === null || typeof value !== "object") return 0;
  const wrapper = key === "" || key === "pageInfo" || key === "edges" || "nodes" in value || "edges" in value;
  return Object.entries(value).reduce(
    (total, [name, one]) => total + answeredCost(one, name),
    wrapper ? 0 : 1,
  );
}
