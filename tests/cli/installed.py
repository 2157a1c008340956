"""A folder that looks like a Debian machine with Asterisk on it, for `warmline install`."""

import os
import shutil
import signal
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cli.main import main
from lab import asterisk

CHANGES = {"os.rename", "os.symlink", "os.mkdir", "os.chmod", "os.chown", "os.remove", "os.rmdir", "sqlite3.connect"}
DEBIANS = asterisk.cache_folder() / "root/etc/asterisk"


def pristine() -> Path:
    """Return Asterisk's configuration as its package installs it."""
    return DEBIANS if DEBIANS.is_dir() else Path("/etc/asterisk")


class Box:
    """`folder/etc` is Asterisk's configuration, unchanged except for the places of its folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.etc = folder / "etc"
        shutil.copytree(pristine(), self.etc)
        for name in ("units", "usr-bin"):
            (folder / name).mkdir()
        conf = self.etc / "asterisk.conf"
        text = conf.read_text().replace("[directories](!)", "[directories]")
        lines = []
        for line in text.splitlines():
            key = line.partition("=>")[0].strip()
            name = {"astagidir": "agi", "astspooldir": "spool", "astetcdir": "etc"}.get(key)
            lines.append(f"{key} => {folder / name}" if name else line)
        conf.write_text("\n".join(lines) + "\n")
        self.environ = {
            "WARMLINE_CONFIG": str(folder / "warmline/warmline.toml"),
            "WARMLINE_DB": str(folder / "lib/warmline.db"),
            "WARMLINE_SPOOL": str(folder / "lib/spool"),
            "WARMLINE_RUN": str(folder / "run"),
        }

    @property
    def words(self) -> list[str]:
        """Return the options that `install` needs here."""
        user = ["--api-user", "nobody", "--user", "root"] if os.geteuid() == 0 else []
        folders = ["--units", str(self.folder / "units"), "--bin", str(self.folder / "usr-bin")]
        return ["--etc", str(self.etc), *folders, *user]

    def tree(self) -> dict[str, tuple[int, str]]:
        """Return all files below the folder except the database: mode, and contents or target."""
        found = {}
        for place, folders, files in os.walk(self.folder):
            within = f"{place}/".removeprefix(f"{self.folder}/")
            for name in (*folders, *files):
                if f"{within}{name}".split("/")[0] != "lib" or name == "spool":
                    mode = os.lstat(path := f"{place}/{name}").st_mode
                    found[f"{within}{name}"] = mode, _contents(path, mode)
        return dict(sorted(found.items()))


def _contents(path: str, mode: int) -> str:
    if stat.S_ISLNK(mode):
        return str(Path(path).readlink())
    if not stat.S_ISREG(mode):
        return ""
    with open(path, "rb") as file:
        return file.read().hex()


def killed_at(number: int, *arguments: str) -> bool:
    """Run a command line in a process that kills itself before its n-th change; return whether this happened."""
    child = os.fork()
    if child == 0:
        left = number

        def changes(event: str, told: tuple[Any, ...]) -> None:
            nonlocal left
            opened = event == "open" and isinstance(told[2], int) and told[2] & (os.O_WRONLY | os.O_RDWR)
            left -= bool(opened or event in CHANGES)
            if left == 0 and event != "os.kill":
                os.kill(os.getpid(), signal.SIGKILL)

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.addaudithook(changes)
        try:
            main(arguments)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def kill_at_each_change(step: int, *arguments: str, least: int) -> Iterator[int]:
    """Run a command killed at its first change, then `step` changes later, and so on; yield the number of each.

    The last run ends by itself. At least `least` changes must have been made then.
    """
    number = 1
    while killed_at(number, *arguments):
        yield number
        number += step
    assert number > least
    yield number
