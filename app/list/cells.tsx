import { Time } from "../ui/time.tsx";

/** A text on one line; what is cut off is read by pointing at it. */
export function Text({ children }: { children: string | null }) {
  if (!children) return <None />;
  return (
    <span className="block truncate" title={children}>
      {children}
    </span>
  );
}

export const Instant = ({ at }: { at: string | null }) =>
  at === null ? (
    <None />
  ) : (
    <span className="block truncate text-ink-subtle">
      <Time at={at} />
    </span>
  );

export const None = () => (
  <span className="text-ink-subtle">
    <span aria-hidden="true">–</span>
    <span className="sr-only">None</span>
  </span>
);
