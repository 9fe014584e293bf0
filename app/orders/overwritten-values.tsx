import { useNavigation } from "@remix-run/react";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { changeLabel, describeValue, type OrderTerms } from "./describe-change.ts";
import { type EditableFields, editableFields } from "./order.ts";

/** A merchant's values that Shopify overwrote, kept, with the one click that puts them back. */
export function OverwrittenValues({
  version,
  values,
  current,
  terms,
}: {
  version: number;
  values: Partial<EditableFields>;
  /** The order as the page shows it, its version included: a restore is of what the person saw. */
  current: EditableFields & { version: number };
  terms: OrderTerms;
}) {
  const { formData } = useNavigation();
  const fields = editableFields.filter((field) => field in values);
  const restorable = fields.some((field) => values[field] !== current[field]);
  const restoring = formData?.get("intent") === "restore" && formData.get("version") === String(version);
  return (
    <div className="mt-2 grid gap-2 rounded-control border border-line bg-surface-subtle px-3 py-2">
      <p className="font-medium">Your values that Shopify changed</p>
      <dl className="grid gap-0.5">
        {fields.map((field) => (
          <div key={field} className="flex flex-wrap gap-x-1.5">
            <dt className="text-ink-subtle">{changeLabel(field)}:</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-line">
              {describeValue(field, values[field], terms) ?? <em>none</em>}
            </dd>
          </div>
        ))}
      </dl>
      {restorable ? (
        <AppForm preventScrollReset>
          <input type="hidden" name="intent" value="restore" />
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="openedVersion" value={current.version} />
          <Button type="submit" busy={restoring}>
            {restoring ? "Restoring…" : "Restore"}
            <span className="sr-only"> the values from before version {version}</span>
          </Button>
        </AppForm>
      ) : (
        <p className="text-small text-ink-subtle">They are the order's values again.</p>
      )}
    </div>
  );
}
