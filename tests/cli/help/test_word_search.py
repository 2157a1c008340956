"""An unknown word: what is wrong, the nearest commands as they exist, and where help is."""

import shlex

from cli.help.word_search import MOST_FOUND, index, search
from cli.output.exit_codes import ExitCode
from tests.cli.command_line import Run

# A mistyped line, and a command that must be named; "" if none is near.
MISTYPED = {
    "campain set SALES dial_timeout=30": "warmline campaign set",
    "queue list": "warmline ingroup list",
    "ingroups": "warmline ingroup",
    "backup": "warmline db backup",
    "db dump": "warmline db backup",
    "status": "warmline agent status",
    "logs": "warmline audit",
    "transfers": "warmline agent transfer",
    "lead remove 7": "warmline lead delete",
    "ingroup status": "warmline ingroup",
    "search 8005551234": "warmline dnc find",
    "show 1000": "warmline agent show",
    "export": "warmline config export",
    "upgrade": "warmline db migrate",
    "calltime": "warmline call-time",
    "opening-hours": "warmline call-time",
    "dispo list": "warmline disposition list",
    "agent unhold 1000": "warmline agent grab",
    "agent unpark 1000": "",
    "trunks": "warmline trunk",
    "2fa": "warmline second-factor",
    "apikey create ci": "warmline api-token create",
    "extension create 200": "warmline phone create",
    "numbers list": "warmline did list",
    "stats": "warmline report",
    "dashboard": "warmline live",
    "rm campaign SALES": "warmline campaign delete",
    "set dial_timeout 30": "warmline campaign describe dial_timeout",
    "transfer_no_dispo": "warmline campaign describe transfer_no_dispo",
    "doctr": "warmline doctor",
    "recordngs": "",
    "dialplan verify": "warmline dialplan",
    "user new eve pass=s3cret-77": "warmline user create",
    "xyzzy": "",
    # of other systems
    "core show channels": "warmline call",
    "pjsip show endpoints": "warmline phone show",
    "external_pause 1000": "warmline agent pause",
    "campaign strat SALES": "warmline campaign start",
    "uuid_kill 1234": "warmline call hangup",
    # dangerous words
    "restart now": "warmline serve",
    "shutdown": "warmline serve",
    "rm -rf /var/lib/warmline": "warmline agent delete",
    "delete all": "warmline call-time delete",
    "purge recordings": "warmline recording",
    "truncate leads": "warmline lead delete",
    "db drop": "warmline db",
    "user reset all": "warmline user reset-second-factor",
    "report agent": "warmline report agents",
    "report dya": "warmline report day",
    "trunk lsit": "warmline trunk list",
}


def test_an_unknown_word_names_the_nearest_commands(run: Run) -> None:
    known = {entry.line: entry.sentence for entry in index()}
    wrong = []
    for typed, first in MISTYPED.items():
        code, out, err = run(*shlex.split(typed))
        begun, *found, more = err.splitlines()
        named = [line.strip().split("  ")[0] for line in found]
        assert (code, out) == (ExitCode.FAILED, "") and begun.startswith("warmline: command 'warmline "), err
        assert len(named) <= MOST_FOUND and more.startswith("All commands: warmline "), err
        assert all(line in known and text.endswith(known[line]) for line, text in zip(named, found, strict=True)), err
        assert "s3cret" not in err
        if first and first not in named:
            wrong.append((typed, first, named))
    assert wrong == []


def test_help_of_a_word_searches_commands_options_and_topics(run: Run) -> None:
    code, out, err = run("help", "transfer_no_dispo")
    assert (code, out) == (ExitCode.NOT_FOUND, "") and "warmline campaign describe transfer_no_dispo" in err
    assert "Usage: warmline campaign set" in run("help", "campaign", "set")[1]
    assert run("help", "warm", "transfer")[0] == ExitCode.DONE
    assert "nearest" not in run("help", "xyzzy")[2]


def test_an_option_that_does_not_exist_names_one_that_is_alike(run: Run) -> None:
    code, out, err = run("audit", "calls", "--sinse", "7d")
    assert (code, out) == (ExitCode.FAILED, "") and "no option --sinse; did you mean --since?" in err
    assert "no option --xyzzy" in run("audit", "calls", "--xyzzy")[2]
    assert "no option --status; nearest:\n  warmline agent status " in run("--status")[2]
    assert "secret" not in run("user", "password", "eve", "my-secret")[2]


def test_a_value_is_not_taken_for_its_opposite(run: Run) -> None:
    err = run("campaign", "create", "X", "leave_3way_start_recording=ENABLED")[2]
    assert "leave_3way_start_recording" in err and "did you mean" not in err


def test_nothing_is_found_for_no_word() -> None:
    assert search([]) == [] and search(["8005551234"]) == []
