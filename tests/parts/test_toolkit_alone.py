"""The toolkit without the modules of centre and dialler: scripts, recipes without agents, tests of scripts, lint."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cli.install import recipes
from cli.output.exit_codes import ExitCode
from tests.agi.conftest import make_database
from tests.agi.other_end import ENVIRONMENT
from tests.parts import barred
from tests.tree.parts import Part, modules_of
from warmline.system.program_files import DIALPLAN

AGI = barred.PROJECT / "agi-bin"
WARMLINE = str(Path(sys.executable).with_name("warmline"))
ANSWERS = "200 result=1\n" * 20
AROUND = '#include "{dialplan}"\n[warmline-away]\nexten => s,1,Hangup()\n'
HOOK = """
from warmline.hooks import Caller, Route

def before_route(caller: Caller, route: Route) -> Route | None:
    return route.change(priority=10, reason="a VIP")
"""
CUSTOMER = {"name": "Ada", "vip": True, "summary": "the bill is wrong"}


class Site:
    """A folder with a database and its settings, in which programs run without the higher parts."""

    def __init__(self, folder: Path, names: Path) -> None:
        self.folder = folder
        self._names = names

    def run(self, *program: str, says: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a program and its arguments."""
        given = {"WARMLINE_DB": self.folder / "warmline.db", "WARMLINE_SPOOL": self.folder / "spool"}
        environment = {name: str(path) for name, path in given.items()}
        config = str(self.folder / "warmline.toml")
        return barred.run(self._names, *program, says=says, WARMLINE_CONFIG=config, **environment)

    def command(self, *words: str) -> str:
        """Run `warmline`, which must succeed, and return its output."""
        done = self.run(WARMLINE, *words)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    def script(self, name: str, *arguments: str) -> str:
        """Run an AGI script, which must succeed, and return its commands."""
        done = self.run(str(AGI / name), *arguments, says=f"{ENVIRONMENT}\n{ANSWERS}")
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The names of the modules that the toolkit does not need, as a file."""
    file: Path = tmp_path_factory.mktemp("barred") / "names"
    file.write_text("\n".join(modules_of(Part.CENTRE, Part.DIALLER)))
    return file


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("toolkit") / "warmline.db")


@pytest.fixture
def site(example: Path, names: Path, tmp_path: Path) -> Site:
    shutil.copy(example, tmp_path / "warmline.db")
    (tmp_path / "warmline.toml").touch()
    return Site(tmp_path, names)


@pytest.fixture
def crm() -> Iterator[str]:
    """The URL of a program that knows each caller."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(CUSTOMER).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/?phone="
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("script", "argument", "sent"),
    [
        ("route_did", "8005550100", r"WARMLINE_ROUTE=ingroup\\,SALESLINE"),
        ("enter_ingroup", "SALESLINE", r"WARMLINE_ROUTE=ingroup\\,SALESLINE"),
        ("enter_agentdirect", "1000", r"WARMLINE_ROUTE=agent\\,1000"),
        ("call_result", "01KAFH8Y3C0000000000000001", "WARMLINE_RESULT=failed"),
    ],
)
def test_a_script_of_the_dialplan_decides(site: Site, script: str, argument: str, sent: str) -> None:
    assert sent in site.script(script, argument)


def test_the_fallback_leaves_its_note(site: Site) -> None:
    site.script("fallback", "", "15551234", "8005550100", "app-away")
    (note,) = (site.folder / "spool").iterdir()
    assert "8005550100" in note.read_text()


@pytest.mark.parametrize(
    ("recipe", "more", "sent"),
    [
        ("vip-by-crm", (), ("WARMLINE_DATA_customer", "VIPLINE")),
        ("bot-handover", ("summary",), ("WARMLINE_DATA_summary", "SALESLINE")),
    ],
)
def test_a_recipe_asks_another_program_about_the_caller(
    site: Site, crm: str, recipe: str, more: tuple[str, ...], sent: tuple[str, str]
) -> None:
    commands = site.script(f"cookbook/{recipe}", crm, *more)
    assert [text for text in sent if text not in commands] == []


def test_a_recipe_promises_a_callback(site: Site) -> None:
    site.script("cookbook/callback-instead", "5551234567", "SALESLINE")
    (note,) = (site.folder / "spool/callbacks").iterdir()
    assert "5551234567" in note.read_text()


def test_lint_reads_the_dialplans_of_all_recipes(site: Site) -> None:
    found = [recipe.dialplan for recipe in map(recipes.find, recipes.names()) if recipe.dialplan]
    plan = site.folder / "extensions.conf"
    plan.write_text(AROUND.format(dialplan=DIALPLAN) + "".join(f'#include "{path}"\n' for path in found))
    assert len(found) > 10
    assert json.loads(site.command("dialplan", "lint", str(plan), "--json"))["findings"] == []


def test_lint_finds_an_untrusted_number(site: Site) -> None:
    plan = site.folder / "extensions.conf"
    plan.write_text("[test]\nexten => _9.,1,Dial(PJSIP/${EXTEN:1})\n same => n,Queue(q)\n same => n,Hangup()\n")
    done = site.run(WARMLINE, "dialplan", "lint", str(plan))
    assert done.returncode == ExitCode.FAILED and "untrusted" in done.stdout, done


def test_a_new_script_passes_its_own_session(site: Site) -> None:
    site.command("own-script", "new", "ticket", "--to", str(site.folder))
    said = site.command("own-script", "test", str(site.folder / "ticket.session"), str(site.folder / "ticket"))
    assert said == "3 commands, no difference\n"


def test_a_new_hook_answers_for_an_invented_call(site: Site) -> None:
    folder = site.folder / "hooks"
    folder.mkdir(0o755)
    (folder / "vip.py").write_text(HOOK)
    (row,) = json.loads(site.command("hook", "test", "before_route", "--folder", str(folder), "--json"))["runs"]
    assert row["ok"] and row["answer"]


def test_a_command_of_a_higher_part_is_barred(site: Site) -> None:
    done = site.run(WARMLINE, "dial", "status")
    assert done.returncode == 1 and "cli.leads.dial_status is barred" in done.stderr
