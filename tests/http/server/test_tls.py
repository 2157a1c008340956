"""The server is encrypted if other machines can reach it."""

import asyncio
import logging
import re
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from ari_app.http.server import http_connection, http_listener, tls
from ari_app.http.server.limits import connection_limits
from ari_app.http.server.password_check import ApiUsers
from cli.doctor.checks.secrets_check import certificate
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Severity
from tests.copied_database import new_database
from tests.free_port import free_port
from tests.http.agent_api import FakeBoard, empty_database, no_orphans, verify, world
from tests.http.bare_app import BareApp
from tests.http.certificates import Certificate, made
from tests.http.own_app import own_app
from tests.wording.said import refused
from warmline.centre import api_port
from warmline.centre.app_answer import AppAway
from warmline.system import settings
from warmline.system.settings import Settings, SettingsError

T = TypeVar("T")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens there


def asked(folder: Path, **changed: str | int) -> Settings:
    return settings.load({"WARMLINE_RUN": str(folder), "WARMLINE_DB": empty_database()})._replace(**changed)


def opened(given: Settings, talk: Callable[[Settings], Awaitable[T]], **parts: Any) -> T:
    """Run the server with these settings on a free port; `talk` gets settings that lead there."""

    async def go() -> T:
        app = own_app(FakeBoard(world()), ApiUsers(verify), given, no_orphans, **parts)
        runner = await http_listener.listen(app, "127.0.0.1", 0, tls.context(given))
        try:
            return await talk(given._replace(listen_port=runner.addresses[0][1]))
        finally:
            await runner.cleanup()

    return asyncio.run(go())


@pytest.fixture
def files(tmp_path: Path) -> Certificate:
    return made(tmp_path)


def test_a_connection_in_its_handshake_has_a_place(
    tmp_path: Path, files: Certificate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connection_limits, "MOST", 1)
    given = asked(tmp_path, **files._asdict())

    async def talk(where: Settings) -> None:
        silent, _ = await asyncio.open_connection("127.0.0.1", where.listen_port)
        failing, hello = await asyncio.open_connection("127.0.0.1", where.listen_port)
        assert await asyncio.wait_for(silent.read(), 5) == b""
        assert "idle connection of 127.0.0.1 closed for one from 127.0.0.1: of 1 open" in caplog.text
        hello.write(b"no hello")
        await asyncio.wait_for(failing.read(), 5)  # the handshake has failed
        assert (await asyncio.to_thread(api_port.get, where, "agents"))[0]["user"] == "1000"

    opened(given, talk)


