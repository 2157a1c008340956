-- Functions of SQLite that the schema and the statements of Warmline use, for PostgreSQL. They are in the schema of the
-- tables, and answer as SQLite does for the values that Warmline has.

CREATE FUNCTION json_valid(given text) RETURNS boolean IMMUTABLE STRICT PARALLEL SAFE LANGUAGE plpgsql AS $$
BEGIN
    PERFORM given::json;
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    RETURN false;
END $$;

CREATE FUNCTION json_quote(given text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS 'SELECT coalesce(to_json($1)::text, ''null'')';

CREATE FUNCTION json_each(given text) RETURNS TABLE (key bigint, value text) IMMUTABLE PARALLEL SAFE ROWS 10 LANGUAGE sql
    AS 'SELECT place - 1, item FROM json_array_elements_text($1::json) WITH ORDINALITY AS found (item, place)';

CREATE FUNCTION json_item(given text, place integer) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS 'SELECT $1::json ->> $2';

CREATE FUNCTION json_field(given text, name text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS 'SELECT $1::json ->> $2';

CREATE OPERATOR ->> (LEFTARG = text, RIGHTARG = integer, FUNCTION = json_item);
CREATE OPERATOR ->> (LEFTARG = text, RIGHTARG = text, FUNCTION = json_field);

CREATE FUNCTION instr(given text, part text) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS 'SELECT strpos($1, $2)::bigint';

CREATE FUNCTION iif(condition boolean, one anycompatible, other anycompatible) RETURNS anycompatible
    IMMUTABLE PARALLEL SAFE LANGUAGE sql AS 'SELECT CASE WHEN $1 THEN $2 ELSE $3 END';

CREATE FUNCTION iif(condition bigint, one anycompatible, other anycompatible) RETURNS anycompatible
    IMMUTABLE PARALLEL SAFE LANGUAGE sql AS 'SELECT CASE WHEN $1 <> 0 THEN $2 ELSE $3 END';

CREATE FUNCTION max(one bigint, other bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS 'SELECT greatest($1, $2)';

CREATE FUNCTION min(one bigint, other bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS 'SELECT least($1, $2)';

-- A condition counts as 1 or 0.
CREATE FUNCTION bigint_plus_condition(number bigint, condition boolean) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE sql AS 'SELECT $1 + $2::integer';

CREATE OPERATOR + (LEFTARG = bigint, RIGHTARG = boolean, FUNCTION = bigint_plus_condition);

CREATE FUNCTION count_condition(number bigint, condition boolean) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS 'SELECT CASE WHEN $2 IS NULL THEN $1 ELSE coalesce($1, 0) + $2::integer END';

CREATE AGGREGATE sum(boolean) (SFUNC = count_condition, STYPE = bigint, PARALLEL = SAFE);

-- Of the formats of SQLite, those that Warmline's views and statements use. The time is in seconds since 1970 in UTC.
CREATE FUNCTION strftime(form text, seconds float8, unit text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT to_char(to_timestamp(round($2::numeric, 3)::float8) AT TIME ZONE 'UTC', CASE $1
        WHEN '%Y-%m-%dT%H:%M:%f' THEN 'YYYY-MM-DD"T"HH24:MI:SS.MS' WHEN '%Y-%m-%d' THEN 'YYYY-MM-DD' END)
$$;
