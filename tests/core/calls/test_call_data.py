"""Data from the dialplan stays with a call until its end, also with a closer."""

import pytest

from tests.core.core_stage import lab_with


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
