import { useHydrated } from "remix-utils/use-hydrated";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { useAppData } from "../ui/use-app-data.ts";
import { type ListAddress, listSearch } from "./list-address.ts";

/** The rest of an address, for a form that changes one part of it. */
export function ListAddressInputs({ address }: { address: ListAddress }) {
  const hydrated = useHydrated();
  const app = useAppData();
  return (
    <>
      {[...new URLSearchParams(listSearch(address))].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {!hydrated && app && <input type="hidden" name="shop" value={app.shop.domain} />}
      {!hydrated && <PageSessionInput />}
    </>
  );
}
