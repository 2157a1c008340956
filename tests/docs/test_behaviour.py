"""docs/behaviour.md says what the core's tables say."""

from pages.behaviour_page import PAGE, filled


def test_the_tables_are_the_cores() -> None:
    assert PAGE.read_text() == filled(PAGE.read_text()), "python -m pages.behaviour_page"
