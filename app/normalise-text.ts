/**
 * Text as we store it: browsers send CRLF where the database has LF, which would look like an edit; NUL and
 * lone surrogates cannot be stored at all. Blank text is null.
 */
export function normaliseText(text: string): string | null {
  const clean = text.replaceAll("\r\n", "\n").toWellFormed().replaceAll("\0", "\uFFFD");
  return clean.trim() === "" ? null : clean.trim();
}
