"""`warmline.centre()`: commands to calls and agents, on this machine and after a login."""

import asyncio
import json

import msgspec
import pytest

import warmline
from tests.centre.conftest import after_login
from tests.centre.program import Program
from tests.cli.app_stub import AppStub, Told, served
from tests.core.core_stage import BUSY, DECLINES, SILENT, SLOW
from tests.wording.said import refused
from warmline.centre import AppRefused, Call, Centre, DialOutcome, NotFound
from warmline.centre.called import read_receipt
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome
from warmline.operations.receipts import ReceiptNow


async def warm_transfer(program: Program, centre: Centre, user: str) -> None:
    driver = program.driver
    call = await centre.agent(user).call
    third = await program.meanwhile(call.conference("555-1234"), lambda: driver.wait(4))
    assert third and third.outcome is DialOutcome.ANSWERED and third.seconds > 0, third
    assert driver.call().state is State.CONSULTING
    await call.leave()
    assert driver.call().state is State.HANDED_OFF
    await call.dispose("SALE", notes="the blue one")
    assert driver.session().last.status == "SALE"
    if user == "me":
        return  # the call that an agent has left is not their own any more
    waits = asyncio.ensure_future(call.until_hangup())
    await call.hang_up()
    await waits


@pytest.mark.parametrize(("person", "user"), [("", "1000"), ("mia", "1000"), ("ben", "1000"), ("anna", "me")])
def test_three_lines_are_a_warm_transfer(person: str, user: str, request: pytest.FixtureRequest) -> None:
    """On this machine, and after a login with each role; an agent's own call is that of `me`."""
    program: Program = request.getfixturevalue("far" if person else "program")
    program.app.site.customer()

    async def work() -> None:
        async with after_login(program, person) if person else warmline.centre() as centre:
            await warm_transfer(program, centre, user)

    program.run(work())


def test_each_command_about_a_call(program: Program) -> None:
    driver = program.driver
    program.app.site.customer()

    async def work(call: Call) -> None:
        steps = (
            (call.park(), State.PARKED),
            (call.unpark(), State.TALKING),
            (call.conference(SLOW), State.CONSULTING),
            (call.swap(), State.THIRD_PARKED),
            (call.swap(), State.CONSULTING),
            (call.unpark(), State.THREE_WAY),
            (call.park(third=True), State.THIRD_PARKED),
            (call.send_keys("12#"), State.THIRD_PARKED),
            (call.park(), State.BOTH_PARKED),
            (call.unpark(), State.THREE_WAY),
            (call.drop(), State.TALKING),
            (call.conference(SLOW, park=False), State.THREE_WAY),
            (call.park(), State.CONSULTING),
            (call.drop(), State.TALKING),
            (call.recording.start(), State.TALKING),
            (call.recording.pause(), State.TALKING),
            (call.recording.resume(), State.TALKING),
            (call.recording.stop(), State.TALKING),
            (call.write_notes("wants an offer"), State.TALKING),
        )
        for step, state in steps:
            await program.meanwhile(step, lambda: driver.wait(4))
            assert driver.call().state is state
        found = await call.read()
        assert (found.agent, found.state) == ("1000", State.TALKING)
        assert found.agents and found.agents[0].notes == "wants an offer"
        await call.hand_over("ingroup:SALESLINE")
        assert driver.session().call is None

    async def opened() -> None:
        async with warmline.centre() as centre:
            [live] = await centre.calls()
            await work(centre.call(live.id))

    program.run(opened())
    kinds = {receipt.kind for receipt in program.app.site.board.receipts()}
    assert {Kind.RECORD_START, Kind.RECORD_MUTE, Kind.RECORD_UNMUTE, Kind.RECORD_STOP, Kind.LOCAL_CLOSER} <= kinds


@pytest.mark.parametrize(
    ("number", "outcome", "why"),
    [
        (BUSY, DialOutcome.BUSY, "8502 was busy"),
        (SILENT, DialOutcome.NO_ANSWER, "8501 did not answer"),
        (DECLINES, DialOutcome.REFUSED, "declined the call"),
        ("4930-555123", DialOutcome.REFUSED, "Allocation failed"),  # Asterisk knows no way to it
    ],
)
def test_a_third_party_who_does_not_come(program: Program, number: str, outcome: DialOutcome, why: str) -> None:
    program.app.site.customer()

    async def work() -> None:
        async with warmline.centre() as centre:
            call = await centre.agent("1000").call
            third = await program.meanwhile(call.conference(number), lambda: program.driver.wait(60))
            assert (bool(third), third.outcome) == (False, outcome) and why in third.why
            assert program.driver.call().state is State.TALKING

    program.run(work())


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_a_third_party_who_rings_too_long_is_hung_up(program: Program, is_cancelled: bool) -> None:
    program.app.site.customer()

    async def work() -> None:
        async with warmline.centre() as centre:
            call = await centre.agent("1000").call
            calling = asyncio.ensure_future(call.conference(SILENT, seconds=0 if is_cancelled else 0.01))
            await program.meanwhile(asyncio.sleep(0.3), lambda: program.driver.wait(1))
            if is_cancelled:
                calling.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await calling
            else:
                third = await calling
                assert third.outcome is DialOutcome.NO_ANSWER and "given up" in third.why
            assert program.driver.call().state is State.TALKING

    program.run(work())


