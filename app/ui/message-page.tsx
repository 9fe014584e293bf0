import type { ReactNode } from "react";
import { Logo } from "./logo.tsx";
import { useAppData } from "./use-app-data.ts";

/** A page that only says something. Inside the frame it stands in the frame's `main`, outside it is one. */
export function MessagePage({ title, children }: { title: string; children: ReactNode }) {
  const inFrame = useAppData() !== undefined;
  const Landmark = inFrame ? "div" : "main";
  return (
    <Landmark className="mx-auto grid max-w-lg gap-3 px-4 py-16">
      {!inFrame && <Logo />}
      <h1 className="text-title font-semibold">{title}</h1>
      <div className="grid gap-3 text-heading text-ink-subtle">{children}</div>
    </Landmark>
  );
}
