"""Checks whether this Asterisk can be used: its version, the required modules, and the rights of the ARI user."""

from datetime import UTC, datetime

import msgspec

from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.system.asterisk_requirements import MODULES, OLDEST_TEXT, new_enough
from warmline.text.coded_error import CodedError


class UnusableAsteriskError(CodedError):
    """This Asterisk cannot be used until its configuration or version changes; the text says what to change."""


class _Module(msgspec.Struct):
    name: str
    status: str


class _System(msgspec.Struct):
    version: str


class _Status(msgspec.Struct):
    startup_time: datetime = datetime.fromtimestamp(0, UTC)


class _Info(msgspec.Struct):
    system: _System
    status: _Status = msgspec.field(default_factory=_Status)


async def check_asterisk(client: AriClient) -> int:
    """Return the start of the connected Asterisk, in microseconds UTC, 0 if unknown.

    Raises UnusableAsteriskError, or AriError if it may only need time (starting, modules still loading).
    """
    info = json_errors.read(await client.request("GET", "asterisk", "info", has_long_timeout=True), _Info)
    if not new_enough(info.system.version):
        raise UnusableAsteriskError(
            "asterisk_too_old",
            "Asterisk {version} is too old; Warmline needs {oldest}",
            version=info.system.version,
            oldest=OLDEST_TEXT,
        )
    client.asterisk_version = info.system.version
    modules = json_errors.read(await client.request("GET", "asterisk", "modules", has_long_timeout=True), list[_Module])
    running_modules = {module.name for module in modules if module.status == "Running"}
    if missing_modules := ", ".join(sorted(MODULES - running_modules)):
        raise AriError(
            503,
            "asterisk_modules_missing",
            "Asterisk does not run {modules}: it is starting, or modules.conf says noload",
            modules=missing_modules,
        )
    return _to_start_us(info.status)


def _to_start_us(status: _Status) -> int:
    try:
        return max(0, round(status.startup_time.timestamp() * 1000) * 1000)  # Asterisk reports milliseconds
    except (ValueError, OverflowError):  # year 1 in a time zone east of UTC
        return 0


def build_refusal(url: str, user: str, status: int) -> UnusableAsteriskError:
    """Return the error for ARI's status 401 or 403; its text says what to change."""
    if status == 401:
        return UnusableAsteriskError(
            "ari_user_unknown",
            "ARI does not know the user {user} or the password at {url}; {hint}",
            url=url,
            user=user,
            hint=f"ari_user and ari_password must be those of a section in ari.conf, [{user}]",
        )
    return UnusableAsteriskError(
        "ari_user_read_only",
        "ARI forbids the user {user} to change anything; {hint} ({url})",
        url=url,
        user=user,
        hint="remove read_only=yes from its section in ari.conf",
    )
