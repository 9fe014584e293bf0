import type { ReactNode } from "react";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { BulkButtons, type ShownList, ShownListInputs } from "./bulk-bar.tsx";
import type { KindButton } from "./bulk-kind.ts";

/** For checkboxes named `ids` that stand outside the form, because a row holds forms of its own. */
export const bulkFormId = "bulk";

interface BulkFormProps {
  q: string;
  shown: ShownList;
  buttons: KindButton[];
  children?: ReactNode;
}

/**
 * The bar of a list without JavaScript: it posts the ticked boxes. A box belongs to it by standing inside, or by
 * `form={bulkFormId}`.
 */
export function BulkForm({ q, shown, buttons, children }: BulkFormProps) {
  return (
    <AppForm id={bulkFormId} action="/app/bulk/new">
      <input type="hidden" name="q" value={q} />
      <ShownListInputs {...shown} />
      {children}
      <div
        role="toolbar"
        aria-label="Change the ticked orders"
        className="flex flex-wrap items-center gap-2 p-2"
      >
        <span className="text-ink-subtle">Ticked orders:</span>
        <BulkButtons buttons={buttons} />
        <Button type="submit" formAction="/app/exports">
          Export
        </Button>
        <Button type="submit" name="all" value="1" variant="plain">
          Change all in this list
        </Button>
      </div>
    </AppForm>
  );
}

/** Every order of the list at once, from the page's header. */
export function ChangeAllButton({ q }: { q: string }) {
  return (
    <AppForm action="/app/bulk/new">
      <input type="hidden" name="q" value={q} />
      <Button type="submit" name="all" value="1">
        Change all…
      </Button>
    </AppForm>
  );
}
