"""`warmline hook new`, `list`, `test` and `log`, and the code of the page about hooks."""

import json
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import main
from lab import configure
from tests.cli.command_line import Run
from tests.hooks.folder import hooks_in, until
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.agent_choice_messages import AgentChosen
from warmline.hooks import Caller, EndedCall, Event, FreeAgent, Route, WaitingCall, hook_log

PAGE = Path(__file__).parents[2] / "docs/how-to/hooks.md"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command of the group: exit code, stdout, stderr."""

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["hook", *words])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def test_a_new_hook_works_and_its_test_passes(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("new", "vip", "--to", str(tmp_path))
    assert code == 0 and f"{tmp_path}/vip.py: the hook" in out
    done = subprocess.run([sys.executable, tmp_path / "test_vip.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert run("list", "--folder", str(tmp_path))[1].splitlines()[1].split() == ["before_route", "vip.py", "6"]
    code, out, _ = run("test", "--folder", str(tmp_path), "--json")
    [row] = json.loads(out)["runs"]
    assert code == 0 and (row["hook"], row["ok"], row["answer"]) == ("before_route", True, None)
    assert run("new", "vip", "--to", str(tmp_path))[0] == 1


@pytest.mark.parametrize("name", ["Vip", "", "test_vip", "a/b", "x" * 33])
def test_a_name_that_is_no_word_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    code, _, err = run("new", name, "--to", str(tmp_path))
    assert code == 1 and "is invalid" in err
    assert list(tmp_path.iterdir()) == []


def test_failures_are_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "torn.py").write_text("def\n")
    (tmp_path / "mine.py").write_text("def before_route(caller, route):\n    raise ValueError('no CRM')\n")
    code, _, err = run("list", "--folder", str(tmp_path))
    assert code == 1 and "hooks file torn.py is not used: SyntaxError: invalid syntax (torn.py:1)" in err
    code, out, _ = run("test", "before_route", "--folder", str(tmp_path))
    assert code == 1 and "failed: raised ValueError: no CRM (mine.py:2)" in out
    code, _, err = run("test", "before_rout", "--folder", str(tmp_path))
    assert code == 1 and "hook 'before_rout' does not exist" in err


def test_no_folder_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_HOOKS", "")
    code, _, err = run("list")
    assert code == 1 and "the setting hooks is empty" in err


def test_the_log_has_the_last_runs(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_RUN", str(tmp_path))
    assert "no run yet" in run("log")[1]
    with hooks_in(tmp_path) as hooks:
        hooks.body('print("looked up")', "return route.change(priority=3)")
        assert hooks.ask(5.0)["ok"]
        hooks.body('raise ValueError("\\x1b[2J")')
        assert not hooks.ask(5.0)["ok"]
        until(lambda: len(hook_log.last(str(hooks.log), 5)) == 2)
    assert Path(hook_log.path(str(tmp_path))) == hooks.log
    code, out, _ = run("log", "--json")
    first, second = json.loads(out)["runs"]
    assert code == 0 and (first["ok"], first["printed"], first["answer"]["priority"]) == (True, "looked up", 3)
    assert (second["ok"], second["by"]) == (False, "mine.py")
    code, out, _ = run("log", "--failed")
    assert "\x1b" not in out and "raised ValueError" in out and len(out.splitlines()) == 3  # with the time zone


def test_reports_of_a_call_show_the_part_of_hooks(
    demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(demo_database, tmp_path))
    configure.fill(path, [("ingroup", "SALESLINE", {"choose_agent_hook": "Y"})])
    with closing(RecordedDriver(path)) as lab:
        lab.choose = lambda asked: AgentChosen(asked.call, asked.question, "1000", "mine.py", "a VIP")  # type: ignore[method-assign]
        lab.log_in("1000")
        why = ("did: 8005550100 goes to ingroup:SALESLINE", "before_route: mine.py: priority +5")
        lab.asterisk.come_in("cust", "ingroup", "SALESLINE", why=why, priority=5)
        lab.pump()
    monkeypatch.setenv("WARMLINE_DB", str(path))
    for words in (["audit", "call", "last"], ["route", "why", "last"]):
        with pytest.raises(SystemExit):
            main(words)
        text = " ".join(capsys.readouterr().out.split())
        assert "choose_agent: mine.py: agent 1000 because a VIP" in text
        assert "mine.py: priority +5" in text and "before_route" in text


def test_the_code_of_the_page_works(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for code in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL):
        exec(code, names)  # noqa: S102 - a page of the project
    choose, agents = names["choose_agent"], (FreeAgent(user="1000"), FreeAgent(user="1001"))
    assert callable(choose)
    assert choose(WaitingCall(caller=Caller(call="1", data={"owner": "1001"})), agents).agent == "1001"
    assert choose(WaitingCall(caller=Caller(call="1")), agents) is None
    after, on_event = names["after_call"], names["on_event"]
    assert callable(after) and callable(on_event)
    after(EndedCall(caller=Caller(call="1", number="15551234"), result="abandoned", wait=5, ingroup="SALESLINE"))
    on_event(Event(id="1-1", at="2026-01-05T12:00:00.000+00:00", type="agent.phone_lost", agent="1000"))
    assert capsys.readouterr().out == (
        "call 15551234 back, who waited 5 s in SALESLINE\n"
        "the phone of agent 1000 was lost at 2026-01-05T12:00:00.000+00:00\n"
    )
    hook, route = names["before_route"], Route(target="ingroup:SALESLINE")
    assert callable(hook)
    assert hook(Caller(call="1", data={"language": "de"}), route).target == "ingroup:SUPPORTLINE"
    assert hook(Caller(call="1", number="15551234"), route).target == "agent:1000"
    assert hook(Caller(call="1"), Route()).target == "hangup"
    assert hook(Caller(call="1"), route) is None
