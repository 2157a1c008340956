"""The names of the product's classes and modules, which no client may see."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PRODUCT = ("warmline", "ari_app", "cli", "lab", "contrib")
# No parser: Python 3.11.7 ends ast.parse with a SystemError if a finalizer of former tests runs in it.
CLASS = re.compile(r"^ *class ([A-Za-z_]\w*)(?:\(.*|:)$", re.MULTILINE)


@cache
def _files() -> frozenset[Path]:
    return frozenset(file.resolve() for folder in PRODUCT for file in (ROOT / folder).rglob("*.py"))


@cache
def classes() -> frozenset[str]:
    """The name of every class."""
    return frozenset(name for file in _files() for name in CLASS.findall(file.read_text()))


@cache
def modules() -> frozenset[str]:
    """The full name of every module in a package."""
    paths = (str(file.relative_to(ROOT).with_suffix("")) for file in _files())
    parts = (path[max(path.find("warmline_contrib"), 0) :].split("/") for path in paths)
    return frozenset(".".join(one) for one in parts if len(one) > 1)
