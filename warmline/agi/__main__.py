"""`#!/opt/warmline/.venv/bin/python -Pmwarmline.agi`: runs an AGI script, and reports what the file cannot report.

This is an error in its syntax, because Python refuses such a file before the file can set a variable of the channel,
and a function that is never called. `-P` keeps modules of the current folder away, which is /tmp if `safe_asterisk` has
started Asterisk. A script for pyst2 finds `asterisk.agi` and `asterisk.agitb`, also if pyst2 is not installed.
"""

import os
import sys
from types import ModuleType

from warmline.agi import AGI, PROCESS_VARIABLE

PYST2_FOLDER = os.path.join(os.path.dirname(__file__), "pyst2")  # noqa: PTH118, PTH120 - as in warmline.agi


def main() -> None:
    """Run the script that the command line names, as Python itself does: as `__main__`, next to its own modules.

    Raises SyntaxError, UsageError if the script has not talked to Asterisk, and each error of the script.
    """
    if len(sys.argv) < 2:
        raise SystemExit("no script; allowed: python -P -m warmline.agi SCRIPT [ARGUMENTS]; name a script")
    del sys.argv[0]
    file = sys.argv[0]
    sys.path.insert(0, os.path.dirname(os.path.realpath(file)))  # noqa: PTH120 - as in warmline.agi
    sys.path.append(PYST2_FOLDER)  # last, so that a pyst2 of this environment comes before it
    script = ModuleType("__main__")
    script.__file__ = file
    with open(file, "rb") as stream:
        code = compile(stream.read(), file, "exec", dont_inherit=True)
    sys.modules["__main__"] = script
    exec(code, vars(script))  # noqa: S102 - as Python does with the file that it is given
    if AGI.of_process is None and os.environ.get(PROCESS_VARIABLE) == str(os.getpid()):
        from warmline.agi import script_errors

        script_errors.check_called(vars(script), os.path.basename(file))  # noqa: PTH119 - as in warmline.agi


if __name__ == "__main__":
    main()
