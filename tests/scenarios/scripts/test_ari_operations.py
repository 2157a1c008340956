"""The operations of ARI that change nothing, on a real Asterisk: each answer is as it is described."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import pytest

from tests.scenarios.scripts.test_ari_scripts import called, script
from tools import ari_operations, ari_types
from tools.simulation.call_centre.real_world import RealWorld
from warmline.ari import Ari, AriError, events

MODELS = ari_types.recorded().resources
READS = {
    f"{ari_operations.to_snake(resource)}.{ari_operations.to_snake(name)}": operation.answer
    for resource, operations in ari_operations.recorded().items()
    for name, operation in operations.items()
    if operation.method == "GET"
}
NOT_BUILT = {"mailboxes.list", "mailboxes.get"}  # Debian's Asterisk has no res_mwi_external
UNDESCRIBED = re.compile(r"RTPstat\..*mes")  # the media experience score
STATE = "Stasis:survey"


async def test_what_asterisk_answers_is_what_it_describes(real: RealWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []

    async def send_request(ari: Ari, *words: str, really: Any = Ari.send_request, **more: Any) -> bytes:
        answers.append(await really(ari, *words, **more))
        return bytes(answers[-1])

    monkeypatch.setattr(Ari, "send_request", send_request)
    async with script(real) as ari:
        channel, party = await called(real, ari)
        bridge = await ari.api.bridges.create(type="mixing", name=ari.name, variables={"SHOE": "46"})
        await ari.api.bridges.add_channel(bridge.id, channel=channel.id)
        playback = await ari.api.channels.play_with_id(channel.id, ari.new_id(), media="tone:ring")
        await ari.api.playbacks.control(playback.id, operation="pause")
        await ari.api.channels.record(channel.id, name="survey-live", format="wav")
        recordings = ari.events(events.RecordingStarted, events.RecordingFinished)
        await ari.api.bridges.record(bridge.id, name="survey-stored", format="wav")
        assert isinstance(await anext(recordings), events.RecordingStarted)
        await ari.api.recordings.stop("survey-stored")
        assert isinstance(await anext(recordings), events.RecordingFinished)
        await ari.api.device_states.update(STATE, device_state="INUSE")
        reads = list_reads(ari, channel.id, bridge.id, playback.id)
        assert {*reads} == {*READS}
        wrong: dict[str, object] = {}
        for name, read in reads.items():
            try:
                await read()
                if found := list(differences(READS[name], answers[-1])):
                    wrong[name] = found
            except AriError as error:
                if error.status != 404 or name not in NOT_BUILT:
                    wrong[name] = str(error)
        assert wrong == {}
        await ari.api.device_states.delete(STATE)
        await ari.api.recordings.cancel("survey-live")
        await ari.api.recordings.delete_stored("survey-stored")
        await channel.hang_up()
        await real.is_gone(party)


def list_reads(ari: Ari, channel: str, bridge: str, playback: str) -> dict[str, Callable[[], Awaitable[object]]]:
    """Return each operation that changes nothing, with what it reads."""
    api, names = ari.api, ["CHANNEL(state)", "CALLERID(num)"]
    return {
        "applications.list": api.applications.list,
        "applications.get": lambda: api.applications.get("script-survey"),
        "asterisk.get_object": lambda: api.asterisk.get_object("res_pjsip", "endpoint", "1000"),
        "asterisk.get_info": lambda: api.asterisk.get_info(only=["build", "system", "config", "status"]),
        "asterisk.ping": api.asterisk.ping,
        "asterisk.list_modules": api.asterisk.list_modules,
        "asterisk.get_module": lambda: api.asterisk.get_module("res_ari.so"),
        "asterisk.list_log_channels": api.asterisk.list_log_channels,
        "asterisk.get_global_var": lambda: api.asterisk.get_global_var(variable="EPOCH"),
        "bridges.list": api.bridges.list,
        "bridges.get": lambda: api.bridges.get(bridge),
        "bridges.get_bridge_var": lambda: api.bridges.get_bridge_var(bridge, variable="SHOE"),
        "bridges.get_bridge_vars": lambda: api.bridges.get_bridge_vars(bridge, variables=["SHOE"]),
        "channels.list": api.channels.list,
        "channels.get": lambda: api.channels.get(channel),
        "channels.get_channel_var": lambda: api.channels.get_channel_var(channel, variable="CALLERID(num)"),
        "channels.get_channel_vars": lambda: api.channels.get_channel_vars(channel, variables=names),
        "channels.rtpstatistics": lambda: api.channels.rtpstatistics(channel),
        "device_states.list": api.device_states.list,
        "device_states.get": lambda: api.device_states.get(STATE),
        "endpoints.list": api.endpoints.list,
        "endpoints.list_by_tech": lambda: api.endpoints.list_by_tech("PJSIP"),
        "endpoints.get": lambda: api.endpoints.get("PJSIP", "1000"),
        "mailboxes.list": api.mailboxes.list,
        "mailboxes.get": lambda: api.mailboxes.get("1000@default"),
        "playbacks.get": lambda: api.playbacks.get(playback),
        "recordings.list_stored": api.recordings.list_stored,
        "recordings.get_stored": lambda: api.recordings.get_stored("survey-stored"),
        "recordings.get_stored_file": lambda: api.recordings.get_stored_file("survey-stored"),
        "recordings.get_live": lambda: api.recordings.get_live("survey-live"),
        "sounds.list": lambda: api.sounds.list(lang="en"),
        "sounds.get": lambda: api.sounds.get("beep"),
    }


def differences(kind: str, answer: bytes) -> Iterator[str]:
    """Yield each unknown or missing field of an answer, and each value that is none of the closed ones."""
    if kind == "binary":
        if not answer.startswith(b"RIFF"):
            yield f"{answer[:20]!r} is no recording"
        return
    part = ari_types.part_of(kind)
    value = json.loads(answer)
    if part != kind and not value:
        yield "the list is empty"
    for item in value if part != kind else [value]:
        yield from field_differences(part, item)


def field_differences(name: str, item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the differences of a resource and of its parts."""
    fields = MODELS[name].fields
    for key in item.keys() - fields.keys():
        if not UNDESCRIBED.fullmatch(f"{name}.{key}"):
            yield f"{name}.{key} is unknown"
    for key, field in fields.items():
        if key not in item:
            if field.required:
                yield f"{name}.{key} is missing"
            continue
        if field.values and item[key] not in (*field.values, *ari_types.MORE_VALUES.get((name, key), ())):
            yield f"{name}.{key} is {item[key]!r}"
        part = ari_types.part_of(field.type)
        for value in (item[key] if part != field.type else [item[key]]) if part in MODELS else ():
            yield from field_differences(part, value)
