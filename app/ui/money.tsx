import { formatMoney } from "../money.ts";

/** An amount in minor units with its currency. */
export function Money({ minor, currency }: { minor: string | bigint; currency: string }) {
  return <span className="whitespace-nowrap tabular-nums">{formatMoney(minor, currency)}</span>;
}
