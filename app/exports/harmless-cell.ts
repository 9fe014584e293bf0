/** What a spreadsheet may take for a formula; some take the wide signs of East Asian keyboards for the same. */
const dangerous = /^[=+\-@\t\r＝＋－＠]/;

export const isDangerous = (text: string): boolean => dangerous.test(text);

/**
 * Keeps a spreadsheet from running what somebody typed into an order: a text that begins like a formula gets an
 * apostrophe, which spreadsheets read as "text follows". For texts from outside only, numbers of ours stay numbers.
 */
export const harmlessCell = (text: string): string => (isDangerous(text) ? `'${text}` : text);
