"""Entities of the configuration and their options, each with a type, a default and one line of meaning."""

from dataclasses import dataclass, field

from warmline.core.rules.routing import AGENTDIRECT
from warmline.options.removed_options import REMOVED
from warmline.options.values.option_error import OptionError as OptionError
from warmline.options.values.option_types import Type, Value, nearest_word

FEW = 12  # options of a kind that an error may list
CLOSE = 6  # similar options that an error lists
ALIKE = 0.6  # similarity of a misspelled name: 1 is equal
LEAST = 3  # letters of a part by which options are similar


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    `plus` is true for an option that VICIdial does not have. `unique` is true if no two entities may have the same
    value. `core` is false for an option that the core does not read; no record of the core has it.
    """

    name: str
    type: Type
    default: Value
    meaning: str
    plus: bool = False
    required: bool = False
    unique: bool = False
    core: bool = True

    @property
    def source(self) -> str:
        return "+" if self.plus else "VICIdial"


@dataclass(frozen=True, slots=True)
class OptionSection:
    """Options about one subject; `title` is empty if the entity has only one section."""

    title: str
    options: tuple[Option, ...]


def one_section(*options: Option) -> tuple[OptionSection, ...]:
    """Return the sections of an entity whose options are not divided."""
    return (OptionSection("", options),)


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of thing that can be configured.

    `names` is the form of its names. `example` is the text after `create` in the help. `sections` are its options in
    the order of their columns. `only` is set for a kind with one fixed entity, and is the name of that entity. `label`
    is the option whose value people read next to the key, "" if there is none.
    """

    kind: str
    meaning: str
    names: Type
    example: tuple[str, ...]
    sections: tuple[OptionSection, ...] = ()
    only: str = ""
    label: str = ""
    options: tuple[Option, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        options = tuple(option for section in self.sections for option in section.options)
        object.__setattr__(self, "options", options)

    @property
    def table(self) -> str:
        """Return the name of its table in the database."""
        return self.kind.replace("-", "_")

    @property
    def option_names(self) -> tuple[str, ...]:
        return tuple(option.name for option in self.options)

    def option(self, name: str) -> Option:
        """Return the option of that name.

        Raises:
            OptionError: there is no such option; the text suggests the nearest name.
        """
        for option in self.options:
            if option.name == name:
                return option
        instead = REMOVED.get((self.kind, name))
        raise OptionError(
            "option_unknown",
            "{kind} has no option {name!r}; {hint}",
            kind=self.kind,
            name=name,
            hint=f"it was removed: {instead}" if instead else self._hint(name),
        )

    def meant(self, name: str) -> str:
        """Return the option that the word is or resembles, or an empty text."""
        if name in self.option_names:
            return name
        parts = name.lower().replace("-", "_").split("_")
        part = next((one for one in parts if one in self.option_names and len(parts) > 1 and len(one) >= LEAST), "")
        return part or nearest_word(name, self.option_names, ALIKE)

    def similar(self, word: str) -> tuple[str, ...]:
        """Return some options that share a part with the word, such as `max` or `wait`; the most parts come first."""
        parts = [part for part in word.lower().replace("-", "_").split("_") if len(part) >= LEAST]
        shared = {option.name: sum(part in option.name for part in parts) for option in self.options}
        return tuple(sorted((name for name in shared if shared[name]), key=lambda name: -shared[name])[:CLOSE])

    def _hint(self, name: str) -> str:
        """Return `did you mean …?` with the option that the word resembles; else what is allowed."""
        if not self.options:
            return "it has no options"
        if known := self.meant(name):
            return f"did you mean {known}?"
        if len(self.options) <= FEW:
            return f"allowed: {', '.join(self.option_names)}"
        some = self.similar(name) or self.option_names[:CLOSE]
        return f"allowed: {', '.join(some)} and others; to list all {len(self.options)}: warmline {self.kind} describe"

    def section(self, title: str) -> OptionSection:
        """Return the section of that title. Raises KeyError."""
        return {section.title: section for section in self.sections}[title]

    def default(self, option: Option, name: str) -> Value:
        """Return the option's default for the entity of that name."""
        if self.kind == "ingroup" and name == AGENTDIRECT and option.name == "queue_priority":
            return 99
        return option.default
