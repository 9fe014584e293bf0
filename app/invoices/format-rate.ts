/** `"0.19"` → `19 %`; decimal text moved by two places, so that no float rounds it. */
export function formatRate(rate: string): string {
  const [whole = "0", fraction = ""] = rate.split(".");
  const digits = fraction.padEnd(2, "0");
  const percent = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const rest = digits.slice(2).replace(/0+$/, "");
  return `${percent}${rest && `.${rest}`} %`;
}
