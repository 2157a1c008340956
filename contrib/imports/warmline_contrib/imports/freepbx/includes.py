"""Writes the file for Asterisk: lines that FreePBX's dialplan includes, by which one number after the other moves."""

import re
from collections.abc import Iterable, Mapping

from warmline.core.rules.extension_pattern import DEFAULT_EXTENSION

FILE = "warmline-freepbx.conf"
FOLDER = "asterisk"  # beside the configuration files
# FreePBX includes NAME-custom at the head of its context NAME. Any number comes after the numbers with a route.
OF_NUMBER, OF_ANY = "ext-did-custom", "ext-did-post-custom"
EVERY = "_[+0-9*#]!"
EXTENSION = re.compile(r"_?[0-9A-Za-z+*#.!\[\]-]{1,80}")
HEAD = """\
; Written by `warmline import freepbx`. FreePBX does not change this file. Put it into Asterisk's folder, and add to
; extensions_custom.conf:
;
;   #tryinclude {file}
;
; A number below goes to Warmline. Without its lines, or without this file, it goes to FreePBX again. Reload after a
; change: asterisk -rx 'dialplan reload'
"""


def text(extensions: Mapping[str, str], moved: Iterable[str], conditions: Mapping[str, list[str]], context: str) -> str:
    """Return the file. `extensions` has FreePBX's extension of each DID, `moved` the DIDs that go to Warmline.

    `conditions` has the lines of time conditions by extension, of the context `context`.
    """
    parts = [HEAD.format(file=FILE)]
    numbers = [name for name in moved if name != DEFAULT_EXTENSION]
    for section, names in ((OF_NUMBER, numbers), (OF_ANY, [name for name in moved if name == DEFAULT_EXTENSION])):
        if names:
            parts.append(f"[{section}]\n" + "".join(_number(extensions[name] or EVERY) for name in names))
    if conditions:
        parts.append(f"[{context}]\n" + "".join(_condition(number, lines) for number, lines in conditions.items()))
    return "\n".join(parts)


def _number(extension: str) -> str:
    assert EXTENSION.fullmatch(extension), extension  # the name of a DID is checked
    return f"exten => {extension},1,Set(__FROM_DID=${{EXTEN}})\n same => n,Goto(warmline-from-trunk,${{EXTEN}},1)\n"


def _condition(number: str, lines: Iterable[str]) -> str:
    found = []
    for place, line in enumerate(lines):
        label, _, application = line.partition(")") if line.startswith("(") else ("", "", line)
        priority = f"n{label})" if label else "n"
        found.append(f"exten => {number},1,{application}" if not place else f" same => {priority},{application}")
    return "\n".join(found) + "\n"
