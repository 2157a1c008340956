"""Guesses of strangers work, or lead to a line that works; none prints a secret, and no hint changes anything."""

import shlex
import sqlite3
from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path

import pytest
import typer

from cli.help.command_index import commands, meant
from cli.help.entity_verbs import OFF, ON, words_of
from cli.help.foreign_options import in_own_words
from cli.help.guessed_line import command_at, filled, option_values
from cli.help.suggestions import SERIOUS
from cli.lazy_group import LazyGroup
from cli.output.exit_codes import ExitCode
from cli.output.secret_words import names_secret, without_secrets
from cli.tree.tree_row import TreeGroup
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
    tenth_stranger,
    third_guesses,
    thirteenth_stranger,
    twelfth_stranger,
)
from tests.cli.help.stranger_guesses import BLIND, LED, OF_THE_TRADE, SUGGESTED
from tests.cli.whole_tree import whole_tree
from tests.soak import a_share, a_share_of_pairs
from warmline.options.option_table import ENTITIES
from warmline.store.configuration import config

SECRETS = (
    "pin --pin pinn pin_code --user_pin2 userpin pass --user-pass newpass --my-pass sip_pass userPass pass1 "
    "--db_password passwrd passwd PASSWORT passphrase pw user-pw secret clientsecret --client-secret token authtoken "
    "api-key apikey"
)
OTHERS = "- -- pinned passage passes passenger key feature_keys shipping opinion list SALESLINE 1000"
TYPED, NUMBER = "hunter2x", "87654321"
THIRD = (
    *third_guesses.VERBS,
    *third_guesses.SEARCHES,
    *third_guesses.PAIRS,
    *third_guesses.OPTIONS,
    *third_guesses.IMPORTS,
)
ALL = (
    *(*BLIND, *OF_THE_TRADE, *THIRD, *fourth_guesses.ALL, *fifth_guesses.ALL),
    *(*own_guesses.ALL, *sixth_guesses.ALL, *sixth_stranger.BLIND, *seventh_stranger.ALL),
    *(*ninth_stranger.ALL, *tenth_stranger.ALL, *eleventh_stranger.ALL, *twelfth_stranger.ALL),
    *(*thirteenth_stranger.ALL, *fourteenth_stranger.ALL),
)
GROUPS = [path[0] for path, row in commands() if len(path) == 1 and isinstance(row, TreeGroup)]
SWITCHED = [kind for kind, one in ENTITIES.items() if "active" in one.option_names]
SWITCHES = sorted((*ON, *OFF))
# Words that are no synonym of a command in SERIOUS, and that some of those resemble.
UNRELATED = words_of("disable reset-pin restart restrict rest report-all change-name exchange allowed moved")


def contents(path: Path) -> list[str]:
    """Return all rows of a database as text."""
    with sqlite3.connect(path) as db:
        return list(db.iterdump())


def is_unchanged(copy: Path, original: Path) -> bool:
    """Return whether a database has the same rows. Most often the files are the same, which is seen in less time."""
    logged = any(file.stat().st_size for file in copy.parent.glob(f"{copy.name}-wal"))
    return (not logged and copy.read_bytes() == original.read_bytes()) or contents(copy) == contents(original)


def is_taken(line: str) -> bool:
    """Return whether a command has the options of a line, and room for its words."""
    words = shlex.split(line)
    path = meant(words)
    command, left = command_at(whole_tree(), path), words[len(path) :]
    if isinstance(command, LazyGroup):
        return not left or left[0] in {name for one in command.params for name in one.opts}
    _, rest, _ = command.make_parser(typer.Context(command)).parse_args(args=left)
    return rest == []


def test_strangers_guessed_lines_blindly() -> None:
    known = (BLIND, OF_THE_TRADE, fourth_guesses.BLIND, fifth_guesses.BLIND, own_guesses.ALL, sixth_stranger.BLIND)
    known = (*known, seventh_stranger.BLIND)
    assert [len({line for line, *_ in guesses}) for guesses in known] == [45, 22, 45, 45, 61, 45, 45]


