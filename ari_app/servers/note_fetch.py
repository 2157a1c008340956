"""Fetches the spool's notes of another machine through its gate, into the spool of the app.

A note is deleted there after it is on disk here. One that is fetched twice has the same name, and the journal knows it.
"""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import msgspec

from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.checked_connector import NotAsteriskError
from warmline.ari.client.http_connections import HttpConnections
from warmline.ari.client.request_timeout import limit_time
from warmline.store.agi import failed_scripts
from warmline.store.agi.callback_notes import FOLDER
from warmline.system.gate_protocol import NOTES, NOTES_MOST
from warmline.system.whole_file import to_disk, write

EVERY, SELDOM = 1.0, 10.0  # seconds between two looks, and at an address without a gate
LIMIT = 5.0  # seconds for an answer
AT_ONCE = 2.0  # seconds for which the comparison of a server's calls waits for its notes
MODE = 0o660
NO_GATE = -1
ERRORS = (OSError, NotAsteriskError, TimeoutError, msgspec.DecodeError)

log = logging.getLogger("warmline.spool")


async def run(client: AriClient, spool: str) -> None:
    """Fetch notes without end."""
    gate, said = client.gate_connections(), ""
    while True:
        pause = EVERY
        try:
            if not await fetch(gate, spool, client.server):
                pause = SELDOM
            said = ""
        except ERRORS as error:
            why = str(error) or "no answer"
            if why != said:
                log.info("the notes of server %s cannot be fetched: %s; trying again", client.server, why)
                said = why
        await asyncio.sleep(pause)


async def fetch_all(client: AriClient, spool: str) -> None:
    """Fetch all notes of a server that was just reached, for at most AT_ONCE seconds. An error is logged.

    A lead who answered without the app is in such a note. The end of that call would count as unanswered before it.
    """
    gate = client.gate_connections()
    try:
        async with limit_time(AT_ONCE):
            while await _fetched(gate, spool, client.server) >= NOTES_MOST:
                pass
    except ERRORS as error:
        why = str(error) or f"no answer within {AT_ONCE:g} s"
        log.warning("server %s: its calls are compared without its notes: %s", client.server, why)
    finally:
        gate.close()


async def fetch(gate: HttpConnections, spool: str, server: str) -> bool:
    """Fetch the notes that are there now; return whether there is a gate. Raises OSError, DecodeError.

    A note that cannot be deleted there is fetched again, so that it is not lost here.
    """
    return await _fetched(gate, spool, server) != NO_GATE


async def _fetched(gate: HttpConnections, spool: str, server: str) -> int:
    """Fetch as `fetch` does; return how many notes there were, or NO_GATE."""
    async with limit_time(LIMIT):
        answer = await gate.request("GET", NOTES)
    if answer.status != 200:
        return NO_GATE if answer.status == 404 else 0
    notes = msgspec.json.decode(answer.body, type=dict[str, str])
    for name, text in notes.items():
        if name == failed_scripts.NAME:
            await asyncio.to_thread(failed_scripts.add, spool, text.encode().split(b"\n"), server)
        else:
            await asyncio.to_thread(_keep, Path(spool), name, text)
        async with limit_time(LIMIT):
            deleted = await gate.request("DELETE", f"{NOTES}/{quote(name)}")
        if deleted.status != 204:
            raise OSError(f"note {name} stays there, because the gate answers {deleted.status}")
    return len(notes)


def _keep(spool: Path, name: str, text: str) -> None:
    """Write a note to disk, with its folder. Raises OSError."""
    folder, _, file = name.rpartition("/")
    if not file.endswith(".json") or file.startswith(".") or folder not in ("", FOLDER):
        raise OSError(f"the gate names a note {name[:80]!r}")
    place = spool / folder
    if not place.exists():
        place.mkdir(mode=0o770, parents=True)
        with suppress(OSError):
            to_disk(place.parent)
    write(place / file, text, MODE)
