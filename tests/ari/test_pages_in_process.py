"""The test on the page on ARI scripts, as it is there, passes."""

import re
from pathlib import Path

import pytest

from tests.product_names import ROOT

PAGE = (ROOT / "docs/how-to/ari-scripts.md").read_text()
REMIND, TEST, *_ = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_test_on_the_page_passes(tmp_path: Path) -> None:
    (tmp_path / "remind").write_text(REMIND)
    (tmp_path / "test_remind.py").write_text(TEST)
    assert pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]) == 0
