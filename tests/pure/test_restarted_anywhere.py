"""The app dies in any scene and comes back: every command then comes to what it would have come to anyway."""

import pytest

from tests.pure.stage import CUSTOMER, QUICK, SCENES, people, recordings, restarted, set_up
from tests.worlds.core_driver import Driver, demo_rules
from warmline.core.commands import CALL_COMMANDS, Kind

OF_THE_AGENT = (Kind.STATUS, Kind.PAUSE, Kind.RESUME, Kind.LOGOUT, Kind.MUTE, Kind.UNMUTE)
ARGUMENTS = {
    Kind.DIAL_WITH_CUSTOMER: {"number": QUICK},
    Kind.PARK_CUSTOMER_DIAL: {"number": QUICK},
    Kind.BLIND_TRANSFER: {"number": QUICK},
    Kind.LOCAL_CLOSER: {"ingroup": "SUPPORTLINE"},
    Kind.STATUS: {"status": "A"},
    Kind.AUDIO_PLAY: {"message": "beep"},
}


def in_scene(scene: str) -> Driver:
    """Everybody is in the scene, and recorded; whoever rings goes on ringing."""
    lab = Driver(demo_rules(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    lab.log_in("1000")
    return set_up(lab, scene)


def what_is(lab: Driver) -> dict[str, object]:
    """What people could tell: who hears whom, or music, what state everything is in, and what is recorded."""
    names = {one: lab.asterisk.channels[one].dialled or one for one in people(lab)}
    pairs = [(one, other) for one in names for other in names if lab.asterisk.hears(one, other)]
    return {
        "hear each other": sorted((names[one], names[other]) for one, other in pairs),
        "hear music": sorted(names[one] for one in names if lab.asterisk.hears_music(one)),
        "ring tones": sorted(lab.asterisk.tones.values()),
        "calls": sorted(call.state for call in lab.world.calls.values()),
        "agents": sorted((one.agent, one.state, one.pause_code) for one in lab.world.sessions.values()),
        "files": recordings(lab),
        "recorded now": len(lab.asterisk.recordings),
    }


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_different_and_nobody_missed_anything(scene: str) -> None:
    lab = in_scene(scene)
    before = what_is(lab)
    restarted(lab)
    assert what_is(lab) == before
    assert CUSTOMER in lab.asterisk.channels or "customer_gone" in scene


@pytest.mark.fault("the app is killed (-9)")
@pytest.mark.parametrize("scene", SCENES)
def test_every_command_comes_to_what_it_would_have_come_to(scene: str) -> None:
    for kind in (*CALL_COMMANDS, *OF_THE_AGENT):
        untouched, other = in_scene(scene), restarted(in_scene(scene))
        answers = [lab.ask(kind, **ARGUMENTS.get(kind, {})) for lab in (untouched, other)]
        for lab in (untouched, other):
            lab.wait(3)
        assert (kind, answers[1], what_is(other)) == (kind, answers[0], what_is(untouched))
