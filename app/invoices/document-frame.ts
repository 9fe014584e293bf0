import type { DocumentContent, Seller } from "../documents/document.ts";
import { chooseLanguage } from "../documents/languages/choose-language.ts";
import type { Bill } from "./bill.ts";
import type { TaxContext } from "./classify-tax.ts";
import type { Frame } from "./document-content.ts";
import {
  buyerVatId,
  isKnown,
  type OrderFacts,
  purchaseOrderOf,
  toBuyer,
  toSeller,
} from "./document-parties.ts";
import { isSettled } from "./payment-states.ts";
import type { IssuedContent } from "./piece.ts";
import type { InvoiceSettings } from "./settings.ts";
import type { TaxMode } from "./tax-pieces.ts";

/** What documents are composed of. */
export interface Subject {
  bill: Bill;
  order: OrderFacts;
  /** All the order's documents, oldest first. */
  issued: IssuedContent[];
  settings: InvoiceSettings;
  shop: {
    /** ISO 4217 */
    currency: string;
    /** IANA name: the calendar that days are read from. */
    timeZone: string;
  };
  cause: "paid" | "fulfilled" | "by_hand" | "change";
  /** A person has decided to issue although Shopify's figures and the lines differ. */
  acceptDifference?: boolean;
}

export interface Composition {
  frame: Frame;
  context: TaxContext;
  mode: TaxMode;
}

/**
 * Everything of a document but its lines. Corrections keep the language and the rounding of the order's first
 * document, whatever the settings say since, and its buyer when Shopify has had the person erased.
 */
export function frameOf({ bill, order, issued, settings, shop }: Subject): Composition {
  const first: DocumentContent | undefined = issued[0]?.content;
  const buyer = toBuyer(order, bill, settings);
  const language =
    first?.language ?? chooseLanguage(bill.locale, buyer.countryCode, settings.template.language);
  const rounding = first?.rounding ?? settings.taxes.rounding;
  const delivered = order.deliveredAt ?? order.shippedAt;
  const outstanding = bill.outstanding === null ? null : BigInt(bill.outstanding);
  const paidInFull = isSettled(order.financialStatus, outstanding);
  return {
    mode: { included: bill.taxesIncluded, rounding },
    context: { bill, language, settings, buyerVatId: buyerVatId(bill, settings) },
    frame: {
      language,
      currency: bill.currency,
      taxesIncluded: bill.taxesIncluded,
      rounding,
      seller: { ...toSeller(settings), ...(paidInFull && { bank: noBank }) },
      // The law wants name and address of the buyer; an e-mail address would only bring mail to who was erased.
      buyer: first && !isKnown(buyer) ? { ...first.buyer, email: buyer.email } : buyer,
      order: {
        name: order.name,
        placedOn: dayIn(shop.timeZone, order.createdAt),
        purchaseOrder: purchaseOrderOf(bill, settings) ?? first?.order.purchaseOrder ?? null,
      },
      refersTo: null,
      reason: null,
      deliveredOn: delivered ? dayIn(shop.timeZone, delivered) : null,
      termsDays: paidInFull ? null : settings.template.termsDays,
      paidInFull,
      shopCurrency: bill.shopCurrency,
      notes: settings.template.notes.filter((note) => note !== ""),
      template: { name: settings.template.name, color: settings.template.color },
    },
  };
}

/** What is paid names no account, or somebody pays it again. */
const noBank: Seller["bank"] = { name: null, iban: null, bic: null, holder: null };

/** Making a formatter costs far more than using it, and shops are in few time zones. */
const calendars = new Map<string, Intl.DateTimeFormat>();

/** The day of an instant on a calendar, `2026-11-25`. */
function dayIn(timeZone: string, instant: string): string {
  // Canadian English writes days as ISO 8601 does.
  const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone });
  calendars.set(timeZone, calendar);
  return calendar.format(new Date(instant));
}
