/** An IBAN in groups of four, as people read and compare it, however it was typed. */
export const groupIban = (iban: string): string =>
  iban
    .replace(/[\s.-]/g, "")
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, "$1 ");
