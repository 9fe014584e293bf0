import type { DocumentTax } from "../document.ts";
import { groupIban } from "../group-iban.ts";
import { formatDay, formatQuantity, formatRate } from "../languages/formats.ts";
import { translate } from "../languages/translate.ts";
import type { TextStyle } from "./canvas.ts";
import { makeRoom, type Sheet, writeHeading, writeParagraph } from "./sheet.ts";

const style: TextStyle = { size: 8.5 };

/** What stands below the totals: why nothing was charged, how to pay, and what the shop has to say. */
export function drawRemarks(sheet: Sheet): void {
  const { content } = sheet.document;
  const { language } = sheet;
  for (const reason of new Set(content.taxes.flatMap((tax) => reasonOf(tax, sheet)))) {
    writeParagraph(sheet, reason, style);
  }
  if (content.taxes.length > 0) {
    const key = content.taxesIncluded ? "pricesIncludeTax" : "pricesExcludeTax";
    writeParagraph(sheet, translate(language, key), style);
  }
  sheet.y += 8;
  if (content.kind === "invoice") drawPayment(sheet);
  if (content.notes.length === 0) return;
  writeHeading(sheet, translate(language, "notes"));
  for (const note of content.notes) writeParagraph(sheet, note, style);
}

/** The rate's own reason, else what the language says of its kind. */
function reasonOf({ title, rate, category, reason }: DocumentTax, { language }: Sheet): string[] {
  const name = `${title} ${formatRate(language, rate)}`;
  switch (category) {
    case "standard":
      return reason ? [`${name}: ${reason}`] : [];
    case "zero":
      return [`${name}: ${reason ?? translate(language, "zeroReason")}`];
    case "exempt":
      return [`${name}: ${reason ?? translate(language, "exemptReason")}`];
    case "reverse_charge":
      return [`${name}: ${reason ?? translate(language, "reverseChargeReason")}`];
  }
}

/** When and where to pay, or that nothing is owed. Nothing where there are no terms and the seller names no account. */
function drawPayment(sheet: Sheet): void {
  const { language, document, isDraft } = sheet;
  const { bank } = document.content.seller;
  const isGrouped = document.templateVersion >= 2;
  const terms = sayTerms(sheet);
  const account = [
    { label: translate(language, "accountHolder"), value: bank.holder },
    { label: translate(language, "bank"), value: bank.name },
    { label: translate(language, "iban"), value: bank.iban && isGrouped ? groupIban(bank.iban) : bank.iban },
    { label: translate(language, "bic"), value: bank.bic },
  ].flatMap(({ label, value }) => (value ? [`${label}: ${value}`] : []));
  if (!terms && account.length === 0) return;
  makeRoom(sheet, 70);
  writeHeading(sheet, translate(language, "payment"));
  if (terms) writeParagraph(sheet, terms, style);
  if (account.length > 0) {
    if (terms && !isDraft)
      writeParagraph(sheet, translate(language, "quote", { number: document.number }), style);
    writeParagraph(sheet, account.join(" · "), style);
  }
  sheet.y += 8;
}

function sayTerms({ language, document, isDraft }: Sheet): string | null {
  const { termsDays, paidInFull } = document.content;
  if (paidInFull) return translate(language, "paidInFull");
  if (termsDays === null) return null;
  if (termsDays === 0) return translate(language, "payNow");
  if (document.dueOn && !isDraft) {
    return translate(language, "payBy", { date: formatDay(language, document.dueOn) });
  }
  return translate(language, "payWithin", { days: formatQuantity(language, termsDays) });
}
