import { strFromU8, unzipSync } from "fflate";

/** A cell as a reader of workbooks sees it. */
export interface ReadCell {
  style: number;
  value: string | number | null;
}

/** Reads a workbook from its bytes alone, with another ZIP reader and a parser that knows nothing of our writer. */
export function openWorkbook(bytes: Uint8Array): {
  names: string[];
  sheets: ReadCell[][][];
  parts: string[];
} {
  const files = unzipSync(bytes);
  const part = (path: string) => {
    const file = files[path];
    if (!file) throw new Error(`the workbook has no ${path}`);
    return strFromU8(file);
  };
  const relations = new Map(
    elements(part("xl/_rels/workbook.xml.rels"), "Relationship").map(({ attributes }) => [
      attributes.Id,
      attributes.Target,
    ]),
  );
  const listed = elements(part("xl/workbook.xml"), "sheet");
  return {
    parts: Object.keys(files),
    names: listed.map(({ attributes }) => attributes.name ?? ""),
    sheets: listed.map(({ attributes }) =>
      elements(part(`xl/${relations.get(attributes["r:id"] ?? "")}`), "row").map(({ content }) =>
        elements(content, "c").map(readCell),
      ),
    ),
  };
}

function readCell({ attributes, content }: Element): ReadCell {
  const style = Number(attributes.s ?? 0);
  if (attributes.t === "inlineStr")
    return { style, value: readEscapes(elements(content, "t")[0]?.content ?? "") };
  const value = elements(content, "v")[0]?.content;
  return { style, value: value === undefined ? null : Number(value) };
}

interface Element {
  attributes: Record<string, string>;
  content: string;
}

/** The elements of a name, none of which holds another of the same. */
export function elements(xml: string, name: string): Element[] {
  const pattern = new RegExp(`<${name}((?:\\s[^<>]*?)?)(?:/>|>([\\s\\S]*?)</${name}>)`, "g");
  return [...xml.matchAll(pattern)].map(([, attributes = "", content = ""]) => ({
    attributes: Object.fromEntries(
      [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    ),
    content,
  }));
}

const signs: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** XML's escapes, then those of spreadsheets. */
const readEscapes = (text: string) =>
  text
    .replace(/&(\w+);/g, (_, name: string) => signs[name] ?? "?")
    .replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
