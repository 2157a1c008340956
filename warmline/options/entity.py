"""What an entity of the configuration is made of: its options, each with a type, a default and one line of meaning."""

from dataclasses import dataclass, field

from warmline.core.rules.routing import AGENTDIRECT
from warmline.options.option_types import Type, Value, nearest
from warmline.text.coded_error import CodedError


class OptionError(CodedError, ValueError):
    """A name or value that cannot be used; the text names it, what is allowed, and the nearest right one."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    `plus`: VICIdial has no such option. `unique`: no two entities hold the same value. `core`: False for an
    option that the core does not decide by, so that no record of the core has it.
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
    """Options about one thing; `title` is empty for an entity that has one section."""

    title: str
    options: tuple[Option, ...]


def one_section(*options: Option) -> tuple[OptionSection, ...]:
    """Return the sections of an entity whose options are not divided."""
    return (OptionSection("", options),)


@dataclass(frozen=True, slots=True)
class Entity:
    """What can be configured.

    `names`: the form of its names; `example`: what follows `create` in the help; `sections`: its options in the order
    of their columns; `only`: the name of the one that is always there, for what there is one of.
    """

    kind: str
    meaning: str
    names: Type
    example: tuple[str, ...]
    sections: tuple[OptionSection, ...] = ()
    only: str = ""
    options: tuple[Option, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        options = tuple(option for section in self.sections for option in section.options)
        object.__setattr__(self, "options", options)

    @property
    def table(self) -> str:
        """Its table in the database."""
        return self.kind.replace("-", "_")

    @property
    def option_names(self) -> tuple[str, ...]:
        return tuple(option.name for option in self.options)

    def option(self, name: str) -> Option:
        """The option of that name. Raises OptionError with the nearest one."""
        for option in self.options:
            if option.name == name:
                return option
        there_are = f"allowed: {', '.join(self.option_names)}" if self.options else "it has no options"
        raise OptionError(
            "option_unknown",
            "{kind} has no option {name!r}; {hint}",
            kind=self.kind,
            name=name,
            hint=nearest(name, self.option_names) or there_are,
        )

    def section(self, title: str) -> OptionSection:
        """Return the section of that title. Raises KeyError."""
        return {section.title: section for section in self.sections}[title]

    def default(self, option: Option, name: str) -> Value:
        """The option's default for the entity of that name."""
        if self.kind == "ingroup" and name == AGENTDIRECT and option.name == "queue_priority":
            return 99
        return option.default
