"""Writes a new file with a hook, and a test of it."""

import re
import sys
from pathlib import Path

from cli.output.invalid_argument import InvalidArgument
from warmline.hooks.hook_files import HookError
from warmline.system import whole_file

NAME = re.compile("[a-z][a-z0-9_]{0,31}")
MODE = 0o644  # a file that others can write is not loaded

BODY = '''\
"""Hooks of Warmline: callers whose data says `vip` are served before others."""

from warmline.hooks import Caller, Route


def before_route(caller: Caller, route: Route) -> Route | None:
    """Raise the priority of some callers. None leaves the route as it is."""
    if caller.data.get("vip") == "yes":
        return route.change(priority=10, reason="a VIP")
    return None
'''
TEST = '''\
#!{python}
"""Test the hooks of {name}.py. Run this file with the Python of Warmline."""

import unittest
from pathlib import Path
from runpy import run_path

from warmline.hooks import Caller, Route

HOOKS = run_path(str(Path(__file__).resolve().parent / "{name}.py"))
ROUTE = Route(target="ingroup:SALESLINE")


class BeforeRouteTest(unittest.TestCase):
    def test_a_vip_is_served_first(self) -> None:
        caller = Caller(call="1", number="15551234", data={{"vip": "yes"}})
        self.assertEqual(HOOKS["before_route"](caller, ROUTE).priority, 10)

    def test_others_keep_their_route(self) -> None:
        self.assertIsNone(HOOKS["before_route"](Caller(call="1"), ROUTE))


if __name__ == "__main__":
    unittest.main()
'''


def write(name: str, folder: Path) -> tuple[Path, Path]:
    """Write the hook and its test, and return their paths. Raises CodedError; then nothing is written."""
    if not NAME.fullmatch(name) or name.startswith("test_"):
        raise InvalidArgument(
            "hook_name_invalid",
            "hook {name!r} is invalid; allowed: a small letter, then small letters, digits and _, at most 32; "
            "names of tests begin with test_",
            name=name,
        )
    texts = {folder / f"{name}.py": BODY, folder / f"test_{name}.py": TEST.format(name=name, python=sys.executable)}
    for file in texts:
        if file.exists():
            raise InvalidArgument("hook_exists", "{file} exists; choose another name or --to", file=file)
    for file, text in texts.items():
        try:
            whole_file.write(file, text, MODE)
        except OSError as error:
            raise HookError(
                "hook_not_written", "{file} cannot be written: {why}", file=file, why=error.strerror
            ) from None
    hook, test = texts
    return hook, test
