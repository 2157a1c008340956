"""What an entity of the configuration is made of: its options, each with a type, a default and one line of meaning."""

from dataclasses import dataclass

from warmline.core.rules.routing import AGENTDIRECT
from warmline.options.option_types import Type, Value, nearest


class OptionError(ValueError):
    """A name or value that cannot be used; the text names it, what is allowed, and the nearest right one."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `plus`: ours, VICIdial has it not; `unique`: no two entities hold the same value."""

    name: str
    type: Type
    default: Value
    meaning: str
    plus: bool = False
    required: bool = False
    unique: bool = False

    @property
    def source(self) -> str:
        return "+" if self.plus else "VICIdial"


@dataclass(frozen=True, slots=True)
class Entity:
    """What can be configured.

    `names`: the form of its names; `example`: what follows `create` in the help; `only`: the name of the one that is
    always there, for what there is one of.
    """

    kind: str
    meaning: str
    names: Type
    example: tuple[str, ...]
    options: tuple[Option, ...] = ()
    only: str = ""

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
        there_are = f"there are {', '.join(self.option_names)}" if self.options else "it has no options"
        raise OptionError(f"{self.kind} has no option {name!r}: {nearest(name, self.option_names) or there_are}")

    def default(self, option: Option, name: str) -> Value:
        """The option's default for the entity of that name."""
        if self.kind == "ingroup" and name == AGENTDIRECT and option.name == "queue_priority":
            return 99
        return option.default
