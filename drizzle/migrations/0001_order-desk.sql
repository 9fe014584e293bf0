-- Words and trigrams beside the shop in one index.
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE "bulk_actions" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"input" jsonb NOT NULL,
	"query" text,
	"undo_of" uuid,
	"state" text NOT NULL,
	"total" integer NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"conflicts" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"worked_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "bulk_actions_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "bulk_actions_state" CHECK ("bulk_actions"."state" in ('draft', 'queued', 'running', 'done'))
);
--> statement-breakpoint
CREATE TABLE "bulk_items" (
	"shop_id" uuid NOT NULL,
	"bulk_action_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"opened_version" integer NOT NULL,
	"input" jsonb,
	"state" text DEFAULT 'open' NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"version" integer,
	"reason" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "bulk_items_shop_id_bulk_action_id_position_pk" PRIMARY KEY("shop_id","bulk_action_id","position"),
	CONSTRAINT "bulk_items_state" CHECK ("bulk_items"."state" in ('open', 'changed', 'unchanged', 'conflict', 'refused', 'gone', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "customer_search" (
	"shop_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"name_key" text NOT NULL,
	"order_count" integer DEFAULT 0 NOT NULL,
	"spent_minor" bigint DEFAULT 0 NOT NULL,
	"last_order_at" timestamp with time zone DEFAULT '-infinity' NOT NULL,
	"words" "tsvector" NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "customer_search_shop_id_customer_id_pk" PRIMARY KEY("shop_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "default_views" (
	"shop_id" uuid NOT NULL,
	"shopify_user_id" bigint NOT NULL,
	"screen" text NOT NULL,
	"view" text NOT NULL,
	CONSTRAINT "default_views_shop_id_shopify_user_id_screen_pk" PRIMARY KEY("shop_id","shopify_user_id","screen")
);
--> statement-breakpoint
CREATE TABLE "export_chunks" (
	"shop_id" uuid NOT NULL,
	"export_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "export_chunks_shop_id_export_id_position_pk" PRIMARY KEY("shop_id","export_id","position")
);
--> statement-breakpoint
CREATE TABLE "list_exports" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"screen" text NOT NULL,
	"format" text NOT NULL,
	"query" text NOT NULL,
	"order_ids" uuid[],
	"sort" text NOT NULL,
	"columns" text[] NOT NULL,
	"state" text NOT NULL,
	"total" integer,
	"written" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"error" text,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "list_exports_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "list_exports_state" CHECK ("list_exports"."state" in ('queued', 'running', 'done', 'failed')),
	CONSTRAINT "list_exports_format" CHECK ("list_exports"."format" in ('csv', 'xlsx', 'jsonl'))
);
--> statement-breakpoint
CREATE TABLE "order_figure_changes" (
	"shop_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "order_figure_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"test" boolean NOT NULL,
	"orders" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"needs_review" bigint NOT NULL,
	"undelivered" bigint NOT NULL,
	"delivered" bigint NOT NULL,
	"delivery_seconds" bigint NOT NULL,
	"shipped" bigint NOT NULL,
	"ship_seconds" bigint NOT NULL,
	CONSTRAINT "order_figure_changes_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "order_figures" (
	"shop_id" uuid NOT NULL,
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"test" boolean NOT NULL,
	"orders" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"needs_review" bigint NOT NULL,
	"undelivered" bigint NOT NULL,
	"delivered" bigint NOT NULL,
	"delivery_seconds" bigint NOT NULL,
	"shipped" bigint NOT NULL,
	"ship_seconds" bigint NOT NULL,
	CONSTRAINT "order_figures_shop_id_day_currency_status_test_pk" PRIMARY KEY("shop_id","day","currency","status","test")
);
--> statement-breakpoint
CREATE TABLE "order_search" (
	"shop_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"total_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"customer_key" text NOT NULL,
	"item_count" integer NOT NULL,
	"words" "tsvector" NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "order_search_shop_id_order_id_pk" PRIMARY KEY("shop_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "presences" (
	"shop_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"tab_id" uuid NOT NULL,
	"shopify_user_id" bigint NOT NULL,
	"name" text NOT NULL,
	"field" text,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "presences_shop_id_order_id_tab_id_pk" PRIMARY KEY("shop_id","order_id","tab_id")
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"screen" text NOT NULL,
	"owner_id" bigint,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"sort" text NOT NULL,
	"columns" text[] NOT NULL,
	"position" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "saved_views_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "saved_views_screen" CHECK ("saved_views"."screen" in ('orders', 'customers'))
);
--> statement-breakpoint
CREATE TABLE "shipping_rates" (
	"shop_id" uuid PRIMARY KEY NOT NULL,
	"currency" text NOT NULL,
	"flat_fee_minor" bigint,
	"free_from_minor" bigint,
	"weight_steps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "orders_list";--> statement-breakpoint
DROP INDEX "orders_review";--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_events" ADD COLUMN "bulk_action_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "items_text" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "total_weight_grams" integer;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "shipping_lines" integer;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "shipped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "delivered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bulk_actions" ADD CONSTRAINT "bulk_actions_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_shop_id_bulk_action_id_bulk_actions_shop_id_id_fk" FOREIGN KEY ("shop_id","bulk_action_id") REFERENCES "public"."bulk_actions"("shop_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_search" ADD CONSTRAINT "customer_search_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "default_views" ADD CONSTRAINT "default_views_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_chunks" ADD CONSTRAINT "export_chunks_shop_id_export_id_list_exports_shop_id_id_fk" FOREIGN KEY ("shop_id","export_id") REFERENCES "public"."list_exports"("shop_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_exports" ADD CONSTRAINT "list_exports_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_figure_changes" ADD CONSTRAINT "order_figure_changes_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_figures" ADD CONSTRAINT "order_figures_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_search" ADD CONSTRAINT "order_search_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presences" ADD CONSTRAINT "presences_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipping_rates" ADD CONSTRAINT "shipping_rates_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_actions_recent" ON "bulk_actions" USING btree ("shop_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "bulk_actions_open" ON "bulk_actions" USING btree ("shop_id","id") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "bulk_items_state" ON "bulk_items" USING btree ("bulk_action_id","state","position");--> statement-breakpoint
CREATE INDEX "customer_search_created" ON "customer_search" USING btree ("shop_id","created_at","customer_id");--> statement-breakpoint
CREATE INDEX "customer_search_name" ON "customer_search" USING btree ("shop_id","name_key","customer_id");--> statement-breakpoint
CREATE INDEX "customer_search_spent" ON "customer_search" USING btree ("shop_id","spent_minor","customer_id");--> statement-breakpoint
CREATE INDEX "customer_search_orders" ON "customer_search" USING btree ("shop_id","order_count","customer_id");--> statement-breakpoint
CREATE INDEX "customer_search_last" ON "customer_search" USING btree ("shop_id","last_order_at","customer_id");--> statement-breakpoint
CREATE INDEX "customer_search_words" ON "customer_search" USING gin ("shop_id","words");--> statement-breakpoint
CREATE INDEX "customer_search_text" ON "customer_search" USING gin ("shop_id","text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "list_exports_recent" ON "list_exports" USING btree ("shop_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "order_search_created" ON "order_search" USING btree ("shop_id","created_at","order_id");--> statement-breakpoint
CREATE INDEX "order_search_updated" ON "order_search" USING btree ("shop_id","updated_at","order_id");--> statement-breakpoint
CREATE INDEX "order_search_total" ON "order_search" USING btree ("shop_id","total_minor","order_id");--> statement-breakpoint
CREATE INDEX "order_search_customer" ON "order_search" USING btree ("shop_id","customer_key","order_id");--> statement-breakpoint
CREATE INDEX "order_search_words" ON "order_search" USING gin ("shop_id","words");--> statement-breakpoint
CREATE INDEX "order_search_text" ON "order_search" USING gin ("shop_id","text" gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "presences" SET UNLOGGED;
--> statement-breakpoint
-- By code point whatever the database's collation, so that a screen that puts a row into its place agrees.
ALTER TABLE "order_search" ALTER COLUMN "customer_key" TYPE text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "customer_search" ALTER COLUMN "name_key" TYPE text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "export_chunks" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "order_search" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE "order_figure_changes" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
--> statement-breakpoint
-- Searching ---------------------------------------------------------------------------------------------------
-- Text as it is compared: compatibility forms and accents folded, so that "Muller" finds "Müller", and lower case. That
-- comes last, because a compatibility form such as the trade mark sign's is in capitals.
CREATE FUNCTION search_fold(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE WHEN octet_length(given) = char_length(given) THEN lower(given)
              ELSE lower(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]+', '', 'g')) END;
--> statement-breakpoint
-- A text with a space for every sign and white space, so that its words stand between spaces.
CREATE FUNCTION search_spaced(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(search_fold(left(given, 20000)),
    E'\t\n\r\f\u000b\u00a0\u3000!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~\u00a1\u00ab\u00b7\u00bb\u00bf\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2022\u2026\u3001\u3002\u300c\u300d\u30fb',
    repeat(' ', 61));
--> statement-breakpoint
-- The words of a text: what stands between white space and punctuation. Queries are cut by it too.
CREATE FUNCTION search_tokens(given text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ARRAY(SELECT DISTINCT left(word, 100) FROM unnest(string_to_array(search_spaced(given), ' ')) word WHERE word <> '');
--> statement-breakpoint
-- Every token of the text begins a word (of the named field, when one is given).
CREATE FUNCTION search_prefix_query(field text, given text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce((SELECT string_agg('''' || coalesce('=' || field || '=', '') || token || ''':*', ' & ') FROM unnest(search_tokens(given)) token), '')::tsquery;
--> statement-breakpoint
-- One of the values is exactly the field's.
CREATE FUNCTION search_exact_query(field text, given text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce((SELECT string_agg('''=' || field || '=' || replace(replace(left(search_fold(value), 255), '\', '\\'), '''', '''''') || '''', ' | ')
                   FROM unnest(given) value), '')::tsquery;
--> statement-breakpoint
-- A text as a part of a LIKE pattern.
CREATE FUNCTION search_like_pattern(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN replace(replace(replace(search_fold(given), '\', '\\'), '%', '\%'), '_', '\_');
--> statement-breakpoint
-- What a row is found by: the words of its texts, those of a field behind the field's name between signs that no word
-- has, and terms that are whole already. One statement for all of them: each call of a function costs more than it does.
CREATE FUNCTION search_words(fields text[], texts text[], terms text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN array_to_tsvector(ARRAY(
    SELECT coalesce('=' || field || '=', '') || left(word, 100)
    FROM unnest(fields, texts) f (field, given), unnest(string_to_array(search_spaced(given), ' ')) word WHERE word <> ''
    UNION ALL SELECT '=' || term FROM unnest(terms) term WHERE term IS NOT NULL));
--> statement-breakpoint
CREATE FUNCTION order_search_row(o orders, shopify_customer_id bigint) RETURNS order_search LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  r order_search;
  a jsonb := o.shipping_address;
  address text := concat_ws(E'\n', a->>'name', a->>'company', a->>'address1', a->>'zip', a->>'city', a->>'phone');
  who text := concat_ws(' ', o.customer_name, o.email);
  tracking text := concat_ws(' ', o.tracking_company, o.tracking_number);
  skus text := '';
  items text := '';
  item text;
  exact text[];
BEGIN
  -- items_text has a line "title\tvariant\tsku" for each line of the order.
  FOREACH item IN ARRAY string_to_array(o.items_text, E'\n') LOOP
    items := concat_ws(' ', items, split_part(item, E'\t', 1), split_part(item, E'\t', 2));
    skus := concat_ws(' ', skus, split_part(item, E'\t', 3));
  END LOOP;
  exact := ARRAY[
    'name=' || left(search_fold(ltrim(o.name, '#')), 255),
    'status=' || lower(o.status),
    'payment=' || left(search_fold(coalesce(o.financial_status, 'none')), 255),
    'fulfillment=' || left(search_fold(coalesce(o.fulfillment_status, 'unfulfilled')), 255),
    'currency=' || lower(o.currency),
    'source=' || left(search_fold(coalesce(o.source_name, 'none')), 255),
    CASE WHEN a->>'countryCode' <> '' THEN 'country=' || left(search_fold(a->>'countryCode'), 255) END,
    CASE WHEN shopify_customer_id IS NULL THEN 'flag=guest' ELSE 'customer_id=' || shopify_customer_id END,
    CASE WHEN o.test THEN 'flag=test' END,
    CASE WHEN o.needs_review THEN 'flag=review' END,
    CASE WHEN o.status = 'SHIPPED' AND o.delivered_at IS NULL THEN 'flag=active_shipment' END,
    CASE WHEN o.delivered_at IS NOT NULL THEN 'flag=delivered' END,
    CASE WHEN o.closed_at IS NOT NULL THEN 'flag=archived' END,
    CASE WHEN o.tracking_number IS NOT NULL THEN 'flag=tracking' END,
    CASE WHEN o.note IS NOT NULL THEN 'flag=note' END,
    CASE WHEN o.tags <> '{}' THEN 'flag=tag' END
  ] || ARRAY(SELECT 'tag=' || left(search_fold(tag), 255) FROM unnest(o.tags) tag);
  r.shop_id := o.shop_id;
  r.order_id := o.id;
  r.created_at := o.created_at;
  r.updated_at := o.updated_at;
  r.total_minor := o.total_minor;
  r.currency := o.currency;
  r.customer_key := left(search_fold(coalesce(o.customer_name, o.email, '')), 100);
  r.item_count := o.item_count;
  r.text := search_fold(concat_ws(E'\n', o.name, who, tracking, array_to_string(o.tags, E'\n'), address,
                                  translate(o.items_text, E'\t', ' '), o.note));
  r.words := search_words(
    ARRAY[null, 'customer', 'email', 'item', 'sku', 'tracking', 'note'],
    ARRAY[r.text, who, o.email, items, skus, tracking, o.note], exact);
  RETURN r;
END
$$;
--> statement-breakpoint
CREATE FUNCTION customer_search_words(c customers) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  exact text[] := ARRAY[
    'customer_id=' || c.shopify_customer_id,
    CASE WHEN c.erased_at IS NOT NULL THEN 'flag=erased' END,
    CASE WHEN c.note IS NOT NULL THEN 'flag=note' END];
BEGIN
  RETURN search_words(ARRAY[null, 'name', 'email', 'phone'],
    ARRAY[customer_search_text(c), concat_ws(' ', c.first_name, c.last_name), c.email, c.phone], exact);
END
$$;
--> statement-breakpoint
CREATE FUNCTION customer_search_text(c customers) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN search_fold(concat_ws(E'\n', nullif(concat_ws(' ', (c).first_name, (c).last_name), ''), (c).email, (c).phone, (c).note));
--> statement-breakpoint
CREATE FUNCTION customer_name_key(c customers) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN left(search_fold(coalesce(nullif(concat_ws(' ', (c).first_name, (c).last_name), ''), (c).email, '')), 100);
--> statement-breakpoint
-- A writer of the shop holds it shared from its first note to its commit, a rebuild alone.
CREATE FUNCTION desk_lock_key(shop uuid) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN hashtextextended('desk ' || shop::text, 0);
--> statement-breakpoint
-- Triggers run once a statement over all its rows: measured, a trigger for each row costs ten times as much.
-- They run as the owner, who is bound by row-level security like everybody else: no shop's writer reaches another's rows.
CREATE FUNCTION orders_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  after_rows orders[] := ARRAY(SELECT ROW(n.*)::orders FROM new_rows n);
BEGIN
  PERFORM pg_advisory_xact_lock_shared(desk_lock_key(shop_id)) FROM (SELECT DISTINCT shop_id FROM new_rows) s;
  INSERT INTO order_search
    SELECT r.* FROM unnest(after_rows) o
    LEFT JOIN customers c ON c.shop_id = o.shop_id AND c.id = o.customer_id
    CROSS JOIN LATERAL order_search_row(o, c.shopify_customer_id) r
    WHERE o.deleted_at IS NULL;
  PERFORM note_order_figures(after_rows, '{}');
  PERFORM count_customer_orders(after_rows, '{}');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION orders_updated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  after_rows orders[];
  before_rows orders[];
BEGIN
  SELECT array_agg(ROW(n.*)::orders), array_agg(ROW(o.*)::orders) INTO after_rows, before_rows
  FROM new_rows n JOIN old_rows o ON o.shop_id = n.shop_id AND o.id = n.id
  WHERE (n.version, n.needs_review, n.deleted_at, n.customer_id, n.items_text, n.shipped_at, n.delivered_at, n.test,
         n.total_minor, n.status, n.created_at)
    IS DISTINCT FROM
        (o.version, o.needs_review, o.deleted_at, o.customer_id, o.items_text, o.shipped_at, o.delivered_at, o.test,
         o.total_minor, o.status, o.created_at);
  -- Most deliveries say nothing that a merchant sees.
  IF after_rows IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock_shared(desk_lock_key(shop_id)) FROM (SELECT DISTINCT shop_id FROM new_rows) s;
  DELETE FROM order_search s USING unnest(after_rows) n
    WHERE s.shop_id = n.shop_id AND s.order_id = n.id AND n.deleted_at IS NOT NULL;
  INSERT INTO order_search
    SELECT r.* FROM unnest(after_rows) o
    LEFT JOIN customers c ON c.shop_id = o.shop_id AND c.id = o.customer_id
    CROSS JOIN LATERAL order_search_row(o, c.shopify_customer_id) r
    WHERE o.deleted_at IS NULL
  ON CONFLICT (shop_id, order_id) DO UPDATE SET created_at = excluded.created_at, updated_at = excluded.updated_at,
    total_minor = excluded.total_minor, currency = excluded.currency, customer_key = excluded.customer_key,
    item_count = excluded.item_count, words = excluded.words, text = excluded.text;
  PERFORM note_order_figures(after_rows, before_rows);
  PERFORM count_customer_orders(after_rows, before_rows);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Notes what the figures gain by the given rows and lose by those before them, without what comes to nothing.
CREATE FUNCTION note_order_figures(after_rows orders[], before_rows orders[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = public, pg_temp
AS $$
  INSERT INTO order_figure_changes (shop_id, day, currency, status, test, orders, total_minor, needs_review,
                                    undelivered, delivered, delivery_seconds, shipped, ship_seconds)
  SELECT o.shop_id, (o.created_at AT TIME ZONE s.time_zone)::date, o.currency, o.status, o.test,
    sum(sign)::bigint, sum(sign * o.total_minor)::bigint, sum(sign * o.needs_review::int)::bigint,
    sum(sign * (o.delivered_at IS NULL)::int)::bigint,
    sum(sign * (o.delivered_at IS NOT NULL AND o.shipped_at IS NOT NULL)::int)::bigint,
    sum(sign * coalesce(greatest(extract(epoch FROM o.delivered_at - o.shipped_at), 0), 0)::bigint)::bigint,
    sum(sign * (o.shipped_at IS NOT NULL)::int)::bigint,
    sum(sign * coalesce(greatest(extract(epoch FROM o.shipped_at - o.created_at), 0), 0)::bigint)::bigint
  FROM (SELECT 1 AS sign, (a).* FROM unnest(after_rows) a UNION ALL SELECT -1, (b).* FROM unnest(before_rows) b) o
  JOIN shops s ON s.id = o.shop_id
  WHERE o.deleted_at IS NULL
  GROUP BY 1, 2, 3, 4, 5
  HAVING sum(sign) <> 0 OR sum(sign * o.total_minor) <> 0 OR sum(sign * o.needs_review::int) <> 0
    OR sum(sign * (o.delivered_at IS NULL)::int) <> 0
    OR sum(sign * (o.delivered_at IS NOT NULL AND o.shipped_at IS NOT NULL)::int) <> 0
    OR sum(sign * (o.shipped_at IS NOT NULL)::int) <> 0
    OR sum(sign * coalesce(greatest(extract(epoch FROM o.delivered_at - o.shipped_at), 0), 0)::bigint) <> 0
    OR sum(sign * coalesce(greatest(extract(epoch FROM o.shipped_at - o.created_at), 0), 0)::bigint) <> 0
$$;
--> statement-breakpoint
-- Adds to the customers' counts. Sorted, so that two writers lock their common customers in the same order.
CREATE FUNCTION count_customer_orders(after_rows orders[], before_rows orders[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = public, pg_temp
AS $$
  WITH gained AS (
    SELECT o.shop_id, o.customer_id, sum(sign)::int AS orders,
      sum(sign * CASE WHEN o.status <> 'CANCELLED' AND o.currency = s.currency THEN o.total_minor ELSE 0 END)::bigint AS spent,
      max(o.created_at) FILTER (WHERE sign = 1) AS last_order_at, max(o.created_at) FILTER (WHERE sign = -1) AS lost_at
    FROM (SELECT 1 AS sign, (a).* FROM unnest(after_rows) a UNION ALL SELECT -1, (b).* FROM unnest(before_rows) b) o
    JOIN shops s ON s.id = o.shop_id
    WHERE o.customer_id IS NOT NULL AND o.deleted_at IS NULL AND NOT o.test
    GROUP BY 1, 2
  ), locked AS MATERIALIZED (
    SELECT c.customer_id FROM customer_search c JOIN gained g ON g.shop_id = c.shop_id AND g.customer_id = c.customer_id
    WHERE g.orders <> 0 OR g.spent <> 0 OR g.last_order_at > c.last_order_at
      OR g.lost_at > coalesce(g.last_order_at, '-infinity')
    ORDER BY c.customer_id FOR NO KEY UPDATE OF c
  )
  UPDATE customer_search c SET order_count = c.order_count + g.orders, spent_minor = c.spent_minor + g.spent,
    last_order_at = greatest(c.last_order_at, g.last_order_at)
  FROM gained g WHERE g.shop_id = c.shop_id AND g.customer_id = c.customer_id
    AND c.customer_id IN (SELECT customer_id FROM locked);
  -- Whoever has lost the newest order has an older one. A statement of its own sees what was committed before the lock.
  UPDATE customer_search c SET last_order_at = coalesce(
    (SELECT max(o.created_at) FROM orders o WHERE o.shop_id = c.shop_id AND o.customer_id = c.customer_id
       AND o.deleted_at IS NULL AND NOT o.test), '-infinity')
  FROM (
    SELECT b.shop_id, b.customer_id, max(b.created_at) AS at FROM unnest(before_rows) b
    WHERE b.customer_id IS NOT NULL AND b.deleted_at IS NULL AND NOT b.test AND NOT EXISTS (
      SELECT FROM unnest(after_rows) a WHERE a.id = b.id AND a.customer_id = b.customer_id
        AND a.deleted_at IS NULL AND NOT a.test AND a.created_at >= b.created_at)
    GROUP BY 1, 2) lost
  WHERE lost.shop_id = c.shop_id AND lost.customer_id = c.customer_id AND lost.at >= c.last_order_at
$$;
--> statement-breakpoint
CREATE FUNCTION customers_written() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(desk_lock_key(shop_id)) FROM (SELECT DISTINCT shop_id FROM new_rows) s;
  INSERT INTO customer_search (shop_id, customer_id, created_at, name_key, words, text)
    SELECT c.shop_id, c.id, c.created_at, customer_name_key(c), customer_search_words(c), customer_search_text(c)
    FROM new_rows c
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET name_key = excluded.name_key, words = excluded.words, text = excluded.text
    WHERE (customer_search.name_key, customer_search.words, customer_search.text)
      IS DISTINCT FROM (excluded.name_key, excluded.words, excluded.text);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Everything of the current shop anew: after its time zone or currency has changed, and for orders that were there
-- before these tables were. Only this shop's writers wait, and each of them notes its change afterwards, on top.
CREATE FUNCTION rebuild_desk() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(desk_lock_key(app_shop_id()));
  DELETE FROM order_search WHERE shop_id = app_shop_id();
  DELETE FROM customer_search WHERE shop_id = app_shop_id();
  DELETE FROM order_figures WHERE shop_id = app_shop_id();
  DELETE FROM order_figure_changes WHERE shop_id = app_shop_id();
  INSERT INTO order_search
    SELECT r.* FROM orders o LEFT JOIN customers c ON c.shop_id = o.shop_id AND c.id = o.customer_id
    CROSS JOIN LATERAL order_search_row(o, c.shopify_customer_id) r
    WHERE o.shop_id = app_shop_id() AND o.deleted_at IS NULL;
  INSERT INTO customer_search (shop_id, customer_id, created_at, name_key, order_count, spent_minor, last_order_at, words, text)
    SELECT c.shop_id, c.id, c.created_at, customer_name_key(c), coalesce(n.orders, 0), coalesce(n.spent, 0),
      coalesce(n.last_order_at, '-infinity'), customer_search_words(c), customer_search_text(c)
    FROM customers c LEFT JOIN (
      SELECT o.customer_id, count(*)::int AS orders, max(o.created_at) AS last_order_at,
        coalesce(sum(o.total_minor) FILTER (WHERE o.status <> 'CANCELLED' AND o.currency = s.currency), 0)::bigint AS spent
      FROM orders o JOIN shops s ON s.id = o.shop_id
      WHERE o.shop_id = app_shop_id() AND o.deleted_at IS NULL AND NOT o.test GROUP BY 1) n ON n.customer_id = c.id
    WHERE c.shop_id = app_shop_id();
  INSERT INTO order_figures
    SELECT o.shop_id, (o.created_at AT TIME ZONE s.time_zone)::date, o.currency, o.status, o.test,
      count(*), sum(o.total_minor)::bigint, count(*) FILTER (WHERE o.needs_review),
      count(*) FILTER (WHERE o.delivered_at IS NULL),
      count(*) FILTER (WHERE o.delivered_at IS NOT NULL AND o.shipped_at IS NOT NULL),
      sum(coalesce(greatest(extract(epoch FROM o.delivered_at - o.shipped_at), 0), 0)::bigint)::bigint,
      count(*) FILTER (WHERE o.shipped_at IS NOT NULL),
      sum(coalesce(greatest(extract(epoch FROM o.shipped_at - o.created_at), 0), 0)::bigint)::bigint
    FROM orders o JOIN shops s ON s.id = o.shop_id
    WHERE o.shop_id = app_shop_id() AND o.deleted_at IS NULL GROUP BY 1, 2, 3, 4, 5;
END
$$;
--> statement-breakpoint
-- Folds the current shop's changes into its figures. Two folds at once take different rows.
CREATE FUNCTION fold_order_figures() RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  WITH taken AS (
    DELETE FROM order_figure_changes WHERE (shop_id, id) IN (
      SELECT shop_id, id FROM order_figure_changes WHERE shop_id = app_shop_id() ORDER BY id LIMIT 50000 FOR UPDATE SKIP LOCKED)
    RETURNING *
  ), folded AS (
    INSERT INTO order_figures AS f
      SELECT shop_id, day, currency, status, test, sum(orders), sum(total_minor), sum(needs_review), sum(undelivered),
        sum(delivered), sum(delivery_seconds), sum(shipped), sum(ship_seconds)
      FROM taken GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (shop_id, day, currency, status, test) DO UPDATE SET orders = f.orders + excluded.orders,
      total_minor = f.total_minor + excluded.total_minor, needs_review = f.needs_review + excluded.needs_review,
      undelivered = f.undelivered + excluded.undelivered, delivered = f.delivered + excluded.delivered,
      delivery_seconds = f.delivery_seconds + excluded.delivery_seconds, shipped = f.shipped + excluded.shipped,
      ship_seconds = f.ship_seconds + excluded.ship_seconds
  )
  SELECT count(*) FROM taken
$$;
--> statement-breakpoint
CREATE TRIGGER orders_inserted AFTER INSERT ON orders REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION orders_inserted();
--> statement-breakpoint
CREATE TRIGGER orders_updated AFTER UPDATE ON orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION orders_updated();
--> statement-breakpoint
CREATE TRIGGER customers_inserted AFTER INSERT ON customers REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION customers_written();
--> statement-breakpoint
CREATE TRIGGER customers_updated AFTER UPDATE ON customers REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION customers_written();
--> statement-breakpoint
-- Whose data --------------------------------------------------------------------------------------------------
-- Under row-level security an index on words or trigrams is out of reach: their operators are not leakproof, so
-- PostgreSQL applies them only after the policy. Hence this role: it owns two views that name the shop themselves,
-- and it alone may read the two search tables past the policy. Nobody logs in as it (docs/decisions/0010).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'atomic_orders_search') THEN
    BEGIN
      CREATE ROLE atomic_orders_search NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'atomic_orders_search',
                     CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
    EXECUTE format('GRANT atomic_orders_search TO %I', current_user);
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The role % may not take on atomic_orders_search. As an administrator run: GRANT atomic_orders_search TO %', current_user, current_user;
END
$$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['order_search', 'customer_search', 'order_figures', 'order_figure_changes', 'saved_views',
                              'default_views', 'bulk_actions', 'bulk_items', 'list_exports', 'export_chunks', 'presences',
                              'shipping_rates'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['order_figures', 'saved_views', 'default_views', 'bulk_items', 'export_chunks', 'presences',
                              'shipping_rates'] LOOP
    EXECUTE format('CREATE POLICY tenant ON %I USING (shop_id = app_shop_id()) WITH CHECK (shop_id = app_shop_id())', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['order_figure_changes', 'bulk_actions', 'list_exports'] LOOP
    -- The worker looks for work left behind in any shop.
    EXECUTE format('CREATE POLICY tenant ON %I USING (shop_id = app_shop_id() OR app_scope() = ''system'') WITH CHECK (shop_id = app_shop_id())', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['order_search', 'customer_search'] LOOP
    EXECUTE format('CREATE POLICY tenant ON %I TO atomic_orders_app, %I USING (shop_id = app_shop_id()) WITH CHECK (shop_id = app_shop_id())', name, current_user);
    EXECUTE format('CREATE POLICY view_owner ON %I FOR SELECT TO atomic_orders_search USING (true)', name);
  END LOOP;
END
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO atomic_orders_search;
--> statement-breakpoint
GRANT SELECT ON order_search, customer_search TO atomic_orders_search;
--> statement-breakpoint
CREATE VIEW desk_orders AS SELECT * FROM order_search WHERE shop_id = app_shop_id();
--> statement-breakpoint
CREATE VIEW desk_customers AS SELECT * FROM customer_search WHERE shop_id = app_shop_id();
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO atomic_orders_search;
--> statement-breakpoint
ALTER VIEW desk_orders OWNER TO atomic_orders_search;
--> statement-breakpoint
ALTER VIEW desk_customers OWNER TO atomic_orders_search;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM atomic_orders_search;
--> statement-breakpoint
SET ROLE atomic_orders_search;
--> statement-breakpoint
GRANT SELECT ON desk_orders, desk_customers TO atomic_orders_app;
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
GRANT SELECT ON order_figures, order_figure_changes TO atomic_orders_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON saved_views, bulk_actions, bulk_items, list_exports, shipping_rates TO atomic_orders_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON default_views, presences TO atomic_orders_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON export_chunks TO atomic_orders_app;
--> statement-breakpoint
GRANT DELETE ON list_exports, bulk_actions TO atomic_orders_app;
--> statement-breakpoint
REVOKE ALL ON FUNCTION rebuild_desk(), fold_order_figures(), count_customer_orders(orders[], orders[]),
  note_order_figures(orders[], orders[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION rebuild_desk(), fold_order_figures() TO atomic_orders_app;
--> statement-breakpoint
-- What is there already: items from the lines, then every shop's desk.
DO $$
DECLARE shop uuid;
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  FOREACH shop IN ARRAY ARRAY(SELECT id FROM shops) LOOP
    PERFORM set_config('app.shop_id', shop::text, true);
    UPDATE orders o SET items_text = l.items FROM (
      SELECT order_id, string_agg(concat_ws(E'\t', translate(title, E'\t\n', '  '), translate(coalesce(variant_title, ''), E'\t\n', '  '),
                                            coalesce(sku, '')), E'\n' ORDER BY position) AS items
      FROM order_lines WHERE shop_id = shop GROUP BY 1) l
    WHERE o.shop_id = shop AND o.id = l.order_id;
    -- A merchant may edit tags from now on, so their base is kept like that of every other such field.
    UPDATE orders SET shopify_values = shopify_values || jsonb_build_object('tags', to_jsonb(tags)) WHERE shop_id = shop;
    PERFORM rebuild_desk();
  END LOOP;
  PERFORM set_config('app.scope', '', true);
  PERFORM set_config('app.shop_id', '', true);
END
$$;
