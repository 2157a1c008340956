"""Each line that a hint proposes runs on the site of the guess: it works, or only lacks the app."""

import io
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.help.command_index import meant
from cli.output.exit_codes import ExitCode
from tests.cli.command_line import Run
from tests.cli.help import (
    eleventh_stranger,
    fifth_guesses,
    fourteenth_stranger,
    fourth_guesses,
    ninth_stranger,
    own_guesses,
    seventh_stranger,
    sixth_guesses,
    sixth_stranger,
    stranger_guesses,
    tenth_stranger,
    third_guesses,
    thirteenth_stranger,
    twelfth_stranger,
)  # fmt: skip
from tests.cli.help.stranger_guesses import CALL, LED, SUGGESTED
from tests.soak import a_share

KNOWN = (
    *stranger_guesses.BLIND, *stranger_guesses.OF_THE_TRADE, *third_guesses.ALL, *fourth_guesses.ALL,
    *fifth_guesses.ALL, *own_guesses.ALL, *sixth_guesses.ALL, *sixth_stranger.BLIND,
    *seventh_stranger.ALL, *ninth_stranger.ALL, *tenth_stranger.ALL, *eleventh_stranger.ALL,
    *twelfth_stranger.ALL, *thirteenth_stranger.ALL, *fourteenth_stranger.ALL,
)  # fmt: skip
GUESSES = a_share(sorted({guess for guess, code, _ in KNOWN if code == LED}), str, one_of=12)
# Commands that start a program, ask a machine, or need what no test has: a past call, a recording, a revision.
OUTSIDE = {
    ("install",), ("serve",), ("doctor",), ("login",), ("lab", "up"), ("lab", "down"), ("lab", "restart-app"),
    ("db", "restore"), ("audit", "call"), ("route", "why"), ("recording", "save"), ("config", "undo"),
    ("callback", "take"), ("callback", "reschedule"), ("callback", "cancel"), ("callback", "show"), ("help",),
    ("audit", "reconcile"), ("call", "comment"), ("dialplan", "lint"), ("config", "apply"), ("config", "diff"),
}  # fmt: skip
# Names that stand for what a person knows, and a value of the site.
STANDS = {
    "USER": "1000", "CAMPAIGN": "spring", "INGROUP": "SALESLINE", "LIST": "101", "NUMBER": "8005551234",
    "PHONE": "1001", "DID": "8005550100", "LEAD": "1", "HOST": "crm.example", "CALL": CALL, "ROLE": "agent",
    "URL": "https://crm.example", "NEW": "new", "FILE": "file.csv", "DIR": "configuration",
}  # fmt: skip
OF_KIND = {"user": {"USER": "eve"}, "route": {"NUMBER": "8005550100"}, "did": {"NEW": "8005550188"}}
OPEN = {"VALUE", "OPTION", "OTHERS", "NAME", "TRUNK", "CALL-TIME", "SCRIPT", "AGENT", "HOLIDAY", "TOKEN", "CODE"}
# Guesses that name what the site does not have, or what another entry has: a line says the same with other words.
REFUSED = {
    "set agent 1000 phone 1001": "phone 1001 belongs to agent 1001",
    "passwd 1001": "you are not logged in at an app",
    "passwd 1000": "you are not logged in at an app",
    "delete spring": "campaign spring cannot be deleted: used by list 101",
    "passwd eve": "you are not logged in at an app",
    "leads move --list 101 --status NA --to-list 102": "list '102' does not exist",
    "script preview spring --lead 1": "script 'spring' does not exist",
    "tokens rotate crm --grace 24h": "api-token 'crm' does not exist",
    "api-token extend crm --days 90": "api-token 'crm' does not exist",
    'route test 0305557020 --from 01715550123 --at "2026-11-15 10:00"': "DID 0305557020 is not configured",
    "token revoke crm": "api-token 'crm' does not exist",
    "token revoke old-crm": "api-token 'old-crm' does not exist",
    "leads import leads-november.csv --list 101 --skip-duplicates": "leads-november.csv",
    **dict.fromkeys(
        ("lead import leads.csv --list 107 --campaign spring", "lead import leads.csv --list 101 --campaign TESTCAMP"),
        "country",
    ),
    **dict.fromkeys(("user disable 1001", "user enable 1001", "disable user 1001"), "user '1001' does not exist"),
    **{
        guess: "eve has no second factor"
        for guess, _, texts in ninth_stranger.ALL
        if any("reset-second" in one for one in texts)
    },
    **dict.fromkeys(("2fa enable", "totp", "audit logins"), "login URL"),
    "trunk set carrier --max-calls 30": "no trunks exist yet",
    "trunk limit voipfone --channels 30": "no trunks exist yet",
    "script set INTRO --campaign spring": "script 'INTRO' does not exist",
    "call simulate 8005550100": "campaign spring has dial_method=MANUAL",
}


@pytest.fixture
def again(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Provide a function that runs a line with a PIN on standard input."""

    def run_line(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("72945061\n" * 2))
        return run(*words)

    return run_line


@pytest.mark.parametrize("guess", GUESSES)
def test_each_line_of_a_hint_runs(again: Run, answer: Callable[[str], str], guess: str) -> None:
    failed: list[str] = []
    for line in SUGGESTED.findall(answer(guess)):
        words = _filled(shlex.split(line))
        if any(word.startswith("/var/") for word in words):  # a folder of the machine
            continue
        if any(set(re.split("[=,:]", word)) & OPEN for word in words) or meant(words) in OUTSIDE:
            continue
        code, out, said = again(*words)
        rightly = guess in REFUSED and REFUSED[guess] in out + said
        if code not in (ExitCode.DONE, ExitCode.AWAY) and not rightly:
            failed.append(f"{shlex.join(words)}: {code} {out}{said}")
    assert failed == []


def _filled(words: list[str]) -> list[str]:
    """Return the words of a line with names of the site in place of those that stand for them."""
    stands = STANDS | OF_KIND.get(words[0], {})
    named = re.compile(r"(?<![\w-])([A-Z][A-Z-]+)(?![\w.-])")
    return [named.sub(lambda one: stands.get(one[1], one[1]), word) for word in words]
