import { type ReactNode, useId } from "react";

/** A white sheet. With a title it is a landmark of its own. */
export function Card({
  title,
  action,
  children,
  flush = false,
}: {
  title?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  /** The content reaches the edges: a table or a list. */
  flush?: boolean;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className="overflow-hidden rounded-card bg-surface shadow-card"
    >
      {title && (
        <div className="flex min-h-8 items-center justify-between gap-4 px-4 pt-3">
          <h2 id={id} className="text-heading font-semibold">
            {title}
          </h2>
          {action}
        </div>
      )}
      <div className={flush ? (title ? "pt-2" : "") : "px-4 pt-2 pb-4"}>{children}</div>
    </section>
  );
}
