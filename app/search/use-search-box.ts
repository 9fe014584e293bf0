import { useNavigate } from "@remix-run/react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { atTop } from "../ui/at-top.ts";
import { parseQuery } from "./parse-query.ts";
import type { QueryError, SearchVocabulary } from "./query.ts";
import { searchHref } from "./search-href.ts";
import { type Suggestion, suggest } from "./suggest.ts";
import { useFieldValues } from "./use-field-values.ts";

export interface SearchBoxState {
  /** The list's address without its query. */
  action: string;
  /** What else the address says, without the place in the list: another query starts at its first page. */
  params?: Record<string, string>;
  /** The text that the list shows now. */
  text: string;
  /** What is wrong with that text. */
  errors: QueryError[];
  vocabulary: SearchVocabulary;
  /** The day yyyy-mm-dd in the shop's time zone. */
  today: string;
  /** Fetches the values of an open keyword such as tag, for suggestions. */
  loadValues?: (field: string) => Promise<string[]>;
}

/**
 * What the box holds while somebody types. The address is the truth: a text counts once it is applied, and a back
 * button or a removed chip replaces what stands in the box.
 */
export function useSearchBox({
  action,
  params = {},
  text,
  errors,
  vocabulary,
  today,
  loadValues,
}: SearchBoxState) {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [caret, setCaret] = useState(text.length);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [shown, setShown] = useState(text);
  const [applied, setApplied] = useState(text);
  const nextCaret = useRef<number | null>(null);

  // Only when another text comes than the one applied here: what is typed meanwhile must not be lost.
  if (shown !== text) {
    setShown(text);
    if (text !== applied) {
      setTyped(text);
      setCaret(text.length);
      setApplied(text);
    }
  }

  useEffect(() => {
    // What was typed before the script arrived.
    if (input.current) setTyped(input.current.value);
  }, []);

  useEffect(() => {
    if (nextCaret.current === null) return;
    input.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
  });

  const values = useFieldValues({ open, typed, caret, vocabulary, loadValues });
  const suggestions = useMemo(
    () => suggest(typed, caret, vocabulary, values),
    [typed, caret, vocabulary, values],
  );
  const items = open ? suggestions.items : [];

  // Nobody is told that a word is wrong while still writing it.
  const problems = useMemo(
    () =>
      typed === text
        ? errors
        : parseQuery(typed, vocabulary, { today }).errors.filter(
            ({ start, end }) => caret < start || caret > end,
          ),
    [typed, text, errors, vocabulary, today, caret],
  );

  function apply(wanted: string) {
    setOpen(false);
    setApplied(wanted.trim());
    navigate(searchHref(action, params, wanted), { state: atTop, replace: wanted.trim() === text.trim() });
  }

  function change(value: string, at: number) {
    setTyped(value);
    setCaret(at);
    setActive(-1);
    // After a space nothing is meant yet, unless it stands in a quoted value.
    setOpen(/\S$/.test(value.slice(0, at)) || suggest(value, at, vocabulary).replaceFrom < at);
  }

  function choose(item: Suggestion) {
    const { replaceFrom, replaceTo } = suggestions;
    const next = typed.slice(0, replaceFrom) + item.insert + typed.slice(replaceTo);
    const at = replaceFrom + item.insert.length;
    nextCaret.current = at;
    change(next, at);
    if (item.complete) apply(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const chosen = items[active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const { length } = suggestions.items;
      if (length === 0) return;
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive(active < 0 || !open ? (step > 0 ? 0 : length - 1) : (active + step + length) % length);
    } else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && chosen) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === "Escape" && items.length > 0) {
      event.preventDefault();
      setOpen(false);
      setActive(-1);
    }
  }

  return {
    input,
    typed,
    items,
    active,
    problems,
    apply,
    change,
    choose,
    onKeyDown,
    moveCaret(at: number) {
      if (at !== caret) setActive(-1);
      setCaret(at);
    },
    close: () => setOpen(false),
  };
}
