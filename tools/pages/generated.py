"""All pages with generated parts: `python -m tools.pages` writes them, and a test compares them."""

from tools.pages import (
    agent_api_page,
    ari_library_page,
    ari_operations_page,
    audit_page,
    behaviour_page,
    benchmarks_page,
    centre_library_page,
    cli_page,
    how_to_pages,
    json_api_page,
    leave_picture,
    library_pages,
    options_page,
    reference_pages,
    reliability_page,
    reports_page,
    surface,
)
from tools.pages.generated_code import Generators

# Each page with the function that returns its new text. The pages are generated from the code.
PAGES: Generators = {
    **reference_pages.PAGES,
    **how_to_pages.PAGES,
    options_page.PAGE: options_page.filled,
    behaviour_page.PAGE: behaviour_page.filled,
    cli_page.PAGE: cli_page.filled,
    audit_page.PAGE: audit_page.filled,
    reports_page.PAGE: reports_page.filled,
    agent_api_page.PAGE: agent_api_page.filled,
    **library_pages.PAGES,
    ari_library_page.PAGE: ari_library_page.filled,
    centre_library_page.PAGE: centre_library_page.filled,
    ari_operations_page.PAGE: ari_operations_page.filled,
    json_api_page.PAGE: json_api_page.filled,
    json_api_page.SCREEN_PAGE: json_api_page.screen_filled,
    json_api_page.RIGHTS_PAGE: json_api_page.rights_filled,
    reliability_page.PAGE: reliability_page.filled,
    leave_picture.FILE: leave_picture.filled,
    benchmarks_page.PAGE: benchmarks_page.filled,
    surface.PAGE: surface.filled,
}
