"""A real Kamailio places callers: by the app's answer, or by itself if the app is silent."""

import asyncio
import signal
import socket
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from contrib.front.tests.kamailio.kamailio_stage import KAMAILIO, NUMBER, Stage, front, host, leader, options
from lab.sip.incoming import busy, refuse
from lab.sip.sip_call import CallRefused
from lab.sip.waiting import WaitTimeout

pytestmark = pytest.mark.skipif(KAMAILIO is None, reason="needs Kamailio: apt install kamailio kamailio-extra-modules")

WITHIN = 350.0  # milliseconds
CALLS = 20
OPEN = ("--phones", "127.0.0.0/8")


def with_front(folder: Path, scenario: Callable[[Stage], Coroutine[Any, Any, None]], **given: Any) -> None:
    async def run() -> None:
        async with front(folder, **given) as stage:
            await scenario(stage)

    asyncio.run(run())


async def calls(stage: Stage, count: int = CALLS) -> tuple[Counter[str], list[float]]:
    """Return how many of so many calls each server got, and the milliseconds until then, in order."""
    found = [await stage.placed() for _ in range(count)]
    return Counter(name for name, _ in found), sorted(ms for _, ms in found)


def show(text: str, shares: Counter[str], times: list[float]) -> None:
    """Print a line of figures."""
    print(f"{text}: {dict(shares)}, median {times[len(times) // 2]:.1f} ms, largest {times[-1]:.1f} ms")


