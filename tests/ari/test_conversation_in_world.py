"""The hand-off in the test world, as tests/scenarios/scripts/test_conversations.py shows it on a real Asterisk."""

import asyncio

import pytest

from tests.wording.said import refused
from warmline.ari import Ari, Channel, connect, serve, testing
from warmline.ari.testing import Party, World
from warmline.text.coded_error import CodedError

CALLER, AGENT, THIRD = "15551234", "PJSIP/1000", "PJSIP/1001"
GUARDED_REQUESTS = 14  # the last one lets the phone of the agent ring
MIN_REQUESTS = 20  # that the transfer takes
KEYS = {"talking": "", "consulting": "*", "three-way": "*3", "left": "*#"}
HANGUPS = [
    ("talking", "caller"),
    ("talking", "agent"),
    *(("consulting", hanger) for hanger in ("caller", "agent", "third")),
    *(("three-way", hanger) for hanger in ("caller", "agent", "third")),
]


async def transfer(ari: Ari, caller: Channel) -> None:
    """Serve a caller as the page about the hand-off does; 3 makes a talk of three."""
    talk = await ari.conversation(caller, AGENT)
    while talk:
        key = await talk.agent.get_key(3600)
        if key == "*":
            await talk.conference(THIRD)
        elif key == "3":
            await talk.unpark()
        elif key == "#" and talk.third:
            await talk.leave()


class Stage:
    """A world with the script `transfer`, and its three parties."""

    def __init__(self, world: World, *, killed_before: int = 0, killed_after: int = 0) -> None:
        self.world = world
        self.agent, self.third = world.party(AGENT, answers_after=1.0), world.party(THIRD, answers_after=1.0)
        self.script = world.start(serve("transfer", transfer), killed_before=killed_before, killed_after=killed_after)
        self.caller = world.caller(CALLER)

    @property
    def parties(self) -> dict[str, Party]:
        return {"caller": self.caller, "agent": self.agent, "third": self.third}

    async def press(self, keys: str) -> None:
        """Let the agent press keys, as long as the agent is there. A dead script does nothing."""
        await asyncio.sleep(3)
        for key in keys:
            if self.agent.on_line:
                self.agent.press(key)
            await asyncio.sleep(3)

    def list_live(self) -> list[Party]:
        """Return who has a call."""
        return [party for party in self.parties.values() if party.line and not party.in_dialplan]


async def test_the_agent_brings_a_third_party_and_leaves() -> None:
    async with testing.world() as world:
        stage = Stage(world)
        await stage.press("")
        assert stage.caller.hears_from == [stage.agent] and stage.agent.hears_from == [stage.caller]
        await stage.press("*")
        assert stage.agent.hears_from == [stage.third] and stage.caller.hears_from == []
        assert stage.caller.music == "default"
        await stage.press("#")
        assert stage.caller.hears_from == [stage.third] and stage.third.hears_from == [stage.caller]
        assert stage.agent.hung_up == "script"
        stage.third.hang_up()
        await asyncio.sleep(1)
        assert stage.caller.in_dialplan


@pytest.mark.parametrize(("state", "hanger"), HANGUPS)
@pytest.mark.parametrize("killed", [False, True], ids=["alive", "killed"])
async def test_nobody_is_left_alone(state: str, hanger: str, *, killed: bool) -> None:
    async with testing.world() as world:
        stage = Stage(world)
        await stage.press(KEYS[state])
        if killed:
            await world.kill(stage.script)
        stage.parties[hanger].hang_up()
        await asyncio.sleep(10)
        remaining_parties = stage.list_live()
        assert len(remaining_parties) in (0, 2)
        for party in remaining_parties:
            assert party.hears_from == [peer for peer in remaining_parties if peer is not party]
            assert party.music == ""
        if remaining_parties:
            remaining_parties[0].hang_up()
            await asyncio.sleep(10)
        assert stage.list_live() == []
        assert stage.caller.in_dialplan or stage.caller.hung_up == "party"
        if killed and stage.caller.in_dialplan:
            assert stage.caller.channel.dialplan.priority == 2, "behind Stasis()"


