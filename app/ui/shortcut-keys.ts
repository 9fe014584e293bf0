/** What of a keyboard event says which key it is. */
export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** A key as the registry writes it; null for one that belongs to the browser or the system. */
export function keyOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string | null {
  const isLetter = /^[a-z]$/i.test(key);
  if (ctrlKey !== metaKey && !altKey) return shiftKey ? null : `Mod+${isLetter ? key.toLowerCase() : key}`;
  // AltGr reports itself as Ctrl + Alt and writes characters such as "/" on some keyboards.
  if ((ctrlKey || metaKey || altKey) && !(ctrlKey && altKey && key.length === 1)) return null;
  if (isLetter) return shiftKey ? null : key.toLowerCase();
  return key;
}

const textless = /^(checkbox|radio|button|submit|reset|range|color|file)$/;

/** Whether letters pressed here are meant for the control: text, choices, anything editable. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !textless.test(target.type);
  return target.isContentEditable || /^(SELECT|TEXTAREA)$/.test(target.tagName);
}

/** Whether Enter pressed here already means something. */
export const hasEnterOfItsOwn = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("a, button, summary, input, label, [role=row]") !== null;
