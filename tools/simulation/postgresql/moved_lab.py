"""A lab whose app works with a database of PostgreSQL: moved there, as the page about it says."""

import time
from pathlib import Path

from lab import instance, process, programs
from lab.description import Lab
from lab.folder import SETTINGS
from warmline.store.agi.routing_facts import copy_of
from warmline.store.maintenance.move import move
from warmline.system.database_address import DatabaseAddress

WITHIN = 60.0  # seconds, on a busy machine


def moved(lab: Lab, server: str) -> tuple[Lab, DatabaseAddress]:
    """Move a running lab to the empty database at the address `server`; the app is stopped for it. Raises LabError.

    Returns the lab as it runs then, once scripts of the dialplan have their copy of the facts.
    """
    folder = Path(lab.dir)
    process.stop(programs.app_record(folder))
    address = DatabaseAddress(server, lab.db)
    move(lab.db, address)
    settings = folder / SETTINGS
    settings.write_text(settings.read_text().replace(f'db = "{lab.db}"', f'db = "{address.whole}"'))
    begun = instance.restart_app(folder)
    until = time.monotonic() + WITHIN
    while not Path(copy_of(address)).exists():  # scripts that run as processes read it alone
        assert time.monotonic() < until
        time.sleep(0.05)  # another process writes it, without an event here
    return begun, address
