import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { EditAnswer } from "./edit-answer.ts";
import { toTyped } from "./edit-form-state.ts";
import type { CellSave } from "./use-cell-edits.ts";

interface CellSavingProps {
  save: CellSave;
  listQuery: string;
  onAnswer(save: CellSave, answer: EditAnswer): void;
}

/** Sends one cell's edit the way the form sends it. Each has a fetcher of its own, so that none stops another. */
export function CellSaving({ save, listQuery, onAnswer }: CellSavingProps) {
  const fetcher = useFetcher<EditAnswer>({ key: `cell ${save.key}` });
  const { order, values } = save;
  const send = () => {
    const { status, trackingCompany, trackingNumber, note } = toTyped(values);
    fetcher.submit(
      {
        ...{ status, trackingCompany, trackingNumber, note },
        version: String(order.version),
        openedNote: order.note ?? "",
        answer: "data",
      },
      { method: "post", action: `/app/orders/${order.id}/edit${listQuery}` },
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: sent once
  useEffect(() => {
    // React checks its effects in development by running them twice: a timer is taken back, a request is not.
    const timer = setTimeout(send);
    return () => clearTimeout(timer);
  }, []);
  const answered = useRef(false);
  useEffect(() => {
    if (!fetcher.data || answered.current) return;
    answered.current = true;
    onAnswer(save, fetcher.data);
  });
  return null;
}
