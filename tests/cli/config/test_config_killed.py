"""`config apply`, killed at any place: the configuration is the old one or the new one, never a mixture."""

import json
import subprocess
import sys
from pathlib import Path

from tests.copied_database import new_database
from warmline.store.configuration import change_plan
from warmline.store.database.reading import keeping

NEW = """
[agent.1000]
phone = "1001"
[agent.1001]
phone = "1000"
campaign = "SELL"
[agent.1002]
[campaign.SELL]
dial_timeout = 30
default_xfer_group = "NEW"
[ingroup.NEW]
"""


def test_killed_at_any_write_it_is_the_old_or_the_new(tmp_path: Path) -> None:
    new_database(tmp_path / "before.db")
    before = {
        ("phone", "1000"): {},
        ("phone", "1001"): {},
        ("campaign", "SHOP"): {"default_xfer_group": "OLD"},
        ("ingroup", "OLD"): {"default_xfer_group": "OLD"},
        ("agent", "1000"): {"phone": "1000"},
        ("agent", "1001"): {"phone": "1001", "campaign": "SHOP"},
    }
    with keeping(0):  # the file is copied: an open connection would leave changes in its log
        change_plan.apply(tmp_path / "before.db", change_plan.plan(tmp_path / "before.db", before), who="ada")
    (tmp_path / "new.toml").write_text(NEW)
    command = [sys.executable, "-m", "tests.cli.config.killed_apply", str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=600, check=False, cwd=Path(__file__).parents[3]
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [counts.pop("new") for counts in found.values()] == [1, 1, 1]  # the last attempt of each is not killed
    assert all(counts.pop("killed, old") for counts in found.values())
    assert found.pop("file").pop("killed, new") > 1  # the changes were made, and about to be copied into the file
    assert not any(found.values()), found
