"""Each code block of the pages has a language, and each line that the lab does not run is checked.

The tests `tests/lab/test_page_commands*.py` type all other lines.
"""

import re
import shlex
import subprocess
import sys
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from cli.install import install
from tests.cli.whole_tree import whole_tree
from tests.docs.commands_not_run import NOT_RUN, RUN_BY_OTHER_TESTS
from tests.docs.page_blocks import FENCE, OTHERS, PROJECT, SHELLS, blocks, commands_of, pages
from tools.bench.__main__ import BENCHMARKS

LINES = [line for page in pages() for line in commands_of(page)]
UNITS = {name for path in (PROJECT / "packaging/systemd").iterdir() for name in (path.stem, path.name)}
TYPED = re.compile(r"^(\$ |warmline [a-z]|asterisk -)", re.MULTILINE)
SPAN = re.compile(r"`((?:[^`\s]*/)?warmline [^`]+)`")
TREE: Any = whole_tree()
CHECKOUT = "/opt/warmline/"


def test_every_block_has_a_language() -> None:
    """A block without one could have commands that no test finds."""
    found = [one for page in pages() for one in blocks(page)]
    assert [(one.page, one.number, one.language) for one in found if one.language not in SHELLS + OTHERS] == []


def test_no_other_block_looks_like_commands() -> None:
    others = [one for page in pages() for one in blocks(page) if one.language not in (*SHELLS, "diff")]
    assert [(one.page, one.number) for one in others if TYPED.search(one.text)] == []


def test_the_tables_name_lines_of_pages() -> None:
    assert set(NOT_RUN) - {line.text for line in LINES} == set()
    for page, texts in RUN_BY_OTHER_TESTS.items():
        assert texts and texts <= {line.text for line in commands_of(page)}


def test_each_line_that_is_not_run_is_checked() -> None:
    assert [fault for text in sorted(NOT_RUN) if (fault := fault_of(text))] == []


def test_every_option_in_a_sentence_exists() -> None:
    """Sentences name commands too, most without their arguments: such as `warmline doctor --only CHECK`."""
    for page in pages():
        text = FENCE.sub("", (PROJECT / page).read_text())
        spans = [" ".join(span.split()) for span in SPAN.findall(text)]
        assert [span for span in spans if unknown_options(span)] == [], page


def unknown_options(span: str) -> list[str]:
    """Return the options that the first command of a span does not have. `KIND` is any kind of entity."""
    here = TREE
    known = {name for one in here.params for name in one.opts} | {"--help", "--json", "--fields"}
    _, *words = shlex.split(re.split(r" \\?\| ", span)[0].replace("KIND", "campaign"))
    for word in words:
        here = getattr(here, "commands", {}).get(word)
        if here is None:
            break
        known |= {name for one in here.params for name in (*one.opts, *one.secondary_opts)}
    return [word for word in words if word.startswith("--") and word.partition("=")[0] not in known]


def fault_of(text: str) -> str:
    """Return a line with what is wrong with it, "" if nothing is."""
    try:
        check(text)
    except Exception as error:
        return f"{text}: {error!r}"
    return ""


def check(text: str) -> None:
    """Check a line without running it: its syntax, its programs, and what each is given. Raises what says the fault."""
    subprocess.run(["bash", "-n"], input=text, text=True, check=True, capture_output=True)
    words = shlex.split(re.sub(r" > \S+$", "", text), comments=True)
    for joined, part in groupby(words, lambda word: word in ("&&", "|")):
        if not joined:
            check_program(*part)


def check_program(program: str, *words: str) -> None:
    """Check the words that a program is given, as far as this program lets. Raises what says the fault."""
    name = Path(program).name
    match name, words:
        case "warmline", _:
            parse(list(words))
        case "make", [target]:
            subprocess.run(["make", "-n", target], cwd=PROJECT, check=True, capture_output=True)
        case "systemctl", [verb, *units]:
            assert verb in ("daemon-reload", "disable", "enable", "reload", "restart", "start", "stop")
            assert {unit for unit in units if unit != "--now"} <= UNITS
        case "python", ["-m", "tools.bench", benchmark]:
            assert benchmark in BENCHMARKS
        case "python", ["-m", "pytest", path, *_]:
            assert (PROJECT / path).exists()
        case "python3", ["-m", "venv", _]:
            pass
        case "apt", ["install", *_, package]:
            assert re.fullmatch(r"\./dist/warmline_[\d.]+(~dev\d+)?_amd64\.deb", package)
        case "pip", [command, *_]:
            assert {word.partition("=")[0] for word in words if word.startswith("-")} <= pip_options(command)
        case "pipx", ["run", "pip-audit", *_]:
            pass
        case "cd", [folder]:
            assert (PROJECT / f"{folder}/".removeprefix(CHECKOUT)).is_dir()
        case "install", _:
            subprocess.run(["install", *words[:-1], "--help"], check=True, capture_output=True)
        case "useradd", [*_, name]:
            assert name == install.API_USER
        case "chown" | "chmod", [_, path]:
            assert path.startswith("/etc/warmline/")
        case "git", ["pull"]:
            pass
        case ("jq", ["-r", _]) | ("asterisk", ["-rx", _]):
            pass
        case _:
            raise AssertionError(f"no check is known for {name} {words}")
    files = [word for word in words if word.endswith((".lock", ".py"))]
    assert [file for file in files if not (PROJECT / file).is_file()] == []


@cache
def pip_options(command: str) -> set[str]:
    """Return the options of a command of pip, which takes half a second to print them."""
    shown = subprocess.run(
        [sys.executable, "-m", "pip", command, "--help"], check=True, capture_output=True, text=True
    ).stdout
    return set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", shown))


def parse(words: list[str]) -> None:
    """Parse a command of Warmline with all its options. Raises typer.TyperException, KeyError."""
    command = TREE
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context("warmline", words)
