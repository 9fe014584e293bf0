/** The rows that a list posts as ticked: each box is a field of its own, and a script sends all of them in one. */
export const readTicked = (form: FormData): unknown[] =>
  form.getAll("ids").flatMap((value): unknown[] => (typeof value === "string" ? value.split(",") : [value]));
