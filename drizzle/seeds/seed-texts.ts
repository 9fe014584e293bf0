/** Notes as merchants and buyers leave them. Scripts, emoji and writing from right to left are here on purpose. */
export const shortNotes: readonly string[] = [
  "Please leave the parcel with the neighbour.",
  "Bitte klingeln, Hund im Hof 🐕",
  "Gift for Zoë: no invoice in the box, please ✨",
  "配達は午後にお願いします",
  "請在下午送貨，謝謝。",
  "من فضلك اتصل قبل التسليم",
  "נא להשאיר ליד הדלת",
  "Не звонить, оставить у консьержа",
  "USt-IdNr. DE123456789, company: Müller & Söhne GmbH",
  "Second try; the first parcel came back.\nDoor code: 4711#",
  "Sonnez deux fois, l'interphone est cassé.",
  "Wrap as a present 🎁 with the green ribbon",
  "Ring twice. 100% sure about the address_2!",
  "Deliver to the shop on the corner (closed on Mondays)",
  "Fragile: tea set inside",
  "Call +49 30 23125 012 before delivery",
];

const sentences: readonly string[] = [
  "The customer called and asked to change the delivery date.",
  "We agreed on a partial refund for the scratched tray.",
  "Warehouse says that the last box of candles is damp.",
  "The carrier lost the first parcel between Köln and Lyon.",
  "She would like the linen shirt one size larger.",
  "Payment was checked by hand because of the unusual address.",
  "Please add a sample of the green tea.",
  "お客様は領収書をご希望です。",
  "Der Kunde holt die Ware am Samstag selbst ab.",
  "Retour angekündigt, noch nicht eingetroffen.",
  "Le client préfère un point relais.",
  "A colleague promised a discount of 10 % on the next order.",
];

/** @param pick gives one of the sentences each time it is called */
export function longNote(length: number, pick: (items: readonly string[]) => string): string {
  return Array.from({ length }, (_, index) => pick(sentences) + (index % 4 === 3 ? "\n" : " "))
    .join("")
    .trim();
}

/** Tags with the share of orders that have them: from every fifth order to one in fifty thousand. */
export const tagShares: readonly (readonly [tag: string, share: number])[] = [
  ["newsletter", 0.2],
  ["repeat", 0.12],
  ["gift", 0.05],
  ["express", 0.04],
  ["wholesale", 0.02],
  ["hold", 0.01],
  ["VIP", 0.006],
  ["Rückruf", 0.003],
  ["fragile", 0.003],
  ["チェック済み", 0.001],
  ["customs check", 0.0005],
  ["lost parcel", 0.0002],
  ["press sample", 0.00002],
];

export const carriers: readonly (readonly [company: string, prefix: string])[] = [
  ["DHL", "JJD0"],
  ["UPS", "1Z999AA1"],
  ["DPD", "0150"],
  ["FedEx", "7946"],
  ["La Poste", "8R"],
];

export const staff: readonly (readonly [id: string, name: string])[] = [
  ["1001", "Anna Berg"],
  ["1002", "Chidi Okafor"],
  ["1003", "Mia Sørensen"],
];
