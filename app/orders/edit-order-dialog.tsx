import { Form, useLocation, useNavigate } from "@remix-run/react";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Badge } from "../ui/badge.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { useAppData } from "../ui/use-app-data.ts";
import type { CancelledEdit } from "./cancelled-edit-notice.tsx";
import { AlsoChanged, ConflictPanel } from "./conflict-panel.tsx";
import { leaveEditAddress } from "./edit-address.ts";
import type { EditAnswer } from "./edit-answer.ts";
import { EditDialog } from "./edit-dialog.tsx";
import { draftKey, keepDraft } from "./edit-draft.ts";
import { EditFormFields } from "./edit-form-fields.tsx";
import { EditFormNotices } from "./edit-form-notices.tsx";
import { compare, type OrderSnapshot, toValues } from "./edit-form-state.ts";
import type { FieldChanges } from "./field-changes.server.ts";
import { editableFields, pickEditableFields } from "./order.ts";
import type { EditableOrder } from "./orders.server.ts";
import { useEditForm } from "./use-edit-form.ts";

interface EditOrderDialogProps {
  orderId: string;
  order: EditableOrder | null;
  /** Who changed what last. */
  changes: FieldChanges;
  answer: EditAnswer | null;
}

/** The edit dialog of one order, from opening to the answer of a save. */
export function EditOrderDialog(props: EditOrderDialogProps) {
  const { order, answer } = props;
  const [first] = useState(() => (order ? snapshot(order) : snapshotOfAnswer(answer)));
  return first ? <EditOrderForm {...props} first={first} /> : <NoSuchOrder />;
}

const snapshot = (order: EditableOrder): OrderSnapshot => ({
  version: order.version,
  values: pickEditableFields(order),
});

/** A form posted without a script for an order that is gone: what was typed is all there is to show. */
function snapshotOfAnswer(answer: EditAnswer | null): OrderSnapshot | null {
  const submitted = answer?.submitted;
  if (!submitted) return null;
  const values = toValues({ ...submitted, status: submitted.status ?? "PENDING" });
  return { version: submitted.version ?? 1, values };
}

