interface NewOrdersPillProps {
  count: number;
  onShow(): void;
}

/** Says that orders have come in above, and leads there. Until then nothing moves. */
export function NewOrdersPill({ count, onShow }: NewOrdersPillProps) {
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-11 z-5 flex justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto min-h-8 rounded-full bg-primary px-4 py-1.5 text-small font-semibold text-on-primary shadow-raised hover:bg-primary-hover focus-visible:rounded-full"
        >
          <span aria-hidden="true">↑ </span>
          {count} new {count === 1 ? "order" : "orders"}
        </button>
      )}
    </div>
  );
}
