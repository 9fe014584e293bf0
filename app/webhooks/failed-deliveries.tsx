import { useNavigation } from "@remix-run/react";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Time } from "../ui/time.tsx";
import type { FailedDelivery } from "./webhook-events.server.ts";

const cell = "px-2 py-2 align-top first:pl-4 last:pr-4";

/** The deliveries that could not be applied: why, and the way to try again. */
export function FailedDeliveries({ failed }: { failed: FailedDelivery[] }) {
  const { formData } = useNavigation();
  const running = formData?.get("intent") === "rerun" ? formData.get("deliveryId") : null;
  return (
    <Card title="Failed deliveries" flush>
      {failed.length === 0 ? (
        <EmptyState title="No delivery has failed">
          <p>One that fails three times waits here with its reason, and can be run again.</p>
        </EmptyState>
      ) : (
        <table className="w-full border-collapse text-left">
          <caption className="sr-only">Failed deliveries, newest first</caption>
          <thead className="border-y border-line bg-surface-subtle text-small text-ink-subtle">
            <tr>
              <th scope="col" className={`${cell} py-1.5! font-medium`}>
                Delivery
              </th>
              <th scope="col" className={`${cell} py-1.5! font-medium max-md:hidden`}>
                Reason
              </th>
              <th scope="col" className={`${cell} py-1.5! font-medium`}>
                <span className="sr-only">Run again</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {failed.map((delivery) => (
              <tr key={delivery.id} className="border-b border-line last:border-0">
                <th scope="row" className={`${cell} font-normal`}>
                  <span className="block font-medium [overflow-wrap:anywhere]">{delivery.topic}</span>
                  <span className="block text-small text-ink-subtle">
                    <Time at={delivery.receivedAt} /> ·{" "}
                    {delivery.attempts === 1 ? "1 attempt" : `${delivery.attempts} attempts`}
                  </span>
                  <span className="mt-1 block [overflow-wrap:anywhere] md:hidden">{reasonOf(delivery)}</span>
                </th>
                <td className={`${cell} [overflow-wrap:anywhere] max-md:hidden`}>{reasonOf(delivery)}</td>
                <td className={`${cell} text-right`}>
                  <AppForm preventScrollReset>
                    <input type="hidden" name="intent" value="rerun" />
                    <input type="hidden" name="deliveryId" value={delivery.id} />
                    <Button type="submit" busy={running === delivery.id}>
                      Run again<span className="sr-only">: {delivery.topic}</span>
                    </Button>
                  </AppForm>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

const reasonOf = ({ error }: FailedDelivery) => error ?? "The reason was not recorded.";
