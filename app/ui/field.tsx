import { type ComponentProps, type ReactNode, useId } from "react";

interface FieldText {
  label: ReactNode;
  hint?: ReactNode;
  /** Stands at the other end of the label's line. */
  aside?: ReactNode;
  /** What is wrong with the value; the first of several is shown. */
  error?: string | string[] | null;
  /** The label is there for assistive technology only. */
  labelHidden?: boolean;
}

const control =
  "block w-full rounded-control border border-line-strong bg-surface px-3 py-1.5 text-body text-ink " +
  "placeholder:text-ink-subtle focus-visible:rounded-control aria-invalid:border-on-critical " +
  "aria-invalid:bg-critical disabled:bg-neutral disabled:text-ink-subtle " +
  // Below 16 px a phone zooms into the field it focuses.
  "max-sm:text-[1rem] max-sm:leading-6";

export function TextField({
  label,
  hint,
  aside,
  error,
  labelHidden,
  ...input
}: ComponentProps<"input"> & FieldText) {
  return (
    <FieldFrame {...{ label, hint, aside, error, labelHidden, id: input.id }}>
      {(wiring) => <input className={control} autoComplete="off" {...input} {...wiring} />}
    </FieldFrame>
  );
}

export function SelectField({
  label,
  hint,
  aside,
  error,
  labelHidden,
  ...select
}: ComponentProps<"select"> & FieldText) {
  return (
    <FieldFrame {...{ label, hint, aside, error, labelHidden, id: select.id }}>
      {(wiring) => <select className={`${control} min-h-8`} {...select} {...wiring} />}
    </FieldFrame>
  );
}

export function TextAreaField({
  label,
  hint,
  aside,
  error,
  labelHidden,
  ...textarea
}: ComponentProps<"textarea"> & FieldText) {
  return (
    <FieldFrame {...{ label, hint, aside, error, labelHidden, id: textarea.id }}>
      {(wiring) => <textarea className={control} rows={4} {...textarea} {...wiring} />}
    </FieldFrame>
  );
}

interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

function FieldFrame({
  label,
  hint,
  aside,
  error,
  labelHidden,
  id: givenId,
  children,
}: FieldText & { id: string | undefined; children: (wiring: Wiring) => ReactNode }) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const problem = Array.isArray(error) ? error[0] : error;
  const described = [problem && `${id}-error`, hint && `${id}-hint`, aside && `${id}-aside`]
    .filter(Boolean)
    .join(" ");
  return (
    <div className="grid gap-1">
      <div className={labelHidden ? "sr-only" : "flex justify-between gap-2"}>
        <label htmlFor={id} className="text-body font-medium">
          {label}
        </label>
        {aside && <span id={`${id}-aside`}>{aside}</span>}
      </div>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": problem ? true : undefined,
      })}
      {problem && (
        <p id={`${id}-error`} className="flex items-start gap-1 text-body text-on-critical">
          <span aria-hidden="true">!</span>
          {problem}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-small text-ink-subtle">
          {hint}
        </p>
      )}
    </div>
  );
}
