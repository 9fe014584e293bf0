-- Gives a document its number, its dates and its hash as before (0002), and lets nobody but a superuser choose when it is
-- issued: it is now, or the instant of the last document of its series where the clock was set back meanwhile. So the
-- order of dates is that of the numbers, and no document comes from the future.
GRANT CREATE ON SCHEMA public TO atomic_orders_numbers;
--> statement-breakpoint
SET ROLE atomic_orders_numbers;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION number_document() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  zone text := (SELECT time_zone FROM shops WHERE id = NEW.shop_id);
  pattern jsonb := coalesce((SELECT numbering -> NEW.kind FROM invoice_settings WHERE shop_id = NEW.shop_id), '{}');
  said jsonb := NEW.content::jsonb;
  prefix text := coalesce(pattern ->> 'prefix', CASE NEW.kind WHEN 'invoice' THEN 'INV-{YYYY}-' ELSE 'CN-{YYYY}-' END);
  yearly boolean := coalesce((pattern ->> 'yearly')::boolean, true);
  first bigint;
  -- Only a superuser who has taken on no other role may choose the instant, to bring documents of another year; whoever
  -- else names one is overruled as with the number.
  chosen boolean := NEW.issued_at IS NOT NULL AND current_setting('role') = 'none'
    AND coalesce((SELECT rolsuper FROM pg_roles WHERE rolname = session_user), false);
  at timestamptz := CASE WHEN chosen THEN NEW.issued_at ELSE clock_timestamp() END;
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
    EXIT WHEN chosen;
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
RESET ROLE;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM atomic_orders_numbers;
