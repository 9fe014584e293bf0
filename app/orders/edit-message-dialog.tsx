import { useLocation, useNavigate } from "@remix-run/react";
import { type ReactNode, useId } from "react";
import { ButtonLink } from "../ui/button.tsx";
import { leaveEditAddress } from "./edit-address.ts";
import { EditDialog } from "./edit-dialog.tsx";

/** Why there is no form, in the form's place. */
export function EditMessageDialog({
  title,
  actions,
  children,
}: {
  title: string;
  /** Buttons before the one that leads back. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const titleId = useId();
  const navigate = useNavigate();
  const to = leaveEditAddress(useLocation());
  return (
    <EditDialog
      labelledBy={titleId}
      onCancel={() => navigate(to, { replace: true, preventScrollReset: true })}
    >
      <div className="grid gap-3 p-4">
        <h2 id={titleId} className="text-heading font-semibold">
          {title}
        </h2>
        {children}
        <p className="flex flex-wrap gap-2">
          {actions}
          <ButtonLink to={to} preventScrollReset>
            {to.startsWith("/app/orders/") ? "Back to the order" : "Back to the orders"}
          </ButtonLink>
        </p>
      </div>
    </EditDialog>
  );
}
