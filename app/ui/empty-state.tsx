import type { ReactNode } from "react";

/** Where a list would be: why it is empty and how it fills. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-md gap-1 px-4 py-12 text-center">
      <p className="text-heading font-semibold">{title}</p>
      <div className="grid gap-3 text-ink-subtle">{children}</div>
    </div>
  );
}
