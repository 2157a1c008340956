"""Event hooks: events of the journal as signed JSON by POST, in order, and each at least once."""

import asyncio
import hashlib
import hmac
import json
import shutil
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiohttp import web

from ari_app.workers import event_hook_follower, event_hooks, webhook_connections
from ari_app.workers.event_hook_sender import HookRequest, post
from ari_app.workers.event_hooks import EventHooks
from tests.free_port import free_port
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.call_centre.webhook_receiver import Receiver, receiving
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config, config_history
from warmline.store.database.database import StoreError
from warmline.store.database.reading import keeping
from warmline.store.event_hooks import event_hook_retries, hook_states, hook_work
from warmline.store.event_hooks.hook_work import EventHook
from warmline.store.events import journal_events
from warmline.store.events.event_id import WHOLE_ROW, EventId, read

PROJECT = Path(__file__).parents[2]
SOON = 0.01  # seconds, in place of the pauses of the product
CLOSED = 9  # a port at which no program listens


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the pauses."""
    for name in ("EVERY", "WITHOUT_HOOKS", "RETRY"):
        monkeypatch.setattr(event_hooks, name, SOON)
    monkeypatch.setattr(event_hook_follower, "RETRY", SOON)
    monkeypatch.setattr(event_hook_follower, "STORED", SOON)
    monkeypatch.setattr(event_hook_follower, "IDLE", SOON)
    monkeypatch.setattr(event_hook_retries, "PAUSES", (SOON,))


class Got(NamedTuple):
    """A request that the receiver got for a hook, and the status that it answered."""

    hook: str
    headers: dict[str, str]
    body: bytes
    status: int

    @property
    def id(self) -> EventId:
        found = read(self.headers["Warmline-Delivery"].removeprefix(f"{self.hook}-"))
        assert found
        return found


class Site:
    """A call centre, a receiver, and the worker that tells it events. `answers` are its next statuses; then 200."""

    def __init__(self, path: Path, lab: RecordedDriver, receiver: Receiver) -> None:
        self.path, self.lab, self.receiver = path, lab, receiver
        self.got: list[Got] = []
        self.answers: list[int] = []
        self.calls = 0
        receiver.answer = self._answer

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        status = self.answers.pop(0) if self.answers else 200
        self.got.append(Got(request.query["for"], dict(request.headers), await request.read(), status))
        return web.Response(status=status)

    def hook(self, name: str = "crm", port: int = 0, **options: str) -> int:
        """Create a hook; return the journal's last row."""
        url = f"http://127.0.0.1:{port or self.receiver.port}/events?for={name}"
        config.create(self.path, "event-hook", name, {"url": url} | options, who="test")
        hook_work.make_ready(self.path)
        return self.lab.last_row()

    def set(self, name: str = "crm", **options: str) -> None:
        config.set_options(self.path, "event-hook", name, options, who="test")

    def begin(self) -> None:
        """Start the worker."""
        self._running = asyncio.create_task(EventHooks(str(self.path)).run())

    async def kill(self) -> None:
        """End the worker in the middle of its work."""
        self._running.cancel()
        with suppress(asyncio.CancelledError):
            await self._running

    def call(self) -> None:
        """Let a caller talk to an agent and hang up, and the agent give the disposition."""
        self.calls += 1
        self.lab.customer(name=f"caller{self.calls}")
        self.lab.hang_up(f"caller{self.calls}")
        self.lab.ask(Kind.STATUS, status="SALE")

    def told(self, name: str = "crm") -> list[Got]:
        """Return what a hook got and took."""
        return [one for one in self.got if one.hook == name and one.status == 200]

    def expected(self, after: int) -> list[EventId]:
        return [one.id for one in journal_events.after(self.path, EventId(after, WHOLE_ROW), 10_000)]

    def state(self, name: str = "crm") -> hook_states.HookState:
        return hook_states.state(self.path, name)

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110 - the database does not ring
                await asyncio.sleep(SOON)

    async def until_told(self, after: int, name: str = "crm") -> None:
        """Wait until a hook has every event after a row, and that is stored."""
        last = self.expected(after)[-1]
        await self.until(lambda: [one.id for one in self.told(name)][-1:] == [last])
        await self.until(lambda: (at := hook_work.place_of(self.path, name)) and at.id == last)


