"""Which callers the guard sends to the fallback, and which it leaves."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import encode_basic_auth, web

from ari_app import guard
from ari_app.asterisk.ari_schemas import AriChannel, AriDialplan
from ari_app.asterisk.fallback_requests import FALLBACK
from ari_app.asterisk.lead_requests import HARBOUR
from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.guard import LEAD_WAITS, RINGS, AppMonitor, RingingLeads, place_of, waiting
from ari_app.link import liveness_probe, unix_sockets
from tests.asterisk.fake import FakeAri, fake_ari, says
from warmline.system import guard_lock, heartbeat_file, unix_paths
from warmline.system.link_sockets import WORKERS
from warmline.system.settings import load

LIMIT = 10.0


def goes(place: str = "", data: str = "warmline,ingroup,SALES", session: str = "", seconds: float = 4.0) -> bool:
    """Return whether a channel in this place is sent away after the app was stopped this long."""
    channel = AriChannel("L", dialplan=AriDialplan("800", "Stasis", data), channelvars={"WARMLINE_SESSION": session})
    now = AsteriskSnapshot("warmline", 0, {"L": channel}, frozenset(), {"L": place} if place else {}, frozenset())
    return list(waiting(now, seconds, 30)) == ["L"]


def test_a_caller_in_silence_is_sent_away_at_once() -> None:
    assert goes()


@pytest.mark.parametrize("seconds, away", [(4.0, False), (30.0, False), (30.5, True)])
def test_a_caller_who_hears_music_is_sent_away_after_30_seconds(seconds: float, away: bool) -> None:
    assert goes("spot-C-c", seconds=seconds) is away


def test_legs_outside_waiting_places_are_never_sent_away() -> None:
    stays = {
        "in a room": goes("room-C", seconds=3600),
        "in their seat": goes(session="S", seconds=3600),
        "an agent in a room": goes("room-C", session="S", seconds=3600),
        "called by us": goes(data="warmline,made", seconds=3600),
        "a parked third": goes("spot-C-t", "warmline,made", seconds=3600),
        "a beep": goes(data="warmline,whisper", seconds=3600),
        "the browser phone of an agent": goes(data="warmline,browser,a1b2", seconds=3600),
        "the keys of an agent": goes(data="warmline,keys,1000", seconds=3600),
        "the request of a handoff": goes(data="warmline,handoff,C", seconds=3600),
        "of another application": goes(data="other,ingroup,SALES", seconds=3600),
    }
    assert [name for name, is_sent_away in stays.items() if is_sent_away] == []


def at(place: str, data: str = "warmline,auto") -> AsteriskSnapshot:
    """Return a snapshot with one answered lead."""
    channel = AriChannel("L", state="Up", dialplan=AriDialplan("s", "Stasis", data))
    return AsteriskSnapshot("warmline", 0, {"L": channel}, frozenset(), {"L": place} if place else {}, frozenset())


def test_an_answered_lead_without_a_bridge_hears_the_message() -> None:
    assert list(waiting(at(""), 4.0, 30)) == ["L"]
    assert place_of(at(""), "L") is HARBOUR
    assert place_of(at("", "warmline,ingroup,SALES"), "L") is FALLBACK


def test_an_answered_lead_does_not_wait_until_the_app_counts_as_stopped() -> None:
    assert list(waiting(at(""), LEAD_WAITS + 0.1, 30)) == ["L"]
    assert list(waiting(at(""), LEAD_WAITS, 30)) == []
    assert list(waiting(at("", "warmline,ingroup,SALES"), heartbeat_file.STOPPED_SECONDS, 30)) == []


def test_an_answered_lead_who_waits_in_an_in_group_is_a_caller() -> None:
    assert list(waiting(at("spot-C-c"), 4.0, 30)) == []
    assert list(waiting(at("spot-C-c"), 31.0, 30)) == ["L"]
    assert place_of(at("spot-C-c"), "L") is FALLBACK


def test_an_answered_lead_who_talks_stays() -> None:
    assert list(waiting(at("room-C"), 3600, 30)) == []


def ringing(state: str = "Ringing", app: str = "AppDial2", call: str = "C") -> AsteriskSnapshot:
    """Return a snapshot with a channel in this state."""
    plan = AriDialplan("s", app, "warmline,made" if app == "Stasis" else "(Outgoing Line)")
    channel = AriChannel("L", state=state, dialplan=plan, channelvars={"WARMLINE_CALL": call})
    return AsteriskSnapshot("warmline", 0, {"L": channel}, frozenset(), {}, frozenset())


def test_a_lead_rings_for_fifteen_seconds_and_no_longer() -> None:
    leads = RingingLeads()
    assert leads.due(ringing(), 100.0) == []
    assert leads.due(ringing(), 100.0 + RINGS - 0.5) == []
    assert leads.due(ringing(), 100.0 + RINGS) == ["L"]


def test_the_time_begins_with_the_ringing_and_again_after_the_app_was_back() -> None:
    leads = RingingLeads()
    assert leads.due(ringing("Down"), 90.0) == []
    assert leads.due(ringing(), 100.0) == []
    leads.forget()
    assert leads.due(ringing(), 110.0) == []
    assert leads.due(ringing(), 110.0 + RINGS - 0.5) == []
    assert leads.due(ringing(), 110.0 + RINGS) == ["L"]


@pytest.mark.parametrize("other", [ringing(app="Stasis"), ringing(call=""), ringing("Ring"), ringing("Up")])
def test_no_other_channel_is_hung_up(other: AsteriskSnapshot) -> None:
    leads = RingingLeads()
    assert leads.due(other, 0.0) == leads.due(other, 3600.0) == []


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.monotonic() + seconds
    monkeypatch.setattr(time, "monotonic", lambda: now)


def test_an_application_that_has_gone_with_its_beat_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """systemd removes the run folder with it."""
    pulse = AppMonitor(str(tmp_path))
    assert pulse.still() == 0, "it was never there"
    heartbeat_file.HeartbeatFile(str(tmp_path)).give()
    assert pulse.still() == 0
    (tmp_path / "beat").unlink()
    assert pulse.still() == 0, "it may be back in a moment"
    later(monkeypatch, 7)
    assert 6.9 < pulse.still() < 9
    heartbeat_file.HeartbeatFile(str(tmp_path)).give()
    assert pulse.still() == 0


@asynccontextmanager
async def guarding(fake: FakeAri, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Path]:
    """Provide a guard with a settings file, which is yielded."""
    file = folder / "warmline.toml"
    file.write_text(f'ari_url = "{fake.url}"\nrun = "{folder}"\nari_password = "old"\n')
    monkeypatch.setenv("WARMLINE_CONFIG", str(file))
    running = asyncio.create_task(guard._guard(load()))
    try:
        yield file
    finally:
        running.cancel()
        await asyncio.wait({running})


async def test_a_guard_that_is_refused_says_so_and_reads_its_settings_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Before the guard is needed: no caller waits, and the app runs."""
    monkeypatch.setattr(guard, "AGAIN", 0.0)
    wanted = encode_basic_auth("warmline", "new")
    async with fake_ari() as (fake, _):
        let_in = asyncio.Event()

        async def answer(request: web.Request) -> web.Response:
            if request.headers["Authorization"] != wanted:
                return web.Response(status=401)
            let_in.set()
            return web.Response()

        fake.replies["GET /asterisk/ping"] = answer
        async with guarding(fake, tmp_path, monkeypatch) as file:
            await fake.until_asked("GET /asterisk/ping")
            file.write_text(file.read_text().replace('"old"', '"new"'))
            async with asyncio.timeout(LIMIT):
                await let_in.wait()
            assert guard_lock.is_guarded(file)
        assert not guard_lock.is_guarded(file)
    assert "ARI does not know the user warmline or the password" in caplog.text