@pytest.mark.parametrize(("guess", "code", "texts"), a_share(ALL, itemgetter(0), one_of=12))
def test_a_guess_works_or_leads_to_a_line_that_does(
    site: Path, run: Run, guessed: Path, guess: str, code: ExitCode, texts: Sequence[str]
) -> None:
    ended, out, err = run(*shlex.split(guess))
    assert ended == code, out + err
    assert [text for text in texts if text not in out + err] == []
    if code == LED:
        assert out == "" and is_unchanged(site, guessed), "a hint changes nothing"
        assert [line for line in SUGGESTED.findall(err) if not is_taken(line)] == []


def test_leads_that_share_a_number_are_listed(site: Path, run: Run) -> None:
    config.create(site, "list", "102", {"campaign": "spring"}, who="ada")
    assert run("lead", "create", "--list", "102", "phone_number=8005551234")[0] == 0
    code, out, err = run("explain", "lead", "8005551234")
    assert (code, out) == (1, "")
    assert "2 leads have the number 8005551234: " in err and "(list 101)" in err and "(list 102)" in err
    assert run(*err.rpartition("warmline ")[2].split())[0] == 0


@pytest.mark.parametrize(
    ("typed", "meant_words"),
    [
        ("--from 2026-11-01 --to 2026-11-23", "--between 2026-11-01..2026-11-24"),
        ("--from 2026-11-01 --to 2026-11-24", "--between 2026-11-01..2026-11-25"),
        ("--from 2026-11-01 --to 2026-12-31", "--between 2026-11-01..2027-01-01"),
        ("--from 2026-11-01 --to 2026-11-31", "--between 2026-11-01..2026-11-31"),
        ("--from 2026-11-01 --to yesterday", "--between 2026-11-01..2026-11-24"),
        ("--start monday --end friday --csv", "--csv --between monday..friday"),
        ("--from 2026-11-01", "--since 2026-11-01"),
        ("--since 7d", "--since 7d"),
        ("--to 2026-11-01", "--to 2026-11-01"),
        ("--from a --from b", "--from a --from b"),
        ("--date", "--date"),
    ],
)
def test_two_days_are_a_period_with_its_last_day(typed: str, meant_words: str) -> None:
    command = command_at(whole_tree(), ("report", "day"))
    assert " ".join(in_own_words(typed.split(), command, date(2026, 11, 24))) == meant_words


def test_an_import_for_a_campaign_names_the_list_that_is_missing_or_chosen(site: Path, run: Run) -> None:
    config.create(site, "campaign", "autumn", {}, who="ada")
    code, out, err = run("lead", "import", "leads.csv", "--campaign", "autumn")
    lines = SUGGESTED.findall(err)
    assert (code, out) == (1, "") and lines == ["list create 102 campaign=autumn", "lead import leads.csv --list 102"]
    assert [run(*shlex.split(line))[0] for line in lines] == [0, 0]
    config.create(site, "list", "103", {"campaign": "autumn", "country": "US"}, who="ada")
    code, _, err = run("lead", "import", "leads.csv", "--campaign", "autumn")
    assert code == 1 and "campaign autumn has 2 active lists: 102, 103; name one" in err
    config.set_options(site, "list", "103", {"active": "N"}, who="ada")
    code, out, _ = run("lead", "import", "leads.csv", "--campaign", "autumn")
    assert code == 0 and out.startswith("0 imported into list 102, 1 there already")


@pytest.mark.parametrize(("group", "word"), a_share_of_pairs(GROUPS, sorted(UNRELATED)))
def test_spelling_leads_to_no_command_that_does_harm(site: Path, run: Run, group: str, word: str) -> None:
    lines = SUGGESTED.findall(run(group, word, "1001")[2])
    serious = [line for line in lines if set(meant(line.split())) & ({*SERIOUS, "dial"} - {group, "stop"})]
    assert serious == []


