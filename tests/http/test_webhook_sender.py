"""Webhooks to a receiver on this machine: the requests, and the addresses that are refused."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from typing import Any

import pytest
from aiohttp import web

from ari_app.workers import webhook_addresses, webhook_connections, webhook_sender
from ari_app.workers.webhook_addresses import AddressNotAllowed, check_address, check_host
from ari_app.workers.webhook_sender import WebhookFacts
from tests.wording.said import refused, said
from tools.simulation.call_centre.webhook_receiver import Receiver, receiving
from warmline.core.messages.webhook_messages import WebhookTried
from warmline.core.model.webhook import Webhook, WebhookTrigger

HERE = ("127.0.0.1",)
SECRET = "s3cret-of-the-crm"  # noqa: S105 - of a test
SECRETS = "crm=a&b=c/--A--user--B-- erp=2"


class Site:
    """The sender, the receiver, and the core's events."""

    def __init__(self, receiver: Receiver, allowed: Sequence[str], secret: str, facts: dict[str, str]) -> None:
        self.receiver = receiver
        self.tried: asyncio.Queue[WebhookTried] = asyncio.Queue()

        def read(_: Webhook) -> WebhookFacts:
            return WebhookFacts(facts, tuple(allowed))

        self.sender = webhook_sender.WebhookSender(read, self.tried.put_nowait, secret, SECRETS)

    def ask(self, url: str, name: str = "W1", tries: int = 0, call: str = "") -> None:
        url = url.replace("HERE", f"127.0.0.1:{self.receiver.port}").replace("PORT", str(self.receiver.port))
        before = ((1, 500, "no"),) * tries
        call = call or f"call of {name}"
        self.sender.ask(
            Webhook(id=name, hook=WebhookTrigger.DISPO, url=url, call=call, agent="1000", queued=1, due=1, tries=before)
        )

    async def send(self, url: str, **more: Any) -> WebhookTried:
        self.ask(url, **more)
        return await asyncio.wait_for(self.tried.get(), 20)


@asynccontextmanager
async def site(allowed: Sequence[str] = HERE, secret: str = "", **facts: str) -> AsyncIterator[Site]:
    async with receiving() as receiver:
        made = Site(receiver, allowed, secret, facts)
        running = asyncio.create_task(made.sender.run())
        try:
            yield made
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


async def test_the_receiver_is_told_with_the_values_in_their_places() -> None:
    async with site(user="1000", dispo="SALE", first_name="Zoë & Co") as here:
        tried = await here.send("VARhttp://HERE/x?u=--A--user--B--&d=--A--dispo--B--&n=--A--first_name--B--", tries=2)
        [request] = here.receiver.requests
    assert tried == WebhookTried("W1", 200)
    assert request.method == "GET" and dict(request.query) == {"u": "1000", "d": "SALE", "n": "Zoë & Co"}
    assert request.headers["Warmline-Webhook-Id"] == "W1" and request.headers["Warmline-Webhook-Try"] == "3"
    assert "Warmline-Webhook-Signature" not in request.headers and "Cookie" not in request.headers


async def test_a_named_secret_is_only_in_the_request(caplog: pytest.LogCaptureFixture) -> None:
    async with site(first_name="{secret:erp}", user="1000") as here:
        tried = await here.send("http://HERE/{secret:erp}/x?t={secret:crm}&n=--A--first_name--B--")
        [request] = here.receiver.requests
        assert (tried.status, request.path) == (200, "/2/x")
        assert dict(request.query) == {"t": "a&b=c/--A--user--B--", "n": "{secret:erp}"}
        tried = await here.send("http://HERE/?t={secret:other}", name="W2")
        assert tried == WebhookTried("W2", why="the settings have no secret other: add other=… to webhook_secrets")
        here.sender.use("", "other=new")
        assert (await here.send("http://HERE/?t={secret:other}", name="W3")).status == 200
        assert dict(here.receiver.requests[-1].query) == {"t": "new"}
    assert "a&b=c" not in caplog.text and "a%26b" not in caplog.text


async def test_the_receiver_can_tell_that_it_was_us() -> None:
    async with site(secret=SECRET, first_name="Zoë") as here:
        await here.send("http://HERE/a/b?n=--A--first_name--B--")
        [request] = here.receiver.requests
    now, said = request.headers["Warmline-Webhook-Time"], request.headers["Warmline-Webhook-Signature"]
    assert said == webhook_sender.signature(SECRET.encode(), "W1", int(now), "/a/b?n=Zo%C3%AB")
    assert said != webhook_sender.signature(b"another", "W1", int(now), "/a/b?n=Zo%C3%AB")


