/** What the two demo shops sell. Titles carry umlauts, slashes and CJK on purpose: they end up in PDFs and CSVs. */
export interface Product {
  title: string;
  variants: string[];
  /** In hundredths of the shop's currency. */
  priceMinor: number;
  grams: number;
  vendor: string;
  /** Books and food are taxed at the reduced rate. */
  reducedTax?: boolean;
  digital?: boolean;
}

export const catalog: readonly Product[] = [
  { title: "Linen Shirt", variants: ["S", "M", "L", "XL"], priceMinor: 5990, grams: 320, vendor: "Nordhaus" },
  { title: "Wool Scarf", variants: ["Charcoal", "Moss"], priceMinor: 3450, grams: 180, vendor: "Nordhaus" },
  { title: "Canvas Tote", variants: ["Natural", "Ink"], priceMinor: 2200, grams: 240, vendor: "Hafen & Co." },
  {
    title: "Ceramic Mug “Morgenröte”",
    variants: ["300 ml"],
    priceMinor: 1850,
    grams: 410,
    vendor: "Töpferei Süd",
  },
  {
    title: "Käsebrett aus Eiche",
    variants: ["Klein", "Groß"],
    priceMinor: 4200,
    grams: 1350,
    vendor: "Töpferei Süd",
  },
  { title: "Øl-Krus / Beer Mug", variants: ["0.5 l"], priceMinor: 2695, grams: 620, vendor: "Fjord Glas" },
  {
    title: "茶具 Tea Set",
    variants: ["4 cups", "6 cups"],
    priceMinor: 11900,
    grams: 2100,
    vendor: "Fjord Glas",
  },
  {
    title: "Cotton Socks (3 pairs)",
    variants: ["36–40", "41–45"],
    priceMinor: 1490,
    grams: 150,
    vendor: "Nordhaus",
  },
  { title: "Desk Lamp", variants: ["Black", "Brass"], priceMinor: 8999, grams: 1900, vendor: "Lumen Studio" },
  {
    title: "Steel Bottle",
    variants: ["500 ml", "750 ml"],
    priceMinor: 2999,
    grams: 380,
    vendor: "Hafen & Co.",
  },
  {
    title: "Notebook, dotted",
    variants: ["A5", "A4"],
    priceMinor: 1275,
    grams: 290,
    vendor: "Papier Werk",
    reducedTax: true,
  },
  {
    title: "Cookbook “Small Kitchen”",
    variants: ["Hardcover"],
    priceMinor: 2795,
    grams: 980,
    vendor: "Papier Werk",
    reducedTax: true,
  },
  {
    title: "Coffee Beans, whole",
    variants: ["250 g", "1 kg"],
    priceMinor: 1190,
    grams: 260,
    vendor: "Rösterei Nord",
    reducedTax: true,
  },
  {
    title: "Knitting Pattern (PDF)",
    variants: ["Download"],
    priceMinor: 650,
    grams: 0,
    vendor: "Nordhaus",
    digital: true,
  },
  { title: "Oak Tray", variants: ["Round", "Oval"], priceMinor: 3849, grams: 870, vendor: "Lumen Studio" },
  {
    title: "Beeswax Candle",
    variants: ["Single", "Box of 6"],
    priceMinor: 799,
    grams: 210,
    vendor: "Hafen & Co.",
  },
];

export const notes = [
  "Please leave the parcel with the neighbour.",
  "Bitte klingeln, Hund im Hof 🐕",
  "Gift for Zoë: no invoice in the box, please ✨",
  "配達は午後にお願いします",
  "USt-IdNr. DE123456789, company: Müller & Söhne GmbH",
  "Second try; the first parcel came back.\nDoor code: 4711#",
] as const;

export const carriers = [
  { company: "DHL", url: "https://www.dhl.com/en/express/tracking.html?AWB=", prefix: "JJD0" },
  { company: "UPS", url: "https://www.ups.com/track?tracknum=", prefix: "1Z999AA1" },
  { company: "DPD", url: "https://tracking.dpd.de/parcelstatus?query=", prefix: "0150" },
  { company: "FedEx", url: "https://www.fedex.com/fedextrack/?trknbr=", prefix: "7946" },
] as const;
