"""An option of a guess is translated, or named as left out; then no line changes more than was asked."""

import shlex
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.cli.help.stranger_guesses import LED, SUGGESTED


@pytest.mark.parametrize(
    ("guess", "line"),
    [
        ("route test 8005550100 --from 8005551234", "route simulate 8005550100 --cid 8005551234"),
        ("route simulate 8005550100 --caller 8005551234", "route simulate 8005550100 --cid 8005551234"),
        (
            'did test 8005550100 --date "2026-12-25 10:00" --phone 8005551234',
            "route simulate 8005550100 --at '2026-12-25 10:00' --cid 8005551234",
        ),
        ("leads export --list 101 --status SALE --format csv", "list export 101 --where status=SALE"),
        ("list export 101 --status NA,B", "list export 101 --where 'status=NA|B'"),
        ("list export 101 --city Bonn --where rank>5", "list export 101 --where 'rank>5 and city=Bonn'"),
        (
            'list export 101 --where "status=NA or status=B" --city Bonn',
            "list export 101 --where '(status=NA or status=B) and city=Bonn'",
        ),
        ("log spring --since monday", "audit config --since monday --entity campaign --name spring"),
        ("list change 101 --city Bonn --delete --dry-run", "list change 101 --delete --dry-run --where city=Bonn"),
        ("callbacks list --agent 1001 --overdue", "callback list --state missed --agent 1001"),
        ("callbacks list --agent 1001 --missed", "callback list --state missed --agent 1001"),
    ],
)
def test_an_option_of_other_programs_is_kept(site: Path, run: Run, guess: str, line: str) -> None:
    code, out, err = run(*shlex.split(guess))
    assert (code, out) == (LED, "") and line in SUGGESTED.findall(err)
    assert "Left out" not in err
    assert run(*shlex.split(line))[0] == 0


@pytest.mark.parametrize(
    ("guess", "out"),
    [
        ("webhook add https://crm.example --event lead.created", "--event lead.created"),
        ("holidays list --from today --to 2026-12-31", "--from today --to 2026-12-31"),
        ("ingroup stats SALESLINE --colour 'dark red'", "--colour 'dark red'"),
        ("agent kick 1001 --force --reason=ill", "--reason=ill"),
    ],
)
def test_other_options_are_named(site: Path, run: Run, guess: str, out: str) -> None:
    code, _, err = run(*shlex.split(guess))
    assert code == LED and SUGGESTED.findall(err)
    assert f"Left out: {out}." in err


@pytest.mark.parametrize("guess", ["hopper reset spring --older 5", "unblock 8005558888 --until 2027"])
def test_a_line_that_would_change_more_than_asked_is_not_proposed(site: Path, run: Run, guess: str) -> None:
    whole, half = (SUGGESTED.findall(run(*words.split())[2]) for words in (guess.rpartition(" --")[0], guess))
    assert any(set(line.split()[:2]) & {"reset", "delete"} for line in whole)
    assert not any(set(line.split()[:2]) & {"reset", "delete"} for line in half)


def test_no_secret_is_left_out_aloud(site: Path, run: Run) -> None:
    err = run("agent", "kick", "1001", "--password", "hunter2x")[2]
    assert "Left out" not in err and "hunter2x" not in err


@pytest.mark.parametrize(
    ("guess", "pairs"),
    [
        ("ingroup edit SALESLINE --max-waiting 15 --overflow voicemail:1000", "VOICEMAIL after_hours_voicemail=1000"),
        ("queue set SALESLINE max-callers=15 overflow=SUPPORTLINE", "IN_GROUP afterhours_xfer_group=SUPPORTLINE"),
    ],
)
def test_an_overflow_with_a_limit_is_the_action_of_the_limit(site: Path, run: Run, guess: str, pairs: str) -> None:
    err = run(*guess.split())[2]
    wanted = f"max_calls_action=AFTERHOURS after_hours_action={pairs} max_calls_method=IN_QUEUE"
    assert SUGGESTED.findall(err) == [f"ingroup set SALESLINE max_calls_count=15 {wanted}"]
    assert err.count("Calls after hours get the same action.") == 1
    assert run(*shlex.split(SUGGESTED.findall(err)[0]))[0] == 0
