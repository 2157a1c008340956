"""What Warmline has on this machine: the in-groups, agents and DIDs of its database, and programs of ARI scripts."""

import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from warmline.ari.script_lock import LOCK_SUFFIX
from warmline.ari.script_name import APPLICATION_PREFIX
from warmline.core.rules import routing
from warmline.core.rules.routing import AGENTDIRECT
from warmline.store.agi import routing_facts
from warmline.store.agi.routing_facts import FactsError
from warmline.system.settings import Settings

EXEC = re.compile(r"^ExecStart=.*\s\"?(/[^\s\"]+)", re.MULTILINE)  # the script's file behind its Python
UNITS = tuple(map(Path, ("/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system")))


class WarmlineFacts(NamedTuple):
    """The address of Warmline's database, which can be read, and the folder of its spool."""

    database: str
    spool: Path

    def find_missing(self, kind: str, name: str) -> str:
        """Return why calls cannot go to an in-group, an agent or a DID, "" if it exists. Raises FactsError."""
        if kind == "did":
            facts = routing_facts.did(self.database, routing.strip_plus(name), "", at=time.time_ns() // 1000)
            return "" if facts.did or facts.inactive_dids else f"DID {name} does not exist"
        if kind == "ingroup" and name == AGENTDIRECT:
            return f"{name} is the queue of each agent; use warmline-agent with the agent"
        ingroups, agents = routing_facts.targets(self.database, f"{kind}:{name}")[:2]
        if name in (ingroups if kind == "ingroup" else agents):
            return ""
        word = "in-group" if kind == "ingroup" else "agent"
        return f"{word} {name} does not exist{routing_facts.meant(self.database, kind, name)}"

    def has_program(self, application: str, agi: Path | None) -> bool:
        """Return whether this machine knows a program of an ARI script: it runs or ran, or a unit or file has its name.

        `agi` is a folder that is searched for the file, too.
        """
        name = application.removeprefix(APPLICATION_PREFIX)
        if not os.access(self.spool, os.R_OK | os.X_OK, effective_ids=True):
            return True  # a lock may be there
        if (self.spool / f"{application}{LOCK_SUFFIX}").exists() or (agi and (agi / name).exists()):
            return True
        return any(name in unit.name for folder in UNITS for unit in folder.glob("*.service"))

    def read_program(self, application: str) -> str:
        """Return the text of an ARI script, which the unit of `own-script new` names; "" if it cannot be read."""
        for folder in UNITS:
            with suppress(OSError, ValueError):
                if found := EXEC.search((folder / f"{application}.service").read_text()):
                    return Path(found[1]).read_text()
        return ""


def find(settings: Settings) -> WarmlineFacts | None:
    """Return the facts; None if the database cannot be read."""
    facts = WarmlineFacts(str(settings.db), Path(settings.spool))
    try:
        routing_facts.targets(facts.database, "ingroup:")
    except FactsError:
        return None
    return facts
