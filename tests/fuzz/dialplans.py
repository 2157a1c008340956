"""Dialplans: files and outputs of Asterisk that are damaged, deep, endless or include themselves."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from cli.dialplan import dialplan_command
from cli.dialplan import dialplan_reading as reading
from cli.output.json_output import json_line
from cli.output.printing import printable
from tests.dialplan.examples import EXAMPLES
from tests.fuzz import hostile
from tests.fuzz.entry_point import Attack, Door
from warmline.dialplan.dialplan_lint import lint
from warmline.dialplan.lint_codes import LINT_CODES
from warmline.dialplan.surrounding_files import music_shown, queues_shown

NAMES = (
    "s",
    "h",
    "_X.",
    "_.",
    "_!",
    "_[1-9",
    "_[]",
    "_[-]",
    "_[9-1]X",
    "_[a-]",
    "_",
    "",
    "1/2",
    "_X/_Y",
    "-",
    "_-.",
    "a" * 400,
    "_" + "[0-9]" * 60,
    "_" + "X" * 300 + ".",
    "${A}",
    "${A",
    "${${A}}",
    "_\xe9",
    "\udcff",
    "1" * 30,
)
PRIORITIES = (
    "1",
    "n",
    "s",
    "hint",
    "n(a)",
    "1(",
    "n(a",
    "9" * 40,
    "-1",
    "0",
    "n+",
    "n+5",
    "n+" + "9" * 30,
    "a",
    "a+1",
    "",
    "²",
)
CALLS = (
    "Goto(s,1)",
    "Goto(,,)",
    "Goto()",
    "Goto",
    "Goto(a,b,c,d)",
    "Goto(" + "(" * 3000,
    "GotoIf($[1]?a:b)",
    "GotoIf(?:)",
    "GotoIf(${DIALPLAN_EXISTS(a)}?a,s,1)",
    "Gosub(a,s,1(${EXTEN},${ARG1}))",
    "GosubIf(1?a(b):c(d))",
    "Gosub(s,1(${ARG1}${ARG1}))",
    "ExecIf(1?ExecIf(1?ExecIf(1?Goto(a))))",
    "ExecIf(" * 300,
    "Set(A=${A}${EXTEN})",
    "Set(LOCAL(A)=${CUT(EXTEN,,)})",
    "Dial(Local/1@a&Local/@&/&" + "&" * 300,
    "Dial(,,tTkKU(a^b)G(a^b^c)m(",
    "Queue(,,,,,,,)",
    "Queue(a,tT,,,,,a)",
    "Park()",
    "Set(CHANNEL(hangup_handler_push)=a,s,1(b))",
    "System(" + "${" * 2000,
    "NoOp(" + "$[" * 2000,
    "WaitExten()",
    "\\",
    '"',
    "MusicOnHold(${A})",
    "Set(=)",
    "Hangup()",
    "Return()",
    "GotoIfTime(*,*,*,*?a:b)",
    "Dial(${" + "A${" * 500,
)
LINES = (
    "[a]",
    "[a](!)",
    "[b](a)",
    "[a](+)",
    "[",
    "]",
    "[globals]",
    "A=${A}",
    "A=${B}",
    "[general]",
    "autofallthrough=no",
    "include => a",
    "include => b,*,*",
    "include => ${A}",
    "switch => x",
    "same => n,NoOp()",
    "exten => ",
    "exten",
    "exten = 1,1",
    ";--",
    "--;",
    ";---",
    ";-- ;--",
    '#include "self.conf"',
    '#include "extensions.conf"',
    "#include *",
    '#include "/"',
    "#include \0",
    "#include **/*[",
    "#tryinclude x",
    "#exec x",
    "\r",
    "\ufeff[a]",
    "ignorepat => 9",
    "[warmline-from-trunk]",
    "[warmline-away]",
    "include => warmline-from-trunk",
    "= =",
    "=>",
    "member => x",
    "context=a",
    "[ Context 'a' created by 'x' ]",
    "  'h' =>           1. Hangup(16)     [f:1]",
    "     [a]     2. Goto(1)     [f:2]",
    "  Include =>     'a'    [x]",
    "  Alt. Switch =>   'x/y'   [x]",
    "  '_X.' (CID match '1') => 1. A()  [f:" + "9" * 30 + "]",
    "  'x' => " + "9" * 30 + ". A(  [",
    "q has 0 calls (max unlimited)",
    "   No Members",
    "Class: x",
)
steps = st.builds(
    "{} => {},{},{}".format,
    st.sampled_from(["exten", "exten", "same"]),
    st.sampled_from(NAMES) | hostile.texts,
    st.sampled_from(PRIORITIES),
    st.sampled_from(CALLS) | hostile.texts,
)
lines = st.one_of(
    steps, steps, st.sampled_from(LINES), st.sampled_from([one.bad for one in EXAMPLES.values()]), hostile.texts
)


class Files(NamedTuple):
    """The text of extensions.conf, and of a file that is included or read with it."""

    dialplan: bytes
    name: str
    other: bytes


texts = st.lists(lines, max_size=25).map("\n".join).map(lambda text: text.encode("utf-8", "surrogatepass"))
NAMES_OF_FILES = ("self.conf", "queues.conf", "musiconhold.conf", "res_parking.conf", "extconfig.conf")
files = st.builds(Files, hostile.damaged(texts), st.sampled_from(NAMES_OF_FILES), texts)


def _attacked(folder: Path, given: Files) -> None:
    (folder / "extensions.conf").write_bytes(b"[a]\n" + given.dialplan)
    (folder / given.name).write_bytes(given.other)
    plan = reading.from_file(folder / "extensions.conf", folder)
    facts = reading.around(folder)
    findings = lint(plan, facts)
    for one in findings:
        assert one.code in LINT_CODES and one.found and one.place.line >= 0
        json_line(dialplan_command._as_json(one))
        assert printable(dialplan_command._place(one)).isprintable()
    assert len(findings) == len(set(findings))
    assert dialplan_command._summary(plan, facts, findings)
    text = given.dialplan.decode(errors="surrogateescape")
    lint(reading.from_output(text), facts)
    queues_shown(text), music_shown(text)
    (folder / given.name).unlink()


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder:
        yield lambda given: _attacked(Path(folder), given)


DOOR = Door("dialplans", files, opened, quick=7)
