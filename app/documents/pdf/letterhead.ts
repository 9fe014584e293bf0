import type { Buyer, Seller } from "../document.ts";
import { translate } from "../languages/translate.ts";
import type { Logo } from "./logo.ts";
import { hairline, mm, page, quiet } from "./look.ts";
import { toPrintable } from "./printable.ts";
import { drawLines, lineHeight, type Sheet, wrapEach } from "./sheet.ts";
import { wrapText } from "./wrap.ts";

/** Draws logo, seller and buyer at the top of the first page. Gives back where the right-hand block ends. */
export function drawLetterhead(
  sheet: Sheet,
  logo: Logo | null,
): { asideBottom: number; buyerBottom: number } {
  const { canvas, look } = sheet;
  const band = look.band;
  if (band) canvas.artifact(() => canvas.box(0, 0, canvas.paper.width, 4 * mm, band));
  drawLogo(sheet, logo);
  return { asideBottom: drawSeller(sheet, logo !== null), buyerBottom: drawBuyer(sheet) };
}

const logoBox = { width: 62 * mm, height: 24 * mm };

/** A shop without a logo is named in its place. */
function drawLogo({ canvas, root, look, language, document, left }: Sheet, logo: Logo | null): void {
  const name = document.content.seller.name;
  if (logo) {
    const alt = translate(language, "logoOf", { seller: name });
    const draw = () => canvas.picture(logo, left, page.top, logoBox.width, logoBox.height);
    canvas.element(root, "Figure", draw, { alt });
    return;
  }
  const lines = wrapText(name, "bold", 15, 88 * mm);
  const style = { size: 15, weight: "bold", color: look.accent } as const;
  const draw = () => {
    drawLines(canvas, lines, { x: left, top: page.top }, style);
  };
  if (lines.length > 0) canvas.element(root, "P", draw);
}

function drawSeller({ canvas, root, document, right }: Sheet, isNamed: boolean): number {
  const { seller } = document.content;
  const width = right - page.asideLeft;
  const at = { x: page.asideLeft, top: page.top };
  const element = canvas.element(root, "P");
  canvas.fill(element, () => {
    const names = isNamed ? wrapEach([seller.name], "bold", 8.5, width) : [];
    at.top = drawLines(canvas, names, at, { size: 8.5, weight: "bold" });
    const lines = wrapEach(sellerLines(seller), "regular", 8, width);
    at.top = drawLines(canvas, lines, at, { size: 8, color: quiet });
  });
  return at.top;
}

function sellerLines({ address, phone, email, website, taxIds }: Seller): string[] {
  const contact = [phone, email, website].filter((line) => line !== null);
  return [...address, ...contact, ...taxIds.map(({ label, value }) => `${label}: ${value}`)];
}

/** In the window of an envelope, below the sender's line. */
function drawBuyer(sheet: Sheet): number {
  const { canvas, root, document, left, language } = sheet;
  const { seller, buyer } = document.content;
  const sender =
    wrapText([seller.name, ...seller.address].join(" · "), "regular", 6.5, page.windowWidth)[0] ?? "";
  let top: number = page.windowTop;
  canvas.artifact(() => {
    top = drawLines(canvas, [sender], { x: left, top }, { size: 6.5, color: quiet });
    canvas.rule(left, left + page.windowWidth, top + 1, hairline);
  });
  top += 2.5 * mm;
  const lines = wrapEach(buyerLines(buyer), "regular", 10, page.windowWidth);
  const draw = () => {
    drawLines(canvas, lines, { x: left, top }, { size: 10 });
  };
  if (lines.length > 0) canvas.element(root, "P", draw, { title: translate(language, "buyer") });
  return top + lines.length * lineHeight(10);
}

/** Company and name, unless the address says them itself. */
function buyerLines({ company, name, address }: Buyer): string[] {
  const printed = new Set(address.map(toPrintable));
  const people = [company, name].filter((line) => line !== null && !printed.has(toPrintable(line)));
  return [...new Set(people.filter((line) => line !== null)), ...address];
}
