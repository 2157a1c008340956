"""The front of a lab: Debian's Kamailio before its servers, with what `warmline front config` prints."""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from lab import folder
from lab.lab_error import LabError

SIP, LINK = 5, 6  # ports after the SIP port of the server `main`, in its block
LOOPBACK = "127.0.0.1"


class LabFront(NamedTuple):
    """HOST:PORT of a front for SIP, and for the app."""

    sip: str
    link: str


def beside(main: int) -> LabFront:
    """Return the front of the lab whose server `main` has this SIP port."""
    return LabFront(f"{LOOPBACK}:{main + SIP}", f"{LOOPBACK}:{main + LINK}")


def program() -> str:
    """Return the path of Kamailio. Raises LabError if it is not installed."""
    found = shutil.which("kamailio", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found:
        raise LabError(
            "lab_kamailio_missing",
            "--front needs Kamailio, which is not installed; run: apt install kamailio kamailio-extra-modules",
        )
    return found


def command(lab: Path) -> list[str]:
    """Return the command that runs Kamailio in the foreground. Raises LabError."""
    places = ["-f", str(_config(lab)), "-Y", str(lab / "run"), "-P", str(lab / "run/kamailio.pid")]
    return [program(), "-DD", "-E", "-m", "64", *places]


def options(lab: Path, front: LabFront) -> list[list[str]]:
    """Return the options of `warmline front config` for both files of Kamailio."""
    networks = ["--trunk", LOOPBACK, "--phones", LOOPBACK]
    return [["--listen", front.sip, *networks, "--list-file", str(_list(lab))], ["--dispatcher"]]


def write(lab: Path, config: str, dispatcher: str) -> None:
    """Write both files of Kamailio."""
    folder.write(_config(lab), config)
    folder.write(_list(lab), dispatcher)


def _config(lab: Path) -> Path:
    return lab / "etc/kamailio.cfg"


def _list(lab: Path) -> Path:
    return lab / "etc/dispatcher.list"
