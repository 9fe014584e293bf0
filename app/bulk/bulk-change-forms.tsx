import { useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { orderStatuses, statusLabels } from "../orders/order.ts";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import type { chosenKinds } from "./bulk-action.ts";

export type ChosenKind = (typeof chosenKinds)[number];

/** What to change on the orders of a draft: a small form for each kind, the one asked for first. */
export function BulkChangeForms({
  first,
  input,
  decided,
  error,
}: {
  first: ChosenKind | null;
  /** What the draft says so far. */
  input: { status?: string; tag?: string };
  decided: boolean;
  error: { kind: string; message: string } | null;
}) {
  const fields: Record<ChosenKind, ReactNode> = {
    set_status: (
      <SelectField
        label="Set status to"
        name="status"
        defaultValue={input.status ?? ""}
        required
        error={of(error, "set_status")}
      >
        <option value="" disabled>
          Choose a status
        </option>
        {orderStatuses.map((status) => (
          <option key={status} value={status}>
            {statusLabels[status]}
          </option>
        ))}
      </SelectField>
    ),
    add_tag: (
      <TextField
        label="Add the tag"
        name="tag"
        required
        maxLength={80}
        defaultValue={first === "add_tag" ? input.tag : undefined}
        error={of(error, "add_tag")}
      />
    ),
    remove_tag: (
      <TextField
        label="Remove the tag"
        name="tag"
        required
        maxLength={80}
        defaultValue={first === "remove_tag" ? input.tag : undefined}
        error={of(error, "remove_tag")}
      />
    ),
  };
  const kinds = Object.keys(fields) as ChosenKind[];
  const sorted = first ? [first, ...kinds.filter((kind) => kind !== first)] : kinds;
  const busy = useNavigation().formData?.get("kind");
  return (
    <Card title="What should change?">
      <div className="grid gap-4">
        {sorted.map((kind) => (
          <AppForm key={kind} className="flex items-end gap-2" preventScrollReset>
            <input type="hidden" name="intent" value="choose" />
            <input type="hidden" name="kind" value={kind} />
            <div className="min-w-0 flex-1 sm:max-w-sm">{fields[kind]}</div>
            <Button
              type="submit"
              variant={kind === first && !decided ? "primary" : "secondary"}
              busy={busy === kind}
            >
              Preview
              <span className="sr-only"> {previewOf[kind]}</span>
            </Button>
          </AppForm>
        ))}
      </div>
    </Card>
  );
}

const previewOf: Record<ChosenKind, string> = {
  set_status: "the new status",
  add_tag: "the added tag",
  remove_tag: "the removed tag",
};

const of = (error: { kind: string; message: string } | null, kind: ChosenKind) =>
  error?.kind === kind ? error.message : null;
