CREATE TABLE "customers" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"shopify_customer_id" bigint NOT NULL,
	"first_name" text,
	"last_name" text,
	"email" text,
	"phone" text,
	"last_external_updated_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customers_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "customers_shopify_key" UNIQUE("shopify_customer_id","shop_id")
);
--> statement-breakpoint
CREATE TABLE "privacy_requests" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"topic" text NOT NULL,
	"shopify_customer_id" bigint,
	"shopify_order_ids" bigint[] DEFAULT '{}' NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp with time zone,
	"outcome" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "privacy_requests_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "privacy_requests_scope" CHECK (("privacy_requests"."topic" = 'shop/redact') = ("privacy_requests"."shopify_customer_id" is null))
);
--> statement-breakpoint
CREATE TABLE "order_events" (
	"shop_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"changes" jsonb NOT NULL,
	"overwritten" jsonb,
	"webhook_event_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_events_shop_id_order_id_version_pk" PRIMARY KEY("shop_id","order_id","version"),
	CONSTRAINT "order_events_actor" CHECK ("order_events"."actor_kind" in ('merchant', 'shopify', 'job', 'api_key', 'import'))
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"shop_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"shopify_line_id" bigint,
	"title" text NOT NULL,
	"variant_title" text,
	"sku" text,
	"quantity" integer NOT NULL,
	"current_quantity" integer NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"discount_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"taxable" boolean NOT NULL,
	CONSTRAINT "order_lines_shop_id_order_id_position_pk" PRIMARY KEY("shop_id","order_id","position")
);
--> statement-breakpoint
CREATE TABLE "order_tombstones" (
	"shop_id" uuid NOT NULL,
	"shopify_order_id" bigint NOT NULL,
	"deleted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_tombstones_shop_id_shopify_order_id_pk" PRIMARY KEY("shop_id","shopify_order_id")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"shopify_order_id" bigint NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"financial_status" text,
	"fulfillment_status" text,
	"customer_id" uuid,
	"customer_name" text,
	"email" text,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"subtotal_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"discount_minor" bigint NOT NULL,
	"shipping_fee_minor" bigint NOT NULL,
	"taxes_included" boolean NOT NULL,
	"presentment_currency" text NOT NULL,
	"presentment_total_minor" bigint NOT NULL,
	"ordered_total_minor" bigint NOT NULL,
	"computed_total_minor" bigint NOT NULL,
	"item_count" integer NOT NULL,
	"lines_hash" text NOT NULL,
	"source_name" text,
	"tracking_company" text,
	"tracking_number" text,
	"note" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"test" boolean DEFAULT false NOT NULL,
	"shipping_address" jsonb,
	"billing_address" jsonb,
	"version" integer NOT NULL,
	"shopify_values" jsonb NOT NULL,
	"needs_review" boolean DEFAULT false NOT NULL,
	"last_external_updated_at" timestamp with time zone NOT NULL,
	"last_triggered_at" timestamp with time zone,
	"last_content_hash" text NOT NULL,
	"last_webhook_event_id" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"processed_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "orders_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "orders_shopify_key" UNIQUE("shopify_order_id","shop_id"),
	CONSTRAINT "orders_status" CHECK ("orders"."status" in ('PENDING', 'CONFIRMED', 'SHIPPED', 'CANCELLED')),
	CONSTRAINT "orders_version" CHECK ("orders"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "shop_changes" (
	"shop_id" uuid PRIMARY KEY NOT NULL,
	"last_change" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shop_tokens" (
	"shop_id" uuid PRIMARY KEY NOT NULL,
	"access_token_ciphertext" "bytea" NOT NULL,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_ciphertext" "bytea",
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text NOT NULL,
	"refreshed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shops" (
	"id" uuid PRIMARY KEY NOT NULL,
	"domain" text NOT NULL,
	"shopify_shop_id" bigint,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"time_zone" text NOT NULL,
	"installed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"uninstalled_at" timestamp with time zone,
	"reconciled_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shops_domain_unique" UNIQUE("domain")
);
--> statement-breakpoint
CREATE TABLE "staff_members" (
	"shop_id" uuid NOT NULL,
	"shopify_user_id" bigint NOT NULL,
	"name" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staff_members_shop_id_shopify_user_id_pk" PRIMARY KEY("shop_id","shopify_user_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhook_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"shop_id" uuid,
	"shop_domain" text,
	"webhook_id" text,
	"event_id" text,
	"topic" text,
	"api_version" text,
	"triggered_at" timestamp with time zone,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"headers" jsonb NOT NULL,
	"body" text,
	"rejected_body" "bytea",
	"body_sha256" text NOT NULL,
	"is_duplicate" boolean DEFAULT false NOT NULL,
	"status" text NOT NULL,
	"error" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	"shopify_order_id" bigint,
	"shopify_customer_id" bigint,
	"erased_at" timestamp with time zone,
	CONSTRAINT "webhook_events_status" CHECK ("webhook_events"."status" in ('received', 'applied', 'duplicate', 'stale', 'ignored', 'failed', 'rejected'))
);
--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_shop_id_order_id_orders_shop_id_id_fk" FOREIGN KEY ("shop_id","order_id") REFERENCES "public"."orders"("shop_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_shop_id_order_id_orders_shop_id_id_fk" FOREIGN KEY ("shop_id","order_id") REFERENCES "public"."orders"("shop_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_tombstones" ADD CONSTRAINT "order_tombstones_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_shop_id_customer_id_customers_shop_id_id_fk" FOREIGN KEY ("shop_id","customer_id") REFERENCES "public"."customers"("shop_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_changes" ADD CONSTRAINT "shop_changes_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_tokens" ADD CONSTRAINT "shop_tokens_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_members" ADD CONSTRAINT "staff_members_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "orders_list" ON "orders" USING btree ("shop_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "orders_review" ON "orders" USING btree ("shop_id","created_at" DESC NULLS LAST) WHERE needs_review and deleted_at is null;--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("shop_id","customer_id") WHERE customer_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_events_delivery" ON "webhook_events" USING btree ("shop_domain","webhook_id") WHERE not is_duplicate;--> statement-breakpoint
CREATE INDEX "webhook_events_open" ON "webhook_events" USING btree ("shop_id","id") WHERE status = 'received';--> statement-breakpoint
CREATE INDEX "webhook_events_failed" ON "webhook_events" USING btree ("shop_id","id") WHERE status = 'failed';--> statement-breakpoint
CREATE INDEX "webhook_events_order" ON "webhook_events" USING btree ("shop_id","shopify_order_id");--> statement-breakpoint
CREATE INDEX "webhook_events_customer" ON "webhook_events" USING btree ("shop_id","shopify_customer_id") WHERE shopify_customer_id is not null;--> statement-breakpoint
CREATE INDEX "webhook_events_differing_duplicates" ON "webhook_events" USING btree ("shop_id","webhook_id") WHERE is_duplicate and body is not null;--> statement-breakpoint
-- Raw bodies are the bulk of the inbox; lz4 costs a fifth of jsonb and half of pglz. A server built without
-- lz4 keeps its default, which is slower and just as right.
DO $$
BEGIN
  ALTER TABLE "webhook_events" ALTER COLUMN "body" SET COMPRESSION lz4;
  ALTER TABLE "webhook_events" ALTER COLUMN "rejected_body" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  RAISE NOTICE 'this server has no lz4';
END
$$;
--> statement-breakpoint
-- Every row of these is updated at least once, so leave room for the new version on the same page.
ALTER TABLE "webhook_events" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE "orders" SET (fillfactor = 85);
--> statement-breakpoint
ALTER TABLE "shop_changes" SET (fillfactor = 20);
--> statement-breakpoint
-- The role that web and worker take on: it cannot bypass row-level security and cannot log in by itself.
-- Roles belong to the whole cluster, so another database of ours may have made it already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'atomic_orders_app') THEN
    BEGIN
      CREATE ROLE atomic_orders_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  -- From PostgreSQL 16 on a role's maker is a member that may not take it on; before, membership is all there is.
  IF NOT pg_has_role(current_user, 'atomic_orders_app',
                     CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
    EXECUTE format('GRANT atomic_orders_app TO %I', current_user);
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The role % may not take on atomic_orders_app. As an administrator run: GRANT atomic_orders_app TO %', current_user, current_user;
END
$$;
--> statement-breakpoint
-- The tenant of the running transaction; null outside one, so that a forgotten setting shows nothing.
CREATE FUNCTION app_shop_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.shop_id', true), '')::uuid;
--> statement-breakpoint
-- 'system' is for the work that spans shops by nature: the webhook door, the queue's claim, the scheduler.
-- Only the inbox, the list of shops and their change numbers know it; orders and people never do.
CREATE FUNCTION app_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('app.scope', true), '');
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['shops', 'shop_tokens', 'shop_changes', 'staff_members', 'customers', 'privacy_requests',
                              'orders', 'order_lines', 'order_events', 'order_tombstones', 'webhook_events'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['shop_tokens', 'staff_members', 'customers', 'privacy_requests',
                              'orders', 'order_lines', 'order_events', 'order_tombstones'] LOOP
    EXECUTE format('CREATE POLICY tenant ON %I USING (shop_id = app_shop_id()) WITH CHECK (shop_id = app_shop_id())', name);
  END LOOP;
END
$$;
--> statement-breakpoint
-- A sign-in knows the domain before it knows the id.
CREATE POLICY tenant ON shops
  USING (id = app_shop_id() OR domain = nullif(current_setting('app.shop_domain', true), '') OR app_scope() = 'system')
  WITH CHECK (id = app_shop_id());
--> statement-breakpoint
CREATE POLICY tenant ON shop_changes
  USING (shop_id = app_shop_id() OR app_scope() = 'system') WITH CHECK (shop_id = app_shop_id());
--> statement-breakpoint
CREATE POLICY tenant ON webhook_events
  USING (shop_id = app_shop_id() OR app_scope() = 'system')
  WITH CHECK (shop_id = app_shop_id() OR app_scope() = 'system');
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO atomic_orders_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON shops, shop_changes, staff_members, customers, privacy_requests, orders, webhook_events TO atomic_orders_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON shop_tokens, order_lines TO atomic_orders_app;
--> statement-breakpoint
-- The timeline is append-only: no UPDATE, no DELETE.
GRANT SELECT, INSERT ON order_events, order_tombstones TO atomic_orders_app;
--> statement-breakpoint
-- The one exception to the append-only timeline: the law. It blanks the texts of the given orders' rows and keeps the rows.
CREATE FUNCTION erase_order_event_texts(order_ids uuid[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER
  SET search_path = public, pg_temp
AS $$
  WITH erased AS (
    UPDATE order_events SET
      changes = (SELECT coalesce(jsonb_object_agg(key, CASE WHEN key IN ('note', 'customerName', 'email', 'shippingAddress', 'billingAddress')
                   THEN '{"from": null, "to": null, "erased": true}'::jsonb ELSE value END), '{}') FROM jsonb_each(changes)),
      overwritten = nullif(overwritten - 'note', '{}')
    WHERE shop_id = app_shop_id() AND order_id = ANY (order_ids)
    RETURNING 1
  ) SELECT count(*) FROM erased
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION erase_order_event_texts(uuid[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION erase_order_event_texts(uuid[]) TO atomic_orders_app;
