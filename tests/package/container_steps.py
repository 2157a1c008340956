"""The steps of the container file, on a clean Debian: they are tested on machines without a builder, too."""

import json
import re
import shlex
import shutil
from pathlib import Path

from tests.package.debian_root import SUITE, DebianRoot

STEP = re.compile(r"^([A-Z]+) (.+)$", re.MULTILINE)


def build(debian: DebianRoot, file: Path, context: Path) -> str:
    """Take the steps of a container file; return the command that starts the container. Raises KeyError."""
    user, command = "root", ""
    for step, words in STEP.findall(file.read_text()):
        match step:
            case "FROM":
                assert words == f"debian:{SUITE}"
            case "COPY":
                *sources, target = words.split()
                for source in (one for pattern in sources for one in context.glob(pattern)):
                    shutil.copy(source, debian.folder / target.removeprefix("/"))
            case "RUN":
                debian.type(words)
            case "USER":
                user = words
            case "CMD":
                command = shlex.join(json.loads(words))
            case _:
                raise KeyError(step)
    return f"setpriv --reuid={user} --regid={user} --init-groups {command}"
