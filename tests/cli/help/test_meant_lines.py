"""The lines that a hint suggests work as they are, in their order, and name only what exists."""

import shlex
from pathlib import Path

import pytest

from cli.output.exit_codes import ExitCode
from tests.cli.command_line import Run
from tests.cli.help.stranger_guesses import LED, SUGGESTED
from warmline.options.option_table import ENTITIES
from warmline.options.values import option_words
from warmline.store.configuration import config
from warmline.store.leads import dnc


@pytest.mark.parametrize(
    ("guess", "absent"),
    [
        ("backup create", "db backup create"),
        ("recording get 1 -o call.wav", "--html"),
        ("token create crm --scopes ALL", "token=-"),
        ("ingroup set SALESLINE max_wait=120", "allowed: "),
        ("report ingroup SALESLINE --today", " create "),
        ("cdr list", "audit call list"),
    ],
)
def test_a_hint_has_no_word_that_does_not_belong_there(site: Path, run: Run, guess: str, absent: str) -> None:
    code, _, err = run(*guess.split())
    assert code == LED and SUGGESTED.findall(err) and absent not in err


@pytest.mark.parametrize(
    "guess",
    [
        'ingroup set SALESLINE --hours "mon-fri 09:00-17:00"',
        "agent add 1050 --campaign winter",
        "preset add spring --name Manager --number 2000",
        "lead add --list 101 --phone 8005551299 --first-name John",
        "token create crm",
        "did create 8005550177",
        "preset create BILLING",
    ],
)
def test_all_lines_of_a_hint_work_in_their_order(site: Path, run: Run, guess: str) -> None:
    code, _, err = run(*shlex.split(guess))
    lines = SUGGESTED.findall(err)
    assert code == LED and lines
    assert [run(*shlex.split(line))[0] for line in lines] == [0] * len(lines)


def test_a_second_call_time_gets_a_name_that_is_free(site: Path, run: Run) -> None:
    config.create(site, "call-time", "OFFICE", {}, who="ada")
    lines = SUGGESTED.findall(run("ingroup", "set", "SALESLINE", "hours=9-17")[2])
    assert lines[0].startswith("call-time create OFFICE2 ") and lines[1].endswith("call_time_id=OFFICE2")


def test_the_script_of_a_campaign_is_named(site: Path, run: Run) -> None:
    config.create(site, "script", "HELLO", {"script_text": "Hello"}, who="ada")
    config.set_options(site, "campaign", "spring", {"campaign_script": "HELLO"}, who="ada")
    code, _, err = run("script", "show", "spring")
    assert code == ExitCode.NOT_FOUND and SUGGESTED.findall(err) == ["script show HELLO"]
    assert "campaign spring has campaign_script=HELLO" in err


def test_a_holiday_that_a_call_time_names_needs_no_hint(site: Path, run: Run) -> None:
    config.create(site, "holiday", "EVE", {"holiday_date": "2026-12-24"}, who="ada")
    config.create(site, "call-time", "OFFICE", {"ct_holidays": "EVE"}, who="ada")
    _, _, err = run("holiday", "create", "XMAS", "holiday_date=2026-12-25")
    assert SUGGESTED.findall(err)[:2] == [
        "call-time set OFFICE ct_holidays=EVE,XMAS", "call-time create ALWAYS ct_holidays=XMAS",
    ]  # fmt: skip
    assert run(*shlex.split(SUGGESTED.findall(err)[0]))[0] == 0
    assert run("holiday", "set", "XMAS", "holiday_date=2026-12-26")[2] == ""


def test_the_time_of_a_removed_number_is_readable(site: Path, run: Run) -> None:
    added = dnc.find(site, "8005558888")[0]["at"]
    run("dnc", "delete", "8005558888")
    code, out, _ = run("audit", "config", "--entity", "dnc")
    assert code == 0 and "delete" in out and str(added) not in out


def test_every_word_for_an_option_names_one_that_exists() -> None:
    known = {name for entity in ENTITIES.values() for name in entity.option_names}
    assert [name for names, _ in option_words.ROWS for name in names if name not in known] == []
    assert option_words.named_by("Max-Wait") == option_words.named_by("maxwait") != ()
    assert option_words.named_by("xyzzy") == ()