async def test_broken_settings_leave_the_guard_with_the_previous_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(guard, "MINUTE", 0.0)
    async with fake_ari() as (fake, _), guarding(fake, tmp_path, monkeypatch) as file:
        await fake.until_asked("GET /asterisk/ping")
        file.write_text("half a li")
        await fake.until_asked("GET /asterisk/ping", fake.asked.count("GET /asterisk/ping") + 3)
    assert "the previous settings stay in effect: settings file" in caplog.text


def caller(leg: str) -> dict[str, object]:
    """Asterisk reports that the caller waits in no bridge."""
    dialplan = {"exten": "800", "app_name": "Stasis", "app_data": "warmline,ingroup,SALES"}
    return {"id": leg, "name": f"PJSIP/{leg}", "state": "Up", "dialplan": dialplan}


async def test_no_further_caller_is_sent_away_when_the_application_is_back(tmp_path: Path) -> None:
    """The caller may be in a conversation by then."""
    (tmp_path / "beat").write_text(f"{time.monotonic() - 10:017.3f}\n")
    async with fake_ari() as (fake, client):

        async def goes_on(_: web.Request) -> web.Response:
            heartbeat_file.HeartbeatFile(str(tmp_path)).give()
            return web.Response(status=204)

        fake.replies["GET /channels"], fake.replies["GET /bridges"] = says([caller("A"), caller("B")]), says([])
        fake.replies["POST /channels/A/continue"] = goes_on
        await guard._send_away(client, AppMonitor(str(tmp_path)), 30, RingingLeads())
        assert fake.asked[-1] == "POST /channels/A/continue"


