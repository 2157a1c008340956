"""The dialler's choice, `warmline explain lead` and the counts agree after any change, whatever was noted before."""

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.leads.dialled_leads import NOON, SHOWN, add, automatic_call, call, writing
from tests.soak import examples, soaking
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper, hopper_counts, lead_explanation, lead_marks
from warmline.store.dialling.hopper import HopperFill, HopperUse
from warmline.store.leads import dnc, leads, list_reset
from warmline.store.migrations.schema_migration import migrate

WORLDS, STEPS, LEADS = examples(1, by_night=2), 40 if soaking() else 24, 12
HOUR = 3600_000_000
AREAS = ("305", "213", "214", "602")
OPTIONS = (
    {"call_limit_24hour": "0"},
    {"call_limit_24hour": "2"},
    {"daily_call_count_limit": "0"},
    {"daily_call_count_limit": "1"},
    {"call_count_limit": "0"},
    {"call_count_limit": "3"},
    {"drop_lockout_time": "0"},
    {"drop_lockout_time": "72"},
    {"contacted_days": "0"},
    {"contacted_days": "7"},
    {"dial_statuses": "NEW"},
    {"dial_statuses": "NEW,NI,DNCL"},
    {"recycle": "NA:60:2,AB:5:9"},
    {"recycle": ""},
    {"lead_filter": "rank>=0"},
    {"lead_filter": ""},
    {"dial_statuses": "NEW,NA"},
    {"dial_deny": "_1213X."},
    {"dial_deny": "_1305555010X,_1602X."},
    {"dial_deny": ""},
    {"dial_allow": "_1305X.,_1213X."},
    {"dial_allow": ""},
    {"dial_template": "PJSIP/{number}99@carrier"},
    {"dial_template": "PJSIP/{number}@carrier"},
    {"active": "N"},
    {"active": "Y"},
    {"active": "Y"},
    {"lead_order": "RANDOM"},
    {"lead_order": "UP LAST NAME"},
    {"cid_group": "WEST", "campaign_cid": "0000000000"},
    {"cid_group": "", "campaign_cid": SHOWN},
    {"auto_alt_dial": "ALT_ONLY"},
    {"auto_alt_dial": "NONE"},
)


