"""Words of a guess that have no option become a label only if they can be nothing else, and no name is cut."""

import shlex
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.cli.help.stranger_guesses import LED, SUGGESTED
from warmline.store.configuration import config


@pytest.mark.parametrize(
    ("guess", "line"),
    [
        ("ingroup set SALESLINE agent 1000 rank 9", "agent set 1000 ingroup_ranks=SALESLINE:9"),
        ("queue set SALESLINE 1000 penalty=2", "agent set 1000 ingroup_ranks=SALESLINE:-2"),
        ("ingroup set SALESLINE member 1001 grade 4", "agent set 1001 ingroup_grades=SALESLINE:4"),
        (
            'holiday add 2026-12-24 12:00-23:59 --name "Christmas Eve"',
            "holiday create CHRISTMASEVE holiday_date=2026-12-24 'holiday_name=Christmas Eve' "
            "ct_default_start=0 ct_default_stop=1200",
        ),
        (
            'holiday add 2026-12-24 0:00-9:30 "Late start"',
            "holiday create LATESTART holiday_date=2026-12-24 ct_default_start=930 ct_default_stop=2400 "
            "'holiday_name=Late start'",
        ),
        (
            'disposition add spring CALLB2 "Call back in two weeks"',
            "disposition create CALLB2 campaigns=spring 'status_name=Call back in two weeks'",
        ),
        ('ingroup set SALESLINE "Sales from 9"', "ingroup set SALESLINE 'group_name=Sales from 9'"),
        ("ingroup set SALESLINE Sales Team", "ingroup set SALESLINE 'group_name=Sales Team'"),
    ],
)
def test_free_words_have_the_place_that_is_meant(site: Path, run: Run, guess: str, line: str) -> None:
    code, out, err = run(*shlex.split(guess))
    found, *after = SUGGESTED.findall(err)
    assert (code, out, found) == (LED, "", line)
    used = {"holiday": ["call-time create", "ingroup set", "ingroup set"], "agent": ["ingroup set"]}
    assert [" ".join(one.split()[:2]) for one in after] == used.get(line.split()[0], [])
    assert [run(*shlex.split(one))[0] for one in (line, *after)] == [0] * (1 + len(after))


@pytest.mark.parametrize(
    ("guess", "words"),
    [
        ("ingroup set SALESLINE agent 1000 first 9", "agent 1000 first 9"),
        ("ingroup set SALESLINE Sales 08:00-18:00", "Sales 08:00-18:00"),
        ("ingroup set SALESLINE add Anna Berg", "add Anna Berg"),
        ("ingroup set SALESLINE SUPPORTLINE backup", "SUPPORTLINE backup"),
        ("campaign set spring agent 1001 1002", "agent 1001 1002"),
        ("campaign create autumn agents 1001", "agents 1001"),
        ("agent create 1050 spring", "spring"),
        ("disposition create SALE2 12 days", "12 days"),
        ("holiday add 2026-12-24 10:00-12:00 --name Eve", "10:00-12:00"),
        ('list create 105 "Autumn leads" now 7', "'Autumn leads' now 7"),
    ],
)
def test_other_words_are_named_and_lead_to_no_line(site: Path, run: Run, guess: str, words: str) -> None:
    code, out, err = run(*shlex.split(guess))
    assert (code, out) == (LED, "") and SUGGESTED.findall(err) == []
    assert f"Not understood: {words}. " in err


@pytest.mark.parametrize(
    "guess",
    [
        'disposition add spring CALLBK2 "Call back in two weeks"',
        'disposition add CALLBK2 "Call back in two weeks"',
        'disposition add CALLBK2 --name "Call back in two weeks"',
        'pause-code add CALLBK2 "Call back in two weeks"',
    ],
)
def test_a_name_that_is_too_long_is_not_cut(site: Path, run: Run, guess: str) -> None:
    code, out, err = run(*shlex.split(guess))
    assert (code, out) == (LED, "") and SUGGESTED.findall(err) == []
    assert "'CALLBK2' cannot name a" in err and "allowed: 1 to 6 " in err
    assert "Choose another name, with: " in err and "_name=Call back in two weeks'" in err


def test_a_holiday_that_is_closed_all_day_needs_no_hours(site: Path, run: Run) -> None:
    line = SUGGESTED.findall(run("holiday", "add", "2026-12-24", "0:00-24:00", "Christmas Eve")[2])
    assert line[0] == "holiday create CHRISTMASEVE holiday_date=2026-12-24 'holiday_name=Christmas Eve'"
    assert run(*shlex.split(line[0]))[0] == 0
    assert config.show(site, "holiday", "CHRISTMASEVE")["ct_default_stop"] == 2400
