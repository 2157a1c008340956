"""Lines for a task that needs several entries, or the text of a file, do the whole task when they are pasted."""

import io
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.cli.help.stranger_guesses import LED, SUGGESTED
from warmline.store.configuration import config


def test_a_user_who_takes_calls_gets_the_agent_and_the_phone(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = SUGGESTED.findall(run("user", "add", "1011", "--name", "Maria Lopez", "--level", "1")[2])
    assert [line.split()[0] for line in lines] == ["phone", "agent", "user"]
    monkeypatch.setattr("sys.stdin", io.StringIO("long-enough-77\n"))
    assert [run(*shlex.split(line))[0] for line in lines] == [0, 0, 0]
    agent, user = config.show(site, "agent", "1011"), config.show(site, "user", "1011")
    assert (agent["phone"], agent["campaign"], agent["full_name"]) == ("1011", "TESTCAMP", "Maria Lopez")
    assert (agent["user_level"], user["agent"], user["full_name"]) == (1, "1011", "Maria Lopez")


@pytest.mark.parametrize(
    ("kind", "name", "lines"),
    [
        ("user", "anna", ["user set anna active=N", "agent set 1000 active=N"]),
        ("agent", "1000", ["agent set 1000 active=N", "user set anna active=N", "agent logout 1000"]),
    ],
)
def test_a_person_is_disabled_as_user_and_as_agent(
    site: Path, run: Run, kind: str, name: str, lines: list[str]
) -> None:
    if "1000" in (found := {one["agent"]: user for user, one in config.show_all(site, "user").items()}):
        config.set_options(site, "user", found["1000"], {"agent": ""}, who="ada")
    config.create(site, "user", "anna", {"pass": "long-enough-77", "agent": "1000"}, who="ada")
    assert SUGGESTED.findall(run(kind, "disable", name)[2]) == lines


def test_the_shell_puts_the_text_of_a_file_into_the_line(site: Path, run: Run) -> None:
    (site.parent / "greet.html").write_text("<p>Hello --A--first_name--B--, it's us</p>\n")
    code, _, err = run("script", "set", "spring", "--file", "greet.html")
    script, campaign = SUGGESTED.findall(err)
    assert code == LED
    typed = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {script}"], capture_output=True, text=True, check=True
    ).stdout
    assert [run(*typed.split("\0")[:-1])[0], run(*campaign.split())[0]] == [0, 0]
    assert config.show(site, "script", "spring")["script_text"] == "<p>Hello --A--first_name--B--, it's us</p>"
    assert config.show(site, "campaign", "spring")["campaign_script"] == "spring"
    assert SUGGESTED.findall(run("script", "set", "spring", "--file", "greet.html")[2])[0] == script.replace(
        "create", "set"
    )


def test_a_holiday_is_named_by_each_call_time(site: Path, run: Run) -> None:
    config.create(site, "holiday", "EASTER", {"holiday_date": "2027-03-28"}, who="ada")
    for name, holidays in (("DAY", "EASTER"), ("NIGHT", "")):
        options = {"ct_default_start": "900", "ct_default_stop": "1800", "ct_holidays": holidays}
        config.create(site, "call-time", name, options, who="ada")
    lines = SUGGESTED.findall(run("holiday", "add", "2026-12-25", "Christmas Day")[2])
    assert lines[1:3] == [
        "call-time set DAY ct_holidays=EASTER,CHRISTMASDAY", "call-time set NIGHT ct_holidays=CHRISTMASDAY",
    ]  # fmt: skip
    assert [run(*shlex.split(line))[0] for line in lines] == [0] * len(lines)
