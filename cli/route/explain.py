"""`warmline explain …`: what the configuration decides in a case, and why."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

import typer

from cli.arguments.completion import names
from cli.output.json_output import Json, print_json
from warmline.core.explain.recording_explanation import RecordingCase, RecordingMoment, decide_recording, describe_files
from warmline.core.rules.configuration import Agent, Ingroup
from warmline.core.rules.recording_rules import RecordingDecision, Track
from warmline.store.database.errors import unknown
from warmline.system import settings

T = TypeVar("T")

MEANINGS = {
    RecordingMoment.CALL: "an agent takes the call",
    RecordingMoment.THIRD: "a third party is connected",
    RecordingMoment.HANGUP_XFER: "the agent hangs the third party up",
    RecordingMoment.PARK: "the customer is parked, no third party is there",
    RecordingMoment.DEAD: "the customer is gone",
    RecordingMoment.LEAVE: "the agent leaves the other two",
}
FILES = {
    Track.CALL: "yes: the agent's file",
    Track.HANDOFF: "yes: a new file, without the agent",
    None: "no",
}

Campaign = Annotated[str, typer.Option(metavar="NAME", help="The agent's campaign.", autocompletion=names("campaign"))]
InGroup = Annotated[
    str, typer.Option(metavar="NAME", help="The in-group from which the call came.", autocompletion=names("ingroup"))
]
User = Annotated[str, typer.Option(metavar="USER", help="The agent in the call.", autocompletion=names("agent"))]
Number = Annotated[
    str, typer.Option(metavar="NUMBER", help="The third party's number. A campaign can have exceptions for numbers.")
]
When = Annotated[
    RecordingMoment | None,
    typer.Option(
        metavar="MOMENT",
        help="Explain only one moment of a call. `call` is when an agent takes the call, `third` when a third party is "
        "connected. `hangup_xfer` is when the agent hangs up the third party, `park` when the customer is parked "
        "without a third party. `dead` is when the customer has hung up, `leave` when the agent leaves the other two. "
        "Without --moment, all moments.",
    ),
]


def recording(
    campaign: Campaign,
    ingroup: InGroup = "",
    agent: User = "",
    number: Number = "",
    moment: When = None,
    as_json: Json = False,
) -> None:
    from warmline.store.configuration import configuration_snapshot
    from warmline.store.database.reading import reading

    with reading(settings.load().db) as connection:
        configured = configuration_snapshot.load_rules(connection)
    case = RecordingCase(
        _named("campaign", campaign, configured.campaigns),
        _named("ingroup", ingroup, configured.ingroups) if ingroup else Ingroup(id=""),
        _named("agent", agent, configured.agents) if agent else Agent(id=""),
        number,
    )
    decisions = {one: decide_recording(configured, case, one) for one in ([moment] if moment else RecordingMoment)}
    if as_json:
        documents = [_document(one, decision, case) for one, decision in decisions.items()]
        print_json(documents[0] if moment else documents)
    else:
        print("\n\n".join(_paragraph(one, decision, case) for one, decision in decisions.items()))


def _named(kind: str, name: str, known: Mapping[str, T]) -> T:
    if name not in known:
        raise unknown(kind, name, sorted(known))
    return known[name]


def _document(moment: RecordingMoment, decision: RecordingDecision, case: RecordingCase) -> dict[str, object]:
    return {
        "moment": moment,
        "recorded": decision.track,
        "reason": decision.reason,
        "losers": list(decision.overruled_rules),
        "file": list(_facts(decision, case)),
    }


def _facts(decision: RecordingDecision, case: RecordingCase) -> tuple[str, ...]:
    """Return what the options say about the file; nothing if there is none."""
    return describe_files(case.campaign) if decision.track else ()


def _paragraph(moment: RecordingMoment, decision: RecordingDecision, case: RecordingCase) -> str:
    lines = [f"{moment}: {MEANINGS[moment]}", f"  {FILES[decision.track]}, by {decision.reason}"]
    lines += [f"    file: {fact}" for fact in _facts(decision, case)]
    return "\n".join([*lines, *(f"    not by {loser}" for loser in decision.overruled_rules)])
