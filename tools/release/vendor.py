"""Fetches the files of other projects that this tree contains: `python -m tools.release.vendor`.

`vendor.toml` beside the files names for each its package, its version, its path in the package and the file of its
licence. A newer version begins with a change of that file. npm fetches the packages and checks them.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = ("workspace/vendor", "tests/browser/vendor")
LICENCES = ("LICENSE", "LICENSE.txt", "LICENSE.md")


def fetch(folder: Path) -> list[str]:
    """Fetch each file that `vendor.toml` of a folder names, and write its hash there; return the lines to print.

    Raises CalledProcessError, OSError, KeyError if the package lacks the file.
    """
    table = folder / "vendor.toml"
    text, lines = table.read_text(), []
    for name, row in tomllib.loads(text).items():
        with TemporaryDirectory(prefix="warmline-vendor-") as work:
            package = _unpacked(f"{row['package']}@{row['version']}", Path(work))
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(package / row["file"], folder / name)
            licence = next(package / one for one in LICENCES if (package / one).exists())
            shutil.copyfile(licence, folder / row["licence"])
        made = base64.b64encode(hashlib.sha384((folder / name).read_bytes()).digest()).decode()
        text = re.sub(rf'(?ms)^(\["{re.escape(name)}"\]$.*?^sha384 = ").*?"$', rf'\g<1>{made}"', text)
        same = "the same file" if made == row["sha384"] else "a new file"
        lines.append(f"{folder.relative_to(PROJECT)}/{name}: {row['package']} {row['version']}, {same}")
    table.write_text(text)
    return lines


def _unpacked(package: str, work: Path) -> Path:
    subprocess.run(["npm", "pack", "--silent", package], cwd=work, check=True, stdout=subprocess.DEVNULL)
    [archive] = work.glob("*.tgz")
    subprocess.run(["tar", "--extract", "--file", archive], cwd=work, check=True)
    return work / "package"


def main() -> int:
    """Fetch all files; return the exit code."""
    if not shutil.which("npm"):
        print("vendor: npm is needed to fetch packages of JavaScript; on Debian: apt install npm", file=sys.stderr)
        return 1
    for folder in FOLDERS:
        print("\n".join(fetch(PROJECT / folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
