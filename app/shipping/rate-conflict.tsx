import { type ReactNode, useEffect, useRef } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Banner } from "../ui/banner.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Time } from "../ui/time.tsx";
import type { RateAnswer } from "./rate-answer.ts";
import { describeRate, type ShippingRate } from "./shipping-rate.ts";
import type { SavedRate } from "./shipping-rates.server.ts";

interface RateConflictProps {
  answer: RateAnswer | null;
  theirs: SavedRate;
  /** What is typed; null while it is no rate yet. */
  mine: ShippingRate | null;
  onTakeTheirs(): void;
}

/** Somebody else has saved meanwhile: both rates, and the two answers. Stands inside the form. */
export function RateConflict({ answer, theirs, mine, onTakeTheirs }: RateConflictProps) {
  const hydrated = useHydrated();
  const panel = useRef<HTMLDivElement>(null);
  // A refused save leads to the question it was refused for.
  useEffect(() => {
    if (answer?.conflict) panel.current?.focus();
  }, [answer]);
  return (
    <div ref={panel} tabIndex={-1} className="rounded-card">
      <Banner
        tone="warning"
        live="assertive"
        title={`${theirs.updatedBy} saved another rate while you were editing`}
        actions={
          <>
            {hydrated ? (
              <Button onClick={onTakeTheirs}>Take theirs</Button>
            ) : (
              <ButtonLink to="/app/settings/shipping">Take theirs</ButtonLink>
            )}
            <Button type="submit" name="intent" value="overwrite">
              Save mine over it
            </Button>
          </>
        }
      >
        <input type="hidden" name="theirVersion" value={theirs.version} />
        <div className="grid gap-3 sm:grid-cols-2">
          <RateInWords
            title={
              <>
                Theirs, <Time at={theirs.updatedAt} />
              </>
            }
            rate={theirs.rate}
          />
          {mine && <RateInWords title="Yours, as typed" rate={mine} />}
        </div>
      </Banner>
    </div>
  );
}

function RateInWords({ title, rate }: { title: ReactNode; rate: ShippingRate }) {
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <ul>
        {describeRate(rate).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
