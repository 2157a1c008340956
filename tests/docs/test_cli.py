"""The files that docs/reference/cli.md shows can be applied."""

import re
from pathlib import Path

from tests.copied_database import new_database
from tools.pages.marked_text import PROJECT
from warmline.options import config_files
from warmline.store.configuration import change_plan

PAGE = PROJECT / "docs/reference/cli.md"


def test_the_configuration_it_shows_can_be_applied(tmp_path: Path) -> None:
    [shown] = re.findall(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (tmp_path / "shown.toml").write_text(shown)
    new_database(tmp_path / "warmline.db")
    named, _ = config_files.read(tmp_path / "shown.toml")
    assert {change.action for change in change_plan.plan(tmp_path / "warmline.db", named)} == {"create", "set"}
