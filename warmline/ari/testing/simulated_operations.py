"""The operations of ARI in a test: which function plays each, and how one is refused."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from warmline.ari.client.ari_errors import AriError

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

UNPLAYED_STATUS = 501
NORMAL_CAUSE = 16, "Normal Clearing"


@dataclass(frozen=True)
class Request:
    """A request of a script: the names in its path, and its parameters from query and body."""

    names: Mapping[str, str]
    parameters: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter, or the default if the request does not have it."""
        return str(self.parameters.get(name, default))

    def number(self, name: str, default: int = 0) -> int:
        """Return a whole number. Raises AriError."""
        try:
            return int(self.parameters.get(name, default))
        except ValueError:
            raise build_refusal(400, f"Invalid number for parameter {name}") from None

    def flag(self, name: str) -> bool:
        """Return whether a parameter is true."""
        return self.text(name).lower() in ("true", "yes", "1", "on")

    def texts(self, name: str) -> list[str]:
        """Return a list: that of the body, or the texts between the commas of the query."""
        value = self.parameters.get(name, ())
        return value.split(",") if isinstance(value, str) else [str(item) for item in value]

    def arguments(self) -> tuple[str, ...]:
        """Return the arguments for Stasis()."""
        text = self.text("appArgs")
        return tuple(text.split(",")) if text else ()

    def variables(self) -> dict[str, str]:
        """Return the variables of the body. Raises AriError."""
        result = {}
        for name, value in (self.parameters.get("variables") or {}).items():
            text = value.get("value") if isinstance(value, Mapping) else value
            if not isinstance(text, str):
                raise build_refusal(400, f"the variable {name} is {value!r}; it must be a text")
            result[name] = text
        return result

    def required(self, name: str, refusal: str = "") -> str:
        """Return a parameter. Raises AriError, as Asterisk refuses a request without it."""
        value = self.text(name)
        if not value:
            raise build_refusal(400, refusal or f"Missing parameter {name}")
        return value


Player = Callable[["SimulatedAsterisk", Request], "object | Awaitable[object]"]
P = TypeVar("P", bound=Player)


@dataclass(frozen=True)
class SimulatedOperation:
    """An operation by its name, such as channels.mute, and what plays it."""

    name: str
    method: str
    path: tuple[str, ...]
    play: Player

    def match(self, method: str, path: tuple[str, ...]) -> dict[str, str] | None:
        """Return the names in the path of a request, or None if it is not one for this operation."""
        if method != self.method or len(path) != len(self.path):
            return None
        names = {}
        for part, value in zip(self.path, path, strict=True):
            if part.startswith("{"):
                names[part.strip("{}")] = value
            elif part != value:
                return None
        return names


OPERATIONS: list[SimulatedOperation] = []


def operation(name: str, method: str, path: str) -> Callable[[P], P]:
    """Let the decorated function play an operation; a part in braces is a name in its path."""

    def register(play: P) -> P:
        OPERATIONS.append(SimulatedOperation(name, method, tuple(path.split("/")), play))
        return play

    return register


def refuse_operation(name: str, method: str, path: str, reason: str) -> None:
    """Refuse an operation by its name, with the reason why no test world can play it."""
    pattern = "/".join("*" if part.startswith("{") else part for part in path.split("/"))

    @operation(name, method, path)
    def refuse(_asterisk: "SimulatedAsterisk", _request: Request) -> object:
        raise build_refusal(
            UNPLAYED_STATUS,
            f"warmline.ari.testing does not play {name}: {reason}; "
            f'give the answer by world.answers("{method}", "{pattern}", …)',
        )


def build_refusal(status: int, reason: str) -> AriError:
    """Return the error for a request that Asterisk refuses."""
    return AriError(status, "ari_refused", "{reason}", reason=reason)
