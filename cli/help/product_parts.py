"""The three parts of Warmline on the first help screen, and whether the configuration of this machine uses them."""

from pathlib import Path

from warmline.centre.place import login
from warmline.system import settings
from warmline.system.database_address import is_address
from warmline.text.coded_error import CodedError

# "Three parts" in docs/explanation/architecture.md is about them.
TOOLKIT = ("toolkit", "AGI scripts, `dialplan lint`.")
CENTRE = ("centre", "Agents, queues, transfers, reports.")
DIALLER = ("dialler", "Automatic calls to leads.")


def lines(*, with_use: bool) -> list[tuple[str, str]]:
    """Return the parts with their meaning, and with their use if it is wanted and known."""
    named = (TOOLKIT, CENTRE, DIALLER)
    use = _use() if with_use else ()
    return [(name, f"{meaning} {used}") for (name, meaning), used in zip(named, use, strict=True)] if use else [*named]


def _use() -> tuple[str, ...]:
    """Return the use of each part; nothing without a readable database on this machine. It never fails."""
    try:
        path = settings.load().db
        if login() or not (is_address(path) or Path(path).exists()):
            return ()
        from warmline.store.configuration import parts_in_use  # imported here because help must also be fast without

        found = parts_in_use.count(path)
    except CodedError:
        return ()
    centre = f"On: {_counted(found.agents, 'agent')}, {_counted(found.ingroups, 'in-group')}."
    return (
        f"Routes {_counted(found.dids, 'DID')}." if found.dids else "Routes no DID yet.",
        centre if found.agents or found.ingroups else "Off: no agent and no in-group.",
        f"On: {_counted(found.dialling, 'campaign')}." if found.dialling else "Off: no campaign dials by itself.",
    )


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
