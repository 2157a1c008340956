"""The function of PostgreSQL that writes turns: one call, one transaction and one answer for a commit.

It runs the statements that SQLite gets one by one, in the same order, so that triggers find the same rows. It refuses
the turns of an app that does not lead (warmline/store/database/lease.py), and turns behind a row that is missing. It
returns false if the turns are there already: the app lost the answer to its commit, and repeats it.
"""

from collections.abc import Mapping, Sequence
from itertools import count

from warmline.store.postgresql.dialect import rewritten
from warmline.store.postgresql.pairs import WRITER
from warmline.store.postgresql.schema import columns

TEXT, INTEGER = "TEXT", "INTEGER"
OF_TYPE = {TEXT: "({} ->> {})", INTEGER: "({} ->> {})::bigint", "REAL": "({} ->> {})::float8"}

Statements = Mapping[str, tuple[str, Sequence[str]]]  # by name: the statement, and the types of its values


def types_of(table: str, names: Sequence[str]) -> list[str]:
    """Return the types of columns."""
    return [columns()[table][name] for name in names]


def function(insert: str, statements: Statements) -> str:
    """Return the statement that makes the function, also in place of a former one.

    `insert` writes a row of the journal. `statements` write what follows from it; frequent ones come first.
    """
    into, _, _ = insert.partition(" VALUES")
    names = into[into.index("(") + 1 : -1].split(", ")
    places = count()
    row = ", ".join(OF_TYPE[kind].format("turn.value", next(places)) for kind in types_of("journal", names))
    cases = "\n".join(
        f"        WHEN '{name}' THEN\n            {_filled(statement, types)};"
        for name, (statement, types) in statements.items()
    )
    return f"""
CREATE OR REPLACE FUNCTION commit_turns(turns jsonb) RETURNS boolean LANGUAGE plpgsql AS $function$
DECLARE
    given jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock({WRITER});
    PERFORM 1 FROM lease WHERE epoch = current_setting('warmline.epoch', true)::bigint;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another app leads' USING ERRCODE = 'WL001';
    END IF;
    given := turns -> 'journal' -> -1;
    IF EXISTS (SELECT 1 FROM journal WHERE seq = (given ->> 0)::bigint AND hash = given ->> 7) THEN
        RETURN false;
    END IF;
    IF given IS NOT NULL AND turns -> 'behind' ->> 0 <> '0' AND NOT EXISTS (SELECT 1 FROM journal
        WHERE seq = (turns -> 'behind' ->> 0)::bigint AND hash = turns -> 'behind' ->> 1) THEN
        RAISE EXCEPTION 'the row before is missing' USING ERRCODE = 'WL002';
    END IF;
    {into}
        SELECT {row} FROM jsonb_array_elements(turns -> 'journal') AS turn;
    FOR given IN SELECT value FROM jsonb_array_elements(turns -> 'rows') LOOP
        CASE given ->> 0
{cases}
        END CASE;
    END LOOP;
    RETURN true;
END $function$;
"""  # noqa: S608 - statements of the code


def _filled(statement: str, types: Sequence[str]) -> str:
    """Return a statement whose values are taken from the row."""
    parts = rewritten(statement).split("?")
    assert len(parts) == len(types) + 1, statement
    values = (OF_TYPE[kind].format("given", place) for place, kind in enumerate(types, 1))
    return "".join(f"{part}{value}" for part, value in zip(parts, (*values, ""), strict=True))
