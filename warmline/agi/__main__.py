"""`#!/opt/warmline/.venv/bin/python -Pmwarmline.agi`: runs an AGI script, and reports also an error in its syntax.

Python itself refuses such a file before the file can set a variable of the channel. `-P` keeps modules of the current
folder away, which is /tmp if `safe_asterisk` has started Asterisk.
"""

import os
import sys
from types import ModuleType


def main() -> None:
    """Run the script that the command line names, as Python itself does: as `__main__`, next to its own modules.

    Raises SyntaxError, and each error of the script.
    """
    if len(sys.argv) < 2:
        raise SystemExit("no script; allowed: python -P -m warmline.agi SCRIPT [ARGUMENTS]; name a script")
    del sys.argv[0]
    file = sys.argv[0]
    sys.path.insert(0, os.path.dirname(os.path.realpath(file)))  # noqa: PTH120 - as in warmline.agi
    script = ModuleType("__main__")
    script.__file__ = file
    with open(file, "rb") as stream:
        code = compile(stream.read(), file, "exec", dont_inherit=True)
    sys.modules["__main__"] = script
    exec(code, vars(script))  # noqa: S102 - as Python does with the file that it is given


if __name__ == "__main__":
    main()
