import { emptyQuery, type Query } from "../search/query.ts";

/** Reads the text of the search box. */
export function parseOrderQuery(q: string): Query {
  const place = { start: 0, end: q.length, negated: false };
  const status = /^status:(\w+)$/.exec(q)?.[1];
  if (status)
    return {
      terms: [{ ...place, kind: "field", field: "status", match: { type: "keywords", values: [status] } }],
    };
  if (q === "is:review")
    return { terms: [{ ...place, kind: "field", field: "is:review", match: { type: "flag" } }] };
  return emptyQuery;
}
