import { hasEnterOfItsOwn, isTyping, keyOf } from "./shortcut-keys.ts";
import { isSingleKey, type Shortcut, type ShortcutScope, scopesInwards, shortcuts } from "./shortcuts.ts";
import { areSingleKeysOn } from "./single-keys.ts";

/** Does what the shortcut says. @returns false when there was nothing to do, and the key is left alone */
export type ShortcutHandler = () => unknown;

export type ShortcutHandlers = Partial<Record<string, ShortcutHandler>>;

/** How long the first key of two waits for the second. */
const sequenceMs = 1_500;

/** What each scope's screens have bound, the newest last. */
const bound = new Map<ShortcutScope, { current: ShortcutHandlers }[]>();
let begun = "";
let beginTimer: ReturnType<typeof setTimeout> | undefined;

/** @returns the way to unbind */
export function bindShortcuts(scope: ShortcutScope, handlers: { current: ShortcutHandlers }): () => void {
  bound.set(scope, [...(bound.get(scope) ?? []), handlers]);
  return () => {
    bound.set(
      scope,
      (bound.get(scope) ?? []).filter((other) => other !== handlers),
    );
  };
}

export const findHandler = ({ scope, id }: Pick<Shortcut, "scope" | "id">): ShortcutHandler | undefined =>
  bound.get(scope)?.findLast(({ current }) => current[id])?.current[id];

/** The shortcuts that would act on this screen. */
export const listBoundShortcuts = (): Shortcut[] => shortcuts.filter((shortcut) => findHandler(shortcut));

/** Runs the shortcut that a key completes, or remembers the key as the beginning of one. */
export function onShortcutKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const key = keyOf(event);
  if (key === null || ["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"].includes(key)) return;
  const usable = usableShortcuts(event, key);
  const keys = begun ? `${begun} ${key}` : key;
  forgetBeginning();
  for (const shortcut of usable.filter((one) => one.keys === keys)) {
    if (event.repeat && !shortcut.repeats) return;
    if (findHandler(shortcut)?.() === false) continue;
    event.preventDefault();
    return;
  }
  if (!usable.some((one) => one.keys.startsWith(`${key} `))) return;
  begun = key;
  beginTimer = setTimeout(forgetBeginning, sequenceMs);
}

function forgetBeginning(): void {
  clearTimeout(beginTimer);
  begun = "";
}

/** The innermost first; without those that the place of the focus, a modal dialog or the person's choice rules out. */
function usableShortcuts({ target }: KeyboardEvent, key: string): Shortcut[] {
  const isModal = document.querySelector("dialog:modal") !== null;
  const singleKeys = areSingleKeysOn() && !isTyping(target);
  return scopesInwards.flatMap((scope) =>
    listBoundShortcuts().filter(
      (shortcut) =>
        shortcut.scope === scope &&
        (!isModal || scope === "form") &&
        (singleKeys || !isSingleKey(shortcut)) &&
        !(key === "Enter" && hasEnterOfItsOwn(target)),
    ),
  );
}
