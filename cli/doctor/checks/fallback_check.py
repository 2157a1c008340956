"""Checks the fallback: if the targets of `[warmline-away]` are missing, callers are hung up while Warmline is away."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cli.doctor.facts import sound_files
from cli.doctor.facts.check_facts import CheckFacts, DialplanStep, unreadable
from cli.doctor.facts.finding import Check, Finding, error, good, note

CONTEXT = "warmline-away"
CALL = re.compile(r"(\w+)\((.*)\)")
EXTENSION = re.compile(r"\s+'(.+?)' =>")
APPLICATION = re.compile(r"^\s*(\w+): ", re.MULTILINE)
ENDPOINT = re.compile(r"PJSIP/(?:[^@/]*@)?([^@/]+)")
MAILBOX = re.compile(r"^(\S+)\s+(\S+)\s", re.MULTILINE)
PLAYS = ("Playback", "Background", "BackGround", "ControlPlayback")
OPEN, CLOSE = "([{", ")]}"


class DialplanTarget(NamedTuple):
    """A target that a step of the dialplan names; `kind` is a word such as queue."""

    kind: str
    name: str


def away(facts: CheckFacts) -> Iterator[Finding]:
    """Check that `[warmline-away]` exists, and that its targets exist."""
    steps = facts.dialplan.get(CONTEXT, [])
    if not steps:
        found = f"extensions.conf has no [{CONTEXT}]"
        yield note(
            "fallback_default", found, "without Warmline, callers hear that no agent is available, and the call ends"
        )
        return
    if "s" not in (extensions := _extensions(facts, CONTEXT)):
        found = f"[{CONTEXT}] has no extension s, only {', '.join(sorted(extensions))}"
        yield error(
            "fallback_unreachable", found, "callers do not reach this context", _change(facts, steps[0]), by_hand=True
        )
        return
    faults = [(step, one) for step in steps for one in _named(step.text) if not _exists(facts, one)]
    for step, one in faults:
        found = f"[{CONTEXT}] has {step.text}, and there is no {one.kind} {one.name}"
        why = "while Warmline is away, callers there are hung up or hear nothing"
        yield error("fallback_bad", found, why, _change(facts, step), by_hand=True)
    if not faults:
        yield good("fallback_good", f"[{CONTEXT}]: {', '.join(step.text for step in steps)}")


def _change(facts: CheckFacts, step: DialplanStep) -> str:
    """Return the change in words. Raises FactUnknown."""
    file = facts.folder("Configuration directory") / (step.file or "extensions.conf")
    return f"change {file}, then: {facts.rx('dialplan reload')}"


def _extensions(facts: CheckFacts, context: str) -> set[str]:
    """Return the extensions of the context itself. Raises FactUnknown."""
    found: set[str] = set()
    here = False
    for line in facts.console("dialplan show").splitlines():
        if line.startswith("[ Context '"):
            here = line.split("'")[1] == context
        elif here and (extension := EXTENSION.match(line)):
            found.add(extension[1])
    return found


def _named(text: str) -> Iterator[DialplanTarget]:
    """Yield the targets of a step that a check can look up; none that depends on a variable."""
    if text.startswith("include "):
        yield DialplanTarget("context", text.removeprefix("include "))
        return
    if not (call := CALL.fullmatch(text)):
        return
    application, given = call[1], _arguments(call[2])
    yield DialplanTarget("application", application)
    first = given[0] if given else ""
    if application == "Queue":
        named = [DialplanTarget("queue", first)]
    elif application == "VoiceMail":
        named = [DialplanTarget("mailbox", box) for box in first.split("&")]
    elif application in PLAYS:
        named = [DialplanTarget("sound", file) for file in first.split("&")]
    elif application == "Dial":
        named = [DialplanTarget("endpoint", way[1]) for one in first.split("&") if (way := ENDPOINT.fullmatch(one))]
    elif application in ("Goto", "Gosub"):
        named = list(_place(given))
    else:
        named = []
    yield from (one for one in named if one.name and "$" not in one.name)


def _place(given: list[str]) -> Iterator[DialplanTarget]:
    """Yield the target of a Goto or Gosub: its context, and the extension there.

    Without a context, it is an extension of `[warmline-away]`.
    """
    context = given[0] if len(given) > 2 else CONTEXT
    if len(given) > 2:
        yield DialplanTarget("context", context)
    if len(given) > 1:
        yield DialplanTarget("extension", f"{given[-2]}@{context}")


def _arguments(text: str) -> list[str]:
    """Return the parts between commas, ignoring commas in brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in OPEN) - (letter in CLOSE)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _exists(facts: CheckFacts, one: DialplanTarget) -> bool:
    """Return whether Asterisk has the target now. Raises FactUnknown."""
    match one.kind:
        case "application":
            return one.name.lower() in _applications(facts)
        case "context":
            return one.name in facts.dialplan
        case "extension":
            return _may_be_reached(facts, *one.name.rsplit("@", 1))
        case "queue":
            return "queue" not in _applications(facts) or "No such queue" not in facts.console(f"queue show {one.name}")
        case "mailbox":
            box, _, context = one.name.partition("@")
            known = MAILBOX.findall(facts.console("voicemail show users"))
            return "voicemail" not in _applications(facts) or (context or "default", box) in known
        case "endpoint":
            return bool(facts.endpoint(one.name))
        case _:
            place = facts.folder("Data directory") / "sounds"
            try:
                return sound_files.is_there(one.name, place)
            except OSError as problem:
                raise unreadable(problem.filename, problem) from None


def _applications(facts: CheckFacts) -> set[str]:
    """Return the dialplan's applications in small letters. Raises FactUnknown."""
    return {name.lower() for name in APPLICATION.findall(facts.console("core show applications"))}


def _may_be_reached(facts: CheckFacts, extension: str, context: str) -> bool:
    """Return whether a call can reach an extension of a context: itself, by a pattern or by an include.

    A missing context is another finding.
    """
    steps = facts.dialplan.get(context)
    if steps is None or any(step.text.startswith("include ") for step in steps):
        return True
    own = _extensions(facts, context)
    return extension in own or any(name.startswith("_") for name in own)


CHECKS = (
    Check(
        "fallback",
        away,
        "`[warmline-away]` exists, and so does every queue, mailbox, endpoint, context, application and sound in it",
    ),
)
