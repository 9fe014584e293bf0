/** What the types of these packages leave out. */

declare module "bidi-js" {
  interface Embedding {
    levels: Uint8Array;
  }
  interface Bidi {
    getEmbeddingLevels(text: string, direction?: "ltr" | "rtl"): Embedding;
    getMirroredCharactersMap(text: string, levels: Uint8Array): Map<number, string>;
  }
  export default function createBidi(): Bidi;
}

declare namespace PDFKit.Mixins {
  interface PDFFont {
    /** A font that is open already is taken as it is. */
    registerFont(name: string, font: { layout(text: string): unknown }): this;
  }
  interface StructureElementOptions {
    /** Which cells a heading of a table speaks for. */
    scope?: "Row" | "Column";
  }
  interface PDFMetadata {
    /** Writes the document's info into its XMP packet. */
    _addInfo(): void;
  }
}
