import { findFont, type Weight } from "./fonts.ts";
import type { Logo } from "./logo.ts";
import { ink, type Paper } from "./look.ts";
import { isFromTheRight, measureText, splitRuns } from "./text-runs.ts";

export type Element = PDFKit.PDFStructureElement;

export interface TextStyle {
  /** Points. */
  size: number;
  weight?: Weight;
  /** `#rrggbb`; nearly black if not said. */
  color?: string;
  align?: "left" | "center" | "right";
}

/** What a structure element may say of itself. */
export type Tag = PDFKit.Mixins.StructureElementOptions;

/**
 * Draws on the pages of a PDF, in points from the upper left corner. All that is drawn is either content of an element
 * of the structure tree or an artifact, which a screen reader passes over.
 */
export class Canvas {
  readonly pdf: PDFKit.PDFDocument;
  readonly paper: Paper;
  #fonts = new Set<string>();

  constructor(pdf: PDFKit.PDFDocument, paper: Paper) {
    this.pdf = pdf;
    this.paper = paper;
  }

  addPage(): void {
    this.pdf.addPage({ size: this.paper.size, margin: 0 });
  }

  /** Adds an element below another. Its content is what `draw` draws; without `draw` it holds elements. */
  element(parent: Element, type: string, draw?: () => void, tag?: Tag): Element {
    const element = this.pdf.struct(type, tag);
    parent.add(element);
    if (draw) this.fill(element, draw);
    return element;
  }

  /** Adds content to an element, on the page that is open. */
  fill(element: Element, draw: () => void): void {
    element.add(draw);
  }

  artifact(draw: () => void): void {
    this.pdf.markContent("Artifact", { type: "Layout" });
    draw();
    this.pdf.endMarkedContent();
  }

  /**
   * Writes one line. `x` is its left end, its middle or its right end as it is aligned, `y` its base line.
   *
   * @param line printable text (printable.ts)
   */
  text(line: string, x: number, y: number, style: TextStyle): void {
    const { size, weight = "regular", color = ink, align = "left" } = style;
    // A space at the end parts this line from the next for those who copy it or have it read out. It must not move
    // what is aligned, nor stand before what is written from the right.
    const keepsSpace = align === "left" && !isFromTheRight(line);
    const runs = splitRuns(keepsSpace ? line : line.trimEnd(), weight);
    const width = (runs.reduce((sum, run) => sum + run.width, 0) * size) / 1000;
    let left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
    this.pdf.fillColor(color).fontSize(size);
    for (const run of runs) {
      this.#setFont(run.script, weight);
      this.pdf.text(run.text, left, y, {
        lineBreak: false,
        baseline: "alphabetic",
        // With features, be there none, pdfkit sets the run as one piece; word by word their order would be wrong.
        features: run.rightToLeft ? [] : undefined,
      });
      left += (run.width * size) / 1000;
    }
  }

  #setFont(script: Parameters<typeof findFont>[0], weight: Weight): void {
    const key = `${script}-${weight}`;
    if (!this.#fonts.has(key)) this.pdf.registerFont(key, findFont(script, weight));
    this.#fonts.add(key);
    this.pdf.font(key);
  }

  rule(left: number, right: number, y: number, color: string, thickness = 0.5): void {
    this.pdf.moveTo(left, y).lineTo(right, y).lineWidth(thickness).strokeColor(color).stroke();
  }

  box(left: number, top: number, width: number, height: number, color: string): void {
    this.pdf.rect(left, top, width, height).fillColor(color).fill();
  }

  /** Fits the picture into a box, at its upper left corner. */
  picture(logo: Logo, left: number, top: number, width: number, height: number): void {
    // Given as text, a picture that several documents of a file show is put into it once.
    this.pdf.image(`data:image/${logo.format};base64,${logo.bytes.toString("base64")}`, left, top, {
      fit: [width, height],
    });
  }

  widthOf(line: string, size: number, weight: Weight = "regular"): number {
    return (measureText(line, weight) * size) / 1000;
  }
}