class World:
    """A campaign, its leads and the time."""

    def __init__(self, db: Path, draw: random.Random) -> None:
        self.db, self.draw, self.at, self.serial = db, draw, NOON, 0
        config.create(db, "cid-group", "WEST", {"caller_ids": "213:2135559999", "calls_per_day": "999"}, who="test")
        config.create(db, "campaign", "SALES", {"campaign_cid": SHOWN, "auto_alt_dial": "ALT_ONLY"}, who="test")
        config.create(db, "list", "101", {"campaign": "SALES", "country": "US"}, who="test")
        self.leads = [self._lead(place) for place in range(LEADS)]

    def _lead(self, place: int) -> int:
        alt = {"alt_phone": f"{self.draw.choice(AREAS)}5559{place:03}"} if self.draw.random() < 0.4 else {}
        number = f"{self.draw.choice(AREAS)}555{100 + (place // 2):04}"
        return add(self.db, number, vendor_lead_code=f"V{place}", rank=str(self.draw.randint(-1, 1)), **alt)

    def step(self) -> None:
        """Change something, or let time pass."""
        self.draw.choice(
            (self._wait, self._wait, self._call, self._call, self._option, self._list, self._lead_change)
        )()

    def _wait(self) -> None:
        self.at += self.draw.choice((1, 60_000_000, HOUR, 5 * HOUR, 24 * HOUR))

    def _call(self) -> None:
        lead = leads.find(self.db, self.draw.choice(self.leads))
        number = f"1{lead['phone_number']}" if self.draw.random() < 0.7 or not lead["alt_phone"] else lead["alt_phone"]
        status, self.serial = self.draw.choice(("NA", "AB", "NI", "SALE", "DROP", "CB")), self.serial + 1
        dropped = {"dropped": self.at} if status == "DROP" else {}
        source = "list" if number.endswith(lead["phone_number"]) else "alt_phone"
        if self.draw.random() < 0.6:
            automatic_call(self.db, lead["lead_id"], number, self.at, status, source, name=f"C{self.serial}", **dropped)
        else:
            call(self.db, self.draw.choice((0, lead["lead_id"])), number, self.at, status, f"C{self.serial}")

    def _option(self) -> None:
        config.set_options(self.db, "campaign", "SALES", self.draw.choice(OPTIONS), who="test")

    def _list(self) -> None:
        lead = leads.find(self.db, self.draw.choice(self.leads))
        number = self.draw.choice([lead["phone_number"], f"1{lead['phone_number']}99", lead["alt_phone"]])
        number = number or lead["phone_number"]
        campaign = self.draw.choice(("", "SALES"))
        if self.draw.random() < 0.5:
            dnc.add(self.db, number, campaign, who="test")
        elif dnc.find(self.db, number):
            for row in dnc.find(self.db, number):
                dnc.delete(self.db, number, row["campaign"], who="test")
        if self.draw.random() < 0.2:
            list_reset.reset(self.db, "101")

    def _lead_change(self) -> None:
        changes = ({"status": "NEW"}, {"status": "SALE"}, {"rank": "-1"}, {"phone_number": f"305666{self.serial:04}"})
        self.serial += 1
        leads.update(self.db, self.draw.choice(self.leads), self.draw.choice(changes))

    def judged(self) -> tuple[dict[int, str], dict[int, str], int]:
        """Return the leads that short fills choose with their numbers, those that may be dialled, and their count."""
        self.at += 6_000_000  # a lead waits so long behind a chosen one with its number
        allowed, counted = self.explained(), self.counted()[""]
        chosen: dict[int, str] = {}
        for turn in range(4 * LEADS):
            found = self.filled(turn)
            lead_marks.write(self.db, found.marks.values())
            chosen |= {one.lead: one.number for one in found.leads}
            if not found.unfinished:
                break
        return chosen, allowed, counted

    def explained(self) -> dict[int, str]:
        """Return the number of each lead that is explained as free."""
        explained = {lead: lead_explanation.explain(self.db, lead, self.at).next_number for lead in self.leads}
        return {lead: number for lead, number in explained.items() if number}

    def counted(self) -> Counter[str]:
        """Return how many leads are counted by each reason, "" for free ones."""
        with reading(self.db) as db:
            found = hopper_counts.count(db, dial_plan.load(db, "SALES"), self.at)
        assert sum(one.leads for one in found) == LEADS and all(one.leads > 0 for one in found)
        return sum((Counter({one.why: one.leads}) for one in found), Counter[str]())

    def filled(self, turn: int) -> HopperFill:
        """Fill a hopper, and pass over three leads at most."""
        with reading(self.db) as db:
            return hopper.fill(db, dial_plan.load(db, "SALES"), self.at, LEADS, HopperUse(), self.at + turn, 3)


@pytest.mark.parametrize("seed", range(WORLDS))
def test_the_dialler_chooses_exactly_the_leads_that_are_explained_as_free(
    empty: Path, tmp_path: Path, seed: int
) -> None:
    world = World(Path(shutil.copy(empty, tmp_path / "warmline.db")), random.Random(seed))  # noqa: S311 - a test
    for step in range(STEPS):
        world.step()
        chosen, allowed, counted = world.judged()
        shared = [number for number in allowed.values() if [*allowed.values()].count(number) > 1]
        assert counted == len(allowed), (seed, step)
        assert chosen.items() <= allowed.items(), (seed, step)
        assert {*chosen.values()} == {*allowed.values()}, (seed, step)
        assert len(chosen) >= len(allowed) - len(shared), (seed, step)
        with writing(world.db) as opened:
            held = opened.execute("SELECT count(*) FROM lead WHERE (held_by = '') <> (held_until IS NULL)").fetchone()
        assert held[0] == 0


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "warmline.db"
    migrate(path)
    return path
