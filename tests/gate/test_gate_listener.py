"""TLS of the gate: off loopback it is needed, and the app connects only to the certificate that it trusts."""

from pathlib import Path

import pytest

from ari_app.gate.gate import Gate
from ari_app.process.passed_sockets import CannotListen
from ari_app.servers import leadership
from tests.gate.gate_site import gate_site, settings_of
from tests.http.certificates import Certificate, made
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.system.server_settings import ServerSettings
from warmline.system.settings import SettingsError

ARI = "http://127.0.0.1:8088/ari"
HERE = "IP:127.0.0.1"


def of(files: Certificate) -> dict[str, object]:
    """Return the settings that name a certificate."""
    return {"gate_certificate": files.tls_certificate, "gate_key": files.tls_key}


def server(url: str, certificate: str) -> ServerSettings:
    return ServerSettings("b", url, "warmline", "secret", "", "", "", 10, certificate, "")


async def ping(url: str, certificate: str) -> None:
    tls = leadership.trusted(server(url, certificate))
    async with AriClient(url, "warmline", "secret", "warmline", epoch=1, tls=tls) as client:
        await client.request("GET", "asterisk", "ping")
        session = client.session()
        async with session, session.ws_connect(f"{url}/events", params={"app": "warmline"}):
            pass


async def test_the_app_reaches_asterisk_by_the_certificate_that_it_trusts(tmp_path: Path) -> None:
    files, other = made(tmp_path, "gate", hosts=HERE), made(tmp_path, "other", hosts=HERE)
    async with gate_site(tmp_path, **of(files)) as site:
        assert site.gate.url.startswith("https://")
        await ping(site.gate.url, files.tls_certificate)
        for wrong in (other.tls_certificate, ""):
            with pytest.raises(AriError, match="certificate verify failed"):
                await ping(site.gate.url, wrong)
        assert site.fake.asked == ["GET /asterisk/ping"]


async def test_a_certificate_for_another_address_is_refused(tmp_path: Path) -> None:
    files = made(tmp_path, "gate", hosts="IP:192.0.2.7")
    async with gate_site(tmp_path, **of(files)) as site:
        with pytest.raises(AriError, match="IP address mismatch"):
            await ping(site.gate.url, files.tls_certificate)


async def test_a_new_certificate_counts_for_new_connections(tmp_path: Path) -> None:
    first = made(tmp_path, "gate", hosts=HERE)
    async with gate_site(tmp_path, **of(first)) as site:
        await ping(site.gate.url, first.tls_certificate)
        second = made(tmp_path, "second", hosts=HERE)
        changed = settings_of(tmp_path, site.fake.url, **of(second))
        site.gate.renew(changed)
        await ping(site.gate.url, second.tls_certificate)
        site.gate.renew(changed._replace(gate_key=first.tls_key))
        await ping(site.gate.url, second.tls_certificate)


@pytest.mark.parametrize("gate", ["0.0.0.0:0", "192.0.2.7:8189", "[::]:0", "example.com:8189"])
def test_a_gate_off_loopback_needs_a_certificate(tmp_path: Path, gate: str) -> None:
    with pytest.raises(SettingsError, match="gate_certificate"):
        Gate(settings_of(tmp_path, ARI, gate=gate))


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    one, two = made(tmp_path, "one"), made(tmp_path, "two")
    for files, why in (
        ({"gate_certificate": one.tls_certificate, "gate_key": two.tls_key}, "the key is not the certificate's"),
        ({"gate_certificate": str(tmp_path / "none.pem")}, "No such file"),
        ({"gate_key": one.tls_key}, "without a gate_certificate"),
        ({"ari_url": "https://192.0.2.7/ari"}, "setting ari_url is"),
    ):
        with pytest.raises(SettingsError, match=why):
            Gate(settings_of(tmp_path, **({"ari_url": ARI} | files)))


async def test_a_taken_port_is_named(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        port = site.gate.url.rpartition(":")[2].partition("/")[0]
        with pytest.raises(CannotListen, match="the port is taken"):
            Gate(settings_of(tmp_path, ARI, gate=f"127.0.0.1:{port}"))


def test_a_certificate_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "half.pem").write_text("half")
    for name, why in (("none.pem", "No such file"), ("half.pem", "allowed: a PEM file")):
        with pytest.raises(SettingsError, match=why):
            leadership.trusted(server("https://192.0.2.7/ari", str(tmp_path / name)))