function EditOrderForm({
  orderId,
  order,
  changes,
  answer,
  first,
}: EditOrderDialogProps & { first: OrderSnapshot }) {
  const shopDomain = useAppData()?.shop.domain ?? "";
  const form = useRef<HTMLFormElement>(null);
  const panel = useRef<HTMLElement>(null);
  const titleId = useId();
  const hydrated = useHydrated();
  const [name] = useState(order?.name ?? "the order");
  const read = useMemo(() => (order ? snapshot(order) : null), [order]);
  const { state, dispatch, saving, dirty } = useEditForm({
    shopDomain,
    orderId,
    first,
    order: read,
    answer,
    form,
  });
  const leave = useLeave({ key: draftKey(shopDomain, orderId), name, dirty: dirty && !state.gone, state });
  const { conflicts, takenOver } = compare(state);
  const told = conflicts.map((conflict) => ({
    ...conflict,
    change: changes[conflict.field] ?? null,
  }));
  const frozen = saving || state.gone;

  // Where an answer points, the focus goes: the first faulty field, or the question that a conflict asks.
  const { answers, errors, refused } = state;
  const faulty = editableFields.find((field) => errors[field]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer, not whenever an error is typed away
  useEffect(() => {
    if (answers === 0) return;
    if (faulty) form.current?.querySelector<HTMLElement>(`[name="${faulty}"]`)?.focus();
    else if (refused) panel.current?.focus();
  }, [answers]);

  return (
    <EditDialog labelledBy={titleId} onCancel={leave.cancel}>
      <Form
        ref={form}
        method="post"
        replace
        preventScrollReset
        autoComplete="off"
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          if (frozen) event.preventDefault();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-3">
          <h2 id={titleId} className="text-heading font-semibold">
            Edit {name}
          </h2>
          <span className="text-small text-ink-subtle">Opened at version {state.opened.version}</span>
          <span role="status" className="ml-auto">
            {dirty && <Badge tone="warning">Unsaved changes</Badge>}
          </span>
        </header>
        <div className="grid min-h-0 auto-rows-max gap-4 overflow-y-auto px-4 py-4">
          <PageSessionInput />
          <input type="hidden" name="version" value={state.opened.version} />
          {conflicts.length > 0 && <input type="hidden" name="decidedVersion" value={state.latest.version} />}
          <EditFormNotices state={state} onDiscard={() => dispatch({ type: "discarded" })} />
          <p role="status" className="sr-only">
            {conflicts.length > 0 && !refused && "This order changed while you were editing."}
          </p>
          {conflicts.length > 0 && !state.gone && (
            <ConflictPanel
              ref={panel}
              conflicts={told}
              takenOver={takenOver}
              choices={state.choices}
              refused={refused}
              saving={saving}
              onChoose={(field, choice) => dispatch({ type: "chose", field, choice })}
            />
          )}
          {conflicts.length === 0 && takenOver.length > 0 && (
            <Banner title="This order changed while you were editing" live="polite">
              <AlsoChanged fields={takenOver} />
            </Banner>
          )}
          <EditFormFields
            state={state}
            takenOver={takenOver}
            readOnly={frozen}
            onType={(field, value) => {
              if (!frozen) dispatch({ type: "typed", field, value, at: new Date().toISOString() });
            }}
          />
        </div>
        <footer className="flex items-center justify-end gap-2 border-t border-line bg-surface-subtle px-4 py-3">
          <p className="mr-auto text-small text-ink-subtle max-sm:hidden">
            {hydrated && "Ctrl or ⌘ + Enter saves, Esc cancels"}
          </p>
          {hydrated ? (
            <Button onClick={leave.cancel}>Cancel</Button>
          ) : (
            <ButtonLink to={leave.to} preventScrollReset>
              Cancel
            </ButtonLink>
          )}
          <Button
            type="submit"
            name="intent"
            value="save"
            formNoValidate
            variant="primary"
            busy={saving}
            disabled={state.gone}
            className="min-w-20"
          >
            {saving ? "Saving…" : "Save"}
          </Button>
        </footer>
      </Form>
    </EditDialog>
  );
}

/** Leaving without a save. What was typed stays in the tab, and the next page offers to bring it back. */
function useLeave({
  key,
  name,
  dirty,
  state: { opened, typed, choices, typedAt },
}: {
  key: string;
  name: string;
  dirty: boolean;
  state: ReturnType<typeof useEditForm>["state"];
}) {
  const navigate = useNavigate();
  const location = useLocation();
  const to = leaveEditAddress(location);
  const left = useRef(false);
  return {
    to,
    cancel() {
      if (left.current) return;
      left.current = true;
      let state: CancelledEdit | null = null;
      if (dirty) {
        const savedAt = typedAt ?? new Date().toISOString();
        keepDraft(key, { opened, typed, choices, savedAt, cancelled: true });
        state = { cancelledEdit: { key, name, to: location.pathname + location.search } };
      }
      navigate(to, { replace: true, preventScrollReset: true, state });
    },
  };
}

function NoSuchOrder() {
  const titleId = useId();
  const navigate = useNavigate();
  const to = leaveEditAddress(useLocation());
  return (
    <EditDialog
      labelledBy={titleId}
      onCancel={() => navigate(to, { replace: true, preventScrollReset: true })}
    >
      <div className="grid gap-3 p-4">
        <h2 id={titleId} className="text-heading font-semibold">
          There is no such order
        </h2>
        <p>It may have been deleted at Shopify, or it belongs to another shop.</p>
        <p>
          <ButtonLink to={to} preventScrollReset>
            Back to the orders
          </ButtonLink>
        </p>
      </div>
    </EditDialog>
  );
}
