CREATE TABLE "document_events" (
	"shop_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "document_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" uuid NOT NULL,
	"document_id" uuid,
	"kind" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_events_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "document_files" (
	"shop_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"template_version" smallint NOT NULL,
	"sha256" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_files_shop_id_document_id_pk" PRIMARY KEY("shop_id","document_id")
);
--> statement-breakpoint
CREATE TABLE "document_payments" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"paid_on" date NOT NULL,
	"note" text,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" text,
	CONSTRAINT "document_payments_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "document_states" (
	"shop_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"state" text NOT NULL,
	"paid_minor" bigint DEFAULT 0 NOT NULL,
	"credited_minor" bigint DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"paid_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_states_shop_id_document_id_pk" PRIMARY KEY("shop_id","document_id"),
	CONSTRAINT "document_states_state" CHECK ("document_states"."state" in ('issued', 'partly_paid', 'paid', 'overdue', 'credited'))
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"series_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"number" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date,
	"order_id" uuid NOT NULL,
	"refers_to_id" uuid,
	"trigger" text NOT NULL,
	"template_version" smallint NOT NULL,
	"currency" text NOT NULL,
	"net_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"gross_minor" bigint NOT NULL,
	"shop_currency" text NOT NULL,
	"shop_net_minor" bigint NOT NULL,
	"shop_tax_minor" bigint NOT NULL,
	"shop_gross_minor" bigint NOT NULL,
	"buyer_name" text,
	"buyer_email" text,
	"buyer_country" text,
	"content" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	CONSTRAINT "documents_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "documents_sequence" UNIQUE("series_id","sequence","shop_id"),
	CONSTRAINT "documents_number" UNIQUE("number","kind","shop_id"),
	CONSTRAINT "documents_kind" CHECK ("documents"."kind" in ('invoice', 'credit_note')),
	CONSTRAINT "documents_totals" CHECK ("documents"."net_minor" + "documents"."tax_minor" = "documents"."gross_minor")
);
--> statement-breakpoint
CREATE TABLE "invoice_drafts" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"content" jsonb,
	"bill_hash" text NOT NULL,
	"trigger" text NOT NULL,
	"held_reason" text,
	"dismissed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoice_drafts_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "invoice_drafts_one" UNIQUE("shop_id","order_id","kind"),
	CONSTRAINT "invoice_drafts_kind" CHECK ("invoice_drafts"."kind" in ('invoice', 'credit_note'))
);
--> statement-breakpoint
CREATE TABLE "invoice_logos" (
	"shop_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoice_logos_shop_id_sha256_pk" PRIMARY KEY("shop_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "invoice_settings" (
	"shop_id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"seller" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"numbering" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"automation" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"taxes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"template" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"mail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "number_series" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"first_sequence" bigint NOT NULL,
	"last_sequence" bigint NOT NULL,
	"last_hash" text,
	"last_issued_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "number_series_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "number_series_one" UNIQUE("shop_id","kind","year")
);
--> statement-breakpoint
CREATE TABLE "order_bills" (
	"shop_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"bill" jsonb NOT NULL,
	"bill_hash" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_bills_shop_id_order_id_pk" PRIMARY KEY("shop_id","order_id")
);
--> statement-breakpoint
ALTER TABLE "document_events" ADD CONSTRAINT "document_events_shop_id_order_id_orders_shop_id_id_fk" FOREIGN KEY ("shop_id","order_id") REFERENCES "public"."orders"("shop_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_files" ADD CONSTRAINT "document_files_shop_id_document_id_documents_shop_id_id_fk" FOREIGN KEY ("shop_id","document_id") REFERENCES "public"."documents"("shop_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_payments" ADD CONSTRAINT "document_payments_shop_id_document_id_documents_shop_id_id_fk" FOREIGN KEY ("shop_id","document_id") REFERENCES "public"."documents"("shop_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_states" ADD CONSTRAINT "document_states_shop_id_document_id_documents_shop_id_id_fk" FOREIGN KEY ("shop_id","document_id") REFERENCES "public"."documents"("shop_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_shop_id_order_id_orders_shop_id_id_fk" FOREIGN KEY ("shop_id","order_id") REFERENCES "public"."orders"("shop_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_shop_id_series_id_number_series_shop_id_id_fk" FOREIGN KEY ("shop_id","series_id") REFERENCES "public"."number_series"("shop_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_shop_id_refers_to_id_documents_shop_id_id_fk" FOREIGN KEY ("shop_id","refers_to_id") REFERENCES "public"."documents"("shop_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_drafts" ADD CONSTRAINT "invoice_drafts_shop_id_order_id_orders_shop_id_id_fk" FOREIGN KEY ("shop_id","order_id") REFERENCES "public"."orders"("shop_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_logos" ADD CONSTRAINT "invoice_logos_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_settings" ADD CONSTRAINT "invoice_settings_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "number_series" ADD CONSTRAINT "number_series_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_bills" ADD CONSTRAINT "order_bills_shop_id_order_id_orders_shop_id_id_fk" FOREIGN KEY ("shop_id","order_id") REFERENCES "public"."orders"("shop_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_events_order" ON "document_events" USING btree ("order_id","shop_id","id");--> statement-breakpoint
CREATE INDEX "document_events_document" ON "document_events" USING btree ("document_id","shop_id","id");--> statement-breakpoint
CREATE INDEX "document_payments_document" ON "document_payments" USING btree ("document_id","shop_id");--> statement-breakpoint
CREATE INDEX "document_states_open" ON "document_states" USING btree ("shop_id","document_id") WHERE state in ('issued', 'partly_paid');--> statement-breakpoint
CREATE INDEX "documents_order" ON "documents" USING btree ("order_id","shop_id");--> statement-breakpoint
CREATE INDEX "documents_issued" ON "documents" USING btree ("shop_id","issued_at","id");--> statement-breakpoint
-- Numbers and hashes --------------------------------------------------------------------------------------------
-- A role that nobody logs in as, and the only one that may move a series of numbers (docs/decisions/0016).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'atomic_orders_numbers') THEN
    BEGIN
      CREATE ROLE atomic_orders_numbers NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'atomic_orders_numbers',
                     CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
    EXECUTE format('GRANT atomic_orders_numbers TO %I', current_user);
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The role % may not take on atomic_orders_numbers. As an administrator run: GRANT atomic_orders_numbers TO %', current_user, current_user;
END
$$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['invoice_settings', 'invoice_logos', 'order_bills', 'invoice_drafts', 'number_series', 'documents',
                              'document_states', 'document_payments', 'document_files', 'document_events'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (shop_id = app_shop_id()) WITH CHECK (shop_id = app_shop_id())', name);
  END LOOP;
END
$$;
--> statement-breakpoint
-- How a number is written: the prefix with its year, then the digits.
CREATE FUNCTION format_document_number(prefix text, padding int, year int, sequence bigint) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN replace(replace(prefix, '{YYYY}', lpad(year::text, 4, '0')), '{YY}', lpad((year % 100)::text, 2, '0'))
    || lpad(sequence::text, greatest(padding, length(sequence::text)), '0');
--> statement-breakpoint
-- The hash of a document and of the one before it in its series. Each field goes in as its length in bytes, a colon
-- and the field, a null as a minus sign, so that no two documents read the same.
CREATE FUNCTION document_hash(d documents) RETURNS text LANGUAGE sql STABLE
AS $$
  SELECT encode(sha256(convert_to(string_agg(coalesce(octet_length(field) || ':' || field, '-'), '' ORDER BY place), 'UTF8')), 'hex')
  FROM unnest(ARRAY[d.previous_hash, d.shop_id::text, d.id::text, d.kind, d.series_id::text, d.sequence::text, d.number,
    to_char(d.issued_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), to_char(d.issued_on, 'YYYY-MM-DD'),
    to_char(d.due_on, 'YYYY-MM-DD'), d.order_id::text,
    d.refers_to_id::text, d.trigger, d.template_version::text, d.currency, d.net_minor::text, d.tax_minor::text, d.gross_minor::text,
    d.shop_currency, d.shop_net_minor::text, d.shop_tax_minor::text, d.shop_gross_minor::text, d.buyer_name, d.buyer_email,
    d.buyer_country, d.content, d.actor_kind, d.actor_id, d.actor_name]) WITH ORDINALITY AS fields (field, place)
$$;
--> statement-breakpoint
-- Gives a document its number, its dates and its hash. The lock on the series lasts until the commit: numbers follow
-- the order of commits, and a rollback takes its number back.
CREATE FUNCTION number_document() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  zone text := (SELECT time_zone FROM shops WHERE id = NEW.shop_id);
  pattern jsonb := coalesce((SELECT numbering -> NEW.kind FROM invoice_settings WHERE shop_id = NEW.shop_id), '{}');
  said jsonb := NEW.content::jsonb;
  prefix text := coalesce(pattern ->> 'prefix', CASE NEW.kind WHEN 'invoice' THEN 'INV-{YYYY}-' ELSE 'CN-{YYYY}-' END);
  yearly boolean := coalesce((pattern ->> 'yearly')::boolean, true);
  first bigint;
  at timestamptz := coalesce(NEW.issued_at, clock_timestamp());
  series_year int;
  series number_series;
BEGIN
  IF NEW.shop_id IS DISTINCT FROM app_shop_id() OR zone IS NULL THEN
    RETURN NEW; -- Row-level security or the key refuses it next.
  END IF;
  IF (said ->> 'kind', said ->> 'currency', said -> 'totals' ->> 'netMinor', said -> 'totals' ->> 'taxMinor', said -> 'totals' ->> 'grossMinor',
      said ->> 'shopCurrency', said -> 'shopTotals' ->> 'netMinor', said -> 'shopTotals' ->> 'taxMinor', said -> 'shopTotals' ->> 'grossMinor')
     IS DISTINCT FROM (NEW.kind, NEW.currency, NEW.net_minor::text, NEW.tax_minor::text, NEW.gross_minor::text,
      NEW.shop_currency, NEW.shop_net_minor::text, NEW.shop_tax_minor::text, NEW.shop_gross_minor::text) THEN
    RAISE EXCEPTION 'a document''s columns must say what its content says' USING ERRCODE = 'check_violation';
  END IF;
  LOOP
    series_year := CASE WHEN yearly THEN extract(year FROM at AT TIME ZONE zone)::int ELSE 0 END;
    -- A series begins where the shop's old system left off; the year after a year it begins at 1 again.
    first := CASE WHEN series_year > 0 AND EXISTS (SELECT FROM number_series s WHERE s.shop_id = NEW.shop_id
      AND s.kind = NEW.kind AND s.year BETWEEN 1 AND series_year - 1) THEN 1
      ELSE coalesce((pattern ->> 'start')::bigint, 1) END;
    INSERT INTO number_series (shop_id, id, kind, year, first_sequence, last_sequence)
      VALUES (NEW.shop_id, gen_random_uuid(), NEW.kind, series_year, first, first - 1)
      ON CONFLICT (shop_id, kind, year) DO NOTHING;
    SELECT * INTO series FROM number_series
      WHERE shop_id = NEW.shop_id AND kind = NEW.kind AND year = series_year FOR UPDATE;
    EXIT WHEN NEW.issued_at IS NOT NULL;
    -- The year may have changed while it waited for the lock.
    at := greatest(clock_timestamp(), series.last_issued_at);
    EXIT WHEN NOT yearly OR extract(year FROM at AT TIME ZONE zone)::int = series_year;
  END LOOP;
  IF at < series.last_issued_at THEN
    RAISE EXCEPTION 'a document cannot be issued before the last one of its series' USING ERRCODE = 'check_violation';
  END IF;
  NEW.series_id := series.id;
  NEW.sequence := series.last_sequence + 1;
  NEW.issued_at := at;
  NEW.issued_on := (at AT TIME ZONE zone)::date;
  NEW.due_on := NEW.issued_on + (said ->> 'termsDays')::int;
  NEW.number := format_document_number(prefix, coalesce((pattern ->> 'padding')::int, 4), extract(year FROM NEW.issued_on)::int, NEW.sequence);
  NEW.previous_hash := coalesce(series.last_hash, '');
  NEW.hash := document_hash(NEW);
  UPDATE number_series SET last_sequence = NEW.sequence, last_hash = NEW.hash, last_issued_at = at
    WHERE shop_id = NEW.shop_id AND id = series.id;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION '% is frozen: an issued document is never changed, correct it with a credit note', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER number_document BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION number_document();
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['documents', 'document_files', 'invoice_logos'] LOOP
    EXECUTE format('CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format('CREATE TRIGGER frozen_whole BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
END
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO atomic_orders_numbers;
--> statement-breakpoint
GRANT SELECT ON shops, invoice_settings TO atomic_orders_numbers;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON number_series TO atomic_orders_numbers;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO atomic_orders_numbers;
--> statement-breakpoint
ALTER FUNCTION number_document() OWNER TO atomic_orders_numbers;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM atomic_orders_numbers;
--> statement-breakpoint
SET ROLE atomic_orders_numbers;
--> statement-breakpoint
REVOKE ALL ON FUNCTION number_document() FROM PUBLIC;
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
GRANT SELECT ON number_series TO atomic_orders_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON documents, document_files, invoice_logos, document_events TO atomic_orders_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON invoice_settings, document_states, document_payments TO atomic_orders_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON order_bills, invoice_drafts TO atomic_orders_app;
