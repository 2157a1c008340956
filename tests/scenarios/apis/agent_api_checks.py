"""Checks after SUCCESS of the agent API, in the records and on the phones."""

from collections.abc import Awaitable, Callable, Mapping

from tests.internals.scenarios import Kind, State
from tests.scenarios.apis.agent_api_stage import NOBODY, Scene
from tests.scenarios.given import all_talk
from tools.simulation.call_centre import call_records
from tools.simulation.call_centre.call_records import Row
from tools.simulation.call_centre.scenario_language import Party

Query = Mapping[str, str]
Check = Callable[[Scene, Query], Awaitable[None]]

KEYS = {"P": "#", "S": "*"}
GROUP_ALIASES = {"GOODALIAS": "7275551212"}


async def _hung_up(scene: Scene, query: Query) -> None:
    for party in (scene.customer, scene.third):
        if party is not NOBODY:
            await scene.world.is_gone(party)
    await scene.world.agent_is(scene.agent, "DISPO")


async def _paused_or_not(scene: Scene, query: Query) -> None:
    await scene.world.agent_is(scene.agent, {"PAUSE": "PAUSED", "RESUME": "READY"}[query["value"]])


async def _paused_with_code(scene: Scene, query: Query) -> None:
    await scene.world.agent_is(scene.agent, f"PAUSED {query['value']}")
    assert await scene.world.ask(Kind.RESUME, scene.agent) == ""  # the pause code stays during the pause


async def _disposed(scene: Scene, query: Query) -> None:
    """Check the pause: at once after the call, during the call at its end."""
    await scene.world.hang_up(scene.customer)
    await scene.world.agent_is(scene.agent, "READY")
    told = await scene.world.ended(scene.customer)
    assert [(row["agent"], row["status"]) for row in told.dispositions] == [("1000", query["value"])]


async def _logged_out(scene: Scene, query: Query) -> None:
    await scene.world.is_gone(scene.agent)
    assert await scene.world.agent_state(scene.agent) is None


async def _parked(scene: Scene, query: Query) -> None:
    company = [party for party in (scene.agent, scene.third) if party is not NOBODY]
    await scene.world.call_is(scene.customer, State.PARKED if len(company) == 1 else State.CONSULTING)
    await scene.world.hears_music(scene.customer)
    await scene.world.silent_to(scene.customer, *company)
    await all_talk(scene.world, *company)


async def _grabbed(scene: Scene, query: Query) -> None:
    await scene.world.call_is(scene.customer, State.TALKING)
    await all_talk(scene.world, scene.agent, scene.customer)


async def _third_parked(scene: Scene, query: Query) -> None:
    await scene.world.call_is(scene.customer, State.THIRD_PARKED)
    await scene.world.hears_music(scene.third)
    await all_talk(scene.world, scene.agent, scene.customer)
    await scene.world.silent_to(scene.third, scene.agent, scene.customer)


async def _not_recorded(scene: Scene, query: Query) -> None:
    """Check that the file ends although the call continues."""

    async def find() -> list[Row] | None:
        told = call_records.find(scene.world.database, scene.customer.name)
        return told.recordings if told and all(row["status"] != "running" for row in told.recordings) else None

    rows = await scene.world.until(find, "the recording is to end")
    assert [(row["status"], row["length"] > 0) for row in rows] == [("kept", True)]
    assert await scene.world.call_state(scene.customer) == State.TALKING


async def _recorded(scene: Scene, query: Query) -> None:
    await all_talk(scene.world, scene.agent, scene.customer)
    await scene.world.hang_up(scene.customer)
    (tape,) = await scene.world.tapes(scene.customer, scene.agent, scene.customer)
    assert tape.voices == {scene.agent.name, scene.customer.name}


async def _pressed(scene: Scene, query: Query) -> None:
    """Check the keys of the third party, if there is one; invalid signs were dropped."""
    pressed = "".join(KEYS.get(key, key) for key in query["value"] if key.isalnum())
    await scene.world.gets_keys(scene.customer if scene.third is NOBODY else scene.third, pressed)


async def _message_set(scene: Scene, query: Query) -> None:
    assert await scene.world.ask(Kind.LEAVE_VM, scene.agent) == ""
    await scene.world.hears_prompt(scene.customer, query["value"])


async def _message_played(scene: Scene, query: Query) -> None:
    await scene.world.agent_is(scene.agent, "DISPO")
    await scene.world.hears_prompt(scene.customer, "vm-goodbye")
    await scene.world.is_gone(scene.customer)


async def _sent_to_ingroup(scene: Scene, query: Query) -> None:
    """Check that the other agent has the customer; SUPPORTLINE, the default here, has no free agent."""
    if query["ingroup_choices"] == "DEFAULTINGROUP":
        await scene.world.call_is(scene.customer, State.WAITING)
        await scene.world.hears_music(scene.customer)
    else:
        await scene.world.call_is(scene.customer, State.TALKING)
        await all_talk(scene.world, scene.other, scene.customer)
    await scene.world.silent_to(scene.customer, scene.agent)
    await _disposes(scene, query)


