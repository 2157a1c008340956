"""Writes docs/reference/generated/options.md: every option of every kind, by section, from the option table."""

from collections.abc import Iterable

from tools.pages.marked_text import GENERATED, cell, rows, whole_page
from warmline.options.option_table import ENTITIES
from warmline.options.values.entity import Entity, Option, OptionSection
from warmline.options.values.option_types import Words, as_text

PAGE = GENERATED / "options.md"
HEAD = """What can be configured: the values of each option, its default and its meaning. (+) marks those that
VICIdial does not have. `warmline KIND describe OPTION` prints the same. [Configuration](../cli.md#configuration)
says how to set one; [routing](../../how-to/routing.md) and [behaviour](../behaviour.md) explain what options do
together."""


def chapter(entity: Entity) -> str:
    """Return a kind's meaning, the form of its names, and its options in a table for each section."""
    head = f"## {entity.kind}\n\n{entity.meaning[0].upper()}{entity.meaning[1:]}."
    if not entity.only:
        head += f" NAME is {entity.names.allowed}."
    if not entity.options:
        head += " It has no options."
    return "\n\n".join([head, *(_below(section, f"### {section.title}") for section in entity.sections)])


def _below(section: OptionSection, title: str) -> str:
    return f"{title}\n\n{table(section.options)}" if section.title else table(section.options)


def table(options: Iterable[Option]) -> str:
    """Return a row for each option."""
    return rows(
        ("option", "values", "default", "meaning"),
        *((_name(one), cell(_allowed(one)), _default(one), cell(one.meaning)) for one in options),
    )


def _name(option: Option) -> str:
    return f"`{option.name}`{' (+)' if option.plus else ''}"


def _allowed(option: Option) -> str:
    if isinstance(option.type, Words):
        return "one or more of " + ", ".join(f"`{word}`" for word in option.type.values)
    return option.type.allowed


def _default(option: Option) -> str:
    if option.required:
        return "required"
    text = as_text(option.default)
    return f"`{cell(text)}`" if text else "empty"


def filled(_text: str) -> str:
    """Return the page."""
    return whole_page("Options", HEAD, *map(chapter, ENTITIES.values()))