def test_the_signature_equals_the_documented_one() -> None:
    """printf 'W1.1700000000./x?u=1' | openssl dgst -sha256 -hmac secret"""
    made = webhook_sender.signature(b"secret", "W1", 1_700_000_000, "/x?u=1")
    assert made == "sha256=435ab6626f792f276320224e87167e7d465c5b462549d1fc0d3e259de1026a72"


@pytest.mark.parametrize("status", [204, 301, 307, 404, 500, 503])
async def test_the_status_is_told_and_no_redirect_followed(status: int) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    async with site() as here:
        here.receiver.answer = answer
        tried = await here.send("http://HERE/x")
        assert len(here.receiver.requests) == 1
    assert tried.status == status and not tried.final
    assert (tried.why == "") == (status == 204) and ("redirects" in tried.why) == (status // 100 == 3)


async def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    written = 0

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal written
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            while written < 100_000_000:
                await response.write(b"x" * 65_536)
                written += 65_536
        return response

    async with site() as here:
        here.receiver.answer = answer
        assert await here.send("http://HERE/x") == WebhookTried("W1", 200)
    assert written < 50_000_000


async def test_a_host_removed_from_the_list_gets_no_pending_webhook(monkeypatch: pytest.MonkeyPatch) -> None:
    """The webhook waits behind another one to the same host."""
    monkeypatch.setattr(webhook_sender, "AT_ONCE", 1)
    allowed, go_on = list(HERE), asyncio.Event()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        await go_on.wait()
        return web.Response()

    async with site(allowed) as here:
        here.receiver.answer = answer
        here.ask("http://HERE/x", "W1")
        here.ask("http://HERE/x", "W2")
        await here.receiver.request(1, 5)
        allowed.clear()
        go_on.set()
        first, second = await asyncio.wait_for(here.tried.get(), 5), await asyncio.wait_for(here.tried.get(), 5)
        assert len(here.receiver.requests) == 1
    assert (first, second.webhook, second.final) == (WebhookTried("W1", 200), "W2", True)


async def test_a_name_server_that_says_nothing_holds_back_no_other_name(monkeypatch: pytest.MonkeyPatch) -> None:
    said = threading.Event()

    def getaddrinfo(host: str, port: int, *rest: Any) -> Any:
        if host != "quick":
            said.wait(5)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    names = [f"silent{number}" for number in range(20)]
    async with site((*names, "quick", *HERE)) as here:
        for name in names:
            here.ask(f"http://{name}:PORT/x", name)
        assert await here.send("http://quick:PORT/x", name="Q") == WebhookTried("Q", 200)
        said.set()
        assert {(await asyncio.wait_for(here.tried.get(), 5)).status for _ in names} == {200}


async def test_a_receiver_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_connections, "WITHIN", 0.1)

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        await asyncio.Event().wait()
        return web.Response()

    async with site() as here:
        here.receiver.answer = answer
        tried = await here.send("http://HERE/x")
    assert tried.status == 0 and "no answer within" in tried.why and not tried.final