@asynccontextmanager
async def site(tmp_path: Path, demo: Path) -> AsyncIterator[Site]:
    path = Path(shutil.copy(demo, tmp_path / "warmline.db"))
    config.set_options(path, "setting", "warmline", {"webhook_hosts": "127.0.0.1"}, who="test")
    async with receiving() as receiver:
        with closing(RecordedDriver(path)) as lab, keeping():  # as the worker process does
            lab.log_in("1000")
            made = Site(path, lab, receiver)
            made.begin()
            try:
                yield made
            finally:
                await made.kill()


async def test_a_hook_gets_the_events_of_the_stream_in_order_with_names_and_lead(
    tmp_path: Path, demo_database: Path
) -> None:
    async with site(tmp_path, demo_database) as here:
        config.set_options(here.path, "agent", "1000", {"full_name": "Anna Berg"}, who="test")
        config.set_options(here.path, "list", "999", {"custom_fields": "plan"}, who="test")
        here.call()  # before the hook
        first = here.hook()
        here.call()
        await here.until_told(first)
        assert [one.id for one in here.told()] == here.expected(first)
        bodies = [json.loads(one.body) for one in here.told()]
        assert [one.headers["Warmline-Event"] for one in here.told()] == [body["type"] for body in bodies]
    connected = next(body for body in bodies if body["type"] == "call.connected")
    assert connected["names"]["agent"] == "Anna Berg" and connected["ingroup"] == "SALESLINE"
    assert connected["campaign"] == "TESTCAMP" and connected["number"] == connected["data"]["customer"] != ""
    assert connected["lead"]["phone_number"] and connected["lead"]["custom_fields"] == {"plan": ""}
    assert {"call.connected", "call.ended", "agent.in_call", "leg.joined"} <= {body["type"] for body in bodies}


async def test_the_signature_proves_sender_time_and_body(tmp_path: Path, demo_database: Path) -> None:
    async with site(tmp_path, demo_database) as here:
        first = here.hook(events="call.ended")
        secret = hook_states.secret_of(here.path, "crm", who="anna")
        here.call()
        await here.until(here.told)
        await here.until(lambda: here.state().delivered == 1)
        [got] = here.told()
        await here.kill()
        renewed = hook_states.secret_of(here.path, "crm", who="anna", renew=True)
        here.begin()
        here.call()
        await here.until(lambda: len(here.told()) == 2)
        other = here.told()[1]
        assert here.lab.last_row() > first
    for one, key in ((got, secret), (other, renewed)):
        now, _, signed = one.headers["Warmline-Signature"].removeprefix("t=").partition(",v1=")
        assert abs(int(now) - time.time()) < 60
        assert signed == hmac.new(key.encode(), f"{now}.".encode() + one.body, hashlib.sha256).hexdigest()
    assert len(secret) >= 43 and renewed != secret and got.headers["Content-Type"] == "application/json"


async def test_a_failed_event_is_sent_again_with_its_id_before_any_later_one(
    tmp_path: Path, demo_database: Path
) -> None:
    async with site(tmp_path, demo_database) as here:
        here.hook(events="call.connected,call.ended,disposition.entered")
        here.answers = [200, 500, 302, 404]
        here.call()
        await here.until(lambda: len(here.told()) == 3)
        await here.until(lambda: here.state().delivered == 3)
        assert [one.headers["Warmline-Event"] for one in here.told()] == [
            "call.connected", "call.ended", "disposition.entered"
        ]  # fmt: skip
        assert len({one.headers["Warmline-Delivery"] for one in here.got[1:5]}) == 1
        assert [one.why for one in here.state().deliveries if one.why][::-1] == [
            "HTTP 500", "HTTP 302: redirects are not followed", "HTTP 404"
        ]  # fmt: skip
        assert here.state().state == "active"


