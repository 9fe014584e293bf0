ALTER TABLE "bulk_actions" DROP CONSTRAINT "bulk_actions_state";--> statement-breakpoint
DROP INDEX "bulk_actions_open";--> statement-breakpoint
ALTER TABLE "bulk_actions" ADD COLUMN "source_id" uuid;--> statement-breakpoint
ALTER TABLE "bulk_actions" ADD COLUMN "expected" integer;--> statement-breakpoint
ALTER TABLE "bulk_actions" ADD COLUMN "starts_itself" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_actions" ADD COLUMN "taken_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bulk_actions" ADD COLUMN "preview" jsonb;--> statement-breakpoint
ALTER TABLE "bulk_actions" ADD COLUMN "previewed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_actions" ADD COLUMN "forgotten_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "bulk_actions_open" ON "bulk_actions" USING btree ("shop_id","id") WHERE state in ('collecting', 'counting', 'queued', 'running');--> statement-breakpoint
ALTER TABLE "bulk_actions" ADD CONSTRAINT "bulk_actions_state" CHECK ("bulk_actions"."state" in ('collecting', 'draft', 'counting', 'queued', 'running', 'done', 'cancelled'));
--> statement-breakpoint
-- Further kinds of bulk action are about other rows than orders.
ALTER TABLE "bulk_items" RENAME COLUMN "order_id" TO "subject_id";
--> statement-breakpoint
-- Items of drafts that nobody started, and of actions that are long done, are deleted a chunk at a time.
GRANT DELETE ON bulk_items TO atomic_orders_app;
--> statement-breakpoint
-- Each item is written once more when its order is done: a million dead rows, of which a fifth is too many to wait for.
ALTER TABLE "bulk_items" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
