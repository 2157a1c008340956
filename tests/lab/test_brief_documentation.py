"""The brief documentation of the tests' Asterisk has each name that the whole one has."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from lab import asterisk
from tests.brief_documentation import FILE, LEFT_OUT, brief_data


def test_the_brief_documentation_has_each_name_and_the_other_data() -> None:
    found = asterisk.find()
    assert found, "make setup brings Asterisk"
    brief = brief_data(found.data)
    assert names(brief) == names(found.data)
    assert (brief / "documentation" / FILE).stat().st_size < (found.data / "documentation" / FILE).stat().st_size / 4
    assert {one.name for one in brief.iterdir()} == {one.name for one in found.data.iterdir()}
    assert (brief / "sounds/en/beep.wav").exists()


def test_data_without_documentation_stays_as_it_is(tmp_path: Path) -> None:
    assert brief_data(tmp_path) == tmp_path


def names(data: Path) -> Counter[tuple[str, str]]:
    """Return the elements with a name, by kind and name, such as ("configOption", "disallow")."""
    root = ElementTree.parse(data / "documentation" / FILE).getroot()  # noqa: S314 - of the installed Asterisk
    return Counter(
        (inner.tag, inner.get("name", ""))
        for entry in root
        if entry.tag not in LEFT_OUT
        for inner in entry.iter()
        if inner.tag in ("application", "function", "manager", "agi", "configFile", "configObject", "configOption")
    )