async def test_a_dead_receiver_a_late_disk_and_a_kill_lose_no_event(
    tmp_path: Path, demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_hook_follower, "BATCH", 5)
    monkeypatch.setattr(event_hook_follower, "STORED", 0)
    stored = hook_work.store
    late, refused = [False], [0]

    def store(*given: Any) -> None:
        if late[0]:
            refused[0] += 1
            raise StoreError("write_failed", "the disk is late")
        stored(*given)

    monkeypatch.setattr(hook_work, "store", store)
    async with site(tmp_path, demo_database) as here:
        first = here.hook()
        here.answers = [200] * 3 + [503] * 4
        for _ in range(3):
            here.call()
            await here.until(lambda: len(here.got) > 8)
            late[0], refused[0] = True, 0
            here.call()
            await here.until(lambda: refused[0])
            await here.kill()  # between a POST and the write of the place
            late[0] = False
            here.answers = [503] * 3
            here.begin()
        await here.until_told(first)
        found = [one.id for one in here.told()]
        assert list(dict.fromkeys(found)) == here.expected(first), "an event is lost, or was overtaken"
        assert len(found) - len(set(found)) <= 3, "more than one event was repeated after a kill"


async def test_a_dead_receiver_delays_only_its_own_hook(tmp_path: Path, demo_database: Path) -> None:
    async with site(tmp_path, demo_database) as here:
        here.hook("dead", port=CLOSED)
        first = here.hook()
        here.call()
        await here.until_told(first)
        await here.until(lambda: here.state("dead").tries > 3)
        assert here.state("dead").state == "failing" and here.state("dead").behind > 3
        assert [one.hook for one in hook_states.lags(here.path) if one.tries] == ["dead"]