@pytest.mark.parametrize("kind", SWITCHED)
def test_most_of_the_usual_verbs_are_no_command_of_a_kind_with_a_switch(kind: str) -> None:
    assert len([verb for verb in SWITCHES if meant((kind, verb)) == (kind,)]) > 25


@pytest.mark.parametrize(("kind", "verb"), a_share_of_pairs(SWITCHED, SWITCHES))
def test_every_kind_with_a_switch_is_switched_by_the_usual_verbs(site: Path, run: Run, kind: str, verb: str) -> None:
    wanted = f"warmline {kind} set X1 active={'Y' if verb in ON else 'N'}"
    assert meant((kind, verb)) != (kind,) or wanted in run(kind, verb, "X1")[2]


@pytest.mark.parametrize("guess", ["hangup last", "call hangupp last", "call last hangup", "transfer last"])
def test_no_hint_ends_or_moves_the_last_call(site: Path, run: Run, guess: str) -> None:
    code, out, err = run(*guess.split())
    lines = SUGGESTED.findall(err)
    assert (code, out) == (1, "") and lines
    assert [line for line in lines if "last" in line] == []


@pytest.mark.parametrize(("guess", "line"), [("call show last", "audit call last"), ("why last", "route why last")])
def test_a_reading_hint_keeps_the_last_call(site: Path, run: Run, guess: str, line: str) -> None:
    assert line in SUGGESTED.findall(run(*guess.split())[2])


def test_hanging_up_the_last_call_is_refused(site: Path, run: Run) -> None:
    assert run("call", "hangup", "last")[0] in (ExitCode.NOT_FOUND, ExitCode.AWAY)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"agent create pin={TYPED}", "warmline agent create NAME pin=VALUE"),
        (f"agent create pin={TYPED} 1050", "warmline agent create NAME pin=VALUE"),
        (f"agent show pin={TYPED}", "pin=VALUE"),
        (f"agent set 1001 pinn={TYPED}", "did you mean pin?"),
        (f"agent create 1050 pin {TYPED}", "'pin' is not of the form option=value"),
        (f"user create bob {TYPED}", "'VALUE' is not of the form option=value"),
        (f"user set eve {TYPED}", "'VALUE' is not of the form option=value"),
        (f"agent create 1050 pin= {TYPED}", "'VALUE' is not of the form option=value"),
        (f"agent create 1050 --pin {TYPED}", "warmline agent create 1050 pin=-"),
        (f"agent create 1050 --pin={TYPED}", "warmline agent create 1050 pin=-"),
        (f"user create sue --password {TYPED}", "warmline user create sue pass=-"),
        (f"user add pass={TYPED}", "warmline user create NAME pass=VALUE"),
        (f"user password eve {TYPED}", "extra argument (VALUE)"),
        (f"user passwd eve {TYPED}", "extra argument (VALUE)"),
        (f"login https://pbx.example --user ada {TYPED}", "extra argument (VALUE)"),
        (f"user passwort eve pass={TYPED}", "does not exist"),
        (f"agent pin={TYPED}", "does not exist"),
        (f"history pin={TYPED}", "does not exist"),
        (f"agnet create 1050 pin={TYPED}", "warmline agent create 1050 pin=VALUE"),
        (f"create agent 1050 pin={TYPED}", "warmline agent create 1050 pin=-"),
        (f"config apply pin={TYPED}", "pin=VALUE"),
        (f"agent 1001 pin {TYPED}", "does not exist"),
        (f"user create bob --user-pass {TYPED}", "warmline user create bob pass=-"),
        (f"user create bob --newpass {TYPED}", "warmline user create bob pass=-"),
        (f"user create bob --my-pass {TYPED}", "warmline user create bob pass=-"),
        (f"user create bob --sip-pass={TYPED}", "warmline user create bob pass=-"),
        (f"user create bob --userpass {TYPED}", "warmline user create bob pass=-"),
        (f"user create bob --db_password={TYPED}", "warmline user create bob pass=-"),
        (f"user create bob db_password={TYPED}", "db_password"),
        (f"agent create 1050 --agent-pin {TYPED}", "pin=-"),
        (f"agent create 1050 pin {TYPED} --full-name Bob", "warmline agent create 1050 full_name=Bob"),
        (f"agent create 1050 --full-name Bob pin {TYPED}", "warmline agent create 1050 full_name=Bob"),
        (f"user create bob --my-pass {TYPED} --pass {TYPED}", "warmline user create bob pass=-\n"),
        (f"recording list pin {NUMBER}", "extra argument(s) (pin VALUE)"),
        (f"agent show pin {TYPED}", "extra argument(s) (VALUE)"),
    ],
)
def test_no_secret_is_in_a_message(site: Path, run: Run, line: str, said: str) -> None:
    code, out, err = run(*line.split())
    assert code != 0 and out == ""
    assert said in err and TYPED not in err and NUMBER not in err


