"""An Asterisk that keeps its own Queue() and Dial(): the lines of docs/how-to/adopt.md, in a lab's files."""

import re
import subprocess
from pathlib import Path

import aiohttp

from ari_app.asterisk.action_requests import HANDOFF

PAGE = Path(__file__).parents[3] / "docs/how-to/adopt.md"
NUMBERS = {"Queue": "8005550170", "Dial": "8005550171"}  # as the page has them
KEY, EXTENSION = "*5", "*91"
SPEED_DIAL, DIALLED = "815", "4930555815"
FILES = {"from-trunk": "extensions.conf", "from-phones": "extensions.conf", "sales": "queues.conf"}
MODULES = ("pbx_config.so", "app_queue.so", "features")


def add(etc: Path, console: list[str]) -> None:
    """Add each block of the page to its file of an Asterisk, and let Asterisk read the files again."""
    for text in re.findall(r"```text\n(\[.*?)```", PAGE.read_text(), re.DOTALL):
        [section] = re.findall(r"^\[(.+)\]$", text, re.MULTILINE)
        name = FILES.get(section, "features.conf")
        added = text.replace(f"[{section}]", f"[{section}](+)") if name == "extensions.conf" else text
        with open(etc / name, "a") as file:
            file.write(f"\n{added}")
    for module in MODULES:
        subprocess.run([*console, f"module reload {module}"], check=True, capture_output=True)


async def move(http: aiohttp.ClientSession, ari: dict[str, str], customer: str, agent: str) -> None:
    """Let Warmline's dialplan move these two channels, as the app asks for it."""
    variables = {"WARMLINE_CUSTOMER_LEG": customer, "WARMLINE_AGENT_LEG": agent}
    query = {**HANDOFF, "originator": agent}
    login = {"Authorization": aiohttp.encode_basic_auth(ari["user"], ari["password"])}
    body = {"variables": variables}
    async with http.post(f"{ari['url']}/channels", params=query, json=body, headers=login) as answer:
        assert answer.status == 200, await answer.text()
