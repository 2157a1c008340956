"""Recipes of the cookbook with hostile callers: their text changes no condition, command, key or URL."""

import asyncio
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import cast

import pytest
from aiohttp import web

from lab.sip import tones
from tests.agi.caller import Caller
from tests.agi.pbx import Pbx
from tests.scenarios.recipes.recipes import console, recipe
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.voice_bot import voice_bot
from tools.simulation.call_centre.webhook_receiver import receiving

# Quotes, expressions, functions, commas, brackets, line breaks and a path, in what a caller controls. SIP decodes %.
NAME = '"${SHELL(touch {file})} $[1/0] ) , & | `touch {file}`"'
NUMBER = "1%22%5D%20%7C%20%22a%24%7BSHELL(touch%20{file})%7D%2C%26%29%0d%0aHANGUP%0a%2F..%2F"


@pytest.mark.parametrize(
    "name", ["language-menu", "vip-by-crm", "sticky-agent", "bot-handover", "closing-announcement"]
)
async def test_a_hostile_caller_is_a_caller(real: RealWorld, name: str) -> None:
    """The call waits for an agent as any other, and no command of the caller is run."""
    await real.nobody_is_there()
    file = real.site.folder / "touched"
    asked: list[str] = []

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request.path_qs)
        return web.json_response({"name": "x", "vip": False})

    async with AsyncExitStack() as stack:
        web_server = await stack.enter_async_context(receiving())
        web_server.answer = answer
        bot = await stack.enter_async_context(voice_bot(tones.EARLY, tones.CUSTOMER))
        values = {
            "vip-by-crm": {"CRM_URL": f"http://127.0.0.1:{web_server.port}/customers?phone="},
            "bot-handover": {"BOT_AUDIO": "127.0.0.1:9", "BOT_URL": bot.http, "BOT_SECONDS": "600"},
            "closing-announcement": {"CLOSES_AT": "0:00", "CLOSING_ZONE": "UTC", "CLOSING_SOUND": "im-sorry"},
        }
        await stack.enter_async_context(recipe(real, name, values.get(name)))
        await real.configure("ingroup", "SALESLINE", no_agent_no_queue="N")
        port = SimpleNamespace(sip=int(real.site.lab.sip.rpartition(":")[2]))
        number = NUMBER.replace("{file}", str(file).replace("/", "%2F"))
        who = f"{NAME.replace('{file}', str(file))} <sip:{number}@127.0.0.1>"
        with await asyncio.to_thread(Caller, cast(Pbx, port), "8005550100", who) as caller:
            await asyncio.to_thread(caller.answered)

            async def waits() -> str | None:
                return next((call["customer"] for call in await real.live("calls")), None)

            real.patience = 25.0  # the menu waits twice for a key
            assert (await real.until(waits, "a call that waits")).startswith("1")
        assert not file.exists()
        assert "1%22%5D%20%7C%20%22a%24%7BSHELL" in asked[0] if name == "vip-by-crm" else not asked
        keys = await console(real, "database show sticky")
        assert "SHELL" not in keys and "touched" not in keys
        await real.unconfigure()
