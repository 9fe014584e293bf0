import { useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { orderStatuses, statusLabels } from "../orders/order.ts";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { chosenKinds } from "./bulk-action.ts";
import type { KindButton } from "./bulk-kind.ts";

export type ChosenKind = (typeof chosenKinds)[number];

const isChosenKind = (kind: string): kind is ChosenKind => chosenKinds.some((one) => one === kind);

/** What to change on the orders of a draft: a small form for each kind, the one asked for first. */
export function BulkChangeForms({
  first: asked,
  input,
  buttons,
  decided,
  error,
}: {
  /** The kind that was asked for. */
  first: string | null;
  /** What the draft says so far. */
  input: Record<string, unknown>;
  /** The kinds that need no value. */
  buttons: KindButton[];
  decided: boolean;
  error: { kind: string; message: string } | null;
}) {
  const first = asked !== null && isChosenKind(asked) ? asked : null;
  const given = (name: string) => (typeof input[name] === "string" ? input[name] : undefined);
  const fields: Record<ChosenKind, ReactNode> = {
    set_status: (
      <SelectField
        label="Set status to"
        name="status"
        defaultValue={given("status") ?? ""}
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
        defaultValue={first === "add_tag" ? given("tag") : undefined}
        error={of(error, "add_tag")}
      />
    ),
    remove_tag: (
      <TextField
        label="Remove the tag"
        name="tag"
        required
        maxLength={80}
        defaultValue={first === "remove_tag" ? given("tag") : undefined}
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
        {buttons.map(({ kind, label }) => (
          <AppForm key={kind} preventScrollReset>
            <input type="hidden" name="intent" value="choose" />
            <input type="hidden" name="kind" value={kind} />
            <Button
              type="submit"
              variant={kind === asked && !decided ? "primary" : "secondary"}
              busy={busy === kind}
            >
              {label}
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
