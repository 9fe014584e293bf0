import type { ReactNode } from "react";

/** A fact in a description list: its name, and its value or that there is none. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-subtle">{label}</dt>
      <dd className="[overflow-wrap:anywhere]">
        {children || <span className="text-ink-subtle">None</span>}
      </dd>
    </div>
  );
}
