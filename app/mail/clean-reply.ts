const maxLength = 240;

/**
 * What a mail server answered, fit for a screen: its sentence on one line, without control characters and without
 * addresses, which an erasure would not find in here.
 */
export function cleanReply(reply: string): string {
  return (
    reply
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ")
      .replace(/<?[^\s<>"']+@[^\s<>"',;:]+>?/g, "(address)")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, maxLength)
  );
}
