"""A phone's transfer key goes by the do-not-call list, like any other way to dial."""

import asyncio
from pathlib import Path

import pytest

from ari_app.calls.refer_check import UNKNOWN, ReferCheck
from tests.http.json_site import JsonSite
from warmline.core.model.events import Event, ReferReceived
from warmline.store.leads import dnc


def posted(site: JsonSite, leg: str, target: str, db: Path | None = None) -> Event:
    """What the switchboard gets when the phone of this leg asks for a transfer."""

    async def press() -> Event:
        events: asyncio.Queue[Event] = asyncio.Queue()
        keys = ReferCheck(str(db or site.database), lambda: site.driver.world, events.put_nowait)
        keys.pressed(ReferReceived(leg, target))
        return await asyncio.wait_for(events.get(), 5)

    return asyncio.run(press())


@pytest.mark.parametrize(
    ("leg", "target", "why"),
    [
        ("phone-1000", "5551234", "5551234 is on the system's do-not-call list"),
        ("phone-1000", "8500", ""),
        ("phone-1000", "SUPPORTLINE", ""),
        ("phone-1000", "", ""),
        ("nobody's", "5551234", ""),
    ],
)
def test_what_is_found_out(site: JsonSite, leg: str, target: str, why: str) -> None:
    dnc.add(site.database, "5551234", who="test")
    assert posted(site, leg, target) == ReferReceived(leg, target, why)


def test_a_list_that_cannot_be_read_is_no_leave_to_dial(site: JsonSite, tmp_path: Path) -> None:
    assert posted(site, "phone-1000", "8500", tmp_path / "missing.db") == ReferReceived("phone-1000", "8500", UNKNOWN)
