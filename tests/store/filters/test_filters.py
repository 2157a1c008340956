"""A filter gives all rows that fulfil each of its fields, and no others.

With `--engine postgresql` the same questions are asked of PostgreSQL.
"""

import random
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from unittest.mock import patch

from tests.soak import examples, soaking
from tests.store.filters import call_filters, other_filters, random_records
from tests.store.filters.one_filter import Asked, Filter
from warmline.store.reports import call_candidates

LIMITS = (
    {"NEWEST": 10_000},
    {"NEWEST": 1, "READ_ON": 1, "FEW_OF_THESE": 0},
    {"NEWEST": 20, "READ_ON": 50, "FEW_OF_THESE": 25},
)


def test_a_filter_gives_all_rows_that_fulfil_it_and_no_others(db: Path) -> None:
    for seed in range(examples(1, 3)):
        rows = random_records.drawn(seed)
        random_records.insert(db, rows, instead=seed > 0)
        wrong = []
        for one in (*call_filters.filters(), *other_filters.filters()):
            wrong += _wrong_answers(db, one, rows, random.Random(seed))  # noqa: S311 - not for secrets
        assert not wrong, "\n".join(wrong)


def _wrong_answers(db: Path, one: Filter, rows: random_records.Rows, chance: random.Random) -> Iterator[str]:
    """Yield each question that a reader answers with other rows than those that fulfil it."""
    chosen_from = one.rows(rows)
    for number, asked in enumerate(_questions(one, chosen_from, chance)):
        expected = sorted(row["id"] for row in chosen_from if _fulfils(one, row, asked))
        for read in one.readers:
            with patch.multiple(call_candidates, **LIMITS[number % len(LIMITS)]):
                found = sorted(read(db, asked))
            if found != expected:
                more, fewer = [*({*found} - {*expected})], [*({*expected} - {*found})]
                yield f"{one.name}, {read.__name__}, {asked}: too many {more[:3]}, missing {fewer[:3]}"


def _questions(one: Filter, rows: list[random_records.Row], chance: random.Random) -> Iterator[Asked]:
    """Yield no field, each value of each, and pairs of fields: one pair of values by day, and all of them by night.

    A needed field is always asked for, so each pair of it and another field is tried with all values.
    """
    for count in range(3):
        for names in combinations(one.fields, count):
            if (one.needed and not {*names} & {*one.needed}) or len({*names} & {*one.alone}) > 1:
                continue
            every = [
                dict(zip(names, chosen, strict=True)) for chosen in product(*(one.fields[name][0] for name in names))
            ]
            if count < 2 or one.needed or soaking():
                yield from every
            else:
                chance.shuffle(every)
                yield next((asked for asked in every if _both_count(one, rows, asked)), every[0])


def _both_count(one: Filter, rows: list[random_records.Row], asked: Asked) -> bool:
    """Return whether some rows fulfil two fields, and fewer than each of them alone."""
    both, *each = (
        sum(_fulfils(one, row, part) for row in rows) for part in (asked, *({name: asked[name]} for name in asked))
    )
    return 0 < both < min(each)


def _fulfils(one: Filter, row: random_records.Row, asked: Asked) -> bool:
    """Return whether a row fulfils all fields; of a revision, one change fulfils all of them."""
    parts = row.get("changes", [row])
    return any(all(one.fields[name][1](part, value) for name, value in asked.items()) for part in parts)