def test_the_handshakes_of_a_stranger_are_limited_and_counted(
    tmp_path: Path, files: Certificate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Each counts as eight requests of the 40 that an address may send in a second."""
    monkeypatch.setattr(http_connection, "is_local", lambda _: False)
    given = asked(tmp_path, api_rate=8, **files._asdict())
    counted: list[str] = []
    trusting = ssl.create_default_context(cafile=files.tls_certificate)
    trusting.check_hostname = False

    async def shakes(where: Settings) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", where.listen_port, ssl=trusting)
        except (ConnectionError, ssl.SSLError):
            return False
        writer.close()
        return True

    async def talk(where: Settings) -> list[bool]:
        return [await shakes(where) for _ in range(5)] + await asyncio.gather(*[shakes(where) for _ in range(25)])

    made = opened(given, talk, too_often=counted.append)
    assert made[:5] == [True] * 5 and made.count(False) > 0
    assert counted == ["any"] * made.count(False), "the metric warmline_api_too_often_total counts them"
    assert "an unknown client from 127.0.0.1 sends too many requests" in caplog.text


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.7", "pbx.example.org", ""])
def test_a_public_listen_host_without_tls_is_refused(tmp_path: Path, host: str) -> None:
    with refused(SettingsError, "listen_host_without_tls"):
        tls.context(asked(tmp_path, listen_host=host))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_loopback_listen_host_needs_no_certificate(tmp_path: Path, host: str) -> None:
    assert tls.context(asked(tmp_path, listen_host=host)) is None


def test_with_a_certificate_it_may_be_open_to_all(tmp_path: Path, files: Certificate) -> None:
    assert tls.context(asked(tmp_path, listen_host=EVERYWHERE, **files._asdict()))


def test_the_command_line_trusts_only_the_configured_certificate(tmp_path: Path, files: Certificate) -> None:
    async def talk(there: Settings) -> None:
        assert [one["user"] for one in await asyncio.to_thread(api_port.get, there, "agents")] == ["1000"]
        for stranger in (there._replace(tls_certificate=made(tmp_path, "other").tls_certificate), unencrypted(there)):
            with pytest.raises(AppAway) as caught:
                await asyncio.to_thread(api_port.get, stranger, "agents")
            assert str(caught.value.fields["where"]).endswith(f"://127.0.0.1:{there.listen_port}")

    opened(asked(tmp_path, **files._asdict()), talk)


def test_another_certificate_of_the_same_authority_is_refused(tmp_path: Path) -> None:
    authority = made(tmp_path, "authority")
    ours, strangers = made(tmp_path, "app", by=authority), made(tmp_path, "other", by=authority)

    async def talk(there: Settings) -> None:
        assert [one["user"] for one in await asyncio.to_thread(api_port.get, there, "agents")] == ["1000"]
        with refused(AppAway, "api_away") as caught:
            await asyncio.to_thread(api_port.get, there._replace(**strangers._asdict()), "agents")
        assert "CERTIFICATE_VERIFY_FAILED" in str(caught.value.fields["why"])

    opened(asked(tmp_path, **ours._asdict()), talk)


def test_an_unencrypted_request_gets_no_answer(
    tmp_path: Path, files: Certificate, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(there: Settings) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", there.listen_port)
        writer.write(b"GET /healthz?pass=geheim99 HTTP/1.1\r\nHost: x\r\n\r\n")
        try:
            return await asyncio.wait_for(reader.read(), 5)
        finally:
            writer.close()

    caplog.set_level(logging.DEBUG)
    assert b"HTTP" not in opened(asked(tmp_path, **files._asdict()), talk)
    assert "geheim99" not in caplog.text


def test_a_certificate_that_cannot_be_used_takes_no_others_place(tmp_path: Path, files: Certificate) -> None:
    given = asked(tmp_path, **files._asdict())
    door = tls.context(given)
    assert door
    Path(files.tls_key).write_text(Path(made(tmp_path, "other").tls_key).read_text())
    with refused(SettingsError, "tls_files_invalid"):
        tls.renew(door, given)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda files: Path(files.tls_key).unlink(), "tls_files_unreadable"),
        (lambda files: Path(files.tls_key).write_text("x"), "tls_files_invalid"),
        (lambda files: Path(files.tls_certificate).write_text(""), "tls_files_invalid"),
    ],
)
def test_files_that_cannot_be_used_are_named(
    tmp_path: Path, files: Certificate, spoil: Callable[[Certificate], None], code: str
) -> None:
    spoil(files)
    with refused(SettingsError, code) as caught:
        tls.context(asked(tmp_path, **files._asdict()))
    assert set(files) <= set(map(str, caught.value.fields.values()))


def test_a_key_without_a_certificate_is_a_slip(tmp_path: Path, files: Certificate) -> None:
    with refused(SettingsError, "tls_key_without_certificate"):
        tls.context(asked(tmp_path, tls_key=files.tls_key))


def test_the_app_shows_its_new_certificate_when_it_is_told_to(tmp_path: Path, files: Certificate) -> None:
    new_database(tmp_path / "warmline.db")
    app = BareApp(tmp_path, port := free_port(), **files._asdict())
    try:
        there = asked(tmp_path, listen_port=port, **files._asdict())
        assert api_port.get(there, "agents") == []
        made(tmp_path)
        with refused(AppAway, "api_away") as caught:
            api_port.get(there, "agents")
        assert "CERTIFICATE_VERIFY_FAILED" in str(caught.value.fields["why"])
        app.reload()
        assert api_port.get(there, "agents") == []
    finally:
        app.kill()


@pytest.mark.parametrize(("days", "severity"), [(90, Severity.GOOD), (20, Severity.WARNING)])
def test_the_doctor_says_when_it_ends(tmp_path: Path, days: int, severity: Severity) -> None:
    async def talk(there: Settings) -> None:
        assert await asyncio.to_thread(doctor, there) == (severity, days - 1)

    opened(asked(tmp_path, **made(tmp_path, days=days)._asdict()), talk)


def test_the_doctor_says_that_the_app_shows_another(tmp_path: Path, files: Certificate) -> None:
    async def talk(there: Settings) -> None:
        made(tmp_path)
        assert (await asyncio.to_thread(doctor, there))[0] == Severity.ERROR

    opened(asked(tmp_path, **files._asdict()), talk)


def doctor(there: Settings) -> tuple[Severity, int | None]:
    """Return the finding's severity, and the days that are left."""
    (found,) = certificate(CheckFacts(there, Path("warmline.toml")))
    assert there.tls_certificate in found.found
    days = re.search(r"(\d+) days", found.found)
    return found.severity, int(days[1]) if days else None


def unencrypted(there: Settings) -> Settings:
    return there._replace(tls_certificate="", tls_key="")