def test_a_refusal_has_the_words_of_the_command(program: Program) -> None:
    program.app.site.customer()

    async def work() -> None:
        async with warmline.centre() as centre:
            call = await centre.agent("1000").call
            with refused(AppRefused, "third_party_missing"):
                await call.leave()
            with pytest.raises(AppRefused, match="allowed: digits"):
                await call.conference("trunk/1;2")
            with refused(AppRefused, "disposition_unknown"):
                await call.dispose("SALLE")
            await call.hang_up()
            with pytest.raises(NotFound, match="live call"):
                await call.park()
            with refused(AppRefused, "agent_without_call"):
                await centre.agent("1000").call
            with pytest.raises(NotFound, match="agent '4711' is not logged in"):
                await centre.agent("4711").ready()

    program.run(work())


def test_a_command_for_a_former_call_is_not_given_to_the_next_one(program: Program) -> None:
    program.app.site.customer()

    async def work() -> None:
        async with warmline.centre() as centre:
            former = await centre.agent("1000").call
            await former.hang_up()
            await former.dispose("SALE")
            await program.lets(lambda: program.driver.customer(name="next"))
            with pytest.raises(AppRefused):
                await former.dispose("NI")
            next_call = await centre.agent("1000").call
            agents = (await next_call.read()).agents
            assert next_call.id != former.id and agents and not agents[0].status

    program.run(work())


RECEIPT = {
    "id": "01M7W0SYD3KRP8EZM7S5B7TNR1",
    "kind": Kind.BLIND_TRANSFER,
    **dict.fromkeys(("agent", "call", "number", "ingroup", "to_agent", "status", "notes", "by", "source"), ""),
    "requested": "2026-11-30T12:00:00Z",
    "ended": "2026-11-30T12:00:01Z",
    "outcome": Outcome.FAILED,
    "cause": "",
    "end": {"code": "hangup_failed", "seconds": 1, "text": "Asterisk lost the customer"},
    "steps": [],
}


def test_a_hand_over_that_has_failed_when_the_app_answers_is_not_done() -> None:
    async def work(url: str) -> None:
        async with warmline.centre(url, token="t" * 43) as centre:
            with pytest.raises(AppRefused, match="lost the customer"):
                await centre.call("1").hand_over("4930555123")

    with served(AppStub({}, Told(201, json.dumps(RECEIPT).encode()))) as stub:
        asyncio.run(work(stub.url))


@pytest.mark.parametrize(("is_given_up", "outcome"), [(False, DialOutcome.ANSWERED), (True, DialOutcome.NO_ANSWER)])
def test_who_answers_while_the_program_gives_up_has_not_answered(is_given_up: bool, outcome: DialOutcome) -> None:
    receipt = msgspec.convert({**RECEIPT, "outcome": Outcome.COMPLETED}, ReceiptNow)
    assert read_receipt(SLOW, receipt, is_given_up=is_given_up).outcome is outcome


def test_an_agents_day(program: Program) -> None:
    driver = program.driver
    driver.asterisk.far_ends["1001"] = [(0.1, "ringing"), (2.0, "up")]
    driver.asterisk.far_ends["1002"] = [(0.1, "ringing")]

    async def work() -> None:
        async with warmline.centre() as centre:
            agent = centre.agent("1001")
            await program.meanwhile(agent.login(), lambda: driver.wait(6))
            assert [one.user for one in await centre.agents()] == ["1000", "1001"]
            await agent.pause("LUNCH")
            assert (await agent.read()).pause_code == "LUNCH"
            called = await program.meanwhile(agent.dial(SLOW), lambda: driver.wait(30))
            assert called, called
            call = await agent.call
            assert (await agent.state, call.agent) == ("INCALL", "1001")
            await agent.mute()
            assert (await agent.read()).muted
            await agent.unmute()
            await call.hang_up()
            await call.dispose("SALE")
            await call.correct_disposition("NI", "taken back the next day")
            await agent.ready()
            await agent.logout()
            with pytest.raises(AppRefused, match="phone of agent 1002 was not picked up: no answer"):
                await program.meanwhile(centre.agent("1002").login(), lambda: driver.wait(40))

    program.run(work())


def test_another_agent_takes_the_call(program: Program) -> None:
    program.driver.log_in("1001")
    program.app.site.customer()

    async def work() -> None:
        async with warmline.centre() as centre:
            [talking] = [agent.user for agent in await centre.agents() if agent.call]
            [other] = {"1000", "1001"} - {talking}
            call = await centre.agent(talking).call
            await program.meanwhile(call.take(other), lambda: program.driver.wait(4))
            assert (await centre.agent(other).call).id == call.id

    program.run(work())
