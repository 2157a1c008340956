"""The tests' Asterisk loads fewer modules than a user's, and none that Warmline needs is left out.

`test_instance.py` finds a module that is loaded without another that it needs.
"""

from pathlib import Path

from lab import asterisk
from tests.needed_modules import needed_modules
from warmline.system.asterisk_requirements import (
    AMD_MODULES,
    BROWSER_MODULES,
    DIALPLAN_MODULES,
    MODULES,
    OPUS_MODULES,
)


def test_no_module_that_warmline_needs_is_left_out() -> None:
    found = asterisk.find()
    assert found, "make setup brings Asterisk"
    assert needed_modules(None) is None, "the machine's own Asterisk loads all"
    if found.modules:
        needed, every = ({one.name for one in folder.iterdir()} for folder in linked(found.modules))
        assert len(needed) < 0.6 * len(every) and needed < every
        assert MODULES | DIALPLAN_MODULES | AMD_MODULES | BROWSER_MODULES | OPUS_MODULES & every <= needed


def linked(modules: Path) -> tuple[Path, Path]:
    folder = needed_modules(modules)
    assert folder
    return folder, modules
