"""Data of a call, from the dialplan of a real Asterisk through a script or FastAGI to the arguments of Stasis()."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from ari_app.asterisk.event_decoding import decode
from tests.agi.conftest import World
from tests.agi.other_end import OtherEnd
from tests.agi.test_dialplan import app, stasis_start
from warmline.agi import AGI, follow, passed_data
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.rules import call_data
from warmline.core.rules.routing import RoutingDecision

NAMES = ["ticket", "odd", "lines", "colour", "torn", "full", "long", "unset"]
NOT_PLAIN = "is left out, because it has control characters or is not UTF-8"


HEADERS = ["X-Ticket", "X-Note", "X-Torn", "X-Long", "X-None"]


@pytest.fixture
def headers(world: World) -> Iterator[None]:
    """Let these SIP headers go with a call, for one test."""
    with closing(sqlite3.connect(world.spool.parent / "warmline.db", isolation_level=None)) as db:
        db.execute("UPDATE setting SET call_data_headers = ?", (json.dumps(HEADERS),))
        yield
        db.execute("UPDATE setting SET call_data_headers = '[]'")


@pytest.fixture
def named_data(world: World) -> Iterator[None]:
    """Name the items of the dialplan's extension 704 in the setting, for one test."""
    with closing(sqlite3.connect(world.spool.parent / "warmline.db", isolation_level=None)) as db:
        db.execute("UPDATE setting SET call_data = ?", (json.dumps(NAMES),))
        yield
        db.execute("UPDATE setting SET call_data = '[]'")


@pytest.mark.usefixtures("named_data")
def test_the_data_of_the_dialplan_arrives_with_the_call(world: World) -> None:
    async def scenario() -> LegArrived:
        async with app(world) as (events, _):
            with world.call("704", "<sip:1000@127.0.0.1>"):
                [leg] = decode(json.dumps(await stasis_start(events)))
        assert isinstance(leg, LegArrived)
        return leg

    leg = asyncio.run(scenario())
    assert leg.args == ("ingroup", "SALESLINE")
    assert dict(leg.data) == {
        "ticket": "4711",
        "odd": 'a "b" (c), & = %41 + \N{EURO SIGN} [d] e|f',
        "full": "0123456789" * 50,
    }
    assert leg.why[1:] == (
        f"data: lines {NOT_PLAIN}",
        f"data: colour {NOT_PLAIN}",
        f"data: torn {NOT_PLAIN}",
        "data: long is left out, because it is longer than 500 characters",
    )


@pytest.mark.usefixtures("headers")
@pytest.mark.parametrize("number", ["8005550100", "704"])
def test_the_headers_of_the_list_go_with_the_call(world: World, number: str) -> None:
    headers_sent = (
        "X-Ticket: 4711",
        'X-Note: <b>"=cmd|1"</b>, ${SHELL(id)} \\x \N{EURO SIGN}',
        "X-Torn: a\x9b31m",
        f"X-Long: {'0123456789' * 51}",
        "X-Other: secret",
    )
    user = "1000" if number == "704" else "15551234"

    async def scenario() -> LegArrived:
        async with app(world) as (events, _):
            with world.call(number, f"<sip:{user}@127.0.0.1>", *headers_sent):
                [leg] = decode(json.dumps(await stasis_start(events)))
        assert isinstance(leg, LegArrived)
        return leg

    leg = asyncio.run(scenario())
    assert dict(leg.data) == {"x_ticket": "4711", "x_note": headers_sent[1].partition(": ")[2]}
    left_out = [note for note in leg.why if note.startswith("data: ")]
    assert left_out == [
        f"data: x_torn {NOT_PLAIN}",
        "data: x_long is left out, because it is longer than 500 characters",
    ]


def test_a_channel_that_is_not_sip_has_no_headers() -> None:
    for kind, commands in ("PJSIP", 1), ("Local", 0):
        with OtherEnd(environment=f"agi_type: {kind}\n") as end:
            assert passed_data.read_items(AGI(end.stdin, end.stdout, sighup=False), (), ("X-Ticket",)) == []
        assert len(end.heard) == commands


def test_long_data_takes_more_commands_and_loses_nothing() -> None:
    items = tuple((f"n{number}", "\u20ac (x)" * 80) for number in range(4))
    word = call_data.encode_items(*call_data.check_items(items))
    decision = RoutingDecision("ingroup,SALES", [])
    decision.data = word
    with OtherEnd() as end:
        follow(AGI(end.stdin, end.stdout, sighup=False), decision)
    options = [words[2] for words in end.heard if words[:2] == ["EXEC", "TryExec"]]
    begin = "Set(WARMLINE_ROUTE=${WARMLINE_ROUTE}"
    assert all(option.startswith(begin) and option.endswith(")") for option in options)
    route = "".join(option.removeprefix(begin).removesuffix(")") for option in options)
    assert route == f",{word}" and call_data.decode_items(word) == (items, ())
