"""Types of options about routes: a destination of a call, and rules about a call's data or a caller's key."""

import re
from dataclasses import dataclass

from warmline.core.rules import call_data, data_rules
from warmline.options.values.option_types import Number, nearest

PLACE = r"[0-9A-Za-z*#+_.-]{1,60}(@[A-Za-z0-9_.-]{1,60})?"
PATTERN_MAX = 100  # characters


@dataclass(frozen=True, slots=True)
class RouteTarget:
    """The destination of a call: `kind:NAME` or one of `words`.

    A kind is in `kinds` (entities) or `places` (of the dialplan). `instead` has invalid routes, each with its
    replacement.
    """

    kinds: tuple[str, ...]
    places: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()

    @property
    def allowed(self) -> str:
        return " or ".join((*(f"{kind}:NAME" for kind in (*self.kinds, *self.places)), *self.words))

    def parse(self, text: str) -> str:
        if not text or text in self.words:
            return text
        kind, colon, name = text.partition(":")
        if not colon or not name or kind not in (*self.kinds, *self.places):
            like = nearest(kind, (*self.kinds, *self.places, *self.words))
            raise ValueError(like or (f"did you mean {self.kinds[0]}:{text}?" if not colon and self.kinds else ""))
        if kind in self.places and not re.fullmatch(PLACE, name, re.ASCII):
            raise ValueError(f"{name} is not a valid {kind}")
        if right := dict(self.instead).get(text):
            raise ValueError(f"write {right}")
        return text


@dataclass(frozen=True, slots=True)
class DataRules:
    """Rules about a call's data, separated by commas: NAME=PATTERN, the `sign` and a result of the type `result`.

    The core reads them with data_rules.py.
    """

    sign: str
    result: RouteTarget | Number
    form: str

    @property
    def allowed(self) -> str:
        word = self.form.rpartition(self.sign)[2]
        return f"rules {self.form}, separated by commas; * is any text; {word} is {self.result.allowed}; may be empty"

    def parse(self, text: str) -> tuple[str, ...]:
        rules: dict[str, str] = {}
        for part in filter(None, map(str.strip, text.split(","))):
            condition, result = self._parts(part)
            if condition.casefold() in rules:
                raise ValueError(f"{condition} is there twice; the second rule would have no effect")
            rules[condition.casefold()] = f"{condition}{self.sign}{result}"
        return tuple(rules.values())

    def _parts(self, rule: str) -> tuple[str, str]:
        """Return the condition and the result of a rule. Raises ValueError with the fault."""
        condition, sign, result = (part.strip() for part in rule.rpartition(self.sign.strip()))
        name, equals, pattern = (part.strip() for part in condition.partition("="))
        if not sign or not equals:
            raise ValueError(f"{rule!r} is not {self.form}")
        if not call_data.is_name(name):
            raise ValueError(f"{name!r} is not a name of data")
        if why := _flaw(pattern):
            raise ValueError(f"the pattern {pattern!r} {why}")
        try:
            if not result:
                raise ValueError
            self.result.parse(result)
        except ValueError as hint:
            raise ValueError(f"{result!r} is not a result of {condition}" + f"; {hint}" * bool(str(hint))) from None
        return f"{name}={pattern}", result


@dataclass(frozen=True, slots=True)
class KeyRoutes:
    """Destinations for keys of a telephone, separated by commas: KEY -> DESTINATION. Each key has one destination."""

    result: RouteTarget

    @property
    def allowed(self) -> str:
        return (
            "rules KEY -> DESTINATION, separated by commas; KEY is one of 0-9 * #; "
            f"DESTINATION is {self.result.allowed}; may be empty"
        )

    def parse(self, text: str) -> tuple[str, ...]:
        rules: dict[str, str] = {}
        for part in filter(None, map(str.strip, text.split(","))):
            key, sign, result = (one.strip() for one in part.partition(data_rules.ROUTE_SIGN.strip()))
            if not sign or not result or not re.fullmatch(r"[0-9*#]", key, re.ASCII):
                raise ValueError(f"{part!r} is not KEY -> DESTINATION")
            if key in rules:
                raise ValueError(f"key {key} is there twice; the second rule would have no effect")
            try:
                self.result.parse(result)
            except ValueError as hint:
                raise ValueError(f"{result!r} is no destination of key {key}" + f"; {hint}" * bool(str(hint))) from None
            rules[key] = f"{key}{data_rules.ROUTE_SIGN}{result}"
        return tuple(rules.values())


def _flaw(pattern: str) -> str:
    """Return why a pattern can describe no value, or is probably a mistake; "" if it is correct."""
    if not pattern:
        return "is empty; write * for any text"
    if len(pattern) > PATTERN_MAX:
        return f"is longer than {PATTERN_MAX} characters"
    if not call_data.is_plain(pattern):
        return "has control characters"
    if "->" in pattern:
        return "has a second ->; put a comma between rules"
    return "has ** where one * is enough" if "**" in pattern else ""


def routes_of(kind: RouteTarget, texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the (kind, name) of each entity in these routes."""
    parts = (text.partition(":") for text in texts)
    return tuple((named, name) for named, _, name in parts if named in kind.kinds)
