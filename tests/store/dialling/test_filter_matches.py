"""The leads that a filter matches: SQL and a judgement in plain Python agree, in the count, the hopper and explain."""

import sqlite3
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.leads import filter_oracle
from tests.leads.dialled_leads import FLORIDA, NOON, add, add_many, at, chosen, prepare, writing
from warmline.leads import lead_conditions
from warmline.store.configuration import config
from warmline.store.dialling import filter_matches, lead_explanation
from warmline.text import lead_filter

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600_000_000
moments = st.one_of(
    st.integers(NOON - 40 * 24 * HOUR, NOON),
    st.sampled_from([at(f"{day}T00:00", "Europe/Berlin") for day in filter_oracle.DAYS]),
    st.sampled_from([NOON - 7 * 24 * HOUR, NOON - 36 * HOUR, NOON]),
)
a_lead = st.fixed_dictionaries(
    dict.fromkeys(filter_oracle.TEXTS, st.sampled_from(filter_oracle.WORDS))
    | dict.fromkeys(filter_oracle.NUMBERS, st.integers(-3, 3))
    | {"entry_date": moments, "last_call": st.none() | moments}
)


@given(filter_oracle.trees, st.lists(a_lead, min_size=1, max_size=6))
@example(("last_call", "<", ["-7d"]), [{"last_call": None}, {"last_call": NOON}])
@example(("last_call", "<=", ["2026-10-25"]), [{"last_call": at("2026-10-26T00:00", "Europe/Berlin")}])
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_sql_and_plain_python_agree(tree: filter_oracle.Tree, world: list[dict[str, Any]]) -> None:
    found = lead_conditions.of(lead_filter.plain(filter_oracle.written(tree)), BERLIN)
    for lead in world:
        columns = ", ".join(f":{name} AS {name}" for name in lead)
        asked = f"SELECT {found.sql} FROM (SELECT {columns})"  # noqa: S608 - the names are above
        [answer] = sqlite3.connect(":memory:").execute(asked, lead | found.parameters(NOON)).fetchone()
        assert bool(answer) == filter_oracle.holds(tree, lead, NOON, BERLIN), lead


def test_the_times_and_the_status_of_a_lead_choose_it(db: Path) -> None:
    prepare(db, dial_statuses="NEW,NA", daily_call_count_limit="0")
    old, new, called = add_many(db, FLORIDA, FLORIDA, FLORIDA)
    with writing(db) as opened:
        opened.execute("UPDATE lead SET entry_date = ?", [NOON])
        opened.execute("UPDATE lead SET entry_date = ? WHERE lead_id = ?", [NOON - 31 * 24 * HOUR, old])
        opened.execute("UPDATE lead SET status = 'NA', last_call = ? WHERE lead_id = ?", [NOON - HOUR, called])
    for text, wanted in {
        "entry_date<-30d": [old],
        "entry_date=2026-11-23": [new, called],
        "last_call<-7d": [old, new],
        "last_call!= and last_call>-2h": [called],
        "status=na": [called],
        "status=NEW and entry_date>=2026-11-23 or last_call!=": [new, called],
    }.items():
        config.set_options(db, "campaign", "SALES", {"lead_filter": text}, who="test")
        assert sorted(chosen(db)) == wanted, text
        assert filter_matches.count(db, "SALES", NOON) == (len(wanted), 3), text
        for lead in (old, new, called):
            rules = {rule.rule: rule.why for rule in lead_explanation.explain(db, lead, NOON).main.rules}
            assert bool(rules["lead filter"]) == (lead not in wanted), text


def test_the_days_of_a_filter_are_those_of_the_setting(db: Path) -> None:
    prepare(db, lead_filter="entry_date=2026-11-24")
    lead = add(db, f"{FLORIDA}5550100")
    with writing(db) as opened:
        opened.execute("UPDATE lead SET entry_date = ?", [at("2026-11-24T00:30", "Asia/Tokyo")])
    assert filter_matches.count(db, "SALES", NOON).matching == 0
    config.set_options(db, "setting", "warmline", {"timezone": "Asia/Tokyo"}, who="test")
    assert filter_matches.count(db, "SALES", NOON).matching == 1 and chosen(db) == [lead]


def test_a_stored_filter_that_cannot_be_read_matches_no_lead(db: Path) -> None:
    prepare(db)
    add(db, f"{FLORIDA}5550100")
    with writing(db) as opened:
        opened.execute("UPDATE campaign SET lead_filter = 'city=Tokyo, rank=0'")
    assert chosen(db) == [] and filter_matches.count(db, "SALES", NOON) == (0, 1)
