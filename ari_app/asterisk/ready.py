"""Whether this Asterisk can be used: its version, the modules we need, and our rights."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from warmline.ari_app.asterisk.client import AriError, Client

# The first ones in which a phone's REFER can be left to the application (PJSIP_TRANSFER_HANDLING).
OLDEST = {20: 13, 21: 8, 22: 3}
# The first ones that answer requests on the event stream.
ANSWERS_ON_EVENTS = {20: 14, 21: 9, 22: 4}

MODULES = frozenset(
    f"{name}.so"
    for name in (
        "app_stasis",
        "bridge_holding",
        "bridge_simple",
        "bridge_softmix",
        "format_wav",
        "func_callerid",
        "res_ari_applications",
        "res_ari_bridges",
        "res_ari_channels",
        "res_ari_events",
        "res_ari_playbacks",
        "res_ari_recordings",
        "res_mutestream",
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    )
)


class UnusableAsteriskError(Exception):
    """This Asterisk will never do as it is; the text says what to change."""


class _System(msgspec.Struct):
    version: str


class _Status(msgspec.Struct):
    startup_time: datetime = datetime.fromtimestamp(0, UTC)


class _Info(msgspec.Struct):
    system: _System
    status: _Status = msgspec.field(default_factory=_Status)


class Found(NamedTuple):
    """An Asterisk that can be used. `started` (microseconds UTC, 0: it does not say) tells it from the next one."""

    started: int
    answers_on_events: bool


class _Module(msgspec.Struct):
    name: str
    status: str


def new_enough(version: str, oldest: Mapping[int, int] = OLDEST) -> bool:
    """Whether a version as Asterisk tells it, such as `22.10.1+dfsg`, is one of these or newer."""
    found = re.match(r"(\d+)\.(\d+)", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return major > max(oldest) or minor >= oldest.get(major, minor + 1)


async def check(client: Client) -> Found:
    """What the Asterisk is that we are connected to.

    Raises UnusableAsteriskError, or AriError if it may only need time (starting, modules still loading).
    """
    info = msgspec.json.decode(await client.request("GET", "asterisk", "info", patient=True), type=_Info)
    if not new_enough(info.system.version):
        raise UnusableAsteriskError(
            f"Asterisk {info.system.version} is too old: Warmline needs 20.13, 21.8, 22.3 or newer"
        )
    modules = msgspec.json.decode(await client.request("GET", "asterisk", "modules", patient=True), type=list[_Module])
    running = {module.name for module in modules if module.status == "Running"}
    if missing := ", ".join(sorted(MODULES - running)):
        raise AriError(503, f"Asterisk does not run {missing}: it is starting, or modules.conf says noload")
    started = round(info.status.startup_time.timestamp() * 1000) * 1000  # it says milliseconds
    return Found(started, new_enough(info.system.version, ANSWERS_ON_EVENTS))


def refused(user: str, status: int) -> UnusableAsteriskError:
    """What to do when ARI answers 401 or 403."""
    if status == 401:
        way_out = f"ari_user and ari_password must be those of a section in ari.conf, [{user}]"
        return UnusableAsteriskError(f"ARI does not know the user {user} or the password: {way_out}")
    way_out = "take read_only=yes out of its section in ari.conf"
    return UnusableAsteriskError(f"ARI forbids the user {user} to change anything: {way_out}")
