"""No number is dialled against the rules, for whatever reason it is chosen.

Random leads with other numbers, callbacks and drops are checked against a slow, plainly written oracle.
"""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.leads.dial_oracle import Called, Oracle, microseconds
from tests.leads.dialled_leads import SHOWN, add, automatic_call, refusal, writing
from tests.soak import examples
from warmline.core.messages.dialler_messages import DialLead
from warmline.core.rules import number_text
from warmline.leads import lead_places
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.hopper import HopperUse
from warmline.store.dialling.last_lead_check import LookedAt
from warmline.store.leads import dnc, leads
from warmline.store.migrations.schema_migration import migrate

CAMPAIGNS, LEADS, MOMENTS = 1, 20, 12  # in `make test`; tools/nightly soak asks 60 campaigns
AREAS = ("305", "214", "213", "401", "808", "800", "416")
BEGIN = datetime(2026, 10, 28, tzinfo=UTC)  # with a clock change and a holiday
SPAN = timedelta(days=16)
LIMITS = ("call_count_limit", "daily_call_count_limit", "call_limit_24hour")
ORDERS = ("DOWN", "UP RANK", "DOWN COUNT", "UP LAST CALL TIME", "UP OWNER", "DOWN TIMEZONE", "RANDOM")


def number(draw: random.Random) -> str:
    return f"{draw.choice(AREAS)}555{draw.randint(100, 130):04d}"


def campaign(db: Path, draw: random.Random) -> Oracle:
    """Make a campaign with leads of up to three numbers, and what has happened to them."""
    limits = (draw.choice((0, 2, 4)), draw.choice((0, 1, 3)), draw.choice((0, 1, 3)))
    options = dict(zip(LIMITS, map(str, limits), strict=True)) | {"campaign_cid": SHOWN, "recycle": "NA:60:9,DROP:60:9"}
    options |= {"auto_alt_dial": draw.choice(("ALT_ONLY", "ALT_AND_ADDR3")), "lead_order": draw.choice(ORDERS)}
    options |= {"lead_order_secondary": draw.choice(("LEAD_ASCEND", "LEAD_DESCEND"))}
    config.create(db, "campaign", "SALES", options, who="test")
    config.create(db, "list", "101", {"campaign": "SALES", "country": "US"}, who="test")
    oracle = Oracle({"NEW"}, limits, None)
    for serial in range(LEADS):
        others = {field: number(draw) for field in ("alt_phone", "address3") if draw.random() < 0.7}
        lead = add(db, number(draw), **others, owner=draw.choice("abc"), rank=str(draw.randint(0, 2)))
        if draw.random() < 0.7:
            happen(db, draw, oracle, lead)
        if draw.random() < 0.3:
            promise(db, draw, f"B{serial}", lead)
    for one in {number(draw) for _ in range(12)}:
        oracle.listed.add(one)
        dnc.add(db, one, draw.choice(("", "SALES")), who="test")
    return oracle


def happen(db: Path, draw: random.Random, oracle: Oracle, lead: int) -> None:
    """Let the dialler have called the main number, some time ago."""
    dialled, dropped = f"1{leads.find(db, lead)['phone_number']}", draw.random() < 0.3
    moment = BEGIN + draw.random() * SPAN / 2
    oracle.calls.append(Called(lead, dialled, moment, dropped))
    at = microseconds(moment)
    automatic_call(db, lead, dialled, at, "DROP" if dropped else "NA", dropped=at if dropped else None)


def promise(db: Path, draw: random.Random, name: str, lead: int) -> None:
    """Promise a callback, with or without a lead, to the lead's own number or another one."""
    wanted = leads.find(db, lead)["phone_number"] if draw.random() < 0.5 else number(draw)
    of_lead = draw.random() < 0.7
    at = microseconds(BEGIN + draw.random() * SPAN)
    with writing(db) as opened:
        opened.execute(
            "INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended_by,"
            " status, lead) VALUES (?, '', 'ended', 0, ?, '', '', '', '', '', '', ?)",
            [f"C{name}", f"+1{wanted}", lead if of_lead else 0],
        )
        opened.execute(
            "INSERT INTO callback (id, call, number, ingroup, campaign, agent, at, state)"
            " VALUES (?, ?, ?, '', 'SALES', '', ?, 'pending')",
            [name, f"C{name}", f"+1{wanted}", at],
        )


def as_called(db: Path, chosen: DialLead) -> dict[str, Any]:
    """Return the lead as it is for the chosen number: with the places of that number."""
    digits = number_text.to_dialled_digits(chosen.number)
    if chosen.lead == 0:
        places = lead_places.of_number(chosen.number)
        return {"lead_id": 0, "time_zones": places.time_zones, "jurisdictions": places.jurisdictions}
    lead = leads.find(db, chosen.lead)
    places = lead_places.of_lead(lead | {"phone_code": "1", "phone_number": digits[1:]}, "US")
    return lead | {"time_zones": places.time_zones, "jurisdictions": places.jurisdictions}


def times(draw: random.Random, oracle: Oracle) -> Iterator[datetime]:
    """Yield moments at random, just after a call, and just before and after the wait of a drop."""
    for _ in range(MOMENTS):
        past = draw.choice(oracle.calls).at
        yield draw.choice((
            BEGIN + draw.random() * SPAN,
            past + timedelta(minutes=61),
            past + oracle.lockout + timedelta(microseconds=draw.choice((-1, 0))),
        ))  # fmt: skip


@pytest.mark.parametrize("seed", range(examples(CAMPAIGNS, 3)))
def test_no_number_is_dialled_against_the_rules(empty: Path, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test
    db = Path(shutil.copy(empty, tmp_path / "warmline.db"))
    oracle = campaign(db, draw)
    sources = set()
    for moment in times(draw, oracle):
        at = microseconds(moment)
        known = Oracle(oracle.statuses, oracle.limits, None, oracle.listed, [c for c in oracle.calls if c.at <= moment])
        with reading(db) as opened:
            found = hopper.fill(
                opened, dial_plan.load(opened, "SALES"), at, 3 * LEADS, HopperUse(), draw.randint(0, LEADS)
            )
        for one in found.leads:
            sources.add(one.source)
            digits = number_text.to_dialled_digits(one.number)
            assert known.allows_number(as_called(db, one), digits, moment), (moment, one)
            callback = one.due_callback.id if one.due_callback else ""
            assert not one.due_callback or one.due_callback.at <= at
            asked = LookedAt("SALES", one.lead, one.number, callback=callback)
            assert refusal(db, DialPlans(), asked, at) is None, (moment, one)
    assert len(sources) > 1, "leads are chosen for several reasons"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "warmline.db"
    migrate(path)
    return path