async def test_one_silent_host_does_not_hold_back_another(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = asyncio.Event()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if request.path == "/silent":
            await silent.wait()
        return web.Response()

    async with site(("127.0.0.0/8",)) as here:
        here.receiver.answer = answer
        for number in range(20):
            here.ask("http://127.0.0.2:PORT/silent", f"S{number}")
        tried = await here.send("http://HERE/x", name="quick")
        assert tried.webhook == "quick"
        silent.set()


async def test_the_webhooks_of_a_call_are_sent_in_order() -> None:
    heard = asyncio.Event()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if request.path == "/first":
            await heard.wait()
        return web.Response()

    async with site() as here:
        here.receiver.answer = answer
        here.ask("http://HERE/first", "W1", call="C1")
        await here.receiver.request(1, 5)
        here.ask("http://HERE/second", "W2", call="C1")
        assert (await here.send("http://HERE/of-another-call", name="W3", call="C2")).webhook == "W3"
        heard.set()
        assert [(await asyncio.wait_for(here.tried.get(), 5)).webhook for _ in range(2)] == ["W1", "W2"]
        assert [request.path for request in here.receiver.requests] == ["/first", "/of-another-call", "/second"]


async def test_a_refused_connection_is_reported_without_the_address(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as closed:
        closed.bind((*HERE, 0))
        port = closed.getsockname()[1]
        async with site(user="1000") as here:
            tried = await here.send(f"http://127.0.0.1:{port}/x?token={SECRET}&u=--A--user--B--")
    assert tried.status == 0 and tried.why.startswith("ClientConnectorError") and not tried.final
    assert SECRET not in tried.why and SECRET not in caplog.text and "W1" in caplog.text


async def test_an_exception_in_the_sender_loses_no_webhook(caplog: pytest.LogCaptureFixture) -> None:
    def forgetful(webhook: Webhook) -> WebhookFacts:
        raise KeyError("lead")

    tried: asyncio.Queue[WebhookTried] = asyncio.Queue()
    webhook = Webhook(
        id="W1", hook=WebhookTrigger.DISPO, url="http://127.0.0.1/", call="C1", agent="1000", queued=1, due=1
    )
    sender = webhook_sender.WebhookSender(forgetful, tried.put_nowait)
    running = asyncio.create_task(sender.run())
    sender.ask(webhook)
    assert await asyncio.wait_for(tried.get(), 5) == WebhookTried("W1", why="KeyError")
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert "KeyError: 'lead'" in caplog.text


async def test_a_webhook_requested_twice_is_sent_once() -> None:
    async with site() as here:
        here.ask("http://HERE/x")
        here.ask("http://HERE/x")
        assert (await here.tried.get()).status == 200
        await here.send("http://HERE/last", name="W2")
        assert [request.path for request in here.receiver.requests] == ["/x", "/last"]


async def test_loopback_is_refused_under_any_name_unless_its_address_is_listed() -> None:
    hosts = ("127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "[::ffff:127.0.0.1]")
    wrong = []
    for allowed in ((), ("crm.example.com",), ("localhost", "127.1", "2130706433", "::2")):
        async with site(allowed) as here:
            for host in hosts:
                tried = await here.send(f"http://{host}:PORT/x", name=host)
                is_refused = "webhook_hosts" in tried.why or "is invalid" in tried.why
                wrong += [] if tried.final and tried.status == 0 and is_refused else [(host, allowed, tried)]
            assert here.receiver.requests == []
    assert wrong == []


async def test_a_name_that_turns_into_another_address_is_not_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the first look-up gives a public address, the next one this machine's."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    looked_up: list[str] = []

    def getaddrinfo(host: str, port: int, *rest: Any) -> Any:
        looked_up.append(next(answers))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (looked_up[-1], port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    resolver = webhook_addresses.CheckedResolver(lambda: ("crm.example.com",))
    assert [one["host"] for one in await resolver.resolve("crm.example.com", 80)] == ["93.184.216.34"]
    async with site(("crm.example.com",)) as here:
        tried = await here.send("http://crm.example.com:PORT/x")
        assert here.receiver.requests == []
    assert looked_up == ["93.184.216.34", "127.0.0.1"]  # one look-up per attempt, and that address is connected
    reason = said("webhook_address_not_public", address="127.0.0.1", list="webhook_hosts")
    assert tried.final and reason in tried.why
    await resolver.close()


async def test_a_listed_name_with_a_listed_address_is_reached() -> None:
    async with site(("LOCALHOST", "127.0.0.0/8", "::1")) as here:
        assert (await here.send("http://localhost:PORT/x")).status == 200


NOT_PUBLIC = """
    10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 224.0.0.1 ::1 fe80::1 fc00::1 ::ffff:10.0.0.1 64:ff9b::a00:1
    2002:7f00:1:: ::127.0.0.1 ::ffff:0:127.0.0.1 64:ff9b:1::5db8:d822 fec0::1 192.0.0.8 192.88.99.1 5f00::1 3fff::1
    100:0:0:1::1 64:ff9b:0:1::1
"""  # 64:ff9b::a00:1: a gateway to IPv4 makes 10.0.0.1 of it


def test_addresses_that_are_not_public_must_be_listed() -> None:
    for address in NOT_PUBLIC.split():
        with refused(AddressNotAllowed, "webhook_address_not_public"):
            check_address(ip_address(address), ("crm.example.com",))
            pytest.fail(address)
        check_address(ip_address(address), (address,))


def test_a_public_address_needs_its_name_in_the_list_only() -> None:
    for address in ("93.184.216.34", "::ffff:93.184.216.34", "64:ff9b::5db8:d822", "2606:2800:220:1::"):
        check_address(ip_address(address), ())
    check_host("CRM.example.com", ("crm.EXAMPLE.com",))
    check_host("93.184.216.34", ("93.184.216.0/24",))
    for host in ("other.example.com", "crm.example.com.evil.net", "93.184.217.1"):
        with refused(AddressNotAllowed, "webhook_host_not_listed", host=host, list="webhook_hosts"):
            check_host(host, ("crm.example.com", "93.184.216.0/24"))


def test_the_public_address_of_this_machine_must_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public address is no further away than loopback."""
    own = ip_address("93.184.216.34")
    assert webhook_addresses._is_own(ip_address("127.0.0.1")) and not webhook_addresses._is_own(own)
    monkeypatch.setattr(webhook_addresses, "_is_own", lambda address: address == own)
    for address in (own, ip_address("::ffff:93.184.216.34")):
        with refused(AddressNotAllowed, "webhook_address_own"):
            check_address(address, ("crm.example.com",))
        check_address(address, ("93.184.216.34",))
    check_address(ip_address("93.184.216.35"), ())
