import type { ReactNode } from "react";
import { type Tone, toneClass } from "./tone.ts";

/** How far along something is: nothing done, begun, complete, or given up. */
export type Pip = "empty" | "half" | "full" | "cross";

/** A state in a word. Its tone never speaks alone: the word says it, and the pip shows it. */
export function Badge({ tone = "neutral", pip, children }: { tone?: Tone; pip?: Pip; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-small font-medium whitespace-nowrap ${toneClass[tone]}`}
    >
      {pip && <PipMark pip={pip} />}
      {children}
    </span>
  );
}

function PipMark({ pip }: { pip: Pip }) {
  return (
    <svg viewBox="0 0 8 8" className="size-2 shrink-0" aria-hidden="true" fill="none" stroke="currentColor">
      {pip === "cross" ? (
        <path d="M1 1l6 6M7 1L1 7" strokeWidth="1.5" />
      ) : (
        <circle cx="4" cy="4" r="3.25" strokeWidth="1.5" fill={pip === "full" ? "currentColor" : "none"} />
      )}
      {pip === "half" && <path d="M4 .75a3.25 3.25 0 0 1 0 6.5z" fill="currentColor" stroke="none" />}
    </svg>
  );
}
