"""Asterisk's channels and bridges, and the conversation that a channel or a phone has there."""

from collections.abc import Mapping

import pytest

from ari_app.asterisk.ari_schemas import AriCaller, AriChannel, AriDialplan
from ari_app.calls.conversation_lookup import conversation
from ari_app.link.call_control import adoption
from warmline.core.messages.values.outside_talk import OutsideTalk

CALLER = AriChannel("1.1", "PJSIP/trunk-00000001", "Up", "2026-11-22T08:00:00.100+0000", AriCaller("3125550100"))
PHONE = AriChannel("1.2", "PJSIP/1001-00000002", "Up", "2026-11-22T08:00:00.900+0000", AriCaller("1001"))
OTHER = AriChannel("1.3", "PJSIP/1001-00000003", "Up", "2026-11-22T08:00:01.000+0000")
TOGETHER = {"1.1": ("1.1", "1.2"), "1.2": ("1.1", "1.2")}


def look(
    wanted: str,
    *channels: AriChannel,
    members: Mapping[str, tuple[str, ...]] = TOGETHER,
) -> OutsideTalk | str:
    """Look for a conversation among these channels, otherwise between the caller and the phone."""
    found = {channel.id: channel for channel in channels or (CALLER, PHONE)}
    return conversation(found, members, wanted, "warmline", "main")


@pytest.mark.parametrize("wanted", ["1.2", "PJSIP/1001-00000002", "1001"])
def test_by_id_name_and_phone(wanted: str) -> None:
    found = look(wanted)
    assert isinstance(found, OutsideTalk)
    assert (found.named.id, found.other.id, found.caller) == ("1.2", "1.1", "1.1")
    assert (found.named.phone, found.other.number, found.named.up) == ("1001", "3125550100", True)


def test_the_dialled_extension_is_that_of_the_caller() -> None:
    caller = AriChannel("1.1", CALLER.name, "Up", CALLER.creationtime, dialplan=AriDialplan("8005550100", "Queue"))
    found = look("1001", caller, PHONE)
    assert isinstance(found, OutsideTalk) and found.dialled == "8005550100"


@pytest.mark.parametrize("wanted", ["", "1.", "100", "PJSIP/1001", "PJSIP/1001-0000000"])
def test_a_part_of_a_name_is_no_name(wanted: str) -> None:
    assert look(wanted) == f"no channel or phone {wanted} is in a conversation of two"


def test_a_channel_that_talks_to_none() -> None:
    assert look("1.2", PHONE, members={}) == "channel PJSIP/1001-00000002 talks to no other channel"
    assert look("1.2", PHONE, members={"1.2": ("1.2",)}) == "channel PJSIP/1001-00000002 talks to no other channel"


def test_a_conversation_of_three() -> None:
    room = dict.fromkeys(("1.1", "1.2", "1.3"), ("1.1", "1.2", "1.3"))
    assert look("1.1", CALLER, PHONE, OTHER, members=room) == (
        "channel PJSIP/trunk-00000001 is in a conversation of 3; only one of two can be adopted"
    )


def test_a_phone_in_two_conversations() -> None:
    found = look("1001", CALLER, PHONE, OTHER, members=TOGETHER | {"1.3": ("1.3", "1.4")})
    assert found == (
        "phone 1001 is in several conversations: name one channel of PJSIP/1001-00000002, PJSIP/1001-00000003"
    )


@pytest.mark.parametrize(
    ("app", "why"),
    [
        ("warmline,adopted", "channel PJSIP/1001-00000002 is in a call of Warmline already"),
        ("ivr,menu", "channel PJSIP/1001-00000002 belongs to the ARI application ivr"),
    ],
)
@pytest.mark.parametrize("wanted", ["1.1", "1.2"])
def test_a_channel_of_an_application(wanted: str, app: str, why: str) -> None:
    phone = AriChannel("1.2", PHONE.name, "Up", PHONE.creationtime, dialplan=AriDialplan("s", "Stasis", app))
    assert look(wanted, CALLER, phone) == why


def test_a_conversation_of_an_application_is_given_up_by_that_one_alone() -> None:
    of_script = AriDialplan("s", "Stasis", "script-menu,called")
    legs = (AriChannel(leg.id, leg.name, leg.state, leg.creationtime, dialplan=of_script) for leg in (CALLER, PHONE))
    found = look("1.2", *legs)
    assert isinstance(found, OutsideTalk) and found.app == "script-menu"
    assert adoption("1.2", found, app="script-menu").conversation is found
    for other in ("", "script-other"):
        assert adoption("1.2", found, app=other).impossible == (
            "channel PJSIP/1001-00000002 belongs to the ARI application script-menu"
        )
    assert adoption("1.2", look("1.2"), app="script-menu").conversation
