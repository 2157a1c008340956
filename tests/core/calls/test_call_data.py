"""Data from the dialplan stays with a call until its end, also with a closer."""

import pytest

from tests.core.core_stage import lab_with, then
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

CALL_DATA = {"ticket": "4711", "summary": "broken, since \N{EURO SIGN} 5"}


def test_the_agent_and_then_the_closer_have_the_data_of_the_call() -> None:
    lab = lab_with()
    lab.customer(**CALL_DATA)
    assert (lab.call().state, dict(lab.call().data)) == (State.TALKING, CALL_DATA)
    lab.log_in("1001")
    assert lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE") == ""
    then(lab, State.TALKING)
    assert (lab.call().agent, dict(lab.call().data)) == ("1001", CALL_DATA)


def test_a_call_keeps_its_data_and_names_the_omitted_fields() -> None:
    lab = lab_with()
    lab.customer(ticket="4711", evil="\x1b]0;x\x07", long="x" * 501)
    call = lab.call()
    assert call.data == (("ticket", "4711"),)
    assert [line for line in call.queueing.why if line.startswith("data: ")] == [
        "data: evil is left out, because it has control characters or is not UTF-8",
        "data: long is left out, because it is longer than 500 characters",
    ]


@pytest.mark.parametrize(
    ("ticket", "name_part"),
    [
        ("4711", "4711"),
        ("../../etc/passwd", "etc-passwd"),
        ("$(reboot) `x` %n", "reboot-x-n"),
        ("Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} A", "Zo-A"),
        ("DATA_ticket FULLDATE", "DATA-ticket-FULLDATE"),
        ("x" * 500, "x" * 40),
    ],
)
def test_a_recordings_name_has_the_data_as_letters_and_digits(ticket: str, name_part: str) -> None:
    lab = lab_with(campaign_recording="ALLCALLS", campaign_rec_filename="T-DATA_ticket-DATA_none-AGENT")
    lab.customer(ticket=ticket)
    [recording_name] = lab.asterisk.recordings
    assert recording_name == f"T-{name_part}--1000_{lab.call().id}-1"
