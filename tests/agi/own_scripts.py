"""Runs scripts of one's own as Asterisk does, with the replies of a test."""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.agi.pbx import PROJECT

EXAMPLES = PROJECT / "examples"
HOW_TO = PROJECT / "docs/how-to/scripts.md"
FIRST = "#!/opt/warmline/.venv/bin/python"
LAUNCHED = f"{FIRST} -Pmwarmline.agi"


def blocks(page: Path = HOW_TO) -> list[str]:
    """Return the code in Python on a page."""
    return re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)


def examples(page: Path = HOW_TO) -> dict[str, str]:
    """Return the scripts of a page by the function in the last line."""
    scripts = [text for text in blocks(page) if text.startswith(FIRST)]
    lasts = {text: re.findall(r"\w+", text.splitlines()[-1]) for text in scripts}
    return {words[words[0] == "run"]: text for text, words in lasts.items()}


def example(name: str) -> str:
    """Return the text of an example."""
    return (EXAMPLES / name).read_text()


def example_test() -> str:
    """Return the test on the how-to page, the only code that is not a script."""
    [test] = [text for text in blocks() if not text.startswith(FIRST)]
    return test


def write(text: str, file: Path) -> Path:
    """Write a script that this Python runs."""
    file.write_text(text.replace(FIRST, f"#!{sys.executable}"))
    file.chmod(0o755)
    return file


def clean_environment() -> Mapping[str, str]:
    """Return the environment without Warmline's settings."""
    return {key: value for key, value in os.environ.items() if not key.startswith("WARMLINE_")}
