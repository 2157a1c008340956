"""The long proofs of `tools/nightly`: each says what it proves, and what it runs and what pages name exists."""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tools.proofs.__main__ import PROOFS

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tools/nightly"
TEXT = SCRIPT.read_text()
NAMES = re.findall(r"^# ([a-z-]+): \S.*\n\1\(\) ", TEXT, re.MULTILINE)
HELPERS = {"soaking", "plainly", "names", "each"}


def test_each_proof_says_what_it_proves() -> None:
    assert set(re.findall(r"^([a-z-]+)\(\) ", TEXT, re.MULTILINE)) - HELPERS == set(NAMES)
    listed = subprocess.run([SCRIPT], capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split()[0] for line in listed[1:]] == NAMES
    [parts] = re.findall(r"^soak=\((.*)\)$", TEXT, re.MULTILINE)
    assert set(parts.split()) < set(NAMES)


def test_an_unknown_name_runs_nothing() -> None:
    done = subprocess.run([SCRIPT, "leadkills", "kitchen"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no proof kitchen" in done.stderr and "leadkills" in done.stderr


def test_what_the_proofs_run_exists() -> None:
    expanded = TEXT.replace("$store", "tests/store")
    for start, choices, end in re.findall(r"(\S+)\{([a-z_,]+)\}(\S+)", expanded):
        expanded += "".join(f" {start}{one}{end}" for one in choices.split(","))
    paths = re.findall(r"(?<=[ @])tests/[\w/.-]+(?=[\s;])", expanded)
    assert len(paths) > 60 and [path for path in paths if not (ROOT / path).exists()] == []
    modules = set(re.findall(r"-m ((?:tests|tools)\.[\w.]+)", TEXT))
    assert len(modules) > 8 and [module for module in modules if not find_spec(module)] == []
    assert set(re.findall(r"tools\.proofs ([a-z]+)", TEXT)) == PROOFS.keys()


def test_each_proof_that_a_page_or_a_test_names_exists() -> None:
    files = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.py")]
    named = {(name, str(file)) for file in files for name in re.findall(r"tools/nightly ([a-z-]+)", file.read_text())}
    assert len(named) > 30 and sorted(one for one in named if one[0] not in NAMES) == []
