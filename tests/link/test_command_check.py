"""Texts that no request of a client can become: the call process refuses them, whoever runs the API process."""

import asyncio
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from ari_app.link.call_requests import CallRequests
from ari_app.link.command_check import LARGEST, CommandInvalid
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.idempotency import CommandRequest
from ari_app.link.messages import Raised
from tests.link.link_stage import TOKEN, LinkStage, on_a_link, order, raw
from tests.link.sent_requests import sent
from tests.rows import check_rows
from tests.wording.said import refused
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import KEYS, NOTES, Kind, Reply

PAUSE = {"kind": "PAUSE", "agent": "1000"}
CALLBACK = {"id": "", "call": "", "number": "8500", "at": 2**63}


def test_a_command_with_such_a_text_is_refused(tmp_path: Path) -> None:
    def check(command: dict[str, Any], code: str) -> None:
        async def talk(stage: LinkStage) -> None:
            async with raw(stage) as client:
                client.send(
                    Hello(VERSION, "api"), sent(1, CallRequests.give, command, "ada", "test", "", "", "", TOKEN)
                )
                await client.next()
                answer = await client.next()
                assert isinstance(answer, Raised) and (answer.error, answer.code) == ("CommandInvalid", code)
                assert len(answer.why) < 400
            assert not stage.board._receipts._ended and not stage.board.world.receipts

        on_a_link(tmp_path, talk)

    check_rows(
        check,
        [
            ({"kind": "AUDIO_PLAY", "agent": "1000", "file": "/var/spool/asterisk/recording/A_1"}, "argument_invalid"),
            (
                {"kind": "AUDIO_PLAY", "agent": "1000", "file": "beep|/var/spool/asterisk/recording/A_1"},
                "argument_invalid",
            ),
            ({"kind": "AUDIO_PLAY", "agent": "1000", "file": "../../recording/A_1"}, "argument_invalid"),
            (
                {"kind": "VM_MESSAGE", "agent": "1000", "message": "/var/spool/asterisk/recording/A_1"},
                "argument_invalid",
            ),
            (PAUSE | {"pause_code": "A" * 200_000}, "command_too_large"),
            (PAUSE | {"pause_code": "A" * 7}, "argument_invalid"),
            (PAUSE | {"agent": "A" * 41}, "argument_invalid"),
            (PAUSE | {"call": "../.."}, "argument_invalid"),
            (PAUSE | {"impossible": "A" * LARGEST}, "command_too_large"),
            ({"kind": "DIAL", "agent": "1000", "number": "8500\n"}, "argument_invalid"),
            ({"kind": "DIAL", "agent": "1000", "lead": 2**63}, "number_too_large"),
            ({"kind": "DIAL", "agent": "1000", "callback": CALLBACK}, "number_too_large"),
            ({"kind": "CHANGE_INGROUPS", "agent": "1000", "ingroups": ["SALES", "A\nB"]}, "argument_invalid"),
            ({"kind": "STATUS", "agent": "1000", "status": "SALE", "follow_up": "!\n1|2|3"}, "argument_invalid"),
            ({"kind": "NONE"}, "command_unreadable"),
            (PAUSE | {"pause_code": 7}, "command_unreadable"),
        ],
    )


def test_the_texts_beside_a_command_are_short(tmp_path: Path) -> None:
    def check(name: str, command: dict[str, Any]) -> None:
        given = {
            "by": "ada",
            "source": "test",
            "key": "key",
            "digits": "",
            "request": "",
            "token": TOKEN,
            name: "1" * 256,
        }
        asked = sent(1, CallRequests.give, command, **given) if command else sent(1, CallRequests.earlier, **given)

        async def talk(stage: LinkStage) -> None:
            async with raw(stage) as client:
                client.send(Hello(VERSION, "api"), asked)
                await client.next()
                assert (await client.next()).code == "command_text_too_long"

        on_a_link(tmp_path, talk)

    check_rows(check, product(["by", "source", "key", "digits", "request"], [PAUSE, {}]))


@pytest.mark.parametrize(("kind", "digits"), [(Kind.PAUSE, "1"), (Kind.SEND_DTMF, "1" * (KEYS.max_length + 1))])
def test_digits_are_a_few_keys_of_one_command(tmp_path: Path, kind: Kind, digits: str) -> None:
    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            with refused(CommandInvalid, "digits_invalid"):
                await calls.give(order(make_command(kind, "1000"), digits=digits))

    on_a_link(tmp_path, talk)


def test_the_switchboard_drops_digits_that_are_not_taken(tmp_path: Path) -> None:
    async def talk(stage: LinkStage) -> None:
        board = stage.board
        for kind in (Kind.PAUSE, Kind.SEND_DTMF):
            asking = asyncio.create_task(board.ask(make_command(kind, "1000"), "ada", "test", digits="1"))
            await asyncio.sleep(0)
            assert list(board._digits.values()) == ["1"] * (kind is Kind.SEND_DTMF)
            assert (await asking).refused and not board._digits
        board._digits["second"] = "1"
        board.tell(Reply("second", of="first"))  # a repetition, whose keys were sent before
        assert not board._digits

    on_a_link(tmp_path, talk)


def test_a_command_with_the_longest_texts_of_a_client_is_given(tmp_path: Path) -> None:
    """The largest character in each place: the limit in bytes refuses nothing that the APIs accept."""
    notes = make_command(Kind.STATUS, "1000", status="A" * 6, notes="😀" * NOTES.max_length, follow_up="A" * 2000)
    impossible = make_command(
        Kind.PAUSE, "1000", pause_code="A|B" * 85, impossible="value is A|B; it can be PAUSE, RESUME"
    )

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            for command in (notes, impossible):
                reply = await calls.give(CommandRequest(command, "A" * 255, "A" * 255, "A" * 255, "", "A" * 255, TOKEN))
                assert reply.receipt and reply.refused

    on_a_link(tmp_path, talk)
