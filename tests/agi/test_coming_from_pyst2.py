"""docs/how-to/coming-from-pyst2.md: its scripts run with pyst2, and with Warmline after a change of the import."""

import re
import subprocess
import sys
import threading
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import NamedTuple

import pytest

from tests.agi import own_scripts
from tests.agi.other_end import ENVIRONMENT, OtherEnd
from tests.agi.pbx import PROJECT
from tests.agi.test_own_scripts import ask_script
from warmline import agi

PAGE = PROJECT / "docs/how-to/coming-from-pyst2.md"
PIN, MENU, SURVEY, CALLBACK = own_scripts.blocks(PAGE)
THEIRS, OURS = "from asterisk.agi import", "from warmline.agi import"
IMPORTS = re.findall(r"^\| `((?:from|import) asterisk.*?)` \| `(.*?)`", PAGE.read_text(), re.MULTILINE)
FOLDERS = {"/var/spool/asterisk": "spool", "/var/lib/asterisk": "lib"}
TIME = re.compile(r"\b\d{10}\b")


class Ran(NamedTuple):
    """The commands of a script without times, and the files that it wrote."""

    heard: list[list[str]]
    files: dict[str, str]


class Asterisk:
    """The answers of Asterisk: keys prompt after prompt, a database, and the value of an expression."""

    def __init__(self, keys: list[str], astdb: dict[str, str], expression: str) -> None:
        self._keys, self._stored, self._expression = list(keys), astdb, expression

    def __call__(self, words: list[str]) -> str:
        match words[:2]:
            case ["GET", "DATA"]:
                return f"200 result={self._next()}"
            case ["STREAM", "FILE"] | ["SAY", "DIGITS"] | ["WAIT", "FOR"]:
                key = self._next() if words[3] else ""  # the digits that end it, or the time
                return f"200 result={ord(key) if key else 0} endpos=8000"
            case ["DATABASE", "GET"]:
                value = self._stored.get(words[2])
                return f"200 result=1 ({value})" if value else "200 result=0"
            case ["GET", "FULL"]:
                return f"200 result=1 ({self._expression})"
        return "200 result=1"

    def _next(self) -> str:
        return self._keys.pop(0) if self._keys else ""


def ran(text: str, folder: Path, asterisk: Asterisk) -> Ran:
    """Run a script as Asterisk does, with folders of its own."""
    for spool_path, name in FOLDERS.items():
        (folder / name / "tmp").mkdir(parents=True)
        (folder / name / "outgoing").mkdir()
        text = text.replace(spool_path, str(folder / name))
    with OtherEnd(asterisk, ENVIRONMENT) as wire:
        done = subprocess.run(
            [own_scripts.write(text.replace("#!/usr/bin/env python3", own_scripts.FIRST), folder / "script")],
            stdin=wire.stdin,
            stdout=wire.stdout,
            stderr=subprocess.PIPE,
            env={**own_scripts.clean_environment(), "WARMLINE_SPOOL": str(folder)},
            timeout=20,
        )
    assert done.returncode == 0, done.stderr.decode()
    names = [file.relative_to(folder) for file in folder.rglob("*.c*")]
    return Ran(
        [
            [TIME.sub("TIME", word.upper() if index < 2 else word) for index, word in enumerate(words)]
            for words in wire.heard
        ],
        {re.sub(r"-\d+", "", str(name)): TIME.sub("TIME", (folder / name).read_text()) for name in names},
    )


GOODBYE = [["STREAM", "FILE", "vm-goodbye", "", "0"], ["HANGUP"]]


def go_on_at(context: str, extension: str) -> list[list[str]]:
    """Return the commands that set where the dialplan continues."""
    return [["SET", "CONTEXT", context], ["SET", "EXTENSION", extension], ["SET", "PRIORITY", "1"]]


SALES, SUPPORT = go_on_at("queues", "sales"), go_on_at("queues", "support")
CALL = "Channel: PJSIP/15551234@trunk\nContext: queues\nExtension: sales\nPriority: 1\n"


@pytest.mark.parametrize(
    ("text", "asterisk", "end", "files"),
    [
        (PIN, (["1111", "4711"], {"door": "4711"}, ""), SALES, {}),
        (PIN, (["1111"], {"door": "4711", "wrong-pins": "2 1999999999"}, ""), GOODBYE, {}),
        (MENU, (["", "2"], {}, "open"), SUPPORT, {}),
        (MENU, ([], {}, "open"), SALES, {}),
        (MENU, ([], {}, "closed"), [["STREAM", "FILE", "vm-nobodyavail", "", "0"], ["HANGUP"]], {}),
        (SURVEY, (["4", "5"], {}, ""), GOODBYE, {"lib/survey.csv": "TIME,15551234,4,5\n"}),
        (CALLBACK, (["", "", "1"], {}, ""), GOODBYE, {"spool/outgoing/callback.call": CALL}),
        (CALLBACK, ([], {}, ""), SALES, {}),
    ],
    ids=["right", "locked", "support", "no key", "closed", "survey", "callback", "no callback"],
)
def test_a_script_does_the_same_after_a_change_of_its_import(
    tmp_path: Path,
    text: str,
    asterisk: tuple[list[str], dict[str, str], str],
    end: list[list[str]],
    files: dict[str, str],
) -> None:
    assert text.count(THEIRS) == 1
    pyst2_run = ran(text, tmp_path / "theirs", Asterisk(*asterisk))
    warmline_run = ran(text.replace(THEIRS, OURS), tmp_path / "ours", Asterisk(*asterisk))
    assert warmline_run == pyst2_run
    assert (warmline_run.heard[-len(end) :], warmline_run.files) == (end, files)


@pytest.mark.parametrize(("pyst2_import", "warmline_import"), IMPORTS)
def test_each_form_of_the_import_has_its_change(pyst2_import: str, warmline_import: str) -> None:
    """A script of any form finds the class and its exceptions under the same name."""
    names = {"from asterisk import agi": "agi.", "import asterisk.agi": "asterisk.agi."}
    name = names.get(pyst2_import, "")
    for line in (pyst2_import, warmline_import):
        program = f"{line}\nprint({name}AGI.__name__, {name}AGIAppError.__mro__[1].__name__)"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=PROJECT, check=True)
        assert done.stdout == "AGI AGIError\n"


def test_a_star_brings_all_names_of_pyst2_but_its_imports() -> None:
    from asterisk import agi as pyst2  # type: ignore[import-untyped]  # it has no types

    pyst2_names = {name for name in vars(pyst2) if not name.startswith("_")}
    assert pyst2_names - set(agi.__all__) == {"PY3", "pprint", "re", "re_code", "re_kv", "signal", "sys"}


def test_the_class_works_in_a_servers_thread_as_the_page_says() -> None:
    callers = []

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            caller = agi.AGI(self.rfile, self.wfile)
            callers.append(caller.env["agi_callerid"])
            caller.verbose("served")

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        commands = ask_script(server.server_address[1], "any")
        server.shutdown()
    assert ["VERBOSE", "served", "1"] in commands and len(callers) == 1
