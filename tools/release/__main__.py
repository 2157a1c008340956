"""`python -m tools.release wheel`: build the packages into dist/. `check`: say what is missing. `tag`: make the tag.

With CORE=yes, the wheel has no packages of contrib. The wheel of warmline-scripts is built beside it.
"""

import hashlib
import os
import subprocess
import sys

from tools.release import checks, scripts_wheel, wheel

DIST = wheel.PROJECT / "dist"


def main() -> None:
    """Run one step; end with 1 and the reasons if it is refused."""
    match sys.argv[1:]:
        case ["wheel"]:
            build(is_core=os.environ.get("CORE") == "yes")
        case ["check"]:
            refuse(checks.problems(wheel.PROJECT))
        case ["tag"]:
            refuse(checks.problems(wheel.PROJECT))
            print(f"tagged {checks.tag(wheel.PROJECT)}; publish it with: git push --follow-tags")
            build()
        case _:
            sys.exit("usage: python -m tools.release wheel|check|tag")


def build(*, is_core: bool = False) -> None:
    """Build the packages into an emptied dist/, and print their sizes and checksums."""
    for old in (*DIST.glob("warmline[-_]*.whl"), *DIST.glob("warmline-*.tar.gz")):
        old.unlink()
    try:
        made = wheel.build(DIST, is_core=is_core)
        made.append(scripts_wheel.build(made[0], DIST))
    except subprocess.CalledProcessError as error:
        sys.exit(f"the packages cannot be built: {error.stderr.decode(errors='replace')}")
    for path in made:
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"dist/{path.name}: {path.stat().st_size // 1024} KiB, sha256 {checksum}")


def refuse(found: list[str]) -> None:
    """End with the problems, one in each line, if there are any."""
    if found:
        sys.exit("\n".join(f"release: {one}" for one in found))


if __name__ == "__main__":
    main()
