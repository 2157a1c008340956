"""`warmline serve`: all parts under a supervisor, or one part in this process."""

import logging
import os
import sys

from ari_app.process import logs
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.supervisor import parts
from ari_app.supervisor.parts import Part
from warmline.system.settings import SettingsError, load
from warmline.text.coded_error import CodedError


class UnknownPart(CodedError):
    """There is no part of this name."""


def main(name: str = "") -> None:
    """Run the part of this name, or all parts without a name, until SIGTERM or SIGINT.

    An error that cannot be fixed here ends the program with one line and exit code 1.
    """
    os.umask(0o027)  # new files, also those of programs that convert recordings, are for owner and group only
    passed, systemd = PassedSockets(), SystemdNotifier()
    if name:
        _part(name).load()(passed, systemd)
        return
    from ari_app.supervisor.sockets import HeldSockets  # a part alone does not need them
    from ari_app.supervisor.supervisor import PartSupervisor

    try:
        settings = load()
        logs.begin(settings.log, in_thread=False)
    except SettingsError as error:
        passed.turn_away()
        sys.exit(f"warmline serve: {error}")
    sockets = HeldSockets(settings, passed)
    wanted = parts.wanted(settings)
    sockets.open(socket for part in wanted for socket in part.sockets)
    passed.close_others()
    outcome = PartSupervisor(wanted, sockets, systemd).run()
    if callable(outcome):
        outcome()
        logging.shutdown()
        os._exit(0)  # to take the copied interpreter apart would double the time that the end takes
    elif outcome:
        passed.turn_away()
        sys.exit(outcome)


def _part(name: str) -> Part:
    found = next((part for part in parts.PARTS if part.name == name), None)
    if found is None:
        known = ", ".join(part.name for part in parts.PARTS)
        unknown = UnknownPart("part_unknown", "part {name!r} does not exist; parts: {known}", name=name, known=known)
        sys.exit(f"warmline serve: {unknown}")
    return found
