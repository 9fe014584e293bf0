import { type RefObject, useEffect, useRef } from "react";
import type { QueryError } from "./query.ts";

interface ErrorUnderlinesProps {
  text: string;
  errors: QueryError[];
  input: RefObject<HTMLInputElement>;
  /** The classes that give the input its size, font and padding. */
  face: string;
}

/**
 * Lies behind the box with the same invisible text and underlines parts of it, which an input cannot do. It follows
 * the input when a long text scrolls.
 */
export function ErrorUnderlines({ text, errors, input, face }: ErrorUnderlinesProps) {
  const layer = useRef<HTMLDivElement>(null);
  // After every render, because the caret may have moved the text.
  useEffect(() => follow(layer.current, input.current));
  useEffect(() => {
    const box = input.current;
    const scroll = () => follow(layer.current, box);
    box?.addEventListener("scroll", scroll);
    return () => box?.removeEventListener("scroll", scroll);
  }, [input]);
  return (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute inset-0 border border-transparent ${face}`}
    >
      <div ref={layer} className="h-full overflow-hidden whitespace-pre text-transparent">
        {underline(text, errors).map(({ start, part, wrong }) => (
          <span
            key={start}
            className={
              wrong
                ? "underline decoration-on-critical decoration-wavy decoration-1 underline-offset-2 [text-decoration-skip-ink:none]"
                : undefined
            }
          >
            {part}
          </span>
        ))}
      </div>
    </div>
  );
}

function follow(layer: HTMLDivElement | null, input: HTMLInputElement | null) {
  if (layer && input) layer.scrollLeft = input.scrollLeft;
}

/** Cuts the text into what is right and what is wrong. */
function underline(text: string, errors: QueryError[]): { start: number; part: string; wrong: boolean }[] {
  const parts: { start: number; part: string; wrong: boolean }[] = [];
  let at = 0;
  const add = (end: number, wrong: boolean) => {
    if (end > at) parts.push({ start: at, part: text.slice(at, end), wrong });
    at = Math.max(at, end);
  };
  for (const { start, end } of [...errors].sort((a, b) => a.start - b.start)) {
    add(start, false);
    add(end, true);
  }
  add(text.length, false);
  return parts;
}
