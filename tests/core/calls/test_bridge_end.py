"""The end of a call's mixing bridge while an agent's phone stays on the line."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, files, in_seat, is_dispo, lab_with, slowly, talking, together
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.injected_faults import Faulty, InjectedFault
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind

ENDING_ACTIONS = (do.RemoveFromBridge, do.DestroyBridge)


def list_ending_actions(lab: Driver) -> list[type[do.Action]]:
    """Return the types of the actions that end bridges, in order."""
    return [type(action) for action in lab.asked if isinstance(action, ENDING_ACTIONS)]


def test_the_room_of_a_customer_who_has_hung_up_is_destroyed_with_the_agent_in_it() -> None:
    lab = talking(lab_with())
    lab.hang_up(CUSTOMER)
    assert list_ending_actions(lab) == [do.DestroyBridge]
    assert not lab.world.calls and not lab.asterisk.bridges
    assert is_dispo(lab) and in_seat(lab)


def test_an_agent_goes_into_the_next_room_from_one_that_ends() -> None:
    lab = talking(lab_with(wrapup_seconds=0))
    lab.customer(name="next")
    with slowly(lab):
        lab.feed(ev.LegDestroyed(CUSTOMER, 16))
        assert lab.ask(Kind.STATUS, status="SALE") in ("", None)
    lab.wait(1)
    assert together(lab, "next", PHONE)
    assert [bridge for bridge in lab.asterisk.bridges if bridge.startswith("room-")] == [lab.call().mixing_bridge_id]


def test_a_recorded_room_lasts_until_its_file_is_closed_and_the_agent_leaves_at_once() -> None:
    lab = talking(lab_with(campaign_recording="ALLFORCE"))
    with slowly(lab):
        lab.feed(ev.LegDestroyed(CUSTOMER, 16))
        assert list_ending_actions(lab) == [do.RemoveFromBridge]
    assert list_ending_actions(lab) == [do.RemoveFromBridge, do.DestroyBridge]
    assert in_seat(lab) and not lab.asterisk.bridges and len(files(lab)) == 1


def test_an_agent_in_a_room_that_asterisk_did_not_destroy_is_free_when_the_sweep_repeats_it() -> None:
    lab = talking(lab_with())
    bridge_id = lab.call().mixing_bridge_id

    def refuse_destruction(action: do.Action) -> None:
        if isinstance(action, do.DestroyBridge):
            lab.asterisk.out.append(ev.ActionFailed(action, 500, "Internal Server Error"))
        else:
            perform(action)

    perform, lab.perform = lab.perform, refuse_destruction  # type: ignore[method-assign]
    lab.hang_up(CUSTOMER)
    assert lab.ask(Kind.STATUS, status="SALE") in ("", None)
    lab.customer(name="next")
    assert not in_seat(lab) and not together(lab, "next", PHONE)
    lab.asterisk.perform(do.DestroyBridge(bridge_id))  # as ari_app/servers/orphan_sweep.py does within a second
    lab.pump()
    assert together(lab, "next", PHONE)


def create_faulty_lab() -> Faulty:
    lab = Faulty(demo_rules())
    lab.log_in("1000")
    talking(lab)
    return lab


@pytest.mark.parametrize("is_muted", [False, True])
def test_an_app_that_dies_before_it_asks_frees_the_agent_at_its_start(is_muted: bool) -> None:
    """The end of the call is recorded, and that of the room is not requested."""
    lab = create_faulty_lab()
    if is_muted:
        assert lab.ask(Kind.MUTE) == ""
    lab.first[do.DestroyBridge] = InjectedFault.DEATH
    lab.hang_up(CUSTOMER)
    lab.wait(3)
    assert in_seat(lab) and not lab.asterisk.bridges
    assert lab.ask(Kind.STATUS, status="SALE") in ("", None)
    lab.customer(name="next")
    assert together(lab, "next", PHONE)


def test_music_of_a_held_line_ends_with_the_room_if_its_stop_was_lost() -> None:
    lab = create_faulty_lab()
    lab.asterisk.hold(CUSTOMER, on=True)
    lab.pump()
    lab.wait(1)
    assert lab.asterisk.channels[PHONE].music
    lab.first[do.StopHoldMusic] = InjectedFault.LOST
    lab.hang_up(CUSTOMER)
    lab.wait(10)
    assert not lab.asterisk.channels[PHONE].music and in_seat(lab)
