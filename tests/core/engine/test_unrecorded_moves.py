"""The app dies before its last turns are on disk: moves that Asterisk has made are not undone by a guess."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, SCENES, apart, is_dispo, lab_with, people, set_up, then, together
from tests.core.engine.test_restarted_anywhere import give
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.rules import reasons
from warmline.core.world.world import OpenRecord

SETTLING_SECONDS = 3.0  # seconds


def third_of(lab: Driver) -> str:
    return lab.call().third or ""


def records(lab: Driver) -> list[OpenRecord]:
    """Return what is on disk now."""
    return list(lab.world.iterate_open_records())


def started_from(lab: Driver, old_records: list[OpenRecord]) -> Driver:
    """Start the app with these records, which lack the last turns."""
    lab.asterisk.out.clear()
    rules = lab.world.rules
    lab.world = restore(old_records)
    lab.feed(ev.AppStarted())
    lab.feed(ev.ConfigurationChanged(rules))
    lab.feed_together(difference(lab.asterisk, lab.world, start=True))
    return lab


def hearing(lab: Driver) -> set[tuple[str, str]]:
    members = people(lab)
    return {
        (leg_id, peer_id)
        for leg_id in members
        for peer_id in members
        if leg_id != peer_id and lab.asterisk.hears(leg_id, peer_id)
    }


def fallback(lab: Driver) -> list[tuple[str, str]]:
    """Return each leg that was sent to the fallback, and the reason."""
    return [(action.leg, action.reason) for action in lab.asked if isinstance(action, do.ContinueInFallback)]


@pytest.mark.parametrize("kind", [Kind.LEAVE_3WAY_CALL])
@pytest.mark.parametrize("scene", ["three_way", "consulting", "with_closer"])
def test_an_agent_whose_leave_is_lost_stays_out(scene: str, kind: Kind) -> None:
    lab = plain_scene(scene)
    old_records, third = records(lab), third_of(lab)
    assert lab.ask(kind) == ""
    started_from(lab, old_records).wait(SETTLING_SECONDS)
    assert together(lab, CUSTOMER, third) and apart(lab, PHONE, CUSTOMER, third)
    assert is_dispo(lab)
    assert lab.ask(kind) != "", "the agent is told that they are in no call"
    assert together(lab, CUSTOMER, third) and apart(lab, PHONE, CUSTOMER, third)


def test_a_customer_whose_park_is_lost_stays_parked_and_the_agent_is_alerted() -> None:
    lab = plain_scene("talking")
    old_records = records(lab)
    assert lab.ask(Kind.PARK_CUSTOMER) == ""
    started_from(lab, old_records).wait(SETTLING_SECONDS)
    assert lab.call().state is State.PARKED
    assert lab.asterisk.hears_music(CUSTOMER) and apart(lab, PHONE, CUSTOMER)
    assert any(media == "sound:beeperr" for _, media in lab.asterisk.played)
    assert lab.ask(Kind.PARK_CUSTOMER) == reasons.CUSTOMER_PARKED.text()
    assert lab.ask(Kind.GRAB_CUSTOMER) == ""
    assert together(lab, PHONE, CUSTOMER)
    lab.wait(60)
    assert lab.call().state is State.TALKING, "the fallback does not get a customer who was taken back"


def test_a_customer_alone_in_the_room_hears_music_and_goes_to_the_fallback_in_time() -> None:
    lab = set_up(lab_with(agent_rescue_seconds=20), "talking")
    old_records = records(lab)
    lab.asterisk.throw_out(PHONE)
    started_from(lab, old_records).wait(SETTLING_SECONDS)
    assert lab.asterisk.hears_music(CUSTOMER) and apart(lab, PHONE, CUSTOMER)
    lab.wait(20)
    assert fallback(lab) == [(CUSTOMER, reasons.FOUND_APART.text())]
    assert is_dispo(lab) and not lab.world.calls


def parked_unrecorded() -> Driver:
    """Return a call whose park is lost in a restart: the customer is on the way to the fallback."""
    lab = set_up(lab_with(agent_rescue_seconds=20), "talking")
    old_records = records(lab)
    assert lab.ask(Kind.PARK_CUSTOMER) == ""
    started_from(lab, old_records).wait(SETTLING_SECONDS)
    assert lab.call().state is State.PARKED and lab.call().parking.fallback_at is not None
    return lab


@pytest.mark.parametrize("kind", [Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL])
def test_a_consultation_stops_the_way_to_the_fallback(kind: Kind) -> None:
    lab = parked_unrecorded()
    assert lab.ask(kind, number="8500") == ""
    lab.wait(60)
    assert CUSTOMER in people(lab) and lab.call().state in (State.CONSULTING, State.THREE_WAY)


def test_a_lost_phone_that_comes_back_stops_the_way_to_the_fallback() -> None:
    lab = parked_unrecorded()
    lab.hang_up(PHONE, 44)
    then(lab, State.RESCUE)
    lab.wait(5)
    then(lab, State.PARKED).wait(60)
    assert fallback(lab) == [] and lab.call().state is State.PARKED


def test_parties_without_an_agent_found_apart_go_to_the_fallback() -> None:
    lab = plain_scene("handed_off")
    old_records = records(lab)
    lab.asterisk.throw_out(CUSTOMER)
    started_from(lab, old_records).wait(SETTLING_SECONDS)
    assert fallback(lab) == [(CUSTOMER, reasons.FOUND_APART.text())]
    assert not lab.world.calls


def test_no_party_hears_one_that_it_had_left(subtests: pytest.Subtests) -> None:
    for kind in Kind:
        with subtests.test(kind=kind):
            for scene in SCENES:
                lab = plain_scene(scene)
                old_records, old_pairs = records(lab), hearing(lab)
                give(lab, kind)
                lab.wait(0.5)
                ended_pairs = old_pairs - hearing(lab)
                started_from(lab, old_records)
                if not ended_pairs:
                    lab.wait(SETTLING_SECONDS)
                    continue
                for _ in range(6):
                    assert not hearing(lab) & ended_pairs, (scene, hearing(lab) & ended_pairs)
                    lab.wait(0.5)
