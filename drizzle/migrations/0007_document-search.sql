CREATE TABLE "document_search" (
	"shop_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date NOT NULL,
	"number_key" text NOT NULL,
	"gross_minor" bigint NOT NULL,
	"open_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"buyer_key" text NOT NULL,
	"words" "tsvector" NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "document_search_shop_id_document_id_pk" PRIMARY KEY("shop_id","document_id")
);
--> statement-breakpoint
ALTER TABLE "saved_views" DROP CONSTRAINT "saved_views_screen";--> statement-breakpoint
ALTER TABLE "document_search" ADD CONSTRAINT "document_search_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_search_issued" ON "document_search" USING btree ("shop_id","issued_at","document_id");--> statement-breakpoint
CREATE INDEX "document_search_issued_on" ON "document_search" USING btree ("shop_id","issued_on");--> statement-breakpoint
CREATE INDEX "document_search_due" ON "document_search" USING btree ("shop_id","due_on","document_id");--> statement-breakpoint
CREATE INDEX "document_search_number" ON "document_search" USING btree ("shop_id","number_key","document_id");--> statement-breakpoint
CREATE INDEX "document_search_total" ON "document_search" USING btree ("shop_id","gross_minor","document_id");--> statement-breakpoint
CREATE INDEX "document_search_buyer" ON "document_search" USING btree ("shop_id","buyer_key","document_id");--> statement-breakpoint
CREATE INDEX "document_search_words" ON "document_search" USING gin ("shop_id","words");--> statement-breakpoint
CREATE INDEX "document_search_text" ON "document_search" USING gin ("shop_id","text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "invoice_drafts_held" ON "invoice_drafts" USING btree ("shop_id","updated_at","id") WHERE held_reason is not null and dismissed_at is null;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_screen" CHECK ("saved_views"."screen" in ('orders', 'customers', 'invoices'));
--> statement-breakpoint
-- By code point whatever the database's collation, so that a screen that puts a row into its place agrees.
ALTER TABLE "document_search" ALTER COLUMN "buyer_key" TYPE text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "document_search" ALTER COLUMN "number_key" TYPE text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "document_search" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
-- What a document is found by: what is printed on it, and where its payment stands (docs/decisions/0010, 0016).
CREATE FUNCTION document_search_row(d documents, series_year int, state text, paid_minor bigint, credited_minor bigint)
RETURNS document_search LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  r document_search;
  said jsonb := d.content::jsonb;
  order_name text := said -> 'order' ->> 'name';
  buyer text := concat_ws(E'\n', said -> 'buyer' ->> 'company', said -> 'buyer' ->> 'name');
  -- Numbers are typed without their zeros too.
  numbers text := concat_ws(' ', d.number, d.sequence);
BEGIN
  r.shop_id := d.shop_id;
  r.document_id := d.id;
  r.kind := d.kind;
  r.issued_at := d.issued_at;
  r.issued_on := d.issued_on;
  r.due_on := coalesce(d.due_on, 'infinity');
  r.number_key := d.kind || ' ' || lpad(series_year::text, 4, '0') || ' ' || lpad(d.sequence::text, 19, '0');
  r.gross_minor := d.gross_minor;
  r.open_minor := CASE d.kind WHEN 'invoice' THEN greatest(d.gross_minor - credited_minor - paid_minor, 0) ELSE 0 END;
  r.currency := d.currency;
  r.buyer_key := left(search_fold(coalesce(d.buyer_name, d.buyer_email, '')), 100);
  r.text := search_fold(concat_ws(E'\n', d.number, order_name, nullif(buyer, ''), d.buyer_email, said -> 'buyer' ->> 'vatId',
                                  said -> 'order' ->> 'purchaseOrder', said -> 'refersTo' ->> 'number'));
  r.words := search_words(ARRAY[null, 'number', 'order', 'buyer', 'email'],
    ARRAY[r.text, numbers, order_name, buyer, d.buyer_email],
    ARRAY[
      'name=' || left(search_fold(d.number), 255),
      'name=' || left(search_fold(ltrim(order_name, '#')), 255),
      'kind=' || d.kind,
      'status=' || state,
      'currency=' || lower(d.currency),
      CASE WHEN d.buyer_country <> '' THEN 'country=' || left(search_fold(d.buyer_country), 255) END,
      CASE WHEN r.open_minor > 0 THEN 'flag=open' END,
      CASE WHEN d.buyer_email <> '' THEN 'flag=email' END]);
  RETURN r;
END
$$;
--> statement-breakpoint
-- Triggers run once a statement over all its rows, as the owner, who is bound by row-level security like everybody else.
CREATE FUNCTION documents_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO document_search
    SELECT r.* FROM (SELECT ROW(n.*)::documents AS d FROM new_rows n) n
    JOIN number_series s ON s.shop_id = (n.d).shop_id AND s.id = (n.d).series_id
    CROSS JOIN LATERAL document_search_row(n.d, s.year, 'issued', 0, 0) r;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- A document's first state says what its row says already, so an insert of many costs nothing here.
CREATE FUNCTION document_states_written() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  UPDATE document_search t SET open_minor = r.open_minor, words = r.words
    FROM new_rows n
    JOIN documents d ON d.shop_id = n.shop_id AND d.id = n.document_id
    JOIN number_series s ON s.shop_id = d.shop_id AND s.id = d.series_id
    CROSS JOIN LATERAL document_search_row(d, s.year, n.state, n.paid_minor, n.credited_minor) r
    WHERE t.shop_id = n.shop_id AND t.document_id = n.document_id
      AND (TG_OP = 'UPDATE' OR n.state <> 'issued' OR n.paid_minor <> 0 OR n.credited_minor <> 0)
      AND (t.open_minor, t.words) IS DISTINCT FROM (r.open_minor, r.words);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER documents_inserted AFTER INSERT ON documents REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION documents_inserted();
--> statement-breakpoint
CREATE TRIGGER document_states_inserted AFTER INSERT ON document_states REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION document_states_written();
--> statement-breakpoint
CREATE TRIGGER document_states_updated AFTER UPDATE ON document_states REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION document_states_written();
--> statement-breakpoint
ALTER TABLE document_search ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE document_search FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('CREATE POLICY tenant ON document_search TO atomic_orders_app, %I USING (shop_id = app_shop_id()) WITH CHECK (shop_id = app_shop_id())', current_user);
END
$$;
--> statement-breakpoint
CREATE POLICY view_owner ON document_search FOR SELECT TO atomic_orders_search USING (true);
--> statement-breakpoint
GRANT SELECT ON document_search TO atomic_orders_search;
--> statement-breakpoint
CREATE VIEW desk_documents AS SELECT * FROM document_search WHERE shop_id = app_shop_id();
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO atomic_orders_search;
--> statement-breakpoint
ALTER VIEW desk_documents OWNER TO atomic_orders_search;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM atomic_orders_search;
--> statement-breakpoint
SET ROLE atomic_orders_search;
--> statement-breakpoint
GRANT SELECT ON desk_documents TO atomic_orders_app;
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
-- What was issued before these tables were.
DO $$
DECLARE shop uuid;
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  FOREACH shop IN ARRAY ARRAY(SELECT id FROM shops) LOOP
    PERFORM set_config('app.shop_id', shop::text, true);
    INSERT INTO document_search
      SELECT r.* FROM documents d
      JOIN number_series s ON s.shop_id = d.shop_id AND s.id = d.series_id
      LEFT JOIN document_states t ON t.shop_id = d.shop_id AND t.document_id = d.id
      CROSS JOIN LATERAL document_search_row(d, s.year, coalesce(t.state, 'issued'), coalesce(t.paid_minor, 0), coalesce(t.credited_minor, 0)) r
      WHERE d.shop_id = shop;
  END LOOP;
  PERFORM set_config('app.scope', '', true);
  PERFORM set_config('app.shop_id', '', true);
END
$$;
