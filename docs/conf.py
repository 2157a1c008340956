"""The settings by which Sphinx makes the website of the documentation: `make check`.

The source folder is the whole project: pages link to the README and to sample files. docs/index.md is the front page,
and the menu is made from its tables: each `##` heading with the pages below it.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

PROJECT = Path(__file__).parents[1]

project = "Warmline"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["*.md", "docs/**.md", "warmline/core/THEORY.md", "contrib/*/README.md", "examples/README.md"]
WITH_PAGES = ("docs", "warmline", "contrib", "examples")
exclude_patterns = [folder.name for folder in PROJECT.iterdir() if folder.is_dir() and folder.name not in WITH_PAGES]
exclude_patterns.append("docs/agent-api.md")  # a signpost, which an answer of the agent API names
myst_heading_anchors = 4
html_theme = "furo"
html_title = "Warmline"
html_copy_source = False
html_use_index = False
smartquotes = False
html_show_copyright = False

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
PAGE = re.compile(r"^\| \[[^]]+\]\(([^)#]+)\.md\)", re.MULTILINE)


def setup(app: Sphinx) -> None:
    """Let Sphinx call what makes the menu."""
    app.connect("source-read", add_menu)


def add_menu(_app: Sphinx, name: str, source: list[str]) -> None:
    """Append the menu to the front page: a tree of pages for each of its headings."""
    if name == root_doc:
        _, *parts = HEADING.split(source[0])
        source[0] += "".join(map(tree, parts[::2], parts[1::2]))


def tree(heading: str, text: str) -> str:
    """Return a hidden tree of the pages that the tables name, below the part of the heading before its colon."""
    caption, pages = heading.partition(":")[0], "\n".join(PAGE.findall(text))
    return f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{pages}\n```\n"
