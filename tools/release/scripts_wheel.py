"""Builds the wheel of warmline-scripts, for a machine that only runs AGI and ARI scripts, from the wheel of warmline.

It has `warmline.agi`, `warmline.ari` and the modules that these import. What reads or writes the database of a call
centre is left out: scripts import it in the functions that need it. The wheel of warmline keeps these files, and a
machine has one of the two. If warmline gave them up, an upgrade would lose them, because pip removes the files of the
former version after it has installed the new packages that warmline depends on.
"""

import ast
import base64
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NAME, FILE_NAME = "warmline-scripts", "warmline_scripts"
SUMMARY = "AGI and ARI scripts for Asterisk: the libraries of Warmline, without Warmline"
LIBRARIES = ("warmline/__init__.py", "warmline/py.typed", "warmline/agi/", "warmline/ari/")
DIALPLAN = "warmline/files/dialplan/warmline-talk.conf"  # for the conversations of ARI scripts
# Where their imports lead; all other modules are for a call centre.
SHARED = (
    "warmline/core/",
    "warmline/store/agi/",
    "warmline/store/database/errors.py",
    "warmline/store/database/kept_connections.py",
    "warmline/system/",
    "warmline/text/",
)
COPIED_FIELDS = ("Version", "License-Expression", "Requires-Python", "License-File")


def build(wheel: Path, target: Path) -> Path:
    """Write the wheel of the scripts into a folder, from that of the whole program; return its path. Raises OSError."""
    _, version, tags = wheel.name.split("-", 2)
    info, whole_info = f"{FILE_NAME}-{version}.dist-info", f"warmline-{version}.dist-info"
    with ZipFile(wheel) as whole:
        files, packages = find_files(whole)
        contents = {name: whole.read(name) for name in files}
        for name in ("licenses/LICENSE", "WHEEL"):
            contents[f"{info}/{name}"] = whole.read(f"{whole_info}/{name}")
        metadata = whole.read(f"{whole_info}/METADATA").decode()
        contents[f"{info}/METADATA"] = _describe(metadata, packages).encode()
        contents[f"{info}/RECORD"] = _record(contents, f"{info}/RECORD").encode()
        date = whole.getinfo(f"{whole_info}/METADATA").date_time
    path = target / f"{FILE_NAME}-{version}-{tags}"
    with ZipFile(path, "w", ZIP_DEFLATED) as built:
        for name, content in contents.items():
            entry = ZipInfo(name, date)
            entry.external_attr = 0o100644 << 16
            built.writestr(entry, content, ZIP_DEFLATED)
    return path


def find_files(wheel: ZipFile) -> tuple[list[str], set[str]]:
    """Return the files of the libraries with the modules that they import, and the names of other packages."""
    known = set(wheel.namelist())
    files = {name for name in known if name.startswith((*LIBRARIES, DIALPLAN))}
    packages: set[str] = set()
    unread = sorted(files)
    while unread:
        file = unread.pop()
        if not file.endswith(".py"):
            continue
        for module in _imports(wheel.read(file)):
            packages.add(module.partition(".")[0])
            path = module.replace(".", "/")
            [*found] = known & {f"{path}.py", f"{path}/__init__.py"}
            if not found or not found[0].startswith(SHARED):
                continue
            parents = {f"{parent}/__init__.py" for parent in Path(found[0]).parents} & known
            new = {*found, *parents} - files
            files |= new
            unread += sorted(new)
    return sorted(files), packages


def _imports(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _describe(whole: str, packages: set[str]) -> str:
    """Return the metadata, with those requirements of the whole program that the files import."""
    lines = ["Metadata-Version: 2.4", f"Name: {NAME}", f"Summary: {SUMMARY}"]
    for line in whole.partition("\n\n")[0].splitlines():
        field, _, value = line.partition(": ")
        package = re.split(r"[^\w-]", value)[0].replace("-", "_")
        if field in COPIED_FIELDS or (field == "Requires-Dist" and package in packages and "extra ==" not in value):
            lines.append(line)
    return "\n".join([*lines, ""])


def _record(contents: dict[str, bytes], own_name: str) -> str:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for name, content in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow((name, f"sha256={digest}", len(content)))
    rows.writerow((own_name, "", ""))
    return text.getvalue()
