import { useNavigate } from "@remix-run/react";
import { Command } from "cmdk";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { atTop } from "./at-top.ts";
import { type FoundItem, shortestSearch } from "./found-item.ts";
import { KeyCaps } from "./key-caps.tsx";
import { ModalDialog } from "./modal-dialog.tsx";
import { listCommands, matchCommands } from "./palette-commands.ts";
import { useFoundItems } from "./use-found-items.ts";

const itemClass =
  "flex min-h-9 cursor-pointer items-center justify-between gap-4 rounded-control px-2.5 py-1.5 " +
  "data-[selected=true]:bg-neutral";

/** One box to go anywhere, find an order, an invoice or a customer, or do something. Its code is fetched on first use. */
export default function CommandPalette({ onClose }: { onClose(): void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [commands] = useState(listCommands);
  const { items, state } = useFoundItems(typed);
  const input = useRef<HTMLInputElement>(null);
  // After the dialog has opened, which gives the focus to whatever it holds first.
  useEffect(() => input.current?.focus(), []);
  const matching = matchCommands(commands, typed);
  const choose = (run: () => void) => () => {
    onClose();
    // After the dialog has given the focus back.
    setTimeout(run);
  };
  const goTo = (to: string) => choose(() => navigate(to, { state: atTop }));
  const found = (kind: FoundItem["kind"]) => items.filter((item) => item.kind === kind);
  return (
    <ModalDialog label="Go to, find or do something" onClose={onClose} className="top-[10dvh] mt-0 max-w-xl">
      <Command label="Go to, find or do something" shouldFilter={false} loop>
        <Command.Input
          ref={input}
          value={typed}
          onValueChange={setTyped}
          placeholder="Go to a screen, find an order, an invoice or a customer…"
          className="block w-full border-b border-line bg-surface px-4 py-3 text-heading text-ink outline-none placeholder:text-ink-subtle max-sm:text-[1rem]"
        />
        <Command.List className="max-h-[60dvh] overflow-y-auto p-1.5">
          <Found heading="Orders" items={found("order")} goTo={goTo} />
          <Found heading="Invoices" items={found("document")} goTo={goTo} />
          <Found heading="Customers" items={found("customer")} goTo={goTo} />
          {(["Go to", "Do"] as const).map((group) => {
            const members = matching.filter((command) => command.group === group);
            if (members.length === 0) return null;
            return (
              <Group key={group} heading={group}>
                {members.map(({ label, keys, to, run }) => (
                  <Command.Item
                    key={label}
                    value={`${group} ${label}`}
                    onSelect={to ? goTo(to) : choose(run)}
                    className={itemClass}
                  >
                    {label}
                    {keys && <KeyCaps keys={keys} />}
                  </Command.Item>
                ))}
              </Group>
            );
          })}
        </Command.List>
        <p role="status" className="border-t border-line px-4 py-2 text-small text-ink-subtle">
          {describeState(typed, state, items.length, matching.length)}
        </p>
      </Command>
    </ModalDialog>
  );
}

function describeState(typed: string, state: string, found: number, commands: number): string {
  if (typed.trim().length < shortestSearch)
    return "Type two characters or more to find orders, invoices and customers.";
  if (state === "failed") return "The search got no answer. Screens can still be opened.";
  if (state === "done" && found === 0) {
    return commands > 0 ? "No order, invoice or customer begins like this." : "Nothing begins like this.";
  }
  if (state === "done") return `${found} found.`;
  return "Searching…";
}

function Found({
  heading,
  items,
  goTo,
}: {
  heading: string;
  items: { id: string; label: string; detail: string; to: string }[];
  goTo(to: string): () => void;
}) {
  if (items.length === 0) return null;
  return (
    <Group heading={heading}>
      {items.map(({ id, label, detail, to }) => (
        <Command.Item key={id} value={id} onSelect={goTo(to)} className={itemClass}>
          <span className="font-medium whitespace-nowrap">{label}</span>
          <span className="min-w-0 truncate text-ink-subtle">{detail}</span>
        </Command.Item>
      ))}
    </Group>
  );
}

const Group = ({ heading, children }: { heading: string; children: ReactNode }) => (
  <Command.Group
    heading={heading}
    className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-ink-subtle"
  >
    {children}
  </Command.Group>
);
