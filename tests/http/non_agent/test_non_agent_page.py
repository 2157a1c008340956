"""The pages about the non-agent API have each function and each difference."""

from pathlib import Path

from tests.http.non_agent.differences import DIFFERENCES
from tests.internals.non_agent import FUNCTIONS, NOT_SUPPORTED

DOCS = Path(__file__).parents[3] / "docs/reference"
PAGE = (DOCS / "non-agent-api.md").read_text()
BOTH = PAGE + (DOCS / "non-agent-live.md").read_text()


def test_the_page_has_a_row_with_the_scope_of_each_function() -> None:
    missing = [name for name, one in FUNCTIONS.items() if f"\n| `{name}` | `{one.scope}`" not in BOTH]
    assert not missing


def test_the_page_names_each_function_that_is_not_supported() -> None:
    part = PAGE.partition("## Not supported")[2]
    assert [name for name in NOT_SUPPORTED if f"`{name}`" not in part] == []


def test_the_page_has_the_reason_of_each_difference() -> None:
    assert [one for one, why in DIFFERENCES.items() if f"| `{one}` | {why} |" not in PAGE] == []
