import { useLocation, useNavigate } from "@remix-run/react";
import { z } from "zod";
import { CrossMark } from "../ui/cross-mark.tsx";
import { dropDraft, keepDraft, readDraft } from "./edit-draft.ts";

/** Travels in the history entry that Cancel leads to. */
const cancelledEditSchema = z.object({
  cancelledEdit: z.object({ key: z.string(), name: z.string(), to: z.string() }),
});
export type CancelledEdit = z.infer<typeof cancelledEditSchema>;

/** After Cancel with unsaved changes: the way back to them, instead of an "are you sure?" before. */
export function CancelledEditNotice() {
  const { state } = useLocation();
  const navigate = useNavigate();
  const parsed = cancelledEditSchema.safeParse(state);
  const cancelled = parsed.success ? parsed.data.cancelledEdit : null;

  const undo = ({ key, to }: CancelledEdit["cancelledEdit"]) => {
    const draft = readDraft(key);
    if (draft) keepDraft(key, { ...draft, cancelled: false });
    navigate(to, { preventScrollReset: true });
  };
  const dismiss = ({ key }: CancelledEdit["cancelledEdit"]) => {
    dropDraft(key);
    navigate(".", { replace: true, preventScrollReset: true, state: null });
  };

  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center px-4 print:hidden"
    >
      {cancelled && (
        <div className="pointer-events-auto flex animate-toast items-center gap-2 rounded-control bg-primary py-2 pr-2 pl-4 font-medium text-on-primary shadow-raised">
          Changes to {cancelled.name} were not saved.
          <button
            type="button"
            className="rounded-control px-2 py-1 font-semibold underline hover:bg-primary-hover"
            onClick={() => undo(cancelled)}
          >
            Undo
          </button>
          <button
            type="button"
            aria-label="Dismiss"
            className="grid size-7 place-items-center rounded-control hover:bg-primary-hover"
            onClick={() => dismiss(cancelled)}
          >
            <CrossMark />
          </button>
        </div>
      )}
    </div>
  );
}
