"""`warmline certificate`: a root and a certificate that programs accept, their renewal, and files of others."""

import http.client
import json
import ssl
import stat
import subprocess
from pathlib import Path

import pytest

from cli.doctor.checks import secrets_check
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Severity
from tests.cli.command_line import Run
from tests.copied_database import new_database
from tests.free_port import free_port
from tests.http.bare_app import BareApp
from tests.http.certificates import Certificate, made
from tests.wording.said import says
from warmline.system import settings


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run a command line on a machine without settings: exit code, stdout, stderr."""
    (tmp_path / "warmline.toml").touch()
    monkeypatch.setenv("WARMLINE_CONFIG", str(tmp_path / "warmline.toml"))

    return lambda *words: run("certificate", *words)


@pytest.fixture
def tls(tmp_path: Path) -> Path:
    """Return the folder of the files."""
    return tmp_path / "tls"


def desk(tls: Path) -> ssl.SSLContext:
    """Return what a program that trusts the root checks, as strictly as Python 3.13."""
    context = ssl.create_default_context(cafile=str(tls / "root.pem"))
    context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_STRICT
    return context


def test_a_certificate_is_made_with_its_root(run: Run, tls: Path) -> None:
    code, out, err = run("create", "pbx.example.org", "192.0.2.7", "--days", "90")
    assert (code, err) == (0, "")
    assert f"{tls}/server.pem: valid for 89 days, for pbx.example.org, 192.0.2.7, localhost, 127.0.0.1, ::1" in out
    assert f'tls_certificate = "{tls}/server.pem"' in out and f"trusts {tls}/root.pem once" in out
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tls.iterdir()}
    assert {"root.pem": 0o644, "root.key": 0o600, "server.pem": 0o644}.items() <= modes.items()
    assert modes["server.key"] & 0o007 == 0 and set(modes) == {"root.pem", "root.key", "server.pem", "server.key"}
    assert stat.S_IMODE(tls.stat().st_mode) == 0o750
    told = json.loads(run("show", "--json")[1])
    assert (told["hosts"][:2], told["days"]) == (["pbx.example.org", "192.0.2.7"], 89)


def test_a_renewal_keeps_the_root_the_hosts_and_the_open_connections(run: Run, tls: Path, tmp_path: Path) -> None:
    run("create", "pbx.example.org")
    root = (tls / "root.pem").read_bytes()
    new_database(tmp_path / "warmline.db")
    files = Certificate(str(tls / "server.pem"), str(tls / "server.key"))
    app = BareApp(tmp_path, port := free_port(), **files._asdict())
    try:
        first = http.client.HTTPSConnection("localhost", port, context=desk(tls), timeout=20)
        first.request("GET", "/workspace/")
        assert first.getresponse().read().startswith(b"<!doctype html>")
        assert first.sock is not None
        kept, before = first.sock, first.sock.getpeercert(binary_form=True)  # type: ignore[attr-defined] # the socket of TLS
        code, out, _ = run("create")
        assert (code, "trusts" in out) == (0, False)
        app.reload()
        first.request("GET", "/workspace/")
        assert first.getresponse().status == 200 and first.sock is kept, "the open connection stays"
        second = http.client.HTTPSConnection("127.0.0.1", port, context=desk(tls), timeout=20)
        second.connect()
        assert second.sock.getpeercert(binary_form=True) != before  # type: ignore[attr-defined] # the socket of TLS
        assert (tls / "root.pem").read_bytes() == root
        assert json.loads(run("show", "--json")[1])["hosts"][0] == "pbx.example.org"
        first.close()
        second.close()
        there = settings.load({"WARMLINE_LISTEN_PORT": str(port)})._replace(**files._asdict())
        [found] = secrets_check.certificate(CheckFacts(there, tmp_path / "warmline.toml"))
        assert (found.severity, found.found) == (Severity.GOOD, f"{files.tls_certificate} is valid for 396 days")
        run("create", "--days", "10")
        app.reload()
        [found] = secrets_check.certificate(CheckFacts(there, tmp_path / "warmline.toml"))
        assert (found.severity, found.fix) == (
            Severity.WARNING,
            "warmline certificate create, then: systemctl reload warmline",
        )
    finally:
        app.kill()


def test_the_key_of_the_root_signs_for_no_other_name(run: Run, tls: Path, tmp_path: Path) -> None:
    run("create", "pbx.example.org")
    root = Certificate(str(tls / "root.pem"), str(tls / "root.key"))
    for hosts, is_good in (("DNS:pbx.example.org", True), ("DNS:bank.example", False), ("IP:192.0.2.1", False)):
        forged = made(tmp_path, "forged", hosts=f"{hosts}", by=root)
        check = ["openssl", "verify", "-CAfile", root.tls_certificate, forged.tls_certificate]
        done = subprocess.run(check, capture_output=True, text=True)
        assert (done.returncode == 0) == is_good, done.stderr
        assert is_good or "permitted subtree violation" in done.stderr


def test_files_of_others_are_taken_if_they_belong_together(run: Run, tls: Path, tmp_path: Path) -> None:
    own, other = made(tmp_path, "own", hosts="DNS:pbx.example.org"), made(tmp_path, "other")
    code, out, _ = run("import", own.tls_certificate, own.tls_key)
    assert (code, "valid for 89 days, for pbx.example.org" in out) == (0, True)
    assert (tls / "server.pem").read_bytes() == Path(own.tls_certificate).read_bytes()
    assert (tls / "server.key").read_bytes() == Path(own.tls_key).read_bytes()
    assert (tls / "server.key").stat().st_mode & 0o007 == 0
    code, _, err = run("import", other.tls_certificate, own.tls_key)
    assert code == 1 and says(err, "certificate_pair_invalid", certificate=other.tls_certificate)
    code, _, err = run("import", str(tmp_path / "none.pem"), own.tls_key)
    assert (code, "none.pem: No such file" in err) == (1, True)
    assert (tls / "server.pem").read_bytes() == Path(own.tls_certificate).read_bytes(), "a refusal changes nothing"


def test_a_host_is_a_name_or_an_address(run: Run, tls: Path) -> None:
    for host in ("a:b", "https://pbx.example.org", "-x", "a,DNS:b", "a\nb", "*", ""):
        code, _, err = run("create", "--", host)
        assert code == 1 and says(err, "host_invalid")
        assert not (tls / "root.pem").exists(), host
