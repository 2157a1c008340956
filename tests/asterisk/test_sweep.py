"""What belongs to nobody is ended: after a grace, or at once if it was to end and Asterisk refused."""

import asyncio

import pytest

from warmline.ari_app import sweep
from warmline.ari_app.asterisk.client import AriError
from warmline.ari_app.asterisk.reconcile import Orphans
from warmline.core import actions as do
from warmline.core.events import ActionFailed

ROOM, LEG = do.CloseBridge("room-1"), do.Hangup("leg-1")


def swept(looks: list[Orphans | None], *failed: do.Action) -> list[do.Action]:
    """What is ended by the time of the last look but one; None is a look that Asterisk does not allow."""
    ended: list[do.Action] = []
    enough = asyncio.Event()
    to_come = iter(looks)

    async def find() -> Orphans:
        found = next(to_come, ...)
        if found is ...:
            enough.set()
            await asyncio.Event().wait()
        if not isinstance(found, Orphans):
            raise AriError(500, "no")
        return found

    async def main() -> None:
        one = sweep.Sweep(find, lambda _, action: ended.append(action))
        for action in failed:
            one.heard(ActionFailed(action, 500, "no"))
        running = asyncio.create_task(one.run())
        await asyncio.wait_for(enough.wait(), 10)
        running.cancel()

    asyncio.run(main())
    return ended


def test_who_has_been_nobodys_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "EVERY", 0.01)
    both = Orphans(("leg-1",), ("room-1",))
    assert swept([both]) == []
    assert swept([both, Orphans((), ("room-1",))]) == [ROOM]
    assert swept([both, None, both]) == [LEG, ROOM]


@pytest.mark.fault(
    "Asterisk refuses to end a channel or a room whose call is over",
    "nothing",
    "nothing: it is asked again a second later; the log says so",
)
def test_what_was_to_end_and_did_not_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "AGAIN", 0.0)
    found = Orphans(("leg-1", "just-arrived"), ("room-1", "room-2"))
    monkeypatch.setattr(sweep, "EVERY", 0.01)
    assert swept([found], ROOM, LEG) == [LEG, ROOM]
    assert swept([None, found], ROOM) == [ROOM]
    assert swept([Orphans((), ())], ROOM, LEG) == []
    assert swept([found], do.TakeOut("leg-1", "room-1")) == []
