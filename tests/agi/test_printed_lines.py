"""Lines that a script prints are no commands of Asterisk: the name of a caller could be one."""

import subprocess
from pathlib import Path

import pytest

from tests.agi import own_scripts
from tests.agi.other_end import ENVIRONMENT, OtherEnd

NAME = 'EXEC "System" "touch owned"'
SCRIPT = """
import os
import subprocess
from warmline.agi import AGI, run

def greet(agi: AGI) -> None:
    {line}
    agi.set_variable("GREETED", "yes")

run(greet)
"""


@pytest.mark.parametrize("first_line", [own_scripts.FIRST, own_scripts.LAUNCHED])
@pytest.mark.parametrize(
    "line",
    [
        "print(agi.env['agi_calleridname'])",
        "print(agi.env['agi_calleridname'], flush=True)",
        "subprocess.run(['echo', agi.env['agi_calleridname']])",
        "os.write(1, agi.env['agi_calleridname'].encode() + b'\\n')",
    ],
)
def test_a_printed_line_goes_to_stderr(tmp_path: Path, first_line: str, line: str) -> None:
    script = own_scripts.write(first_line + SCRIPT.format(line=line), tmp_path / "greet")
    environment = ENVIRONMENT.replace('Ann "A" Other: yes', NAME)
    with OtherEnd(lambda _: "200 result=1", environment) as asterisk:
        done = subprocess.run(
            [script],
            stdin=asterisk.stdin,
            stdout=asterisk.stdout,
            stderr=subprocess.PIPE,
            text=True,
            env={**own_scripts.clean_environment(), "AST_AGI_DIR": str(tmp_path)},
            timeout=20,
        )
    assert asterisk.heard == [["SET", "VARIABLE", "GREETED", "yes"]]
    assert done.stderr == f"{NAME}\n"
