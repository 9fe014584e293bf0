import { Form, useLocation, useNavigate } from "@remix-run/react";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { NotLiveBadge } from "../live/live-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Banner } from "../ui/banner.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { useAppData } from "../ui/use-app-data.ts";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import type { CancelledEdit } from "./cancelled-edit-notice.tsx";
import { AlsoChanged, ConflictPanel } from "./conflict-panel.tsx";
import { leaveEditAddress } from "./edit-address.ts";
import type { EditAnswer } from "./edit-answer.ts";
import { EditDialog } from "./edit-dialog.tsx";
import { draftKey, keepDraft } from "./edit-draft.ts";
import { choiceName } from "./edit-form.ts";
import { EditFormFields } from "./edit-form-fields.tsx";
import { EditFormFooter } from "./edit-form-footer.tsx";
import { EditFormNotices } from "./edit-form-notices.tsx";
import { compare, type OrderSnapshot, toValues, undecided, whyNotMine } from "./edit-form-state.ts";
import { EditMessageDialog } from "./edit-message-dialog.tsx";
import type { FieldChanges } from "./field-changes.server.ts";
import { type EditableField, editableFields, pickEditableFields } from "./order.ts";
import type { EditableOrder } from "./orders.server.ts";
import { PresenceLine } from "./presence-line.tsx";
import { useEditForm } from "./use-edit-form.ts";
import { usePresence } from "./use-presence.ts";

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
  const app = useAppData();
  const shopDomain = app?.shop.domain ?? "";
  const form = useRef<HTMLFormElement>(null);
  const panel = useRef<HTMLElement>(null);
  const titleId = useId();
  const hydrated = useHydrated();
  const [name] = useState(order?.name ?? "the order");
  const read = useMemo(() => (order ? snapshot(order) : null), [order]);
  const { state, dispatch, saving, locked, saved, dirty } = useEditForm({
    shopDomain,
    orderId,
    first,
    order: read,
    answer,
    form,
  });
  const leave = useLeave({
    key: draftKey(shopDomain, orderId),
    name,
    locked,
    dirty: dirty && !saved && !state.gone,
    state,
  });
  const [field, setField] = useState<EditableField | null>(null);
  const others = usePresence(orderId, field);
  useShortcuts("form", { save: () => form.current?.requestSubmit() });
  const { conflicts, takenOver } = compare(state);
  const told = conflicts.map((conflict) => ({
    ...conflict,
    change: changes[conflict.field] ?? null,
  }));
  const frozen = saving || state.gone;
  const conflicting = conflicts.length > 0 && !state.gone;
  const waiting = undecided(state);

  // Where an answer points, the focus goes: the first faulty field, or the question that a conflict asks.
  const { answers, errors, refused } = state;
  const faulty = editableFields.find((field) => errors[field]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer, not whenever an error is typed away
  useEffect(() => {
    if (answers === 0) return;
    if (faulty) focusOn(form.current, faulty);
    else if (refused) panel.current?.focus();
  }, [answers]);

  return (
    <EditDialog labelledBy={titleId} onCancel={leave.cancel} locked={locked}>
      <Form
        ref={form}
        method="post"
        replace
        preventScrollReset
        autoComplete="off"
        className="flex min-h-0 flex-col"
        // The browser's own word for a missing choice would leave no mark at the field.
        noValidate={hydrated}
        onFocus={(event) => setField(fieldOf(event.target))}
        onSubmit={(event) => {
          if (frozen) return event.preventDefault();
          const undecidedField = waiting[0];
          if (!undecidedField || intentOf(event.nativeEvent) !== "save") return;
          event.preventDefault();
          dispatch({ type: "pressed" });
          focusOn(event.currentTarget, choiceName(undecidedField));
        }}
      >
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-3">
          <h2 id={titleId} className="text-heading font-semibold">
            Edit {name}
          </h2>
          <span className="text-small text-ink-subtle">Opened at version {state.opened.version}</span>
          <span className="text-small">
            <PresenceLine others={others} />
          </span>
          <span role="status" className="ml-auto">
            {dirty && <Badge tone="warning">Unsaved changes</Badge>}
          </span>
          <NotLiveBadge timeZone={app?.shop.timeZone ?? "UTC"} />
        </header>
        <div className="grid min-h-0 auto-rows-max gap-4 overflow-y-auto px-4 py-4">
          <PageSessionInput />
          <input type="hidden" name="version" value={state.opened.version} />
          <input type="hidden" name="openedNote" value={state.opened.values.note ?? ""} />
          {conflicts.length > 0 && <input type="hidden" name="decidedVersion" value={state.latest.version} />}
          <EditFormNotices state={state} onDiscard={() => dispatch({ type: "discarded" })} />
          <p role="status" className="sr-only">
            {conflicts.length > 0 && !refused && "This order changed while you were editing."}
          </p>
          {conflicting && (
            <ConflictPanel
              ref={panel}
              conflicts={told}
              takenOver={takenOver}
              choices={state.choices}
              refused={refused}
              undecided={waiting}
              pressed={state.pressed}
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
            others={others}
            onType={(field, value) => {
              if (!frozen) dispatch({ type: "typed", field, value, at: new Date().toISOString() });
            }}
          />
        </div>
        <EditFormFooter
          conflicting={conflicting}
          forceForbidden={conflicts.some((conflict) => whyNotMine(conflict) !== null)}
          saving={saving}
          gone={state.gone}
          locked={locked}
          leaveTo={leave.to}
          onCancel={leave.cancel}
        />
      </Form>
    </EditDialog>
  );
}

const focusOn = (form: HTMLFormElement | null, name: string) =>
  form?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();

/** The field that a control belongs to: its own, or the one whose conflict it decides. */
function fieldOf(control: EventTarget): EditableField | null {
  const name = control instanceof HTMLElement ? control.getAttribute("name") : null;
  return editableFields.find((field) => name === field || name === choiceName(field)) ?? null;
}

/** The intent of the button that was pressed. Enter and Ctrl + Enter press none, and mean "save". */
function intentOf(event: Event): string {
  const button = event instanceof SubmitEvent ? event.submitter : null;
  return button instanceof HTMLButtonElement ? button.value : "save";
}

/** Leaving without a save. What was typed stays in the tab, and the next page offers to bring it back. */
function useLeave({
  key,
  name,
  locked,
  dirty,
  state: { opened, typed, choices, typedAt },
}: {
  key: string;
  name: string;
  locked: boolean;
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
      if (left.current || locked) return;
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
  return (
    <EditMessageDialog title="There is no such order">
      <p>It may have been deleted at Shopify, or it belongs to another shop.</p>
    </EditMessageDialog>
  );
}
