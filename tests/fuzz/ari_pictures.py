"""Asterisk's answers when its snapshot is read: channels, bridges, recordings, modules; true, damaged, or errors."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from hypothesis import strategies as st

from ari_app.asterisk import snapshot, snapshot_differences
from tests.fuzz import hostile, live_calls
from tests.fuzz.entry_point import Attack, Door
from tools.simulation.asterisk.core_driver import Driver
from warmline.ari.client import preflight
from warmline.ari.client.ari_errors import AriError
from warmline.core.messages import events as ev
from warmline.core.messages.values.server_action import MAIN
from warmline.system.asterisk_requirements import MODULES

APP = "warmline"
QUESTIONS = (
    ("channels",),
    ("channels",),
    ("bridges",),
    ("recordings", "live"),
    ("asterisk", "info"),
    ("asterisk", "modules"),
)


def _spoil(data: st.DataObject, answer: bytes) -> bytes | int:
    match data.draw(st.sampled_from(["spoilt", "spoilt", "spoilt", "damaged", "other", "error"])):
        case "spoilt":
            return hostile.written(data.draw(hostile.spoilt(st.just(json.loads(answer)), times=3)))
        case "damaged":
            return data.draw(hostile.damaged(st.just(answer)))
        case "other":
            return data.draw(
                st.one_of(
                    hostile.json_values.map(hostile.written),
                    st.sampled_from([b"", b"null", hostile.deep("[", "]").encode(), b"[" + b"{}," * 9 + b"{}]"]),
                )
            )
        case _:
            return data.draw(st.sampled_from([0, 400, 404, 500, 503]))


class _Asterisk:
    """Answers as ARI does; some kinds of request get any answer."""

    app = APP
    server = MAIN

    def __init__(self, lab: Driver, data: st.DataObject) -> None:
        self._lab = lab
        self._data = data
        self._spoils = data.draw(st.sets(st.sampled_from(QUESTIONS), min_size=1, max_size=2))

    async def request(self, _method: str, *path: str, **_options: object) -> bytes:
        true = json.dumps(self._true(path)).encode()
        answer = _spoil(self._data, true) if path[:2] in self._spoils else true
        if isinstance(answer, int):
            raise AriError(answer, "ari_refused", "no")
        return answer

    def _true(self, path: tuple[str, ...]) -> Any:
        asterisk = self._lab.asterisk
        match path:
            case ("channels",):
                return [_channel(one.id, one.args, one.up) for one in asterisk.channels.values()]
            case ("bridges",):
                return [{"id": name, "channels": self._in(name)} for name in asterisk.bridges]
            case ("recordings", "live", name):
                return {"name": name, "state": "recording" if name in asterisk.recordings else "done"}
            case ("asterisk", "info"):
                return {"system": {"version": "22.5.0"}, "status": {"startup_time": "2026-11-20T14:00:00.123+0000"}}
            case _:
                return [{"name": name, "status": "Running"} for name in MODULES]

    def _in(self, bridge: str) -> list[str]:
        return [one.id for one in self._lab.asterisk.channels.values() if one.bridge == bridge]


def _channel(name: str, args: tuple[str, ...], up: bool) -> dict[str, Any]:
    place = {"exten": "8005550100", "app_name": "Stasis", "app_data": ",".join((APP, *args))}
    return {"id": name, "state": "Up" if up else "Ring", "dialplan": place, "channelvars": {}}


class _Reader:
    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    def attacked(self, given: tuple[str, st.DataObject]) -> None:
        scene, data = given
        lab = live_calls.brought_about(scene)
        client: Any = _Asterisk(lab, data)
        try:
            started = self._loop.run_until_complete(preflight.check(client))
            assert started >= 0
            names = [name for name, file in lab.world.recordings.items() if file.ended is None]
            seen = self._loop.run_until_complete(snapshot.read(client, names, lab.asterisk.now + 1))
        except (AriError, preflight.UnusableAsteriskError) as error:
            assert str(error)
        else:
            snapshot_differences.orphans(seen, lab.world)
            lab.feed_together([ev.Reconciling(), *snapshot_differences.differences(seen, lab.world)])
            live_calls.holds(lab)
        live_calls.comes_right(lab)

    def close(self) -> None:
        self._loop.close()


@contextmanager
def opened() -> Iterator[Attack]:
    with closing(_Reader()) as reader:
        yield reader.attacked


DOOR = Door("ARI answers", st.tuples(st.sampled_from(live_calls.NAMES), st.data()), opened, quick=5)
