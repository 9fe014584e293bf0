import { Form, type FormProps } from "@remix-run/react";
import { PageSessionInput } from "./page-session-input.tsx";

/** A form that posts with and without JavaScript. */
export function AppForm({ children, ...props }: FormProps) {
  return (
    <Form method="post" {...props}>
      <PageSessionInput />
      {children}
    </Form>
  );
}
