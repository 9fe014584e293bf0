import { z } from "zod";

const answer = z.object({ values: z.array(z.string()) });

/** Fetches the values that an orders' field had lately. A failure offers none: suggestions are a help, not an answer. */
export async function loadOrderFieldValues(field: string): Promise<string[]> {
  const response = await fetch(`/app/orders/values?field=${encodeURIComponent(field)}`).catch(() => null);
  if (!response?.ok) return [];
  return answer.parse(await response.json()).values;
}