class Answers:
    """The app's answers to a request, and the number of requests."""

    def __init__(self, *, turns: bool) -> None:
        self.turns, self.asked = turns, 0

    async def __call__(self) -> bool:
        self.asked += 1
        return self.turns


@pytest.mark.parametrize("seconds, turns, still", [(3.2, True, False), (3.2, False, True), (6.5, True, True)])
def test_a_loop_that_is_slow_but_turns_is_not_stopped(
    seconds: float, turns: bool, still: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulse, answers = AppMonitor(str(tmp_path)), Answers(turns=turns)
    heartbeat_file.HeartbeatFile(str(tmp_path)).give()
    asyncio.run(pulse.look_again(answers))
    assert answers.asked == 0, "its beat is there"
    later(monkeypatch, seconds)
    asyncio.run(pulse.look_again(answers))
    assert bool(pulse.still()) is still


def test_an_answer_stands_for_a_beat_for_two_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pulse = AppMonitor(str(tmp_path))
    heartbeat_file.HeartbeatFile(str(tmp_path)).give()
    later(monkeypatch, 2.8)
    asyncio.run(pulse.look_again(Answers(turns=True)))
    later(monkeypatch, 0.5)
    assert not pulse.still()
    later(monkeypatch, 2.0)
    assert pulse.still()


@pytest.mark.parametrize("folder", ["", "n" * unix_paths.PATH_MAX_BYTES])
def test_the_call_process_is_asked_at_its_own_socket(tmp_path: Path, folder: str) -> None:
    places = load({"WARMLINE_RUN": str(tmp_path / folder), "WARMLINE_CONFIG": _settings_file(tmp_path)})
    (tmp_path / folder).mkdir(exist_ok=True)

    async def main() -> list[bool]:
        async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"anything")
            writer.close()

        listener = unix_sockets.bind(WORKERS.path(places.run), 0o600)
        async with await asyncio.start_unix_server(speak, sock=listener):
            answered = await liveness_probe.answers(places)
        return [answered, await liveness_probe.answers(places)]

    assert asyncio.run(main()) == [True, False]


def _settings_file(folder: Path) -> str:
    file = folder / "warmline.toml"
    file.write_text("")
    return str(file)
