"""docs/agent-api.md says what the API's tables say."""

from pages.agent_api_page import PAGE, filled


def test_the_tables_are_the_apis() -> None:
    assert PAGE.read_text() == filled(PAGE.read_text()), "python -m pages.agent_api_page"
