-- Functions of SQLite, and of Warmline's Python code, that only the statements use, for PostgreSQL.

-- A path such as $.last.call or $[1] leads to a value; a text is returned without quotes.
CREATE FUNCTION json_steps(path text) RETURNS text[] IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT string_to_array(substr(replace(replace($1, '[', '.'), ']', ''), 3), '.') $$;

CREATE FUNCTION json_extract(given text, path text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS 'SELECT $1::json #>> json_steps($2)';

CREATE FUNCTION json_extract(given text, path text, other text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS 'SELECT json_build_array($1::json #> json_steps($2), $1::json #> json_steps($3))::text';

CREATE FUNCTION json_replace(given text, path text, value text, other text, second text) RETURNS text
    IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
    SELECT jsonb_set(
        jsonb_set($1::jsonb, json_steps($2), to_jsonb($3), false), json_steps($4), to_jsonb($5), false
    )::text
$$;

CREATE FUNCTION json(given text) RETURNS json IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS 'SELECT $1::json';

CREATE FUNCTION json_of_array(given anycompatiblearray) RETURNS text STABLE PARALLEL SAFE LANGUAGE sql
    AS 'SELECT array_to_json($1)::text';

CREATE AGGREGATE json_group_array(anycompatible) (
    SFUNC = array_append, STYPE = anycompatiblearray, INITCOND = '{}', FINALFUNC = json_of_array
);

CREATE FUNCTION digits(given text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$
        SELECT regexp_replace(part, '[^0-9]', '', 'g') FROM regexp_split_to_table($1, '[A-Za-z_]+')
        WITH ORDINALITY AS parts (part, place)
        ORDER BY length(regexp_replace(part, '[^0-9]', '', 'g')) DESC, place LIMIT 1
    $$;

-- As phone_numbers.same: the shorter number ends the longer one, and what is before it can be a country code.
CREATE FUNCTION same_bare(short text, long text) RETURNS boolean IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
    SELECT CASE WHEN length($1) < 7 THEN $1 = $2
        ELSE right($2, length($1)) = $1 AND length(rtrim(left($2, -length($1)), '0')) <= 3 END
$$;

CREATE FUNCTION same_number(one text, other text) RETURNS boolean IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
    SELECT CASE WHEN length(ltrim($1, '0')) <= length(ltrim($2, '0')) THEN same_bare(ltrim($1, '0'), ltrim($2, '0'))
        ELSE same_bare(ltrim($2, '0'), ltrim($1, '0')) END
$$;

-- A start below 0 counts from the end of the text, as in SQLite.
CREATE FUNCTION part_of(given text, start bigint) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS 'SELECT CASE WHEN $2 < 0 THEN right($1, least(length($1), -$2)::integer) ELSE substr($1, $2::integer) END';

-- As ifnull of SQLite, for a condition, too: it counts as 1 or 0. dialect.py would write coalesce.
CREATE FUNCTION or_else(one anycompatible, other anycompatible) RETURNS anycompatible IMMUTABLE PARALLEL SAFE
    LANGUAGE sql AS 'SELECT coalesce($1, $2)';

CREATE FUNCTION or_else(condition boolean, other integer) RETURNS bigint IMMUTABLE PARALLEL SAFE
    LANGUAGE sql AS 'SELECT coalesce($1::integer, $2)::bigint';

CREATE FUNCTION greater_condition(number bigint, condition boolean) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS 'SELECT greatest($1, $2::integer::bigint)';

CREATE AGGREGATE max(boolean) (SFUNC = greater_condition, STYPE = bigint, PARALLEL = SAFE);

-- As has_further of subject_access.py.
CREATE FUNCTION has_further(number text, code text, stored text) RETURNS boolean IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM (
            SELECT btrim(split_part(part, ':', 1)) AS given FROM regexp_split_to_table($3, '\|') AS part
            WHERE btrim(part) <> ''
        ) AS one, LATERAL (SELECT regexp_replace(given, '^\+', '') AS bare) AS without
        WHERE $1 IN (bare, CASE WHEN left(given, 1) = '+' THEN bare ELSE $2 || given END,
            CASE WHEN left(bare, length($2)) = $2 THEN substr(bare, length($2) + 1) ELSE bare END)
    )
$$;

-- The id of a new lead, which may be that of another system: then, later leads get a larger one.
CREATE FUNCTION new_lead(given bigint) RETURNS bigint VOLATILE LANGUAGE plpgsql AS $$
BEGIN
    IF given IS NULL THEN
        RETURN nextval('lead_lead_id_seq');
    END IF;
    PERFORM setval('lead_lead_id_seq', given) FROM lead_lead_id_seq WHERE given > last_value;
    RETURN given;
END $$;

CREATE FUNCTION substr(given text, start bigint) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS 'SELECT part_of($1, $2)';

CREATE FUNCTION substr(given text, start bigint, letters bigint) RETURNS text IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE sql AS 'SELECT substr($1, $2::integer, $3::integer)';

-- Begins the work of the one writer. An app whose lease another one has taken is refused: a lease is taken with this
-- lock, too, so it changes between two writers. The number is that of pairs.py.
CREATE FUNCTION begin_writing() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own text := current_setting('warmline.epoch', true);
BEGIN
    PERFORM pg_advisory_xact_lock(1463898701);
    IF own <> '' THEN
        PERFORM 1 FROM lease WHERE epoch = own::bigint;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'another app leads' USING ERRCODE = 'WL001';
        END IF;
    END IF;
END $$;
