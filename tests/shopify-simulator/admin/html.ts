const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeText = (text: string) => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);

/** Markup that is safe as it stands. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | Html[];

const render = (part: Part): string =>
  Array.isArray(part)
    ? part.map((one) => one.text).join("")
    : part instanceof Html
      ? part.text
      : escapeText(String(part));

/** Markup from a template; everything put into it is escaped unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((text, piece, at) => text + render(parts[at - 1] ?? "") + piece));
