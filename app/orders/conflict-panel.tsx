import { forwardRef, useId } from "react";
import { Banner } from "../ui/banner.tsx";
import { TextDiff } from "../ui/text-diff.tsx";
import { Time } from "../ui/time.tsx";
import type { ConflictChoice, FieldConflict } from "./conflict.ts";

import { choiceName } from "./edit-form.ts";
import { showValue } from "./edit-form-fields.tsx";
import { whyNotMine } from "./edit-form-state.ts";
import { type EditableField, fieldLabels } from "./order.ts";

/** A conflict with its story, as far as it is known. */
export interface ToldConflict extends FieldConflict {
  change: { by: string; at: string } | null;
}

interface ConflictPanelProps {
  conflicts: ToldConflict[];
  takenOver: readonly EditableField[];
  choices: Partial<Record<EditableField, ConflictChoice>>;
  /** A save was refused for these. Otherwise they are news that arrived while the form was open. */
  refused: boolean;
  /** The fields that still wait for a choice. */
  undecided: readonly EditableField[];
  /** The choices were to be saved without them. */
  pressed: boolean;
  onChoose(field: EditableField, choice: ConflictChoice): void;
}

/** What one typed beside what others saved meanwhile, and the choice between them; the footer has its buttons. */
export const ConflictPanel = forwardRef<HTMLElement, ConflictPanelProps>(function ConflictPanel(
  { conflicts, takenOver, choices, refused, undecided, pressed, onChoose },
  panel,
) {
  const [titleId, textId] = [useId(), useId()];
  return (
    <section
      ref={panel}
      tabIndex={-1}
      role={refused ? "alertdialog" : "region"}
      aria-labelledby={titleId}
      aria-describedby={textId}
    >
      <Banner
        tone="warning"
        title={
          <span id={titleId}>
            {refused
              ? "Not saved yet: this order changed meanwhile"
              : "This order changed while you were editing"}
          </span>
        }
      >
        <p id={textId}>
          {conflicts.length === 1
            ? "You and somebody else changed the same field."
            : "You and others changed the same fields."}{" "}
          Choose for each, or <strong>Refresh</strong> to take the server’s, or{" "}
          <strong>Force overwrite</strong> to keep yours. What you typed in other fields is saved with it.
        </p>
        {refused && undecided.length > 0 && (
          <p className="font-semibold">
            Choose for: {undecided.map((field) => fieldLabels[field]).join(", ")}
          </p>
        )}
        {takenOver.length > 0 && <AlsoChanged fields={takenOver} />}
        {conflicts.map((conflict) => (
          <ConflictField
            key={conflict.field}
            conflict={conflict}
            choice={choices[conflict.field]}
            missing={pressed && undecided.includes(conflict.field)}
            onChoose={(choice) => onChoose(conflict.field, choice)}
          />
        ))}
      </Banner>
    </section>
  );
});

/** Fields that only others changed: nothing to decide. */
export function AlsoChanged({ fields }: { fields: readonly EditableField[] }) {
  return <p>Also changed by others: {fields.map((field) => fieldLabels[field]).join(", ")}.</p>;
}

interface ConflictFieldProps {
  conflict: ToldConflict;
  choice: ConflictChoice | undefined;
  /** A choice was asked for and is not there. */
  missing: boolean;
  onChoose(choice: ConflictChoice): void;
}

function ConflictField({ conflict, choice, missing, onChoose }: ConflictFieldProps) {
  const { field, base, mine, theirs, change } = conflict;
  const reason = whyNotMine(conflict);
  const [reasonId, missingId] = [useId(), useId()];
  const chosen = reason === null ? choice : "theirs";
  const radio = (value: ConflictChoice) => ({
    type: "radio",
    name: choiceName(field),
    value,
    checked: chosen === value,
    onChange: () => onChoose(value),
    required: true,
    "aria-describedby": missing ? missingId : undefined,
    className: "mt-1 size-4 shrink-0 accent-focus",
  });
  return (
    <fieldset className="grid gap-2 border-t border-line pt-3">
      <legend className="float-left w-full font-semibold">{fieldLabels[field]}</legend>
      <p className="text-ink-subtle">
        Both started from: <Value field={field} value={base} />
      </p>
      {missing && (
        <p id={missingId} className="flex items-start gap-1 text-on-critical">
          <span aria-hidden="true">!</span>
          Choose one of the two
        </p>
      )}
      <div className="grid gap-2 sm:grid-cols-2">
        <label className={option}>
          <input
            {...radio("mine")}
            disabled={reason !== null}
            {...(reason && { "aria-describedby": reasonId })}
          />
          <span className="min-w-0">
            <span className="block font-semibold">Your change:</span>
            <Value field={field} value={mine} comparedWith={base} />
            {reason && (
              <span id={reasonId} className="mt-1 block text-small text-on-critical">
                Not possible any more. {reason}
              </span>
            )}
          </span>
        </label>
        <label className={option}>
          <input {...radio("theirs")} />
          <span className="min-w-0">
            <span className="block font-semibold">Server value:</span>
            <Value field={field} value={theirs} comparedWith={base} />
            {change && (
              <span className="mt-1 block text-small text-ink-subtle">
                {change.by}, <Time at={change.at} />
              </span>
            )}
          </span>
        </label>
      </div>
    </fieldset>
  );
}

const option =
  "flex items-start gap-2 rounded-control border border-line-strong p-2.5 has-checked:border-focus has-checked:bg-highlight " +
  "has-disabled:border-line has-disabled:bg-surface-subtle";

/** A value; a note with what was put in and taken out marked. */
function Value({
  field,
  value,
  comparedWith,
}: {
  field: EditableField;
  value: string | null;
  comparedWith?: string | null;
}) {
  if (field !== "note" || comparedWith === undefined || value === null) {
    const look = value === null ? "text-ink-subtle italic" : "whitespace-pre-wrap [overflow-wrap:anywhere]";
    return <span className={look}>{showValue(field, value)}</span>;
  }
  return <TextDiff before={comparedWith ?? ""} after={value} />;
}
