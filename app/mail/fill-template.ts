/** What `{number}`, `{order}` and `{seller}` stand for. */
export interface TemplateValues {
  number: string;
  order: string;
  seller: string;
}

/** Puts the values in, each once: a value that looks like a placeholder stays as it is, an unknown one too. */
export function fillTemplate(template: string, values: TemplateValues): string {
  return template.replace(/\{(number|order|seller)\}/g, (_, name: keyof TemplateValues) => values[name]);
}

/** The same on one line, as a header has to be. */
export function fillHeader(template: string, values: TemplateValues): string {
  return oneLine(fillTemplate(template, values));
}

/** Text for a header: no line break or other control character can end it. */
export function oneLine(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
      .replace(/ {2,}/g, " ")
      .trim()
      .slice(0, 250)
  );
}
