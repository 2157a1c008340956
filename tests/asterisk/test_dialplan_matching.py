"""`warmline dialplan lint` reads a dialplan, and searches extensions in it, as a real Asterisk does."""

import random
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.client import asterisk_conf
from lab import asterisk
from tests.asterisk.private import FILES, running
from warmline.core.rules.extension_pattern import compile_pattern
from warmline_contrib.dialplan_lint.dialplan import Dialplan
from warmline_contrib.dialplan_lint.dialplan_files import from_sections
from warmline_contrib.dialplan_lint.dialplan_output import from_output
from warmline_contrib.dialplan_lint.dialplan_reading import around, sections
from warmline_contrib.dialplan_lint.surrounding_files import music_shown, queues_shown

CONTEXTS, NUMBERS, SEED = 30, 300, 18
POSITIONS = (
    *"0123456789XNZXNZxnz*#+a", "[1-3]", "[15-8]", "[*#]", "[2-9]", "[0-9*#+]", "[9-1]", "[]", "[a-c]", "[12]", "[21]",
    "-", "[1-]", "[n]",
)  # fmt: skip
SHOWN = re.compile(r"^  '(.*?)'(?: \(CID match '.*?'\))? => ", re.MULTILINE)
EXTRA = """
[labels]
exten => 10,1(first),NoOp(a;b)
 same => n(second),Goto(second)
 same => n+5,NoOp(a\\;b) ; a comment
exten => 10,second+100,NoOp(${EXTEN:1})
exten => _1-0.,1,NoOp(no ")" here)
exten => 11/4930,1,NoOp(by caller)
exten => 11,1,NoOp
exten => 11,hint,PJSIP/11
exten => 12,1,NoOp(never closed
exten => 12,1,NoOp(twice)
exten => 12,bad,NoOp()
 same = n,Set(A=B,C=D)
include => c0
include => c1,9:00-17:00,mon-fri,*,*
switch => Loopback/x@y
#include "steps.conf"
exten => 16,1,NoOp(of the section above)
#include "more.conf"
;-- [hidden]
exten => 1,1,NoOp() --;
[labels](+)
exten => 13,1,NoOp(added)
[t](!)
exten => 14,1,NoOp(of a template)
[derived](t)
exten => 14,2,Hangup()
[globals]
WORD = one
[named]
exten => ${WORD},1,NoOp(${WORD})
include => ${WORD}
[one]
exten => 1,1,NoOp()
"""

# Lines before a section belong to the latest section of all files.
STEPS = "exten => 15,1,NoOp(included)\n[steps]\nexten => 1,1,NoOp()\n"
MORE = "exten => 2,1,NoOp(included)\n"

QUEUES = """
[general]
[sales]
musicclass = higher
member => Local/answer@parties
[support]
strategy = rrmemory
"""


def name(source: random.Random) -> str:
    if source.random() < 0.25:
        return "".join(source.choices("0123456789*#", k=source.randint(1, 4)))
    return "_" + "".join(source.choices(POSITIONS, k=source.randint(1, 5))) + source.choice(["", "", "", ".", ".", "!"])


def number(source: random.Random, names: list[str]) -> str:
    """A number that matches one of the names, or a digit more or less."""
    pattern = compile_pattern(source.choice(names))
    found = "".join(source.choice(sorted(letters - {"-"}) or ["5"]) for letters in pattern.letter_sets)
    found += "".join(source.choices("0123456789", k=source.choice([0, 0, 1, 2])))
    return found[: source.choice([None, None, -1])] or "5"


def written(source: random.Random) -> tuple[str, dict[str, list[str]]]:
    """A dialplan of random patterns, and the names of each context. Some contexts include others."""
    lines, named = [], {}
    for at in range(CONTEXTS):
        names = [name(source) for _ in range(source.randint(2, 9))]
        named[f"c{at}"] = names
        lines.append(f"[c{at}]")
        for one in names:
            lines += [f"exten => {one},{priority},NoOp()" for priority in range(1, source.randint(2, 4))]
        if at > 3 and source.random() < 0.4:
            lines += [f"include => c{source.randrange(at)}" for _ in range(2)]
    return "\n".join(lines), named


def matched(output: str) -> list[str]:
    """The names in the output of `dialplan show`. Asterisk prints a context that is included twice again."""
    contexts: dict[str, list[str]] = {}
    for part in re.split(r"^\[ ", output, flags=re.MULTILINE)[1:]:
        contexts.setdefault(part.split("'")[1], SHOWN.findall(part))
    return [name for names in contexts.values() for name in names]


Console = Callable[[str], str]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Console, Dialplan, dict[str, list[str]]]]:
    """The console of an Asterisk with random patterns, and the same dialplan as Warmline reads it."""
    folder = tmp_path_factory.mktemp("matching")
    text, named = written(random.Random(SEED))  # noqa: S311 - no secret
    found = asterisk.find()
    assert found is not None
    files = {"extensions.conf": text + EXTRA, "queues.conf": QUEUES, "steps.conf": STEPS, "more.conf": MORE}
    with running(folder, files=FILES | files):

        def console(command: str) -> str:
            asked = [*found.command, "-C", str(folder / "asterisk.conf"), "-rx", command]
            return subprocess.run(asked, capture_output=True, text=True, check=True, timeout=20).stdout

        yield console, from_sections(sections(asterisk_conf.read(folder, "extensions.conf"))), named


def test_the_first_match_is_that_of_asterisk(real: tuple[Console, Dialplan, dict[str, list[str]]]) -> None:
    console, plan, named = real
    source = random.Random(SEED)  # noqa: S311 - no secret
    compared = 0
    for _ in range(NUMBERS):
        context = source.choice(sorted(named))
        dialled = number(source, named[context])
        shown = matched(console(f"dialplan show {dialled}@{context}"))
        assert [one.name for one in plan.candidates(context, dialled)] == shown, f"{dialled}@{context}"
        compared += bool(shown)
    assert compared > NUMBERS / 2


def test_the_files_are_read_as_asterisk_reads_them(real: tuple[Console, Dialplan, dict[str, list[str]]]) -> None:
    console, plan, named = real
    loaded = from_output(console("dialplan show"))
    for context in (*named, "labels", "derived", "named", "one", "steps"):
        assert priorities(plan, context) == priorities(loaded, context), context
        ours, theirs = plan.contexts[context], loaded.contexts[context]
        assert [one[:2] for one in ours.includes] == [one[:2] for one in theirs.includes]
        assert ours.switches == theirs.switches
    assert "hidden" not in plan.contexts and "t" not in plan.contexts


def test_queues_and_music_are_read_from_the_console_as_from_the_files(
    real: tuple[Console, Dialplan, dict[str, list[str]]], tmp_path: Path
) -> None:
    console, _, _ = real
    for file, text in (("queues.conf", QUEUES), ("musiconhold.conf", FILES["musiconhold.conf"])):
        (tmp_path / file).write_text(text)
    facts = around(tmp_path)
    assert facts.queues is not None
    members = {queue: one.members for queue, one in facts.queues.items()}
    shown = {queue: one.members for queue, one in queues_shown(console("queue show")).items()}
    assert shown == members == {"sales": True, "support": False}
    assert music_shown(console("moh show classes")) == facts.music == {"default", "higher"}


def priorities(plan: Dialplan, context: str) -> list[tuple[object, ...]]:
    """Each priority of a context, in the order of Asterisk's search. The label of a first one is not shown."""
    return [
        (one.name, one.caller, step.number, step.text, step.place.line, step.label if step is not one.first else "")
        for one in plan.contexts[context].in_order
        for step in one.in_order()
    ]
