import { type ComponentProps, type ReactNode, useId } from "react";

/** A box to tick, with its label beside it. */
export function TickField({
  label,
  hint,
  ...input
}: Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode }) {
  const hintId = useId();
  return (
    <div className="grid gap-1">
      <label className="flex min-h-6 items-start gap-2 font-medium">
        <input
          type="checkbox"
          value="on"
          aria-describedby={hint ? hintId : undefined}
          className="mt-0.5 size-4 shrink-0 accent-focus"
          {...input}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={hintId} className="pl-6 text-small text-ink-subtle">
          {hint}
        </p>
      )}
    </div>
  );
}
