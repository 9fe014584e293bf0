CREATE TABLE "document_links" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"views" integer DEFAULT 0 NOT NULL,
	"last_viewed_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_links_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "document_mails" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"recipient" text,
	"state" text DEFAULT 'queued' NOT NULL,
	"automatic" boolean DEFAULT false NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"attempt_open" boolean DEFAULT false NOT NULL,
	"interrupted" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"message_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "document_mails_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "document_mails_state" CHECK ("document_mails"."state" in ('queued', 'sent', 'failed', 'bounced'))
);
--> statement-breakpoint
CREATE TABLE "link_misses" (
	"stretch" integer NOT NULL,
	"address_hash" text NOT NULL,
	"misses" integer NOT NULL,
	CONSTRAINT "link_misses_stretch_address_hash_pk" PRIMARY KEY("stretch","address_hash")
);
--> statement-breakpoint
ALTER TABLE "document_links" ADD CONSTRAINT "document_links_shop_id_document_id_documents_shop_id_id_fk" FOREIGN KEY ("shop_id","document_id") REFERENCES "public"."documents"("shop_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_mails" ADD CONSTRAINT "document_mails_shop_id_document_id_documents_shop_id_id_fk" FOREIGN KEY ("shop_id","document_id") REFERENCES "public"."documents"("shop_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_links_document" ON "document_links" USING btree ("document_id","shop_id");--> statement-breakpoint
CREATE INDEX "document_links_order" ON "document_links" USING btree ("order_id","shop_id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_links_token" ON "document_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "document_mails_document" ON "document_mails" USING btree ("document_id","shop_id");--> statement-breakpoint
CREATE INDEX "document_mails_order" ON "document_mails" USING btree ("order_id","shop_id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_mails_waiting" ON "document_mails" USING btree ("document_id","recipient","shop_id") WHERE state = 'queued';--> statement-breakpoint
CREATE UNIQUE INDEX "document_mails_automatic" ON "document_mails" USING btree ("document_id","shop_id") WHERE automatic;
--> statement-breakpoint
ALTER TABLE "link_misses" SET UNLOGGED;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['document_mails', 'document_links', 'link_misses'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['document_mails', 'document_links'] LOOP
    EXECUTE format('CREATE POLICY tenant ON %I USING (shop_id = app_shop_id()) WITH CHECK (shop_id = app_shop_id())', name);
  END LOOP;
END
$$;
--> statement-breakpoint
-- Whoever opens a public link knows its token before we know the shop: the hash of it shows that one row and counts a view.
CREATE FUNCTION app_link_hash() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.link_hash', true), '');
--> statement-breakpoint
CREATE POLICY opened ON document_links FOR SELECT USING (token_hash = app_link_hash());
--> statement-breakpoint
CREATE POLICY viewed ON document_links FOR UPDATE USING (token_hash = app_link_hash()) WITH CHECK (token_hash = app_link_hash());
--> statement-breakpoint
CREATE POLICY links ON link_misses USING (app_scope() = 'link') WITH CHECK (app_scope() = 'link');
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON document_mails TO atomic_orders_app;
--> statement-breakpoint
-- Neither the token, nor the document, nor the shop of a link can be changed.
GRANT SELECT, INSERT, UPDATE (revoked_at, views, last_viewed_at) ON document_links TO atomic_orders_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON link_misses TO atomic_orders_app;
