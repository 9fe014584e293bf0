import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

export interface StructureNode {
  role: string;
  alt?: string;
  lang?: string;
  children: StructureNode[];
}

/** Reads a PDF as a viewer does: the text of each page in the order it was written, and its structure. */
export async function readPdf(bytes: Uint8Array): Promise<{ pages: string[]; structure: StructureNode[] }> {
  const loading = getDocument({ data: bytes.slice(), verbosity: 0, useSystemFonts: false });
  const pdf = await loading.promise;
  const pages: string[] = [];
  const structure: StructureNode[] = [];
  for (let index = 1; index <= pdf.numPages; index += 1) {
    const page = await pdf.getPage(index);
    const { items } = await page.getTextContent({ disableNormalization: true });
    pages.push(items.map((item) => ("str" in item ? item.str : "")).join(" "));
    structure.push(withoutContent(await page.getStructTree()));
  }
  await loading.destroy();
  return { pages, structure };
}

function withoutContent(tree: unknown): StructureNode {
  const { role, alt, lang, children } = tree as Partial<StructureNode>;
  const elements = (children ?? []).filter((child) => "role" in child);
  return { role: role ?? "Root", alt, lang, children: elements.map(withoutContent) };
}

/** Every role of a structure, itself first. */
export function rolesOf(node: StructureNode): string[] {
  return [node.role, ...node.children.flatMap(rolesOf)];
}

/** The objects of a PDF that keeps them in the open, by their number, without what streams hold. */
export function readObjects(bytes: Uint8Array): Map<string, string> {
  const source = Buffer.from(bytes).toString("latin1");
  const objects = source.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\n?endobj$/gm);
  return new Map(
    [...objects].map(([, id = "", body = ""]) => [id, body.replace(/stream\n[\s\S]*/, "stream")]),
  );
}

/** Text as it is compared: without white space, and with letters that look alike made the same. */
export function squeeze(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "");
}
