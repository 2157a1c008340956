"""The function of PostgreSQL that writes turns: one call, one transaction and one answer for a commit.

It runs the statements that SQLite gets one by one, in the same order, so that triggers find the same rows. It is made
from the table of projections, and is made anew with a new one. It returns false if the turns are there already: the
app lost the answer to its commit, and repeats it.
"""

from collections.abc import Sequence

from warmline.store.database import lease
from warmline.store.journal.journal_entry import INSERT
from warmline.store.journal.open_state import PUT, REMOVE
from warmline.store.journal.projections import ATTEMPTS, OPTED_OUT, STATUS, TABLES, UNDONE, Projection
from warmline.store.postgresql.dialect import rewritten
from warmline.store.postgresql.pairs import WRITER
from warmline.store.postgresql.schema import columns

TEXT, INTEGER = "TEXT", "INTEGER"
OF_TYPE = {TEXT: "(given ->> {})", INTEGER: "(given ->> {})::bigint", "REAL": "(given ->> {})::float8"}


def statements() -> dict[str, tuple[str, Sequence[str]]]:
    """Return the statement of each operation by its name, with the types of its values. Frequent ones come first."""
    return {
        "open": (PUT, (TEXT, TEXT, INTEGER, TEXT)),
        "closed": (REMOVE, (TEXT, TEXT)),
        **{table.name: (table.upsert, _types(table)) for table in (*TABLES.values(), ATTEMPTS)},
        "status": (STATUS, (TEXT, TEXT, TEXT)),
        "undone": (UNDONE, (TEXT,)),
        "opted_out": (OPTED_OUT, (TEXT, INTEGER)),
    }


def function() -> str:
    """Return the statement that makes the function, also in place of a former one."""
    row = ", ".join(OF_TYPE[kind].format(place) for place, kind in enumerate(_journal())).replace("given", "turn.value")
    cases = "\n".join(
        f"        WHEN '{name}' THEN\n            {_filled(statement, types)};"
        for name, (statement, types) in statements().items()
    )
    into = INSERT.partition(" VALUES")[0]
    return f"""
CREATE OR REPLACE FUNCTION commit_turns(turns jsonb) RETURNS boolean LANGUAGE plpgsql AS $function$
DECLARE
    given jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock({WRITER});
    {lease.GUARD}
    given := turns -> 'journal' -> -1;
    IF EXISTS (SELECT 1 FROM journal WHERE seq = (given ->> 0)::bigint AND hash = given ->> 7) THEN
        RETURN false;
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
    values = (OF_TYPE[kind].format(place) for place, kind in enumerate(types, 1))
    return "".join(f"{part}{value}" for part, value in zip(parts, (*values, ""), strict=True))


def _types(table: Projection) -> list[str]:
    of = columns()[table.name]
    return [of[column] for column in table.columns]


def _journal() -> list[str]:
    of = columns()["journal"]
    return [of[column] for column in INSERT[INSERT.index("(") + 1 : INSERT.index(")")].split(", ")]
