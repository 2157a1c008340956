"""The pages of a supervisor's and of a manager's day: whole shifts, and what is refused."""

import re
from pathlib import Path

import pytest

from tests.docs.page_blocks import PROJECT, CommandLine, commands_of

PAGES = {"supervisor": "docs/tutorial/supervisors-day.md", "manager": "docs/tutorial/managers-day.md"}
ORDERS = {
    "supervisor": (
        *("agent status", "ingroup members", "agent listen", "agent whisper", "agent barge", "call list", "call take"),
        *("agent pause", "agent ready", "agent dispo", "callback list", "callback take", "callback reschedule"),
        *("call set-disposition", "history 1001", "recording list", "recording save", "report agents"),
    ),
    "manager": (
        *("agent set", "campaign set", "ingroup create", "ingroup members", "did create", "config history"),
        *("config undo", "config export", "config diff", "config apply", "list create", "lead create", "lead find"),
        *("lead set", "dnc create", "dnc delete", "dnc import", "report day", "report interval"),
        *("recording list", "recording save"),
    ),
}
# The lines that a role is refused, each with words of the refusal.
REFUSED = {
    "supervisor": {
        "warmline agent pause 1002": "agents of other groups take manager or admin",
        "warmline recording list --agent 1002": "agents of other groups take manager or admin",
        "warmline campaign set": "takes manager or admin",
        "warmline dnc create": "takes manager or admin",
        "warmline user set": "takes admin",
        "warmline audit verify": "works on the machine of the app only",
    },
    "manager": {
        "warmline user create": "takes admin",
        "warmline user set": "takes admin",
        "warmline api-user set": "takes admin",
        "warmline setting set": "takes admin",
        "warmline audit verify": "works on the machine of the app only",
    },
}


def lines(role: str) -> list[CommandLine]:
    return commands_of(PAGES[role])


@pytest.mark.parametrize("role", PAGES)
def test_the_day_is_whole(role: str) -> None:
    typed = [" ".join(line.text.split()[1:3]) for line in lines(role)]
    assert [order for order in ORDERS[role] if order not in typed] == []
    assert typed[0].startswith("login https://") and typed[-1] == "logout"


@pytest.mark.parametrize("role", PAGES)
def test_the_page_shows_the_refused_commands(role: str) -> None:
    refused = {line.text: line.shown for line in lines(role) if "warmline: " in line.shown}
    for begins, word in REFUSED[role].items():
        assert [shown for text, shown in refused.items() if text.startswith(begins) and word in " ".join(shown.split())]


@pytest.mark.parametrize("role", PAGES)
def test_every_command_shows_its_output(role: str) -> None:
    silent = re.compile(r"^sed |> \S+$")
    assert [line.text for line in lines(role) if not line.shown.strip() and not silent.search(line.text)] == []


def test_an_administrator_makes_the_users() -> None:
    for role, page in PAGES.items():
        assert re.search(rf"^- `warmline user create \w+ pass=- role={role}\b", Path(PROJECT / page).read_text(), re.M)
