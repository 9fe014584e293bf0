CREATE TABLE "order_shipments" (
	"shop_id" uuid NOT NULL,
	"shopify_order_id" bigint NOT NULL,
	"shopify_fulfillment_id" bigint NOT NULL,
	"status" text,
	"tracking_company" text,
	"tracking_number" text,
	"tracking_url" text,
	"shipped_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"delivered_by_event" boolean NOT NULL,
	"last_event_status" text,
	"last_event_at" timestamp with time zone,
	"last_event_since" timestamp with time zone,
	CONSTRAINT "order_shipments_pk" PRIMARY KEY("shop_id","shopify_order_id","shopify_fulfillment_id"),
	CONSTRAINT "order_shipments_tracking_url" CHECK ("order_shipments"."tracking_url" like 'https://%')
);
--> statement-breakpoint
ALTER TABLE "order_shipments" ADD CONSTRAINT "order_shipments_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE order_shipments ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE order_shipments FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON order_shipments USING (shop_id = app_shop_id()) WITH CHECK (shop_id = app_shop_id());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON order_shipments TO atomic_orders_app;
