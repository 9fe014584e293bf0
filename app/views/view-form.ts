import { z } from "zod";
import { viewScreens } from "./list-screen.ts";
import { viewNameSchema } from "./view.ts";

const text = z
  .string()
  .max(2_000)
  // Neither NUL nor half a character can be stored.
  .transform((given) => given.replaceAll("\0", " ").toWellFormed());
const columns = text.transform((names) => names.split(",").filter(Boolean));

/** What every form about a view says: which list it stands above, and what that list shows. */
const shown = { screen: z.enum(viewScreens), q: text, sort: text, columns };

/** What the form's writer saw of the view, to tell them what others have made of it. */
const seenSchema = z.object({
  name: z.string(),
  team: z.boolean(),
  query: z.string(),
  sort: z.string(),
  columns: z.array(z.string()),
});

const seen = z
  .string()
  .max(10_000)
  .transform((written, context) => {
    try {
      const parsed = seenSchema.safeParse(JSON.parse(written));
      if (parsed.success) return parsed.data;
    } catch {
      // Not JSON: refused like any other text that is none of ours.
    }
    context.addIssue({ code: "custom", message: "That is no view." });
    return z.NEVER;
  });

const viewId = z.string().uuid();
const existing = { ...shown, view: viewId, version: z.coerce.number().int().min(1), seen };
const change = <Intent extends string>(intent: Intent) =>
  z.object({ ...existing, intent: z.literal(intent) });

/** The forms of the tabs, as they are posted by a script or by a plain browser. */
export const viewFormSchema = z.discriminatedUnion("intent", [
  z.object({
    ...shown,
    intent: z.literal("create"),
    name: viewNameSchema,
    team: z.literal("on").optional(),
  }),
  change("rename").extend({ name: viewNameSchema }),
  change("update"),
  change("share"),
  change("unshare"),
  change("delete"),
  change("left"),
  change("right"),
  z.object({ intent: z.literal("restore"), screen: z.enum(viewScreens), view: viewId }),
  z.object({ ...shown, intent: z.literal("default"), view: text }),
  z.object({ ...shown, intent: z.literal("nodefault"), view: text }),
]);

export type ViewForm = z.output<typeof viewFormSchema>;
