"""The hopper and the last look against a slow, plainly written oracle: random campaigns, leads and moments.

No lead is chosen that is listed, out of its hours or called too often, and no other lead is left out.
"""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.leads.dial_oracle import Called, Oracle, microseconds
from tests.leads.dialled_leads import SHOWN, add, call, refusal
from tests.soak import examples
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper, hopper_counts, lead_marks
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.last_lead_check import LookedAt
from warmline.store.leads import dnc, leads
from warmline.store.migrations.schema_migration import migrate

CAMPAIGNS, LEADS, MOMENTS = 1, 25, 10  # in `make test`; tools/nightly soak asks 60 campaigns
AREAS = ("305", "850", "214", "213", "401", "602", "808", "416", "709", "800", "205", "859", "787")
STATES = ("", "", "", "FL", "TX", "RI", "ON", "NV", "AL")
SPAN = timedelta(days=30)
BEGIN = datetime(2026, 10, 20, tzinfo=UTC)  # with both a clock change and several holidays


def numbers(draw: random.Random) -> Iterator[str]:
    """Yield different numbers; some end in the same digits."""
    for place in range(LEADS):
        yield f"{draw.choice(AREAS)}555{100 + place // 2:04d}"


def campaign(db: Path, draw: random.Random) -> Oracle:
    """Make a campaign with leads, listed numbers and earlier calls."""
    limits = (draw.choice((0, 1, 2)), draw.choice((0, 1, 3)), draw.choice((0, 1, 2, 3)))
    hours = draw.choice((None, (900, 1700), (1230, 2115)))
    options = dict(
        zip(("call_count_limit", "daily_call_count_limit", "call_limit_24hour"), map(str, limits), strict=True)
    )
    order = draw.choice(("DOWN", "UP", "UP RANK", "DOWN RANK", "RANDOM"))
    options |= {"campaign_cid": SHOWN, "lead_order": order, "recycle": "", "dial_statuses": "NEW,NI"}
    options["contacted_days"] = "0"  # the oracle does not know it
    if hours:
        given = {"ct_default_start": str(hours[0]), "ct_default_stop": str(hours[1])}
        config.create(db, "call-time", "HOURS", given, who="test")
        options["local_call_time"] = "HOURS"
    config.create(db, "campaign", "SALES", options, who="test")
    config.create(db, "list", "101", {"campaign": "SALES", "country": "US"}, who="test")
    oracle = Oracle({"NEW", "NI"}, limits, hours)
    for number in numbers(draw):
        given = {"state": draw.choice(STATES), "status": draw.choice(("NEW", "NEW", "NI", "SALE"))}
        lead = add(db, number, **given, rank=str(draw.randint(-3, 3)))
        if draw.random() < 0.15:
            oracle.listed.add(number[draw.choice((0, 0, 3)) :] if draw.random() < 0.8 else f"1{number}")
        for _ in range(draw.choice((0, 0, 1, 3))):
            at = BEGIN + draw.random() * SPAN
            oracle.calls.append(Called(lead if draw.random() < 0.2 else 0, f"1{number}", at))
    for number in oracle.listed:
        dnc.add(db, number, draw.choice(("", "SALES")), who="test")
    for place, one in enumerate(oracle.calls):
        call(db, one.lead, one.number, microseconds(one.at), "NI", name=f"C{place}")
    return oracle


def moments(oracle: Oracle, draw: random.Random) -> Iterator[datetime]:
    """Yield moments at random, at full hours, and just before and after a call is a day old."""
    for _ in range(MOMENTS):
        moment = BEGIN + draw.random() * SPAN
        if oracle.calls and draw.random() < 0.3:
            moment = draw.choice(oracle.calls).at + timedelta(days=1, microseconds=draw.choice((-1, 0, 1)))
        elif draw.random() < 0.5:
            moment = moment.replace(minute=0, second=0, microsecond=0) - timedelta(seconds=draw.choice((0, 1)))
        yield moment


@pytest.mark.parametrize("seed", range(examples(CAMPAIGNS, 3)))
def test_exactly_the_leads_that_the_rules_allow_are_dialled(empty: Path, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test
    db = Path(shutil.copy(empty, tmp_path / "warmline.db"))
    oracle = campaign(db, draw)
    every = leads.page(db, "101", most=LEADS)
    plans = DialPlans()
    for moment in sorted(moments(oracle, draw)):
        at = microseconds(moment)
        with reading(db) as opened:
            plan = dial_plan.load(opened, "SALES")
            found = hopper.fill(opened, plan, at, LEADS, start=draw.randint(0, LEADS))
            counted = hopper_counts.count(opened, plan, at)
        lead_marks.write(db, found.marks.values())
        allowed = {lead["lead_id"]: f"1{lead['phone_number']}" for lead in every if oracle.allows(lead, moment)}
        assert sum(one.leads for one in counted if not one.why) == len(allowed), moment
        chosen = {one.lead: one.number for one in found.leads}
        assert chosen.items() <= allowed.items(), moment
        assert set(chosen.values()) == set(allowed.values()), moment  # of leads with one number, one is chosen
        for lead in every:
            asked = LookedAt("SALES", lead["lead_id"], f"1{lead['phone_number']}")
            refused = refusal(db, plans, asked, at)
            assert refused is not None or oracle.open(lead, moment)
            assert refused is None or lead["lead_id"] not in chosen


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "warmline.db"
    migrate(path)
    return path
