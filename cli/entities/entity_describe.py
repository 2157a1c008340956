"""The command `describe` of all configured entities: list the options of a kind by section, or find options."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

import typer

from cli.arguments.completion import entity_of
from cli.arguments.entity_arguments import OptionName
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from warmline.options.option_table import ENTITIES
from warmline.options.values.entity import Entity, Option, OptionError, OptionSection
from warmline.options.values.option_types import as_text

WILDCARDS = frozenset("*?[")


def describe(context: typer.Context, option: OptionName = "", as_json: Json = False) -> None:
    entity = entity_of(context)
    found = sections(entity, option) if option else entity.sections
    if as_json:
        print_json([_described(section, one) for section in found for one in section.options])
    else:
        print_table(("option", "meaning and allowed values"), _rows(found))


def sections(entity: Entity, wanted: str) -> list[OptionSection]:
    """Return the sections with only the option of that name, or with options that match a pattern of * ? and [].

    Raises OptionError if no option matches.
    """
    names = _matches(entity, wanted) if WILDCARDS & set(wanted) else [_exact(entity, wanted)]
    if not names:
        others = [other.kind for other in ENTITIES.values() if _matches(other, wanted)]
        there = f"; kinds that have one: {', '.join(others)}" if others else ""
        raise OptionError(
            "option_pattern_unmatched",
            "{kind} has no option like {pattern!r}{others}; to list its options: warmline {kind} describe",
            kind=entity.kind,
            pattern=wanted,
            others=there,
        )
    parts = ((section.title, [one for one in section.options if one.name in names]) for section in entity.sections)
    return [OptionSection(title, tuple(options)) for title, options in parts if options]


def _matches(entity: Entity, pattern: str) -> list[str]:
    return [name for name in entity.option_names if fnmatchcase(name, pattern.lower())]


def _exact(entity: Entity, wanted: str) -> str:
    """Return the name of that option. Raises OptionError with a search for similar options."""
    try:
        return entity.option(wanted).name
    except OptionError as error:
        if not (alike := [one for one in entity.option_names if wanted in one]):
            raise
        search = f"warmline {entity.kind} describe '*{wanted}*'"
        raise OptionError(
            "option_unknown_but_alike",
            "{why} {count} options have {part!r} in their names: {search}",
            why=error,
            count=len(alike),
            part=wanted,
            search=search,
        ) from None


def _described(section: OptionSection, option: Option) -> dict[str, object]:
    return {
        "option": option.name,
        "section": section.title,
        "default": None if option.required else option.default,
        "meaning": option.meaning,
        "allowed": option.type.allowed,
        "from": option.source,
    }


def _rows(found: Iterable[OptionSection]) -> Iterator[tuple[str, str]]:
    """Yield the rows of the table; a section's title is between an empty row and its options."""
    for section in found:
        if section.title:
            yield from (("", ""), (section.title, ""))
        yield from map(_row, section.options)


def _row(option: Option) -> tuple[str, str]:
    default = "required" if option.required else f"default {as_text(option.default) or 'empty'}"
    return (
        option.name,
        f"{option.meaning}\n{option.type.allowed} ({default}{'; not in VICIdial' if option.plus else ''})",
    )
