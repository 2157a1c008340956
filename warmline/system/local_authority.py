"""A certificate for the server, signed by a root of this machine alone: for an office without a public name.

The program `openssl` makes them. The root can sign only for the hosts with which it was made, so a thief of
its key can imitate no other site.
"""

import re
import socket
import ssl
import subprocess
import time
from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from warmline.text.coded_error import CodedError

ROOT, ROOT_KEY = "root.pem", "root.key"
SERVER, SERVER_KEY = "server.pem", "server.key"
ROOT_DAYS = 3650
DAY = 86_400  # seconds
HERE = ("localhost", "127.0.0.1", "::1")
HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(\.(?!-)[A-Za-z0-9-]{1,63})*")
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


class CertificateError(CodedError):
    """A certificate cannot be made, read or used."""


class CertificateNow(NamedTuple):
    """A certificate: for whom it is, the days until it expires, and its SHA-256 fingerprint."""

    hosts: tuple[str, ...]
    days: int
    fingerprint: str


def own_names() -> list[str]:
    """Return the names of this machine."""
    return list(dict.fromkeys([socket.getfqdn(), socket.gethostname()]))


def make(folder: Path, hosts: Sequence[str], days: int) -> bool:
    """Make a server certificate for these hosts in `folder`, and a root if the one there cannot sign it.

    Each file is replaced in one step, so a reload finds the old certificate or the new one. Return whether the root is
    new. Raises CertificateError, OSError.
    """
    names = list(dict.fromkeys([*map(_host, hosts), *HERE]))
    is_new = not _may_sign(folder, names, days)
    with TemporaryDirectory(prefix=".new-", dir=folder) as made:
        work = Path(made)
        if is_new:
            _make_root(work, names)
        authority = work if is_new else folder
        _make_server(work, authority, names, days)
        for name in (ROOT_KEY, ROOT, SERVER_KEY, SERVER):
            if (work / name).exists():
                (work / name).replace(folder / name)
    return is_new


def check_pair(certificate: Path, key: Path) -> None:
    """Check that two PEM files are a certificate and its key. Raises CertificateError, OSError."""
    for file in (certificate, key):
        file.open("rb").close()  # its error names the file
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: "")
    except ssl.SSLError as problem:
        raise CertificateError(
            "certificate_pair_invalid",
            "{certificate} and {key}: {why}; allowed: two PEM files, and a key without a passphrase",
            certificate=certificate,
            key=key,
            why="the key is not the certificate's" if problem.reason == "KEY_VALUES_MISMATCH" else problem.reason,
        ) from None