async def test_a_hook_stops_after_a_day_of_failures_and_a_delivered_test_lets_it_go_on(
    tmp_path: Path, demo_database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(event_hook_retries, "GIVE_UP", 0)
    async with site(tmp_path, demo_database) as here:
        first = here.hook()
        here.answers = [500]
        here.call()
        await here.until(lambda: here.state().stopped)
        assert here.state().state == "stopped" and "to let it go on: warmline event-hook test crm" in caplog.text
        assert len(here.got) == 1
        here.answers = [500]
        hook_states.want_test(here.path, "crm", "crm-test-1")
        await here.until(lambda: len(here.got) == 2)
        await here.until(lambda: here.state().deliveries[0].delivery == "crm-test-1")
        assert here.state().stopped
        hook_states.want_test(here.path, "crm", "crm-test-2")
        await here.until(lambda: len(here.got) > 2)
        assert json.loads(here.got[2].body)["type"] == "event_hook.test"
        here.got = here.got[:1]
        await here.until_told(first)
        assert [one.id for one in here.told()] == here.expected(first)


async def test_gone_switches_the_hook_off_and_later_it_begins_with_new_events(
    tmp_path: Path, demo_database: Path
) -> None:
    async with site(tmp_path, demo_database) as here:
        here.hook()
        here.answers = [410]
        here.call()
        await here.until(lambda: here.state().state == "inactive")
        assert config_history.newest(here.path, 1)[0].who == hook_work.BY
        here.call()
        await here.until(lambda: hook_work.place_of(here.path, "crm") is None)
        here.set(active="Y")
        await here.until(lambda: hook_work.place_of(here.path, "crm"))
        first = here.lab.last_row()
        here.call()
        await here.until_told(first)
        assert [one.id for one in here.told()] == here.expected(first) and len(here.got) == len(here.told()) + 1


async def test_types_campaigns_and_in_groups_bound_a_hook(tmp_path: Path, demo_database: Path) -> None:
    async with site(tmp_path, demo_database) as here:
        here.hook("ended", events="call.ended")
        here.hook("others", ingroups="SUPPORTLINE")
        config.create(here.path, "campaign", "OTHER", {}, who="test")
        here.hook("elsewhere", campaigns="OTHER")
        here.hook("sales", ingroups="SALESLINE", events="call.connected", campaigns="TESTCAMP")
        first = here.hook()
        here.call()
        await here.until_told(first)
        await here.until(lambda: here.told("sales"))
        await here.until(lambda: here.told("ended"))
        assert [one.headers["Warmline-Event"] for one in here.told("ended")] == ["call.ended"]
        assert here.told("others") == here.told("elsewhere") == []


async def test_an_address_that_is_not_listed_gets_nothing(tmp_path: Path, demo_database: Path) -> None:
    async with site(tmp_path, demo_database) as here:
        config.set_options(here.path, "setting", "warmline", {"webhook_hosts": "crm.example.com"}, who="test")
        first = here.hook()
        here.call()
        await here.until(lambda: here.state().tries > 1)
        assert "127.0.0.1" in here.state().deliveries[0].why and not here.got
        config.set_options(here.path, "setting", "warmline", {"webhook_hosts": "127.0.0.1"}, who="test")
        await here.until_told(first)


async def test_a_secret_is_in_no_list_export_history_or_log(
    tmp_path: Path, demo_database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with site(tmp_path, demo_database) as here:
        here.hook()
        secret = hook_states.secret_of(here.path, "crm", who="anna")
        here.answers = [500]
        here.call()
        await here.until(lambda: here.told())
        written = [
            str(config.everything(here.path, secrets=True)),
            str(config_history.newest(here.path, 50)),
            str(here.state()),
            caplog.text,
        ]
        shown = config_history.newest(here.path, 1)[0]
    assert not [text for text in written if secret in text]
    assert (shown.who, shown.changes[0].kind, shown.changes[0].after) == (
        "anna", "event-hook-secret", {"secret": "shown"}
    )  # fmt: skip
    assert "events?for=crm" not in caplog.text


def test_deliveries_keep_no_content(tmp_path: Path, demo_database: Path) -> None:
    path = Path(shutil.copy(demo_database, tmp_path / "warmline.db"))
    config.create(path, "event-hook", "crm", {"url": "http://127.0.0.1/"}, who="test")
    hook_work.make_ready(path)
    tried = [hook_states.HookDelivery(f"crm-{n}-0", "call.ended", n, 200, "") for n in range(250)]
    place = hook_work.place_of(path, "crm")
    assert place
    hook_work.store(path, "crm", place, tried)
    hook_work.store(path, "crm", place, tried[:3])
    kept = hook_states.state(path, "crm")
    assert kept.delivered == 253 and len(kept.deliveries) == hook_states.SHOWN
    config.delete(path, "event-hook", "crm", who="test")
    assert hook_work.read(path).hooks == ()


async def test_the_documented_receiver_takes_signed_events_alone(tmp_path: Path) -> None:
    page = (PROJECT / "docs/how-to/event-hooks.md").read_text()
    script = tmp_path / "receiver.py"
    script.write_text(page.partition("```python\n")[2].partition("```")[0])
    port, key = free_port(), "a-secret-of-this-test"
    receiver = await asyncio.create_subprocess_exec(
        sys.executable, script, env={"PORT": str(port), "SECRET": key}, stdout=asyncio.subprocess.PIPE
    )
    assert receiver.stdout
    try:
        hook = EventHook("crm", f"http://127.0.0.1:{port}/", *[frozenset[str]()] * 3, secret=key, hosts=("127.0.0.1",))
        wanted = HookRequest("crm-1-0", "call.ended", b'{"type": "call.ended"}')
        async with asyncio.timeout(20), webhook_connections.opened(lambda: hook.hosts) as session:
            while (answer := await post(session, hook, wanted, {})).status == 0:  # noqa: ASYNC110 - it begins to listen
                await asyncio.sleep(SOON)
            refused = await post(session, hook._replace(secret="another"), wanted, {})  # noqa: S106
            said = await receiver.stdout.readline()
    finally:
        receiver.kill()
        await receiver.wait()
    assert (answer, refused.status, said) == ((204, ""), 401, b"call.ended crm-1-0\n")


def test_an_attempt_that_a_wrong_clock_set_is_made_after_the_longest_pause() -> None:
    year, now = 365 * 86_400_000_000, 1_790_000_000_000_000
    for ahead, seconds in ((year, event_hook_retries.PAUSES[-1]), (10_000, 0.01), (-year, 0)):
        assert event_hook_retries.rest(hook_work.HookPlace(EventId(1, 0), 1, now, now + ahead), now) == seconds
