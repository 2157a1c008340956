"""The public interface of `warmline.agi`: names and arguments stay while its VERSION stays."""

import subprocess
import sys
from pathlib import Path
from types import FunctionType

from tools.pages.library_pages import interface, methods, signature
from warmline import agi

VERSION_1 = Path(__file__).with_name("interface_1.txt")


def lines() -> list[str]:
    """Return each public name with its arguments and its result."""
    functions = [
        signature(name, function) for name, function in interface().items() if isinstance(function, FunctionType)
    ]
    names = [name for name, function in interface().items() if not isinstance(function, FunctionType)]
    return [*functions, *names, *(f"AGI.{signature(name, function)}" for name, function in methods().items())]


def test_the_interface_of_version_1_stays() -> None:
    """If this fails, scripts of administrators fail. A new name adds its line to the file."""
    assert agi.VERSION == 1
    assert lines() == VERSION_1.read_text().splitlines()


def test_every_public_name_exists_and_others_do_not() -> None:
    assert not hasattr(agi, "no_such_name")
    assert {name for names in agi._LAZY_MODULES.values() for name in names} < set(agi.__all__)


def test_a_name_that_is_not_used_is_not_loaded() -> None:
    """Scripts start in milliseconds."""
    program = "import sys; sys.path.insert(0, '.'); from warmline.agi import AGI, run, route; print(*sys.modules)"
    project = Path(__file__).parents[2]
    command = [sys.executable, "-SEI", "-c", program]
    modules = set(subprocess.run(command, capture_output=True, text=True, check=True, cwd=project).stdout.split())
    assert modules.isdisjoint(set(agi._LAZY_MODULES) - {"warmline.text.coded_error"})
    assert modules.isdisjoint({"typing", "json", "pathlib", "dataclasses", "datetime"})
    assert "warmline.agi.channel" in modules
