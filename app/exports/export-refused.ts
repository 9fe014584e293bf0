/** An export that cannot be made, with the sentence that says why. Trying again would not help. */
export class ExportRefused extends Error {}
