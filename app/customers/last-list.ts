import { useEffect, useState } from "react";

const path = "/app/customers";

/** The list that this tab has shown last. Only a browser writes it. */
let lastAddress = path;

export function useKeptAddress(search: string): void {
  useEffect(() => {
    lastAddress = path + search;
  }, [search]);
}

/** The way back from a customer's page: the list as it was left, with its query, sort and page. */
export function useLastAddress(): string {
  const [address, setAddress] = useState(path);
  useEffect(() => setAddress(lastAddress), []);
  return address;
}
