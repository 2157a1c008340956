"""Finds two servers in the settings that are one Asterisk: each would hang up the calls of the other as strangers."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.preflight import UnusableAsteriskError
from warmline.ari.client.request_timeout import limit_time

AT_ONCE = 0.5  # seconds for the answer of another server


class _System(msgspec.Struct):
    entity_id: str = ""


class _Config(msgspec.Struct):
    name: str = ""  # `systemname` of asterisk.conf


class _Status(msgspec.Struct):
    startup_time: str = ""


class _Identity(msgspec.Struct, frozen=True):
    """The parts of an answer by which an Asterisk is known. `entity_id` alone is that of the machine."""

    system: _System = msgspec.field(default_factory=_System)
    config: _Config = msgspec.field(default_factory=_Config)
    status: _Status = msgspec.field(default_factory=_Status)


class OwnAsterisk:
    """Checks, before the first connection to a server, that the servers `before` it are another Asterisk."""

    def __init__(self, client: AriClient, before: Sequence[AriClient]) -> None:
        self._client, self._before = client, before

    async def check(self) -> None:
        """Compare what each says of itself. Raises UnusableAsteriskError.

        One that does not answer at once counts as another: it must not delay this one.
        """
        if not self._before or (own := await _identity(self._client)) is None:
            return
        for other, identity in zip(self._before, await asyncio.gather(*map(_at_once, self._before)), strict=True):
            if identity == own:
                raise UnusableAsteriskError(
                    "server_shares_asterisk",
                    "servers {other} and {name} are one Asterisk; set ari_url of [server.{name}] to the address of "
                    "another one, and restart Warmline",
                    other=other.server,
                    name=self._client.server,
                )
        self._before = ()


async def _at_once(client: AriClient) -> _Identity | None:
    with suppress(TimeoutError):
        async with limit_time(AT_ONCE):
            return await _identity(client)
    return None


async def _identity(client: AriClient) -> _Identity | None:
    try:
        found = json_errors.read(await client.request("GET", "asterisk", "info"), _Identity)
    except AriError:
        return None
    return found if found.system.entity_id and found.status.startup_time else None
