import { type EditableField, fieldLabels } from "./order.ts";

const isEditableField = (name: string): name is EditableField => Object.hasOwn(fieldLabels, name);

/**
 * The sentence for what a save did, from the `saved` parameter of the address it led to:
 * `saved.3`, `unchanged.3`, or `saved.4.note` when others' changes to a field were kept.
 * @returns null for anything else: addresses are typed by strangers too
 */
export function describeSaved(saved: string | null): string | null {
  const [outcome, version, ...fields] = saved?.split(".") ?? [];
  if (!version || !/^\d{1,9}$/.test(version)) return null;
  const kept = fields.filter(isEditableField).map((field) => fieldLabels[field]);
  const also = kept.length > 0 ? ` Also kept: ${kept.join(", ")} changed by others.` : "";
  if (outcome === "saved") return `Saved as version ${version}.${also}`;
  if (outcome === "unchanged") return `Nothing to save.${also}`;
  return null;
}
