"""`warmline certificate`: the certificate of the API process, made here or taken from files."""

import grp
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from cli.output.json_output import Json, print_json
from warmline.system import local_authority, settings, systemd_service, whole_file
from warmline.system.local_authority import ROOT, SERVER, SERVER_KEY, CertificateNow

API_GROUP = "warmline-api"
DAYS = 397  # the longest that browsers accept of public authorities

Hosts = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[HOST]",
        show_default=False,
        help="The names and addresses by which others open this machine. Without HOST: those of the certificate that "
        "is renewed, or this machine's name.",
    ),
]
Days = Annotated[int, typer.Option("--days", min=1, max=825, metavar="N", help="The days until it expires.")]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="FOLDER",
        readable=False,
        show_default=False,
        help="The folder of the files. Without --folder: `tls` beside the settings file.",
    ),
]
Certificate = Annotated[
    Path,
    typer.Argument(metavar="CERTIFICATE", readable=False, help="The certificate (PEM), followed by intermediate ones."),
]
Key = Annotated[Path, typer.Argument(metavar="KEY", readable=False, help="Its private key (PEM), without passphrase.")]


def create(hosts: Hosts = None, days: Days = DAYS, folder: Folder = None, as_json: Json = False) -> None:
    place = _folder(folder)
    known = place / SERVER
    names = hosts or (local_authority.read(known).hosts if known.exists() else local_authority.own_names())
    is_new = local_authority.make(place, names, days)
    _share(place)
    root = local_authority.read(place / ROOT)
    made = _facts(place) | {"root": str(place / ROOT), "root_is_new": is_new, "root_fingerprint": root.fingerprint}
    if as_json:
        print_json(made)
        return
    _print(made)
    if is_new:
        print(f"Each desk trusts {place / ROOT} once; its fingerprint (SHA-256):\n  {root.fingerprint}")
    _print_next(place)


def import_(certificate: Certificate, key: Key, folder: Folder = None, as_json: Json = False) -> None:
    local_authority.check_pair(certificate, key)
    place = _folder(folder)
    whole_file.write_all({place / SERVER_KEY: key.read_bytes(), place / SERVER: certificate.read_bytes()}, 0o600)
    (place / SERVER).chmod(0o644)
    _share(place)
    if as_json:
        print_json(_facts(place))
        return
    _print(_facts(place))
    _print_next(place)


def show(folder: Folder = None, as_json: Json = False) -> None:
    used = settings.load().tls_certificate
    place = folder or (Path(used).parent if used else _beside_settings())
    made = _facts(place, Path(used).name if used and not folder else SERVER)
    if as_json:
        print_json(made)
    else:
        _print(made)
        print(f"  {made['fingerprint']}")


def _folder(named: Path | None) -> Path:
    """Return the folder of the files; make it if it is missing. Raises OSError."""
    place = (named or _beside_settings()).absolute()
    place.mkdir(mode=0o750, parents=True, exist_ok=True)
    return place


def _beside_settings() -> Path:
    return Path(os.environ.get("WARMLINE_CONFIG") or settings.DEFAULT_FILE).absolute().parent / "tls"


def _share(place: Path) -> None:
    """Let the API process's group read the server's key, which stays closed to all others."""
    try:
        group = grp.getgrnam(API_GROUP).gr_gid
    except KeyError:
        return
    if os.geteuid() == 0:
        shutil.chown(place, group=group)
        shutil.chown(place / SERVER_KEY, group=group)
        (place / SERVER_KEY).chmod(0o640)


def _facts(place: Path, name: str = SERVER) -> dict[str, object]:
    found: CertificateNow = local_authority.read(place / name)
    return {
        "certificate": str(place / name),
        "hosts": list(found.hosts),
        "days": found.days,
        "fingerprint": found.fingerprint,
    }


def _print(made: Mapping[str, object]) -> None:
    hosts = made["hosts"]
    assert isinstance(hosts, list)
    print(f"{made['certificate']}: valid for {made['days']} days, for {', '.join(hosts) or 'no host'}")


def _print_next(place: Path) -> None:
    """Print how the API process comes to use the files."""
    certificate, key = str(place / SERVER), str(place / SERVER_KEY)
    known = settings.load()
    if (known.tls_certificate, known.tls_key) == (certificate, key):
        reload = "systemctl reload warmline" if systemd_service.is_here(systemd_service.API) else "a reload of the app"
        print(f"New connections use it after: {reload}")
        return
    print(f'Write into the settings file:\n  tls_certificate = "{certificate}"\n  tls_key = "{key}"')
    print(f"Then: {systemd_service.start_again(systemd_service.API)}")
