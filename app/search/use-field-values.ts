import { useEffect, useRef, useState } from "react";
import { lexQuery } from "./lex-query.ts";
import type { SearchVocabulary } from "./query.ts";

interface FieldValues {
  open: boolean;
  typed: string;
  caret: number;
  vocabulary: SearchVocabulary;
  loadValues: ((field: string) => Promise<string[]>) | undefined;
}

/** The values of open keywords, each fetched when its key is first written. */
export function useFieldValues({ open, typed, caret, vocabulary, loadValues }: FieldValues) {
  const [values, setValues] = useState<Record<string, string[]>>({});
  const asked = useRef(new Set<string>());
  const field = open && loadValues ? openKeywordAt(typed, caret, vocabulary) : null;
  useEffect(() => {
    if (!field || !loadValues || asked.current.has(field)) return;
    asked.current.add(field);
    loadValues(field).then(
      (loaded) => setValues((known) => ({ ...known, [field]: loaded })),
      // Without them everything can still be typed; the next time it may succeed.
      () => asked.current.delete(field),
    );
  }, [field, loadValues]);
  return values;
}

/** The keyword without a closed list whose value the caret stands in. */
function openKeywordAt(text: string, caret: number, { fields }: SearchVocabulary): string | null {
  const token = lexQuery(text.slice(0, caret)).at(-1);
  if (token?.kind !== "field" || token.end < caret) return null;
  const key = token.key.toLowerCase();
  const field = fields.find(({ name }) => name === key);
  return field?.kind === "keyword" && !field.values ? field.name : null;
}
