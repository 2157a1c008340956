"""The passages of a Markdown page: paragraphs, items of lists, cells of tables, headings; no code, no HTML."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.tree.prose.passage import Passage, masked

PARSER = MarkdownIt("commonmark").enable("table")


def passages(file: str, text: str) -> Iterator[Passage]:
    """Read a page."""
    container, line = "", 1
    for token in PARSER.parse(text):
        if token.map:
            line = token.map[0] + 1
        if token.type.endswith("_open"):
            container = token.type
        if token.type == "inline":
            for shown, hidden in _read(token):
                yield Passage(file, line, shown, hidden, label=container in ("heading_open", "th_open"))


def _read(token: Token) -> Iterator[tuple[str, str]]:
    """Yield the texts between the `<br>` of a token, each as it is shown and with what is not judged hidden."""
    shown, hidden = "", ""
    for child in token.children or []:
        if child.type == "html_inline" and child.content == "<br>":
            yield shown, hidden
            shown, hidden = "", ""
        elif child.type == "code_inline":
            shown += f"`{child.content}`"
            hidden += masked(f"`{child.content}`")
        elif child.type in ("softbreak", "hardbreak"):
            shown += "\n"
            hidden += "\n"
        elif child.type == "text":
            shown += child.content
            hidden += child.content
    yield shown, hidden
