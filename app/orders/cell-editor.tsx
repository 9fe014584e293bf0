import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import type { ListedOrder } from "./list-orders.server.ts";
import { selectableStatuses, statusLabels } from "./order.ts";
import type { CellEdit, CellField } from "./use-cell-edits.ts";

export interface CellEditorProps {
  edit: CellEdit;
  /** At which side of the cell a message begins, so that it stays on the screen. */
  side: "left" | "right";
  onSave(order: ListedOrder, field: CellField, text: string): void;
  onClose(): void;
  /** Tab saves and goes on to the next cell that can be edited. */
  onTab(by: -1 | 1): void;
}

const control =
  "block h-8 w-full rounded-control border border-line-strong bg-surface px-1 text-body text-ink " +
  "focus-visible:rounded-control focus-visible:outline-offset-0 aria-invalid:border-on-critical aria-invalid:bg-critical";

const labels: Record<CellField, string> = { status: "Status", trackingNumber: "Tracking number" };

/** The control inside a cell: Enter saves, Escape leaves it as it was, Tab saves and goes on. */
export function CellEditor({ edit, side, onSave, onClose, onTab }: CellEditorProps) {
  const { order, field, problem, again } = edit;
  const [text, setText] = useState(edit.text ?? order[field] ?? "");
  const control$ = useRef<HTMLSelectElement & HTMLInputElement>(null);
  const id = useId();
  const left = useRef(false);
  const byKey = useRef(false);

  useEffect(() => {
    control$.current?.focus({ preventScroll: true });
    if (control$.current instanceof HTMLInputElement) control$.current.select();
  }, []);

  const leave = (how: () => void) => {
    // The control loses the focus when it goes away, and must not save once more then.
    if (left.current) return;
    left.current = true;
    how();
  };
  const save = (value: string) => leave(() => onSave(order, field, value));
  const onKeyDown = (event: KeyboardEvent) => {
    byKey.current = true;
    if (event.key === "Enter") save(text);
    else if (event.key === "Escape") leave(onClose);
    else if (event.key === "Tab") {
      save(text);
      onTab(event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shared = {
    ref: control$,
    value: text,
    "aria-label": `${labels[field]} of ${order.name}`,
    "aria-invalid": problem ? (true as const) : undefined,
    "aria-describedby": problem ? id : undefined,
    className: control,
    onKeyDown,
    // Leaving a refused value alone is no wish to send it again.
    onBlur: () => (problem && text === edit.text ? undefined : save(text)),
  };
  return (
    <span className="relative z-1 block">
      {field === "status" ? (
        <select
          {...shared}
          onPointerDown={() => {
            byKey.current = false;
          }}
          onChange={({ target }) => {
            setText(target.value);
            // A click has chosen; arrow keys only pass by.
            if (!byKey.current) save(target.value);
          }}
        >
          {selectableStatuses(order.status).map((status) => (
            <option key={status} value={status}>
              {statusLabels[status]}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          maxLength={255}
          autoComplete="off"
          onChange={({ target }) => setText(target.value)}
        />
      )}
      {problem && (
        <span
          className={`absolute top-full z-10 mt-1 flex w-60 flex-wrap items-center gap-2 rounded-control bg-critical px-2 py-1.5 text-small whitespace-normal text-on-critical shadow-raised ${side === "left" ? "left-0" : "right-0"}`}
        >
          <span id={id} role="alert">
            {problem}
          </span>
          {again && (
            // For fingers: the Tab key goes on to the next cell, and Enter does the same.
            <Button tabIndex={-1} onClick={() => save(text)}>
              Try again (Enter)
            </Button>
          )}
        </span>
      )}
    </span>
  );
}
