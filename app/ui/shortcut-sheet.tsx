import { useId, useState } from "react";
import { Button } from "./button.tsx";
import { KeyCaps } from "./key-caps.tsx";
import { ModalDialog } from "./modal-dialog.tsx";
import { findHandler } from "./shortcut-dispatcher.ts";
import { shortcuts } from "./shortcuts.ts";
import { switchSingleKeys, useSingleKeys } from "./single-keys.ts";

const groups = [...new Set(shortcuts.map(({ group }) => group))];

/** Every shortcut by group, those of this screen marked, and the switch for those that are a character alone. */
export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const titleId = useId();
  const singleKeys = useSingleKeys();
  // What is bound cannot change while the sheet is open.
  const [active] = useState(
    () => new Set(shortcuts.filter(findHandler).map(({ keys, scope }) => scope + keys)),
  );
  return (
    <ModalDialog
      labelledBy={titleId}
      onClose={onClose}
      className="max-h-[calc(100dvh-2rem)] max-w-2xl open:flex flex-col inset-y-0"
    >
      <div className="flex items-center justify-between gap-4 border-b border-line px-4 py-3">
        <h2 id={titleId} className="text-heading font-semibold">
          Keyboard shortcuts
        </h2>
        <Button onClick={onClose}>Close</Button>
      </div>
      <div className="min-h-0 gap-x-8 overflow-y-auto p-4 pb-1 sm:columns-2">
        {groups.map((group) => {
          const members = shortcuts.filter((shortcut) => shortcut.group === group);
          const here = members.some(({ keys, scope }) => active.has(scope + keys));
          return (
            <section
              key={group}
              aria-label={group}
              className={`mb-5 break-inside-avoid ${here ? "" : "text-ink-subtle"}`}
            >
              <h3 className="flex justify-between gap-4 pb-1 font-semibold">
                {group}
                {!here && <span className="text-small font-normal">not on this screen</span>}
              </h3>
              <ul>
                {members.map(({ keys, label, scope }) => (
                  <li
                    key={scope + keys}
                    className="flex items-center justify-between gap-4 border-t border-line py-1.5"
                  >
                    <span>{label}</span>
                    <KeyCaps keys={keys} />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <div className="border-t border-line bg-surface-subtle px-4 py-3">
        <label className="flex min-h-6 items-start gap-2">
          <input
            type="checkbox"
            className="mt-0.5 size-4 shrink-0"
            checked={singleKeys}
            onChange={(event) => switchSingleKeys(event.target.checked)}
          />
          <span>
            Single-key shortcuts
            <span className="block text-small text-ink-subtle">
              Switch them off if you control the browser by voice. Those with Ctrl or ⌘ stay.
            </span>
          </span>
        </label>
      </div>
    </ModalDialog>
  );
}
