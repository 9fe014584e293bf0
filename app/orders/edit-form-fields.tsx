import { Badge } from "../ui/badge.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import type { TypedValues } from "./edit-answer.ts";
import type { EditFormState } from "./edit-form-state.ts";
import {
  type EditableField,
  fieldLabels,
  type OrderStatus,
  selectableStatuses,
  statusLabels,
} from "./order.ts";
import { describeField, type OtherPerson } from "./presence.ts";

interface EditFormFieldsProps {
  state: EditFormState;
  /** Fields that only others have changed: the save keeps theirs. */
  takenOver: readonly EditableField[];
  readOnly: boolean;
  /** Who else has this order open. */
  others: OtherPerson[];
  onType(field: EditableField, value: string): void;
}

export function EditFormFields({ state, takenOver, readOnly, others, onType }: EditFormFieldsProps) {
  const { typed, errors, latest } = state;
  const wire = <Name extends EditableField>(name: Name) => ({
    name,
    label: fieldLabels[name],
    value: typed[name],
    error: errors[name],
    aside: describeField(others, name) && <Badge tone="info">{describeField(others, name)}</Badge>,
    hint: takenOver.includes(name) && <TheirValue field={name} value={latest.values[name]} />,
    onChange: (event: { target: { value: string } }) => onType(name, event.target.value),
  });
  return (
    <>
      <SelectField {...wire("status")} aria-disabled={readOnly || undefined}>
        {statusChoices(state).map((status) => (
          <option key={status} value={status}>
            {statusLabels[status]}
          </option>
        ))}
      </SelectField>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField {...wire("trackingCompany")} readOnly={readOnly} />
        <TextField {...wire("trackingNumber")} readOnly={readOnly} />
      </div>
      <TextAreaField {...wire("note")} rows={5} readOnly={readOnly} />
    </>
  );
}

/** What the order may become now, and what is chosen already even if the order has moved on since. */
function statusChoices({
  typed,
  opened,
  latest,
}: { typed: TypedValues } & Pick<EditFormState, "opened" | "latest">) {
  return [
    ...new Set<OrderStatus>([
      opened.values.status,
      ...selectableStatuses(latest.values.status),
      typed.status,
    ]),
  ];
}

function TheirValue({ field, value }: { field: EditableField; value: string | null }) {
  return (
    <>
      Changed by others to <q className="font-medium text-ink">{showValue(field, value)}</q>. Your save keeps
      that.
    </>
  );
}

/** A field's value for people. */
export function showValue(field: EditableField, value: string | null): string {
  if (value === null) return "(empty)";
  return field === "status" ? (statusLabels[value as OrderStatus] ?? value) : value;
}
