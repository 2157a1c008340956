"""audio_playback: VICIdial's words for each stage, and the commands that they give."""

import pytest

from tests.http.agent_api import FakeBoard, get, world
from tests.rows import check_rows
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Command, Kind
from warmline.core.model.call_states import AgentState
from warmline.core.world.world import World

ON_1000 = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000", "function": "audio_playback"}
PLAY = ON_1000 | {"stage": "PLAY", "value": "ss-noservice"}
WHERE = "8600051|127.0.0.1"


def live(audio: str = "") -> World:
    """Agent 1000 talks; those files play."""
    made = world()
    talking = made.calls["C1"]
    made.keep(talking.with_audio(files=audio))
    return made


def asks(query: dict[str, str], there: World) -> tuple[list[Command], str]:
    """Return the commands that reach the switchboard, and the body."""
    board = FakeBoard(there)
    _, body = get(board, query)
    return [command for command, _, _ in board.asked], body


def test_a_file_is_played() -> None:
    assert asks(PLAY, live()) == (
        [make_command(Kind.AUDIO_PLAY, "1000", file="ss-noservice")],
        "SUCCESS: audio_playback function sent - ss-noservice|PLAY|1000\n",
    )


def test_another_one_plays() -> None:
    told = f"ERROR: audio_playback error - audio already playing in agent session - {WHERE}|PLAY||1000\n"
    assert asks(PLAY, live("other")) == ([], told)
    commands, body = asks(PLAY | {"dial_override": "Y"}, live("other"))
    assert commands == [make_command(Kind.AUDIO_PLAY, "1000", file="ss-noservice", instead=True)]
    assert body == (
        "NOTICE: audio_playback previous playback stopped - PLAY|Y|1000\n"
        "SUCCESS: audio_playback function sent - ss-noservice|PLAY|1000\n"
    )


@pytest.mark.parametrize("stage", ["STOP", "PAUSE", "RESUME", "RESTART"])
def test_each_stage_changes_the_playing_audio(stage: str) -> None:
    query = ON_1000 | {"stage": stage}
    assert asks(query, live("other")) == (
        [make_command(Kind(f"AUDIO_{stage}"), "1000")],
        f"SUCCESS: audio_playback function sent - |{stage}|1000\n",
    )
    told = f"ERROR: audio_playback error - no audio playing in agent session - {WHERE}|{stage}|1000\n"
    for there in (live(), world(AgentState.PAUSED)):
        assert asks(query, there) == ([], told)


def test_an_invalid_request_is_refused_in_vicidials_words() -> None:
    def check(query: dict[str, str], told: str) -> None:
        assert asks(query, live()) == ([], f"ERROR: {told}\n")

    check_rows(
        check,
        [
            (ON_1000 | {"stage": "PLAY"}, "audio_playback not valid - |PLAY|1000"),
            (PLAY | {"stage": "PLA"}, "audio_playback not valid - ss-noservice|PLA|1000"),
            (PLAY | {"agent_user": ""}, "audio_playback not valid - ss-noservice|PLAY|"),
            (PLAY | {"agent_user": "1009"}, "agent_user is not logged in - PLAY|1009"),
            (
                PLAY | {"alt_user": "ZZZ", "agent_user": "1009"},
                "no user found - PLAY|ZZZ\nERROR: agent_user is not logged in - PLAY|1009",
            ),
        ],
    )


def test_an_unusable_value_or_stage_gives_the_reason() -> None:
    [command], _ = asks(PLAY | {"value": "|"}, live())
    assert command.impossible == "value names no sound"
    [command], _ = asks(PLAY | {"stage": "SING"}, live("other"))
    assert command.impossible == "stage is SING; it can be PLAY, STOP, PAUSE, RESUME, RESTART"
