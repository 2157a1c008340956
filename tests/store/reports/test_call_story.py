"""One call's records, read back."""

import asyncio
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.begun_drivers import BegunDriver
from tests.store.records import CALL, DISPOSITION, INTERVAL, LEG, RECEIPT, RECORDING, SESSION, TAKEN, entry
from tests.wording.said import refused
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages.process_messages import TimerFired
from warmline.core.model.leg import Role
from warmline.store.calls import call_story
from warmline.store.database.database import connect
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.journal.journal_writer import JournalWriter

ONE, TWO, AWAY = "01JD3Q0000AAAAAAAAAAAAAAAA", "01JD3Q0000BBBBBBBBBBBBBBBB", "01JD3Q0001CCCCCCCCCCCCCCCC"
ENDED = replace(CALL, id=ONE, arrived=100, ended=200)
LATER = replace(CALL, id=TWO, agc_id="Y0000000000000000002", arrived=300)

IN_CALL = replace(INTERVAL, call=ONE, started=100, ended=200)

LEGS = [
    replace(LEG, id="customer", owner=ONE, created=100, ended=190),
    replace(LEG, id="agent", owner=SESSION.agent, role=Role.AGENT, created=1),
    replace(LEG, id="beep", owner=SESSION.agent, role=Role.WHISPER, created=110, ended=111),
    replace(LEG, id="beep before", owner=SESSION.agent, role=Role.WHISPER, created=50, ended=51),
    replace(LEG, id="beep after", owner=SESSION.agent, role=Role.WHISPER, created=310, ended=311),
    replace(LEG, id="somebody", owner="01OTHER", created=110),
]


@pytest.fixture
def calls(db: Path) -> Path:
    """Two calls of the app and one of the fallback."""

    async def write() -> None:
        journal = JournalWriter(db)
        journal.open()
        await journal.record(
            [
                entry(100, (ENDED, False), (SESSION, True), *((leg, False) for leg in LEGS), call=ONE),
                entry(110, (IN_CALL, False), (replace(RECEIPT, call=ONE), False), call=ONE),
                entry(120, (replace(RECORDING, call=ONE), True), (replace(DISPOSITION, call=ONE), False), call=ONE),
                entry(300, (LATER, True), call=TWO),
                entry(400, (replace(TAKEN, call=AWAY, at=400), False), call=AWAY),
            ]
        )
        journal.close()

    asyncio.run(write())
    return db


def test_everything_about_a_call_and_nothing_else(calls: Path) -> None:
    story = call_story.story(calls, ONE)
    assert story.call and (story.call["id"], story.call["ended"]) == (ONE, 200)
    assert story.fallback is None
    assert [leg["id"] for leg in story.legs] == ["agent", "customer", "beep"]
    assert [(receipt["kind"], receipt["steps"]) for receipt in story.receipts] == [
        ("LEAVE_3WAY_CALL", [["accepted", 20], ["out", 22]])
    ]
    assert [recording["reason"] for recording in story.recordings] == ["ALLCALLS"]
    assert [interval["state"] for interval in story.intervals] == ["INCALL"]
    assert [disposition["status"] for disposition in story.dispositions] == ["SALE"]
    assert [(row["at"], row["kind"], row["payload"]["bridge"]) for row in story.journal] == [
        (100, "leg.joined", "room-100"),
        (110, "leg.joined", "room-110"),
        (120, "leg.joined", "room-120"),
    ]


def test_a_time_that_came_for_two_calls_is_in_the_story_of_both(demo_database: Path, tmp_path: Path) -> None:
    driver = BegunDriver.copy(demo_database, tmp_path / demo_database.name)
    driver.configure("ingroups", "SALESLINE", drop_call_seconds=30, drop_action="EXTENSION", drop_exten="8500")
    waiting = [driver.customer(name=name) for name in ("ann", "bob")]
    driver.asterisk.now += 31 * SECOND
    driver.feed(TimerFired())
    driver.close()
    for leg in waiting:
        [story] = [one for one in told(driver.database) if leg in {row["id"] for row in one.legs}]
        asked = [
            action for row in story.journal for name, action in row["payload"]["asked"] if name == "channel.continue"
        ]
        assert leg in {action["leg"] for action in asked}


def told(database: Path) -> list[call_story.CallStory]:
    """Return every call's records."""
    with closing(connect(database)) as connection:
        return [call_story.story(database, call) for [call] in connection.execute("SELECT id FROM call")]


def test_a_call_has_several_names(calls: Path) -> None:
    for name, meant in [(TWO.lower(), TWO), (TWO[:14], TWO), (LATER.agc_id, TWO), ("last", AWAY), (AWAY[:10], AWAY)]:
        story = call_story.story(calls, name)
        found = story.call or story.fallback
        assert found and found["id"] == meant, name


def test_a_call_of_the_fallback_has_a_story(calls: Path) -> None:
    story = call_story.story(calls, "last")
    assert story.call is None and story.fallback
    assert story.fallback["reason"] == "the app is away"
    assert len(story.journal) == 1


def test_an_ambiguous_or_unknown_call_is_refused(calls: Path) -> None:
    with refused(Conflict, "id_ambiguous", ids=f"{TWO}, {ONE}"):
        call_story.story(calls, "01JD3Q0000")
    with refused(Conflict, "id_too_short", wanted="01J"):
        call_story.story(calls, "01J")
    for name in ("01JE", "", "~", "LAST"):
        with refused(NotFound, "call_unknown", call=name):
            call_story.story(calls, name)
