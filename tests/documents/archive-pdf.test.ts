import { deflateSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readLogo } from "../../app/documents/pdf/logo.ts";
import { pngChunk } from "../../app/documents/pdf/widen-palette.ts";
import { renderDocument, renderDocuments } from "../../app/documents/render-document.ts";
import { documentCases } from "./document-cases.ts";
import { readObjects, readPdf, rolesOf } from "./read-pdf.ts";
import { sampleContent, sampleDocument } from "./sample-documents.ts";

/** What PDF/A-3b (ISO 19005-3) asks for and can be seen in the file's objects. */
describe.each(Object.entries(documentCases))("%s", (_name, document) => {
  test("is built as an archive can keep it", async () => {
    const bytes = await renderDocument(document, { logo: null });
    const source = Buffer.from(bytes).toString("latin1");
    const objects = [...readObjects(bytes).values()];
    const catalog = objects.find((object) => object.includes("/Type /Catalog")) ?? "";
    expect(source.slice(0, 8)).toBe("%PDF-1.7");
    expect(source.slice(9, 14)).toBe("%ÿÿÿÿ");
    expect(catalog).toMatch(/\/MarkInfo .*\/StructTreeRoot .*\/OutputIntents .*\/Metadata /s);
    expect(catalog).toContain(`/Lang (${document.content.language})`);
    expect(objects.find((object) => object.includes("/Type /OutputIntent"))).toMatch(
      /\/S \/GTS_PDFA1\s[\s\S]*\/DestOutputProfile/,
    );
    expect(source).toContain("<pdfaid:part>3</pdfaid:part>");
    expect(source).toContain("<pdfaid:conformance>B</pdfaid:conformance>");
    expect(source).not.toMatch(/\/(Encrypt|JavaScript|JS|AA|LZWDecode|EmbeddedFiles|OpenAction) /);
    expect(source.match(/\/ID \[<(\w{32})> <\1>\]/)).not.toBeNull();
  });

  test("holds every font it is set in, as a subset and with the letters its glyphs stand for", async () => {
    const objects = [...readObjects(await renderDocument(document, { logo: null })).values()];
    const fonts = objects.filter((object) => object.includes("/Type /Font\n"));
    const descriptors = objects.filter((object) => object.includes("/Type /FontDescriptor"));
    expect(descriptors.length).toBeGreaterThan(0);
    for (const descriptor of descriptors) {
      expect(descriptor).toMatch(/\/FontFile2 \d+ 0 R/);
      expect(descriptor).toMatch(/\/FontName \/[A-Z]{6}\+/);
    }
    const composite = fonts.filter((font) => font.includes("/Subtype /Type0"));
    expect(composite.length).toBe(descriptors.length);
    for (const font of composite) expect(font).toContain("/ToUnicode");
    expect(fonts.filter((font) => font.includes("/Subtype /Type1"))).toEqual([]);
  });
});

test("a name with signs of XML does not break what is said of the file", async () => {
  const seller = { ...sampleContent().seller, name: "Knife & Fork <Ltd>" };
  const document = sampleDocument({ seller }, { number: "R&D-<7>" });
  const source = Buffer.from(await renderDocument(document, { logo: null })).toString("utf8");
  expect(source).toContain("Invoice R&amp;D-&lt;7&gt;</rdf:li>");
  expect(source).toContain("<rdf:li>Knife &amp; Fork &lt;Ltd&gt;</rdf:li>");
  expect(source).toContain("(Invoice R&D-<7>)");
});

describe("a logo", () => {
  test("is drawn and told of to those who do not see it", async () => {
    for (const alpha of [true, false]) {
      const document = sampleDocument();
      const bytes = await renderDocument(document, { logo: png(40, 20, { alpha }) });
      const { structure, pages } = await readPdf(bytes);
      const figure = structure[0]?.children[0]?.children[0];
      expect(figure).toMatchObject({ role: "Figure", alt: "Logo of Nordlicht Keramik GmbH" });
      expect(pages[0]).toContain("Nordlicht Keramik GmbH");
      expect(Buffer.compare(bytes, await renderDocument(document, { logo: png(40, 20, { alpha }) }))).toBe(0);
    }
  });

  test("that is damaged, too large or no picture gives way to the seller's name", async () => {
    const whole = png(40, 20, { alpha: true });
    const damaged = whole.slice();
    damaged.fill(7, 60, 90);
    const bad = [
      damaged,
      whole.slice(0, 70),
      new Uint8Array(0),
      Buffer.from("<svg/>"),
      Buffer.from([0xff, 0xd8, 0xff]),
    ];
    for (const logo of bad) {
      expect(readLogo(logo)).toBeNull();
      const { structure, pages } = await readPdf(await renderDocument(sampleDocument(), { logo }));
      expect(structure.flatMap(rolesOf)).not.toContain("Figure");
      expect(pages[0]).toContain("Nordlicht Keramik GmbH");
    }
  });
});

test("a logo whose pixels share bytes is drawn pixel by pixel, whatever filters its rows have", () => {
  // 5 × 3 pixels of 4 bits: up, sub and Paeth turn back into 12345, 12345 and 54321.
  const rows = [
    [2, 0x12, 0x34, 0x50],
    [1, 0x12, 0x22, 0x1c],
    [4, 0x42, 0xde, 0xc0],
  ];
  const head = Buffer.from([0, 0, 0, 5, 0, 0, 0, 3, 4, 3, 0, 0, 0]);
  const logo = readLogo(
    Buffer.concat([
      signature,
      pngChunk("IHDR", head),
      pngChunk("PLTE", Buffer.alloc(48, 9)),
      pngChunk("tRNS", Buffer.from([0])),
      pngChunk("IDAT", deflateSync(Buffer.from(rows.flat()))),
    ]),
  );
  const bytes = logo?.bytes ?? Buffer.alloc(0);
  const at = bytes.indexOf("IDAT");
  const pixels = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  expect([...pixels]).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 5, 4, 3, 2, 1]);
});

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test("a logo that several documents show is in their file once", async () => {
  const logo = png(40, 20, { alpha: false });
  const printed = [1, 2, 3].map((day) => ({
    document: sampleDocument({}, { issuedOn: `2026-11-0${day}` }),
    logo,
  }));
  const objects = [...readObjects(await renderDocuments(printed)).values()];
  expect(objects.filter((object) => object.includes("/Subtype /Image"))).toHaveLength(1);
});

/** A picture in one colour. */
function png(width: number, height: number, { alpha }: { alpha: boolean }): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, alpha ? 6 : 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * (alpha ? 4 : 3), 0x66)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    signature,
    pngChunk("IHDR", head),
    pngChunk("IDAT", pixels),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}