async def _sent_to_number(scene: Scene, query: Query) -> None:
    third = await scene.world.third(query["phone_number"])
    await scene.world.call_is(scene.customer, State.HANDED_OFF)
    await all_talk(scene.world, scene.customer, third)
    await scene.world.silent_to(scene.customer, scene.agent)
    await _disposes(scene, query)


async def _disposes(scene: Scene, query: Query) -> None:
    """Check the disposition of ra_call_control; the other parties were hung up."""
    if scene.third is not NOBODY:
        await scene.world.is_gone(scene.third)
    await scene.world.agent_is(scene.agent, "READY" if query["function"] == "ra_call_control" else "DISPO")


async def _ended(scene: Scene, query: Query) -> None:
    await scene.world.is_gone(scene.customer)
    told = await scene.world.ended(scene.customer)
    assert [row["status"] for row in told.dispositions] == ["RAXFER"]


async def _controlled(scene: Scene, query: Query) -> None:
    stages = {"HANGUP": _ended, "EXTENSIONTRANSFER": _sent_to_number, "INGROUPTRANSFER": _sent_to_ingroup}
    await stages[query["stage"]](scene, query)


async def _fronter_gone(scene: Scene, query: Query) -> None:
    await scene.world.agent_is(scene.other, "DISPO")
    await scene.world.call_is(scene.customer, State.TALKING)
    await all_talk(scene.world, scene.agent, scene.customer)
    await scene.world.silent_to(scene.customer, scene.other)


async def _third_joined(scene: Scene, query: Query) -> None:
    """Check that the dialled number or the consulted closer talks with the two."""
    third = await _third(scene, query)
    await scene.world.call_is(scene.customer, State.THREE_WAY)
    await all_talk(scene.world, scene.agent, scene.customer, third)
    if alias := query.get("group_alias"):
        assert await scene.world.sees_number(third) == GROUP_ALIASES[alias]
    if query.get("cid_choice") == "CUSTOMER":
        assert await scene.world.sees_number(third) == scene.customer.name


async def _third_alone(scene: Scene, query: Query) -> None:
    """Check that the parked customer does not hear them."""
    third = await _third(scene, query)
    await scene.world.call_is(scene.customer, State.CONSULTING)
    await all_talk(scene.world, scene.agent, third)
    await scene.world.hears_music(scene.customer)
    await scene.world.silent_to(scene.customer, scene.agent, third)


async def _third(scene: Scene, query: Query) -> Party:
    return scene.other if query.get("consultative") else await scene.world.third(query["phone_number"])


async def _left(scene: Scene, query: Query) -> None:
    await scene.world.call_is(scene.customer, State.HANDED_OFF)
    await scene.world.agent_is(scene.agent, "DISPO")
    await all_talk(scene.world, scene.customer, scene.third)
    await scene.world.silent_to(scene.customer, scene.agent)


async def _third_dropped(scene: Scene, query: Query) -> None:
    await scene.world.is_gone(scene.third)
    await scene.world.call_is(scene.customer, State.TALKING)
    await all_talk(scene.world, scene.agent, scene.customer)


# By function, or by value if a function has many.
CHECKS: dict[str, Check] = {
    "external_hangup": _hung_up,
    "external_pause": _paused_or_not,
    "external_status": _disposed,
    "force_fronter_leave_3way": _fronter_gone,
    "logout": _logged_out,
    "pause_code": _paused_with_code,
    "ra_call_control": _controlled,
    "send_dtmf": _pressed,
    "vm_message": _message_set,
    "recording START": _recorded,
    "recording STOP": _not_recorded,
    "park_call GRAB_CUSTOMER": _grabbed,
    "park_call GRAB_IVR_CUSTOMER": _grabbed,
    "park_call PARK_CUSTOMER": _parked,
    "park_call PARK_XFER": _third_parked,
    "transfer_conference BLIND_TRANSFER": _sent_to_number,
    "transfer_conference DIAL_WITH_CUSTOMER": _third_joined,
    "transfer_conference HANGUP_BOTH": _hung_up,
    "transfer_conference HANGUP_XFER": _third_dropped,
    "transfer_conference LEAVE_3WAY_CALL": _left,
    "transfer_conference LEAVE_VM": _message_played,
    "transfer_conference LOCAL_CLOSER": _sent_to_ingroup,
    "transfer_conference PARK_CUSTOMER_DIAL": _third_alone,
}


async def check(scene: Scene, query: Query) -> None:
    """Return the receipt of the command."""
    function = query["function"]
    found = CHECKS.get(function) or CHECKS[f"{function} {query['value']}"]
    await found(scene, query)
