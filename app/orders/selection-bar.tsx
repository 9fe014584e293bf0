import { Button } from "../ui/button.tsx";

/** What stands above the rows while some are ticked. */
export function SelectionBar({ ids, onClear }: { ids: ReadonlySet<string>; onClear(): void }) {
  return (
    <div role="toolbar" aria-label="Selected orders" className="flex min-h-8 flex-wrap items-center gap-3">
      <p role="status" className="font-medium">
        {ids.size} selected
      </p>
      <Button onClick={onClear}>Clear selection</Button>
    </div>
  );
}
