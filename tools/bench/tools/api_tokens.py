"""Tokens of the JSON API, for programs of a benchmark."""

import secrets
from collections.abc import Mapping
from functools import partial

import aiohttp

from lab.description import Lab
from tools.bench.tools.bench_lab import until
from warmline.store.configuration import config


async def create(lab: Lab, scopes: Mapping[str, str]) -> dict[str, str]:
    """Create a token for each name with these scopes; return them when the app knows them.

    Raises CannotMeasureError.
    """
    tokens = {name: secrets.token_urlsafe(32) for name in scopes}
    for name, token in tokens.items():
        config.create(lab.db, "api-token", name, {"scopes": scopes[name], "token": token}, who="bench")
    async with aiohttp.ClientSession(lab.api) as http:
        for name, token in tokens.items():
            await until(partial(_is_known, http, token), f"the app does not know the token {name}")
    return tokens


async def _is_known(http: aiohttp.ClientSession, token: str) -> bool | None:
    async with http.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}) as response:
        return response.status == 200 or None
