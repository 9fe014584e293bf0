-- The same search rows at a quarter of the time (docs/decisions/0020): no row is made by statements of a procedure any
-- more, and what folds and cuts texts is written so that PostgreSQL puts it into the statement that needs it.

-- Not STRICT: a strict function whose body is not strict itself is called, never put in place, and a call costs more than
-- what it does. Null in, null out, still.
CREATE OR REPLACE FUNCTION search_fold(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN octet_length(given) = char_length(given) THEN lower(given)
              ELSE lower(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]+', '', 'g')) END;
--> statement-breakpoint
-- A text with a space for every sign and white space, so that its words stand between spaces. translate() walks its list
-- for every character, so what texts mostly consist of stands first and becomes itself.
CREATE OR REPLACE FUNCTION search_spaced(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN translate(search_fold(left(given, 20000)),
    E'eanriostl hdumcg0b1pk2vwf34z5yj6789xq@.-\n\t,\r\f\u000b\u00a0\u3000!"#$%&''()*+/:;<=>?[\\]^_`{|}~\u00a1\u00ab\u00b7\u00bb\u00bf\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2022\u2026\u3001\u3002\u300c\u300d\u30fb',
    'eanriostl hdumcg0b1pk2vwf34z5yj6789xq' || repeat(' ', 61));
--> statement-breakpoint
-- What an order is found by. Each text is cut once: its words stand for the order and, behind the field's name between
-- signs that no word has, for the field.
CREATE FUNCTION order_search_rows(o orders, shopify_customer_id bigint) RETURNS SETOF order_search
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT o.shop_id, o.id, o.created_at, o.updated_at, o.total_minor, o.currency,
    left(search_fold(coalesce(o.customer_name, o.email, '')), 100), o.item_count,
    array_to_tsvector(ARRAY(
      SELECT kind || left(word, 100)
      FROM unnest(ARRAY['=customer=', '=email=', '=item=', '=sku=', '=tracking=', '=note='],
                  ARRAY[t.who, o.email, t.items, t.skus, t.tracking, o.note]) f (field, given),
        unnest(string_to_array(search_spaced(given), ' ')) word, unnest(ARRAY['', field]) kind
      WHERE word <> ''
      UNION ALL SELECT left(word, 100) FROM unnest(string_to_array(search_spaced(t.rest), ' ')) word WHERE word <> ''
      UNION ALL SELECT '=tag=' || left(search_fold(tag), 255) FROM unnest(o.tags) tag
      UNION ALL SELECT '=' || term FROM unnest(ARRAY[
        'name=' || left(search_fold(ltrim(o.name, '#')), 255),
        'status=' || lower(o.status),
        'payment=' || left(search_fold(coalesce(o.financial_status, 'none')), 255),
        'fulfillment=' || left(search_fold(coalesce(o.fulfillment_status, 'unfulfilled')), 255),
        'currency=' || lower(o.currency),
        'source=' || left(search_fold(coalesce(o.source_name, 'none')), 255),
        CASE WHEN o.shipping_address ->> 'countryCode' <> ''
             THEN 'country=' || left(search_fold(o.shipping_address ->> 'countryCode'), 255) END,
        CASE WHEN shopify_customer_id IS NULL THEN 'flag=guest' ELSE 'customer_id=' || shopify_customer_id END,
        CASE WHEN o.test THEN 'flag=test' END,
        CASE WHEN o.needs_review THEN 'flag=review' END,
        CASE WHEN o.status = 'SHIPPED' AND o.delivered_at IS NULL THEN 'flag=active_shipment' END,
        CASE WHEN o.delivered_at IS NOT NULL THEN 'flag=delivered' END,
        CASE WHEN o.closed_at IS NOT NULL THEN 'flag=archived' END,
        CASE WHEN o.tracking_number IS NOT NULL THEN 'flag=tracking' END,
        CASE WHEN o.note IS NOT NULL THEN 'flag=note' END,
        CASE WHEN o.tags <> '{}' THEN 'flag=tag' END]) term
      WHERE term IS NOT NULL)),
    search_fold(t.whole)
  -- OFFSET 0 keeps each part from being worked out again at every use.
  FROM (
    SELECT p.*, concat_ws(E'\n', o.name, array_to_string(o.tags, E'\n'), p.address) AS rest,
      concat_ws(E'\n', o.name, p.who, p.tracking, array_to_string(o.tags, E'\n'), p.address,
                translate(o.items_text, E'\t', ' '), o.note) AS whole
    FROM (
      SELECT concat_ws(' ', o.customer_name, o.email) AS who,
        concat_ws(' ', o.tracking_company, o.tracking_number) AS tracking,
        concat_ws(E'\n', o.shipping_address ->> 'name', o.shipping_address ->> 'company', o.shipping_address ->> 'address1',
                  o.shipping_address ->> 'zip', o.shipping_address ->> 'city', o.shipping_address ->> 'phone') AS address,
        i.items, i.skus
      -- items_text has a line "title\tvariant\tsku" for each line of the order.
      FROM (SELECT string_agg(split_part(item, E'\t', 1) || ' ' || split_part(item, E'\t', 2), ' ') AS items,
                   string_agg(split_part(item, E'\t', 3), ' ') AS skus
            FROM unnest(string_to_array(o.items_text, E'\n')) item) i
      OFFSET 0) p
    OFFSET 0) t
$$;
--> statement-breakpoint
CREATE FUNCTION customer_search_rows(c customers)
RETURNS TABLE (shop_id uuid, customer_id uuid, created_at timestamptz, name_key text, words tsvector, text text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT c.shop_id, c.id, c.created_at, left(search_fold(coalesce(nullif(t.name, ''), c.email, '')), 100),
    array_to_tsvector(ARRAY(
      SELECT kind || left(word, 100)
      FROM unnest(ARRAY['=name=', '=email=', '=phone=', ''], ARRAY[t.name, c.email, c.phone, c.note]) f (field, given),
        unnest(string_to_array(search_spaced(given), ' ')) word, unnest(ARRAY['', nullif(field, '')]) kind
      WHERE word <> '' AND kind IS NOT NULL
      UNION ALL SELECT '=' || term FROM unnest(ARRAY[
        'customer_id=' || c.shopify_customer_id,
        CASE WHEN c.erased_at IS NOT NULL THEN 'flag=erased' END,
        CASE WHEN c.note IS NOT NULL THEN 'flag=note' END]) term
      WHERE term IS NOT NULL)),
    search_fold(t.whole)
  FROM (
    SELECT n.name, concat_ws(E'\n', nullif(n.name, ''), c.email, c.phone, c.note) AS whole
    FROM (SELECT concat_ws(' ', c.first_name, c.last_name) AS name OFFSET 0) n
    OFFSET 0) t
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION orders_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  after_rows orders[] := ARRAY(SELECT ROW(n.*)::orders FROM new_rows n);
BEGIN
  -- An upsert that only updates comes here too.
  IF cardinality(after_rows) = 0 THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock_shared(desk_lock_key(shop_id)) FROM (SELECT DISTINCT shop_id FROM new_rows) s;
  -- OFFSET 0: each order's customer is looked up by key. A join would be planned once, perhaps while the table has no
  -- statistics, and then reads all customers of the shop for every order (measured: 1.5 ms an order, not 0.002).
  INSERT INTO order_search
    SELECT r.* FROM new_rows n
    LEFT JOIN LATERAL (SELECT c.shopify_customer_id FROM customers c
                       WHERE c.shop_id = n.shop_id AND c.id = n.customer_id OFFSET 0) c ON true
    CROSS JOIN LATERAL order_search_rows(ROW(n.*)::orders, c.shopify_customer_id) r
    WHERE n.deleted_at IS NULL;
  PERFORM note_order_figures(after_rows, '{}');
  PERFORM count_customer_orders(after_rows, '{}');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION orders_updated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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
    SELECT r.* FROM unnest(after_rows) n
    LEFT JOIN LATERAL (SELECT c.shopify_customer_id FROM customers c
                       WHERE c.shop_id = n.shop_id AND c.id = n.customer_id OFFSET 0) c ON true
    CROSS JOIN LATERAL order_search_rows(ROW(n.*)::orders, c.shopify_customer_id) r
    WHERE n.deleted_at IS NULL
  ON CONFLICT (shop_id, order_id) DO UPDATE SET created_at = excluded.created_at, updated_at = excluded.updated_at,
    total_minor = excluded.total_minor, currency = excluded.currency, customer_key = excluded.customer_key,
    item_count = excluded.item_count, words = excluded.words, text = excluded.text;
  PERFORM note_order_figures(after_rows, before_rows);
  PERFORM count_customer_orders(after_rows, before_rows);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Notes what the figures gain by the given rows and lose by those before them, without what comes to nothing. A function in
-- SQL would be planned anew at every call.
CREATE OR REPLACE FUNCTION note_order_figures(after_rows orders[], before_rows orders[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO order_figure_changes (shop_id, day, currency, status, test, orders, total_minor, needs_review,
                                    undelivered, delivered, delivery_seconds, shipped, ship_seconds)
  SELECT * FROM (
    SELECT o.shop_id, (o.created_at AT TIME ZONE s.time_zone)::date, o.currency, o.status, o.test,
      sum(sign)::bigint AS orders, sum(sign * o.total_minor)::bigint AS total, sum(sign * o.needs_review::int)::bigint AS review,
      sum(sign * (o.delivered_at IS NULL)::int)::bigint AS undelivered,
      sum(sign * (o.delivered_at IS NOT NULL AND o.shipped_at IS NOT NULL)::int)::bigint AS delivered,
      sum(sign * coalesce(greatest(extract(epoch FROM o.delivered_at - o.shipped_at), 0), 0)::bigint)::bigint AS delivery_seconds,
      sum(sign * (o.shipped_at IS NOT NULL)::int)::bigint AS shipped,
      sum(sign * coalesce(greatest(extract(epoch FROM o.shipped_at - o.created_at), 0), 0)::bigint)::bigint AS ship_seconds
    FROM (SELECT 1 AS sign, a.* FROM unnest(after_rows) a UNION ALL SELECT -1, b.* FROM unnest(before_rows) b) o
    JOIN shops s ON s.id = o.shop_id
    WHERE o.deleted_at IS NULL
    GROUP BY 1, 2, 3, 4, 5) g
  WHERE (g.orders, g.total, g.review, g.undelivered, g.delivered, g.delivery_seconds, g.shipped, g.ship_seconds)
    <> (0, 0, 0, 0, 0, 0, 0, 0);
END
$$;
--> statement-breakpoint
-- Adds to the customers' counts. Sorted, so that two writers lock their common customers in the same order.
CREATE OR REPLACE FUNCTION count_customer_orders(after_rows orders[], before_rows orders[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp
AS $$
BEGIN
  WITH gained AS (
    SELECT o.shop_id, o.customer_id, sum(sign)::int AS orders,
      sum(sign * CASE WHEN o.status <> 'CANCELLED' AND o.currency = s.currency THEN o.total_minor ELSE 0 END)::bigint AS spent,
      max(o.created_at) FILTER (WHERE sign = 1) AS last_order_at, max(o.created_at) FILTER (WHERE sign = -1) AS lost_at
    FROM (SELECT 1 AS sign, a.* FROM unnest(after_rows) a UNION ALL SELECT -1, b.* FROM unnest(before_rows) b) o
    JOIN shops s ON s.id = o.shop_id
    WHERE o.customer_id IS NOT NULL AND o.deleted_at IS NULL AND NOT o.test
    GROUP BY 1, 2
  ), locked AS MATERIALIZED (
    -- Carries what is gained, so that nobody looks the customers up among those of the batch again.
    SELECT g.* FROM customer_search c JOIN gained g ON g.shop_id = c.shop_id AND g.customer_id = c.customer_id
    WHERE g.orders <> 0 OR g.spent <> 0 OR g.last_order_at > c.last_order_at
      OR g.lost_at > coalesce(g.last_order_at, '-infinity')
    ORDER BY c.customer_id FOR NO KEY UPDATE OF c
  )
  UPDATE customer_search c SET order_count = c.order_count + g.orders, spent_minor = c.spent_minor + g.spent,
    last_order_at = greatest(c.last_order_at, g.last_order_at)
  FROM locked g WHERE g.shop_id = c.shop_id AND g.customer_id = c.customer_id;
  IF cardinality(before_rows) = 0 THEN RETURN; END IF;
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
  WHERE lost.shop_id = c.shop_id AND lost.customer_id = c.customer_id AND lost.at >= c.last_order_at;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION customers_written() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(desk_lock_key(shop_id)) FROM (SELECT DISTINCT shop_id FROM new_rows) s;
  INSERT INTO customer_search (shop_id, customer_id, created_at, name_key, words, text)
    SELECT r.* FROM new_rows n CROSS JOIN LATERAL customer_search_rows(ROW(n.*)::customers) r
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET name_key = excluded.name_key, words = excluded.words, text = excluded.text
    WHERE (customer_search.name_key, customer_search.words, customer_search.text)
      IS DISTINCT FROM (excluded.name_key, excluded.words, excluded.text);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION rebuild_desk() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(desk_lock_key(app_shop_id()));
  DELETE FROM order_search WHERE shop_id = app_shop_id();
  DELETE FROM customer_search WHERE shop_id = app_shop_id();
  DELETE FROM order_figures WHERE shop_id = app_shop_id();
  DELETE FROM order_figure_changes WHERE shop_id = app_shop_id();
  INSERT INTO order_search
    SELECT r.* FROM orders o LEFT JOIN customers c ON c.shop_id = o.shop_id AND c.id = o.customer_id
    CROSS JOIN LATERAL order_search_rows(ROW(o.*)::orders, c.shopify_customer_id) r
    WHERE o.shop_id = app_shop_id() AND o.deleted_at IS NULL;
  INSERT INTO customer_search (shop_id, customer_id, created_at, name_key, order_count, spent_minor, last_order_at, words, text)
    SELECT r.shop_id, r.customer_id, r.created_at, r.name_key, coalesce(n.orders, 0), coalesce(n.spent, 0),
      coalesce(n.last_order_at, '-infinity'), r.words, r.text
    FROM customers c CROSS JOIN LATERAL customer_search_rows(ROW(c.*)::customers) r LEFT JOIN (
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
DROP FUNCTION order_search_row(orders, bigint);
--> statement-breakpoint
DROP FUNCTION customer_search_words(customers);
--> statement-breakpoint
DROP FUNCTION customer_search_text(customers);
--> statement-breakpoint
DROP FUNCTION customer_name_key(customers);
