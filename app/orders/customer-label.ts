/** Whom a row names: the person, else their e-mail address, else nobody known. */
export function customerLabel({
  customerName,
  email,
}: {
  customerName: string | null;
  email: string | null;
}): string {
  return customerName?.trim() || email?.trim() || "Guest";
}
