/** What the made-up shop sells. `price` is in whole units of the shop's usual money; `grams` is one piece's weight. */
export interface SeedProduct {
  title: string;
  variants: readonly string[];
  sku: string;
  price: number;
  grams: number;
  /** How often it is bought, against the others. */
  weight: number;
}

const apparel = ["S", "M", "L", "XL"] as const;
const none: readonly string[] = [""];

const table: readonly [string, readonly string[], string, number, number, number][] = [
  ["Linen Shirt", apparel, "LIN-SHIRT", 59.9, 320, 30],
  ["Linen Dress", apparel, "LIN-DRESS", 98, 410, 18],
  ["Wool Scarf", ["Charcoal", "Moss", "Rust"], "WOOL-SCARF", 34.5, 180, 22],
  ["Cashmere Beanie", ["One size"], "CASH-BEAN", 49, 90, 9],
  ["Cotton Socks (3 pairs)", ["36–40", "41–45"], "SOCK-3", 14.9, 150, 40],
  ["Canvas Tote", ["Natural", "Ink"], "TOTE", 22, 240, 25],
  ["Leather Belt", ["85", "95", "105"], "BELT", 45, 260, 8],
  ["Rain Jacket", apparel, "RAIN-JK", 149, 690, 7],
  ["Ceramic Mug “Morgenröte”", ["300 ml"], "MUG-MR", 18.5, 410, 28],
  ["Käsebrett aus Eiche", ["Klein", "Groß"], "BRETT", 42, 1350, 9],
  ["Øl-Krus / Beer Mug", ["0.5 l"], "OLKRUS", 26.95, 620, 8],
  ["茶具 Tea Set", ["4 cups", "6 cups"], "TEA-SET", 119, 2100, 5],
  ["抹茶 Matcha Bowl", none, "MATCHA-B", 39, 480, 6],
  ["Green Tea “Sencha”", ["100 g", "250 g"], "TEA-SEN", 12.5, 120, 24],
  ["Black Tea “Assam”", ["100 g", "250 g"], "TEA-ASM", 10.5, 120, 18],
  ["Coffee Beans, whole", ["250 g", "1 kg"], "COFFEE", 11.9, 260, 38],
  ["Café au lait bowl", ["Blue", "White"], "BOL", 16, 390, 10],
  ["Desk Lamp", ["Black", "Brass"], "LAMP-D", 89.99, 1900, 8],
  ["Floor Lamp", ["Black", "Brass"], "LAMP-F", 229, 5200, 3],
  ["Oak Tray", ["Round", "Oval"], "TRAY", 38.49, 870, 9],
  ["Oak Side Table", none, "TABLE-S", 349, 9800, 2],
  ["Steel Bottle", ["500 ml", "750 ml"], "BOTTLE", 29.99, 380, 26],
  ["Enamel Pot", ["2 l", "4 l"], "POT", 64, 1700, 6],
  ["Cast Iron Pan", ["24 cm", "28 cm"], "PAN", 79, 2900, 6],
  ["Bread Knife", none, "KNIFE-B", 54, 230, 6],
  ["Notebook, dotted", ["A5", "A4"], "NOTE-DOT", 12.75, 290, 28],
  ["Fountain Pen", ["F", "M", "B"], "PEN-F", 69, 60, 7],
  ["Ink “Mitternacht”", ["50 ml"], "INK-MN", 13.9, 160, 9],
  ["Cookbook “Small Kitchen”", ["Hardcover"], "BOOK-SK", 27.95, 980, 12],
  ["Poster “Hafen bei Nacht”", ["A3", "A2"], "POSTER", 24, 120, 9],
  ["Beeswax Candle", ["Single", "Box of 6"], "CANDLE", 7.99, 210, 30],
  ["Soap Bar, olive", ["1", "3"], "SOAP", 6.5, 110, 30],
  ["Bath Towel", ["Sand", "Slate"], "TOWEL", 32, 560, 14],
  ["Duvet Cover", ["140×200", "200×200"], "DUVET", 119, 1500, 5],
  ["Wool Blanket", ["Grey", "Ochre"], "BLANKET", 139, 1600, 6],
  ["Knitting Pattern (PDF)", ["Download"], "PDF-KNIT", 6.5, 0, 10],
  ["Gift Card", ["25", "50", "100"], "GIFT", 50, 0, 12],
  ["Wooden Train", none, "TRAIN", 44, 900, 7],
  ["Plush Fox", ["Small", "Large"], "FOX", 24.9, 280, 10],
  ["Kintsugi Repair Kit", none, "KINTSUGI", 58, 350, 0.06],
];

export const seedProducts: readonly (readonly [SeedProduct, number])[] = table.map(
  ([title, variants, sku, price, grams, weight]) => [{ title, variants, sku, price, grams, weight }, weight],
);
