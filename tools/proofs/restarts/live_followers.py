"""Readers of /api/v1/live, which keep a picture of the live state; it must equal a fresh one."""

import json
from typing import Any

import aiohttp

from tools.proofs.restarts.stream_reader import StreamReader

KEYS = {"agents": "user", "calls": "id"}


class LiveFollower(StreamReader):
    """A reader of all agents and calls, or of one agent's. `follow`: it gets each change, not only the state once."""

    def __init__(self, http: aiohttp.ClientSession, agent: str = "", *, follow: bool = True) -> None:
        topic = {"agent": agent} if agent else {}
        super().__init__(http, "/api/v1/live", topic | ({} if follow else {"follow": "false"}))
        self.picture: dict[str, dict[str, Any]] = {what: {} for what in KEYS}
        self._agent = agent

    def take(self, name: str, kind: str, data: bytes) -> None:
        """Put changed records in the picture, and take those out that are gone."""
        if not data:
            return
        message = json.loads(data)
        if kind == "whole":
            self.picture = {what: {} for what in KEYS}
        for what, key in KEYS.items():
            self.picture[what] |= {one[key]: one for one in message[what]}
            for gone in message["gone"][what]:
                self.picture[what].pop(gone, None)

    async def differences(self) -> list[str]:
        """Return how the picture differs from a fresh one. Raises aiohttp.ClientError."""
        fresh = LiveFollower(self.http, self._agent, follow=False)
        await fresh.read()
        told = fresh.wrong
        for what in KEYS:
            ours, theirs = self.picture[what], fresh.picture[what]
            told += [
                f"{self} has {ours.get(name)} of {name}, a fresh one has {theirs.get(name)}"
                for name in sorted(ours.keys() | theirs.keys())
                if ours.get(name) != theirs.get(name)
            ]
        return told
