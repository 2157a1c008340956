"""The parties that hear each other: in every scene, what a page is told is what the simulated Asterisk's bridges do."""

from collections.abc import Callable

import pytest

from tests.core.core_stage import CUSTOMER, SCENES, lab_with, phone_of, talking, three_way
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.screen.who_hears_whom import AudibleParty, list_hearing_parties


def muted(lab: Driver) -> Driver:
    three_way(lab).ask(Kind.MUTE)
    return lab


def supervised(kind: Kind) -> Callable[[Driver], Driver]:
    def scene(lab: Driver) -> Driver:
        three_way(lab).ask(kind, phone="1002")
        lab.wait(2)
        assert lab.world.legs[phone_of(lab, "1000")].supervision.heard_by
        return lab

    return scene


def listened_to_while_idle(lab: Driver) -> Driver:
    lab.ask(Kind.LISTEN, phone="1002")
    lab.wait(2)
    return lab


def agent_holds(lab: Driver) -> Driver:
    talking(lab)
    lab.asterisk.hold(phone_of(lab, "1000"), on=True)
    lab.pump()
    return lab


def customer_holds(lab: Driver) -> Driver:
    three_way(lab)
    lab.asterisk.hold(CUSTOMER, on=True)
    lab.pump()
    return lab


def in_park_ivr(lab: Driver) -> Driver:
    lab.configure("campaigns", "TESTCAMP", park_ivr="ivr@park")
    talking(lab).ask(Kind.PARK_IVR_CUSTOMER)
    lab.wait(1.1)
    return lab


def test_a_customer_in_the_park_ivr_is_shown_there() -> None:
    lab = in_park_ivr(lab_with())
    [_, customer] = list_hearing_parties(lab.world, lab.session())
    assert (customer.hears, customer.music, customer.dialplan) == ((), False, "ivr@park")
    lab.wait(10)
    [_, customer] = list_hearing_parties(lab.world, lab.session())
    assert (customer.music, customer.dialplan) == (True, "")


def dialling_out(lab: Driver) -> Driver:
    lab.ask(Kind.DIAL, number="8503")
    lab.wait(1)
    return lab


STAGES = SCENES | {
    "muted": muted,
    "listen": supervised(Kind.LISTEN),
    "whisper": supervised(Kind.WHISPER),
    "barge": supervised(Kind.BARGE),
    "idle": listened_to_while_idle,
    "park_ivr": in_park_ivr,
    "agent_holds": agent_holds,
    "customer_holds": customer_holds,
    "dialling_out": dialling_out,
}


def legs(lab: Driver, user: str) -> dict[AudibleParty, str]:
    """Return the channel of each party as this agent sees it."""
    session = lab.session(user)
    call = lab.world.calls.get(session.call or "")
    agent_phone = phone_of(lab, user)
    channels = {AudibleParty.AGENT: agent_phone}
    if call:
        third_channel = phone_of(lab, call.agent) if call.agent and call.agent != user else call.third
        channels |= {AudibleParty.CUSTOMER: call.customer or "", AudibleParty.THIRD: third_channel or ""}
    supervisors = lab.world.legs[agent_phone].supervision.heard_by if agent_phone in lab.world.legs else ()
    return {party: leg for party, leg in (channels | {AudibleParty.SUPERVISOR: "".join(supervisors)}).items() if leg}


def test_the_audible_parties_equal_the_bridges_of_the_simulated_asterisk(subtests: pytest.Subtests) -> None:
    for scene in STAGES:
        with subtests.test(scene=scene):
            lab = STAGES[scene](lab_with())
            for user in lab.world.sessions:
                channels = legs(lab, user)
                parties = list_hearing_parties(lab.world, lab.session(user))
                hears = {
                    party: {
                        speaking_party
                        for speaking_party, speaker in channels.items()
                        if lab.asterisk.hears(leg, speaker)
                    }
                    for party, leg in channels.items()
                }
                assert {hearing_party.party: set(hearing_party.hears) for hearing_party in parties} == hears
                assert {hearing_party.party: hearing_party.music for hearing_party in parties} == {
                    party: lab.asterisk.hears_music(leg) for party, leg in channels.items()
                }


def test_parties_have_the_names_that_the_agent_knows() -> None:
    lab = STAGES["barge"](lab_with())
    names = {party.party: party.name for party in list_hearing_parties(lab.world, lab.session())}
    assert names == {
        AudibleParty.AGENT: "1000",
        AudibleParty.CUSTOMER: "3125550100",
        AudibleParty.THIRD: "8500",
        AudibleParty.SUPERVISOR: "1002",
    }


def test_a_closer_sees_the_other_agent_as_the_third_party() -> None:
    lab = SCENES["with_closer"](lab_with())
    views = {
        party.party: (party.name, set(party.hears)) for party in list_hearing_parties(lab.world, lab.session("1001"))
    }
    assert views[AudibleParty.AGENT] == ("1001", {AudibleParty.CUSTOMER, AudibleParty.THIRD})
    assert views[AudibleParty.THIRD] == ("1000", {AudibleParty.CUSTOMER, AudibleParty.AGENT})
