import type { ReactNode } from "react";
import type { AppData } from "../routes/app.tsx";

export function AppFrame({ shop, children }: AppData & { children: ReactNode }) {
  return (
    <>
      <header>{shop.name}</header>
      {children}
    </>
  );
}
