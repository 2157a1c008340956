"""All files with generated parts: `python -m tools.pages` writes them, and a test compares them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tools.pages import (
    agent_api_page,
    audit_page,
    behaviour_page,
    benchmarks_page,
    cli_page,
    core_records,
    help_text,
    how_to_pages,
    json_api_page,
    leave_picture,
    library_pages,
    made_commands,
    options_page,
    reference_pages,
    reliability_page,
    reports_page,
    routing_page,
    schema_fingerprint,
    schema_tables,
)

Generators = Mapping[Path, Callable[[str], str]]

# Each file with the function that returns its new text. The pages are generated from the code, which is here too.
CODE: Generators = {
    schema_tables.FILE: schema_tables.filled,
    core_records.FILE: core_records.filled,
    made_commands.FILE: made_commands.filled,
    schema_fingerprint.FILE: schema_fingerprint.filled,
}
PAGES: Generators = {
    **reference_pages.PAGES,
    **how_to_pages.PAGES,
    options_page.PAGE: options_page.filled,
    routing_page.PAGE: routing_page.filled,
    behaviour_page.PAGE: behaviour_page.filled,
    cli_page.PAGE: cli_page.filled,
    audit_page.PAGE: audit_page.filled,
    reports_page.PAGE: reports_page.filled,
    agent_api_page.PAGE: agent_api_page.filled,
    **library_pages.PAGES,
    json_api_page.PAGE: json_api_page.filled,
    json_api_page.SCREEN_PAGE: json_api_page.screen_filled,
    json_api_page.RIGHTS_PAGE: json_api_page.rights_filled,
    reliability_page.PAGE: reliability_page.filled,
    leave_picture.FILE: leave_picture.filled,
    help_text.FILE: help_text.filled,
    benchmarks_page.PAGE: benchmarks_page.filled,
}


def outdated(files: Generators) -> dict[Path, str]:
    """Return the files that differ from what the code generates, each with its new text."""
    new = {path: filled(path.read_text()) for path, filled in files.items()}
    return {path: text for path, text in new.items() if text != path.read_text()}
