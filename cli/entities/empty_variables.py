"""Warns an administrator about variables of a webhook's address that are always empty."""

from collections.abc import Iterator, Mapping

from warmline.options.option_types import nearest
from warmline.options.webhook_options import OF_CAMPAIGN
from warmline.text import webhook_url
from warmline.text.webhook_variables import NAMES, VICIDIALS


def of_options(options: Mapping[str, object]) -> Iterator[str]:
    """Yield a line for each address with such variables; `options` maps names to values."""
    for option in OF_CAMPAIGN:
        names = webhook_url.empty(str(options.get(option.name) or ""))
        unknown = [name for name in names if name not in VICIDIALS]
        without = [name for name in names if name not in unknown]
        if without:
            yield f"{option.name}: empty, because Warmline has no such value: {', '.join(without)}"
        for name in unknown:
            yield f"{option.name}: empty: there is no variable {name}; {nearest(name, NAMES)}".rstrip("; ")
