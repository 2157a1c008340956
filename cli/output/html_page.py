"""One self-contained HTML page: elements whose texts are always escaped, and a style for screens and for paper.

The page needs nothing from a network, and its policy forbids scripts.
"""

from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from cli.output.invalid_argument import InvalidArgument
from warmline.system import whole_file
from warmline.text.printable import is_shown

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:"
STYLE = Path(__file__).with_suffix(".css").read_text()

Content = Element | str


def element(tag: str, *content: Content, **attributes: str | float) -> Element:
    """Return an element; `class_` is the attribute class, and `_` in other names becomes `-`.

    Signs that a reader could not see, such as one that reverses the text, are replaced.
    """
    made = Element(tag, {_attribute(name): str(value) for name, value in attributes.items()})
    for one in content:
        if isinstance(one, Element):
            made.append(one)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + _visible(one)
        else:
            made.text = (made.text or "") + _visible(one)
    return made


def table(heads: Iterable[Content], rows: Iterable[Iterable[Content]]) -> Element:
    """Return a table; a cell that is an element `td`, and a head that is an element `th`, stays as it is."""
    body = (element("tr", *(_cell(one, "td") for one in row)) for row in rows)
    head = element("thead", element("tr", *(_cell(one, "th") for one in heads)))
    return element("table", head, element("tbody", *body))


def page(title: str, style: str, *content: Element) -> str:
    """Return the whole document; `style` is CSS beside that of every page."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", STYLE + style),
    )
    root = element("html", head, element("body", *content), lang="en")
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def write(file: Path, text: str) -> None:
    """Write a page, and print its size; a file of that name is replaced. Raises typer.BadParameter."""
    try:
        whole_file.write(file, text)
    except OSError as error:
        raise InvalidArgument(
            "html_not_written",
            "{file} cannot be written: {why}{hint}",
            file=file,
            why=error.strerror,
            hint=whole_file.way_out(error, file),
        ) from None
    print(f"{file}: {len(text.encode()):,} bytes")


def _cell(one: Content, tag: str) -> Element:
    return one if isinstance(one, Element) and one.tag == tag else element(tag, one)


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _visible(text: str) -> str:
    return "".join(letter if letter == "\n" or is_shown(letter) else "\ufffd" for letter in text)