def test_a_caller_goes_to_the_server_that_the_app_names(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        async with leader(stage, stage.servers["b"].trunk):
            shares, times = await calls(stage)
            show("by the app's answer", shares, times)
            assert shares == {"b": CALLS} and times[-1] < WITHIN

    with_front(tmp_path, scenario)


def test_callers_are_placed_in_time_while_the_app_is_frozen(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        async with leader(stage, stage.servers["b"].trunk) as app:
            app.signal(signal.SIGSTOP)
            shares, times = await calls(stage, 6)
            show("just frozen", shares, times)
            assert times[-1] < WITHIN and times[len(times) // 2] > 100, "the front did not ask"
            await asyncio.sleep(3)  # the front then asks no more, and no event says so
            shares, times = await calls(stage)
            show("frozen", shares, times)
            assert set(shares) == {"main", "b"} and times[-1] < WITHIN and times[len(times) // 2] < 100
            app.signal(signal.SIGCONT)
            async with asyncio.timeout(10):
                while (await calls(stage, 4))[0] != {"b": 4}:
                    pass

    with_front(tmp_path, scenario)


def test_callers_are_placed_in_time_without_an_app(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        shares, times = await calls(stage)
        show("without an app", shares, times)
        assert set(shares) == {"main", "b"} and times[-1] < WITHIN
        async with leader(stage, stage.servers["b"].trunk) as app:
            app.signal(signal.SIGKILL)
            shares, times = await calls(stage)
            show("after the app was killed", shares, times)
            assert set(shares) == {"main", "b"} and times[-1] < WITHIN and times[len(times) // 2] < 100

    with_front(tmp_path, scenario)


@pytest.mark.parametrize("answer", ["none", "10.0.0.9:5060", "nonsense", ""])
def test_the_front_decides_itself_if_the_answer_names_no_server_of_its_list(tmp_path: Path, answer: str) -> None:
    async def scenario(stage: Stage) -> None:
        async with leader(stage, answer):
            shares, times = await calls(stage)
            assert set(shares) == {"main", "b"} and times[-1] < WITHIN and times[len(times) // 2] < 100

    with_front(tmp_path, scenario)


def test_a_server_that_drains_gets_no_calls_while_the_app_is_away(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        main, b = (stage.servers[name].trunk for name in ("main", "b"))
        async with leader(stage, "none", b):
            assert (await calls(stage))[0] == {"main": CALLS}
        assert (await calls(stage))[0] == {"main": CALLS}
        stage.servers["main"].endpoint.close()
        assert (await calls(stage, 3))[0] == {"b": 3}, "it is better than no server"
        async with leader(stage, "none", main, b):
            assert (await calls(stage, 3))[0] == {"b": 3}

    with_front(tmp_path, scenario)


def test_a_server_without_weight_gets_no_calls_of_the_front_but_those_of_the_app(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        assert (await calls(stage))[0] == {"main": CALLS}
        async with leader(stage, stage.servers["b"].trunk):
            assert (await calls(stage, 5))[0] == {"b": 5}

    with_front(tmp_path, scenario, weights={"b": 0})


@pytest.mark.parametrize("asks", [False, True])
def test_a_dead_server_costs_its_next_callers_2_seconds_and_the_later_ones_nothing(
    tmp_path: Path, *, asks: bool
) -> None:
    async def scenario(stage: Stage) -> None:
        async with leader(stage, stage.servers["b"].trunk if asks else ""):
            stage.servers["b"].endpoint.close()
            first, times = await calls(stage, 2)
            assert first == {"main": 2} and times[-1] < 3000
            async with asyncio.timeout(10):
                while (found := await calls(stage, 3))[1][-1] > WITHIN:
                    pass
            assert found[0] == {"main": 3}

    with_front(tmp_path, scenario)


@pytest.mark.parametrize("asks", [False, True])
def test_a_server_that_refuses_with_503_is_passed_over_at_once(tmp_path: Path, *, asks: bool) -> None:
    async def scenario(stage: Stage) -> None:
        stage.servers["b"].decide = lambda _: refuse(503)
        async with leader(stage, stage.servers["b"].trunk if asks else ""):
            shares, times = await calls(stage, 10)
            assert shares == {"main": 10} and times[-1] < WITHIN

    with_front(tmp_path, scenario)


def test_a_busy_answer_goes_back_to_the_caller(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        for server in stage.servers.values():
            server.decide = lambda _: busy()
        call = await stage.customer.call(NUMBER)
        await call.ended()
        assert call.status == 486

    with_front(tmp_path, scenario)


def test_both_sides_hear_each_other_hold_and_end_calls_through_the_front(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        _, far, call = await stage.talk()
        await call.hold()
        await far.hold()
        await call.unhold()
        await far.unhold()
        await far.hang_up()
        await call.ended()
        assert call.ended_by == "them"
        _, far, call = await stage.talk()
        await call.hang_up()
        await far.ended()
        assert far.ended_by == "them"

    with_front(tmp_path, scenario)


def test_a_call_outlives_the_front(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        _, far, call = await stage.talk()
        stage.kamailio.kill()
        await stage.kamailio.start(stage.customer)
        await call.hang_up()
        await far.ended()
        assert far.ended_by == "them"

    with_front(tmp_path, scenario)


def test_a_caller_who_hangs_up_while_the_app_is_asked_reaches_no_server(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        async with leader(stage, stage.servers["b"].trunk) as app:
            app.signal(signal.SIGSTOP)
            before = [len(server.calls) for server in stage.servers.values()]
            call = await stage.customer.call(NUMBER)
            await call.hang_up()
            app.signal(signal.SIGCONT)
            await calls(stage, 1)
            assert sum(len(server.calls) for server in stage.servers.values()) == sum(before) + 1

    with_front(tmp_path, scenario)


def test_each_server_calls_a_registered_phone_through_the_front(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        phone = await stage.parties.phone("1000", "", stage.kamailio.sip)
        for server in stage.servers.values():
            server.sip = host(stage.kamailio.sip)
            call = await server.call("1000")
            await call.answered()
            far = await phone.next_call()
            await far.hang_up()
            await call.ended()
            assert call.ended_by == "them"
            assert await options(server, f"sip:1000@{stage.kamailio.sip}") == 200
        await phone.register(0)
        call = await stage.servers["main"].call("1000")
        await call.ended()
        assert call.status == 480
        with pytest.raises(WaitTimeout):
            await options(stage.servers["b"], f"sip:1000@{stage.kamailio.sip}")

    with_front(tmp_path, scenario, options=OPEN)


def test_a_phone_registers_only_with_its_password(tmp_path: Path) -> None:
    table = tmp_path / "text"
    table.mkdir()
    (table / "subscriber").write_text(
        "id(int,auto) username(string) domain(string) password(string)\n1:1000:front:secret\n2:1001:front:other\n"
    )

    async def scenario(stage: Stage) -> None:
        await stage.parties.phone("1000", "secret", stage.kamailio.sip)
        for user, password in (("1000", "wrong"), ("1000", ""), ("1002", "secret")):
            with pytest.raises(CallRefused):
                await stage.parties.phone(user, password, stage.kamailio.sip)

    with_front(tmp_path, scenario, options=(*OPEN, "--passwords", str(table)))


def test_strangers_reach_no_server_and_no_phone(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        assert await code_of(stage, "INVITE") == 403
        assert await code_of(stage, "REGISTER") == 403
        assert await code_of(stage, "OPTIONS") == 403
        assert await code_of(stage, "MESSAGE") == 405
        assert await code_of(stage, "BYE", tag=";tag=known") == 404
        reader, writer = await asyncio.open_connection(*host(stage.kamailio.link), local_addr=("127.0.0.9", 0))
        async with asyncio.timeout(5):
            assert await reader.read() == b"", "the front keeps a connection from another address than the app's"
        writer.close()

    with_front(tmp_path, scenario, options=("--phones", "127.0.0.1"))


def test_a_phone_cannot_lead_its_calls_out_of_the_phones_networks(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        assert await code_of(stage, "REGISTER", host_of_sender="127.0.0.1", contact="127.0.0.9:5060") == 200
        server = stage.servers["b"]
        server.sip = host(stage.kamailio.sip)
        call = await server.call("1000")
        await call.ended()
        assert call.status == 480

    with_front(tmp_path, scenario, options=("--phones", "127.0.0.1"))


async def code_of(
    stage: Stage, method: str, tag: str = "", host_of_sender: str = "127.0.0.9", contact: str = ""
) -> int:
    """Send a request, usually from an address that is no trunk, phone or server; return the code of the answer."""
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.setblocking(False)
        udp.bind((host_of_sender, 0))
        at = f"{host_of_sender}:{udp.getsockname()[1]}"
        head = (
            f"{method} sip:1000@{stage.kamailio.sip} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK{method}\r\n"
            f"From: <sip:mallory@{at}>;tag=a\r\nTo: <sip:1000@{stage.kamailio.sip}>{tag}\r\nCall-ID: {method}@{at}\r\n"
            f"CSeq: 1 {method}\r\nContact: <sip:mallory@{contact or at}>\r\nMax-Forwards: 70\r\n"
            "Content-Length: 0\r\n\r\n"
        )
        await loop.sock_sendto(udp, head.encode(), host(stage.kamailio.sip))
        async with asyncio.timeout(5):
            while (answer := (await loop.sock_recv(udp, 65536)).split(b" ")[1]) == b"100":
                pass
        return int(answer)
