"""Certificates for tests, made by openssl: each its own authority, or signed by another."""

import subprocess
from pathlib import Path
from typing import NamedTuple


class Certificate(NamedTuple):
    """The two files that the settings name."""

    tls_certificate: str
    tls_key: str


def made(
    folder: Path, name: str = "app", days: int = 90, by: Certificate | None = None, hosts: str = ""
) -> Certificate:
    """Create a certificate valid for this many days, with its key; an existing one of that name is replaced.

    `by`: the authority that signs it, and follows it in its file. `hosts`: for whom it is, such as `IP:127.0.0.1`.
    """
    files = Certificate(str(folder / f"{name}.pem"), str(folder / f"{name}.key"))
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", files.tls_key)
    signer = ("-CA", by.tls_certificate, "-CAkey", by.tls_key) if by else ()
    names = ("-addext", f"subjectAltName={hosts}") if hosts else ()
    command = ("openssl", "req", "-x509", *key, *signer, *names, "-subj", f"/CN={name}", "-days", str(days), "-out")
    subprocess.run([*command, files.tls_certificate], check=True, capture_output=True)
    if by:
        with Path(files.tls_certificate).open("a") as file:
            file.write(Path(by.tls_certificate).read_text())
    return files