@pytest.mark.parametrize(
    "typed", [("--number", f"pin={TYPED}"), ("--new-password", TYPED), (f"--new-password={TYPED}",)]
)
def test_an_option_of_the_suggested_command_has_no_secret(typed: tuple[str, ...]) -> None:
    for line in ("audit calls", "install"):
        assert TYPED not in filled(whole_tree(), line, typed).text


def test_an_option_is_not_the_value_of_the_one_before_it(site: Path, run: Run) -> None:
    words = ("--active", "--role", "agent")
    assert option_values(words) == {"--active": "", "--role": "agent"}
    assert option_values(("--number", "-", "--list=101")) == {"--number": "-", "--list": "101"}
    code, _, err = run("user", "create", "bob", *words)
    assert code == 1 and "  warmline user create bob active=Y role=agent agent=bob pass=-\n" in err
    assert filled(whole_tree(), "audit calls", ("--number", "--json")).text.count("--json") == 1


@pytest.mark.parametrize("name", SECRETS.split(" "))
def test_a_name_of_a_secret_is_known(name: str) -> None:
    assert names_secret(name) and names_secret(f"{name}=x")


@pytest.mark.parametrize("name", OTHERS.split(" "))
def test_another_name_is_none_of_a_secret(name: str) -> None:
    assert not names_secret(name)


def test_secrets_are_hidden_by_the_name_before_them() -> None:
    words = shlex.split("set 1001 pin=1 pass=- --token abc pass x name=Ann --password=y")
    shown = "set 1001 pin=VALUE pass=- --token VALUE pass VALUE name=Ann --password=VALUE"
    assert " ".join(without_secrets(words)) == shown


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("report agents --today", "report agents --day today"),
        ("report agents --yesterday", "report agents --day yesterday"),
        ("audit calls --week", "audit calls --day thisweek"),
        ("recording list --last-month", "recording list --day lastmonth"),
        ("callback list --today", "callback list --day today"),
        ("audit agent 1000 --yesterday", "audit agent 1000 --day yesterday"),
    ],
)
def test_a_short_option_names_a_period(site: Path, run: Run, line: str, same: str) -> None:
    code, out, _ = run(*line.split())
    assert code == 0 and (code, out, "") == run(*same.split())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("audit webhooks --today", "did you mean --since today?"),
        ("history 1001 --today", "no option --today: options: --number"),
        ("report agents today", "did you mean: warmline report agents --today"),
        ("report agents lastweek", "did you mean: warmline report agents --lastweek"),
        ("list export 101 out.csv", "did you mean: warmline list export 101 --to out.csv"),
        ("lead list 101", "did you mean: warmline lead list --list 101"),
        ("lead import leads.csv 101", "did you mean: warmline lead import leads.csv --list 101"),
        ("recording list 8005551234", "did you mean: warmline recording list --number 8005551234"),
        ("agent create 1050 --zzz 9", "no option --zzz; the options of agent are written OPTION=VALUE"),
    ],
)
def test_a_word_in_the_wrong_form_is_led_to_its_option(site: Path, run: Run, line: str, said: str) -> None:
    code, out, err = run(*line.split())
    assert (code, out) == (1, "")
    assert said in err