@pytest.mark.parametrize("killed", [False, True], ids=["alive", "killed"])
async def test_a_phone_rings_no_more_if_the_agent_has_gone(*, killed: bool) -> None:
    async with testing.world() as world:
        stage = Stage(world)
        stage.third.answers_after = 60
        await stage.press("*")
        assert stage.third.ringing and stage.caller.music
        if killed:
            await world.kill(stage.script)
        stage.agent.hang_up()
        await asyncio.sleep(10)
        assert stage.list_live() == [] and stage.caller.in_dialplan


async def test_without_the_context_of_the_dialplan_no_conversation_begins() -> None:
    async with testing.world() as world, connect("transfer") as ari:
        caller, agent = world.party(CALLER), world.party(AGENT)
        world._asterisk.dialplan_contexts.discard("warmline-talk")
        called = await ari.call(CALLER)
        with refused(CodedError, "ari_no_talk_dialplan"):
            await ari.conversation(called.channel, AGENT)
        assert caller.on_line and agent.calls == 0


@pytest.mark.parametrize(
    ("stop_at_leave", "start_at_leave", "names", "runs"),
    [(False, "", ["talk"], "talk"), (False, "rest", ["talk", "rest"], "rest"), (True, "rest", ["talk"], "")],
)
async def test_to_stop_a_recording_at_the_leave_overrides_to_start_one(
    stop_at_leave: bool, start_at_leave: str, names: list[str], runs: str
) -> None:
    async with testing.world() as world, connect("transfer") as ari:
        _, agent, _ = (world.party(number) for number in (CALLER, AGENT, THIRD))
        called = await ari.call(CALLER)
        talk = await ari.conversation(called.channel, AGENT)
        await talk.recording.start("talk")
        talk.recording.stop_at_leave, talk.recording.start_at_leave = stop_at_leave, start_at_leave
        assert await talk.conference(THIRD)
        assert agent.heard[-1].startswith("tone:"), "Asterisk itself plays no ring tone into a bridge that is recorded"
        await talk.leave()
        assert ([*world.recordings], talk.recording.name) == (names, runs)


@pytest.mark.parametrize("kill_argument", ["killed_before", "killed_after"])
@pytest.mark.parametrize("hanger", ["caller", "agent", "third"])
async def test_after_a_kill_at_any_request_a_hang_up_leaves_nobody_in_silence(kill_argument: str, hanger: str) -> None:
    """Until the agent is called, the caller is alone, and waits until the script runs again."""
    number, is_killed = 0, True
    while is_killed:
        number += 1
        async with testing.world() as world:
            stage = Stage(world, **{kill_argument: number})
            await stage.press(KEYS["left"])
            is_killed = stage.script.cancelled()
            if len(world.requests) < GUARDED_REQUESTS or stage.parties[hanger] not in stage.list_live():
                continue
            assert any(party.hears_from or party.music for party in stage.list_live()), world.requests[-1]
            stage.parties[hanger].hang_up()
            await asyncio.sleep(10)
            for party in stage.list_live():
                assert party.hears_from and not party.music, (party, world.requests[-1])
    assert number > MIN_REQUESTS


@pytest.mark.parametrize("hanger", ["caller", "third"])
async def test_a_hang_up_in_the_middle_of_a_leave_leaves_nobody_alone(hanger: str) -> None:
    for turns in range(80):
        async with testing.world() as world:
            stage = Stage(world)
            await stage.press("*3")
            stage.agent.press("#")
            for _ in range(turns):
                await asyncio.sleep(0)
            stage.parties[hanger].hang_up()
            await asyncio.sleep(10)
            assert len(stage.list_live()) != 1, f"after {turns} turns of the loop: {stage.list_live()}"