def read(certificate: Path) -> CertificateNow:
    """Return what a certificate says. Raises CertificateError, OSError."""
    certificate.open("rb").close()  # its error names the file
    asked = ("-noout", "-enddate", "-ext", "subjectAltName", "-fingerprint", "-sha256")
    told = _openssl("x509", "-in", str(certificate), *asked)
    ends = re.search(r"^notAfter=(.+)$", told, re.MULTILINE)
    print_of = re.search(r"Fingerprint=(\S+)$", told, re.MULTILINE)
    assert ends and print_of, told
    hosts = tuple(re.findall(r"(?:DNS|IP Address):([^,\s]+)", told))
    days = int((ssl.cert_time_to_seconds(ends[1]) - time.time()) // DAY)
    return CertificateNow(tuple(map(_short, hosts)), days, print_of[1])


def _short(host: str) -> str:
    """Return an address as people write it; openssl writes all groups of IPv6."""
    return str(ip_address(host)) if _is_address(host) else host


def _host(text: str) -> str:
    """Return a host as it goes into a certificate. Raises CertificateError."""
    name = text.strip("[]").rstrip(".").lower()
    if _is_address(name) or HOST.fullmatch(name):
        return name
    raise CertificateError(
        "host_invalid",
        "{host!r} is no host; allowed: names such as pbx.example.org, and addresses such as 192.0.2.7, without a port",
        host=text,
    )


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _may_sign(folder: Path, names: Sequence[str], days: int) -> bool:
    """Return whether the root in a folder lasts longer than `days`, and may sign for these hosts."""
    root = folder / ROOT
    if not (root.exists() and (folder / ROOT_KEY).exists()):
        return False
    asked = ("x509", "-in", str(root), "-noout", "-checkend", str(days * DAY), "-ext", "nameConstraints")
    told = subprocess.run(["openssl", *asked], capture_output=True, text=True)
    return told.returncode == 0 and {_permitted(name) for name in names} <= set(re.findall(r"\S+", told.stdout))


def _permitted(name: str) -> str:
    """Return a host as openssl prints it in the constraints of a root."""
    if not _is_address(name):
        return f"DNS:{name}"
    network = ip_network(name)
    if network.version == 4:
        return f"IP:{network.network_address}/{network.netmask}"
    return f"IP:{_groups(network.network_address.exploded)}/{_groups(network.netmask.exploded)}"


def _groups(address: str) -> str:
    return ":".join(f"{int(group, 16):X}" for group in address.split(":"))


def _make_root(work: Path, names: Sequence[str]) -> None:
    permitted = ",".join(f"permitted;{_constraint(name)}" for name in names)
    extensions = (
        "basicConstraints=critical,CA:TRUE,pathlen:0",
        "keyUsage=critical,keyCertSign,cRLSign",
        "subjectKeyIdentifier=hash",
        f"nameConstraints=critical,{permitted}",
    )
    _request(work, (ROOT, ROOT_KEY), f"Warmline at {names[0]}", extensions, ROOT_DAYS)


def _constraint(name: str) -> str:
    if not _is_address(name):
        return f"DNS:{name}"
    network = ip_network(name)
    return f"IP:{network.network_address}/{network.netmask}"


def _make_server(work: Path, authority: Path, names: Sequence[str], days: int) -> None:
    hosts = ",".join(f"IP:{name}" if _is_address(name) else f"DNS:{name}" for name in names)
    extensions = (
        "basicConstraints=critical,CA:FALSE",
        "keyUsage=critical,digitalSignature",
        "extendedKeyUsage=serverAuth",
        "subjectKeyIdentifier=hash",
        "authorityKeyIdentifier=keyid",
        f"subjectAltName={hosts}",
    )
    signer = ("-CA", str(authority / ROOT), "-CAkey", str(authority / ROOT_KEY))
    _request(work, (SERVER, SERVER_KEY), names[0], extensions, days, signer)


def _request(
    work: Path,
    files: tuple[str, str],
    subject: str,
    extensions: Sequence[str],
    days: int,
    signer: Sequence[str] = (),
) -> None:
    """Make a certificate and its key. The configuration is our own, because the machine's may add extensions."""
    file = work / "openssl.cnf"
    lines = ["[req]", "distinguished_name = dn", "prompt = no", "x509_extensions = ext", "[dn]", f"CN = {subject[:64]}"]
    file.write_text("\n".join([*lines, "[ext]", *extensions, ""]))
    certificate, key = (str(work / name) for name in files)
    where = ("-keyout", key, "-out", certificate, "-days", str(days))
    _openssl("req", "-x509", "-config", str(file), *NEW_KEY, *signer, *where)
    Path(certificate).chmod(0o644)


def _openssl(*words: str) -> str:
    try:
        done = subprocess.run(["openssl", *words], capture_output=True, text=True, umask=0o077)
    except FileNotFoundError:
        raise CertificateError(
            "openssl_missing", "there is no program openssl; install it, on Debian with: apt install openssl"
        ) from None
    if done.returncode:
        raise CertificateError(
            "openssl_failed",
            "openssl {command} failed: {why}",
            command=words[0],
            why=(done.stderr.strip().splitlines() or ["it says nothing"])[-1],
        )
    return done.stdout
