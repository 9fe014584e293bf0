import type { Language } from "../document.ts";

/**
 * Why a document was issued, and what lines are called that no product gives a name. Items come in written out
 * ("1 × Mug"), with how many things they are, because some languages bend the verb to the number.
 */
export interface ChangeWords {
  refunded(items: string, count: number): string;
  removed(items: string, count: number): string;
  added(items: string, count: number): string;
  priceChanged(items: string): string;
  amountRefunded(amount: string): string;
  shippingRefunded: string;
  shippingAdded: string;
  cancelled: string;
  /** For a change of the total that nothing of the above explains. */
  changed: string;
  /** The line of a refund by amount, of a credit by amount, and of one taken back. */
  adjustment: string;
  /** A difference that a person has accepted. */
  difference: string;
  alreadyCredited: string;
  rounding: string;
  /** Why gift cards and tips bear no tax. */
  notSubject: string;
}

const isOne = (count: number) => count === 1;

export const changeWords: Record<Language, ChangeWords> = {
  en: {
    refunded: (items, count) => `${items} ${isOne(count) ? "was" : "were"} refunded`,
    removed: (items, count) => `${items} ${isOne(count) ? "was" : "were"} removed`,
    added: (items, count) => `${items} ${isOne(count) ? "was" : "were"} added`,
    priceChanged: (items) => `The price of ${items} changed`,
    amountRefunded: (amount) => `${amount} was refunded`,
    shippingRefunded: "Shipping was refunded",
    shippingAdded: "Shipping was added",
    cancelled: "The order was cancelled",
    changed: "The order's total changed",
    adjustment: "Price reduction",
    difference: "Adjustment",
    alreadyCredited: "Already credited",
    rounding: "Rounding",
    notSubject: "Not subject to tax.",
  },
  de: {
    refunded: (items, count) => `${items} ${isOne(count) ? "wurde" : "wurden"} erstattet`,
    removed: (items, count) => `${items} ${isOne(count) ? "wurde" : "wurden"} entfernt`,
    added: (items, count) => `${items} ${isOne(count) ? "kam" : "kamen"} hinzu`,
    priceChanged: (items) => `Der Preis von ${items} wurde geändert`,
    amountRefunded: (amount) => `${amount} wurden erstattet`,
    shippingRefunded: "Die Versandkosten wurden erstattet",
    shippingAdded: "Versandkosten kamen hinzu",
    cancelled: "Die Bestellung wurde storniert",
    changed: "Die Bestellsumme wurde geändert",
    adjustment: "Preisnachlass",
    difference: "Anpassung",
    alreadyCredited: "Bereits gutgeschrieben",
    rounding: "Rundung",
    notSubject: "Nicht steuerbar.",
  },
  fr: {
    refunded: (items) => `Remboursement : ${items}`,
    removed: (items) => `Retrait : ${items}`,
    added: (items) => `Ajout : ${items}`,
    priceChanged: (items) => `Changement de prix : ${items}`,
    amountRefunded: (amount) => `Remboursement de ${amount}`,
    shippingRefunded: "Remboursement des frais de livraison",
    shippingAdded: "Ajout de frais de livraison",
    cancelled: "Annulation de la commande",
    changed: "Changement du total de la commande",
    adjustment: "Réduction de prix",
    difference: "Ajustement",
    alreadyCredited: "Avoir déjà accordé",
    rounding: "Arrondi",
    notSubject: "Hors champ d’application de la TVA.",
  },
  es: {
    refunded: (items) => `Reembolso: ${items}`,
    removed: (items) => `Retirada: ${items}`,
    added: (items) => `Adición: ${items}`,
    priceChanged: (items) => `Cambio de precio: ${items}`,
    amountRefunded: (amount) => `Reembolso de ${amount}`,
    shippingRefunded: "Reembolso de los gastos de envío",
    shippingAdded: "Adición de gastos de envío",
    cancelled: "Cancelación del pedido",
    changed: "Cambio del total del pedido",
    adjustment: "Reducción de precio",
    difference: "Ajuste",
    alreadyCredited: "Ya abonado",
    rounding: "Redondeo",
    notSubject: "No sujeto a impuestos.",
  },
  it: {
    refunded: (items) => `Rimborso: ${items}`,
    removed: (items) => `Rimozione: ${items}`,
    added: (items) => `Aggiunta: ${items}`,
    priceChanged: (items) => `Variazione di prezzo: ${items}`,
    amountRefunded: (amount) => `Rimborso di ${amount}`,
    shippingRefunded: "Rimborso delle spese di spedizione",
    shippingAdded: "Aggiunta delle spese di spedizione",
    cancelled: "Annullamento dell’ordine",
    changed: "Variazione del totale dell’ordine",
    adjustment: "Riduzione di prezzo",
    difference: "Rettifica",
    alreadyCredited: "Già accreditato",
    rounding: "Arrotondamento",
    notSubject: "Fuori campo IVA.",
  },
  nl: {
    refunded: (items, count) => `${items} ${isOne(count) ? "is" : "zijn"} terugbetaald`,
    removed: (items, count) => `${items} ${isOne(count) ? "is" : "zijn"} verwijderd`,
    added: (items, count) => `${items} ${isOne(count) ? "is" : "zijn"} toegevoegd`,
    priceChanged: (items) => `De prijs van ${items} is gewijzigd`,
    amountRefunded: (amount) => `${amount} is terugbetaald`,
    shippingRefunded: "De verzendkosten zijn terugbetaald",
    shippingAdded: "Verzendkosten zijn toegevoegd",
    cancelled: "De bestelling is geannuleerd",
    changed: "Het totaal van de bestelling is gewijzigd",
    adjustment: "Prijsverlaging",
    difference: "Correctie",
    alreadyCredited: "Al gecrediteerd",
    rounding: "Afronding",
    notSubject: "Niet aan btw onderworpen.",
  },
  pl: {
    refunded: (items) => `Zwrot: ${items}`,
    removed: (items) => `Usunięto: ${items}`,
    added: (items) => `Dodano: ${items}`,
    priceChanged: (items) => `Zmiana ceny: ${items}`,
    amountRefunded: (amount) => `Zwrot kwoty ${amount}`,
    shippingRefunded: "Zwrot kosztów wysyłki",
    shippingAdded: "Dodano koszty wysyłki",
    cancelled: "Anulowanie zamówienia",
    changed: "Zmiana wartości zamówienia",
    adjustment: "Obniżka ceny",
    difference: "Korekta kwoty",
    alreadyCredited: "Już skorygowano",
    rounding: "Zaokrąglenie",
    notSubject: "Nie podlega opodatkowaniu.",
  },
  ja: {
    refunded: (items) => `返金：${items}`,
    removed: (items) => `取消：${items}`,
    added: (items) => `追加：${items}`,
    priceChanged: (items) => `価格変更：${items}`,
    amountRefunded: (amount) => `返金額：${amount}`,
    shippingRefunded: "送料の返金",
    shippingAdded: "送料の追加",
    cancelled: "注文のキャンセル",
    changed: "注文合計の変更",
    adjustment: "値引き",
    difference: "調整額",
    alreadyCredited: "返金処理済み",
    rounding: "端数調整",
    notSubject: "不課税",
  },
};
