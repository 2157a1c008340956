"""docs/explanation/reliability.md contains what the marks of the tests say."""

from tools.pages.reliability_page import HEAD, PAGE, filled, witnesses


def test_a_mark_has_a_fault_alone_or_all_its_words() -> None:
    marks = witnesses()
    assert len(marks) >= 15
    assert [one.test for one in marks if len(one.texts) not in (1, len(HEAD) - 1) or not all(one.texts)] == []


def test_a_table_that_says_something_else_is_stale() -> None:
    text = PAGE.read_text()
    fault = witnesses()[0].texts[0]
    assert filled(text.replace(f"| {fault} |", "| something else |")) == filled(text)
