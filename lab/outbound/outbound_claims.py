"""Judges the outbound demo by the stories of its leads, the beeps of its agents, and the counts of drops."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from lab.demo_checklist import Checklist
from lab.outbound.demo_leads import DemoLead
from lab.outbound.lead_story import IN_TIME, RINGS, ExpectedEnd, LeadStory
from warmline.core.calls.lead import lead_outcome
from warmline.store.reports.drop_windows import DropsOfWindow


def judge(
    checklist: Checklist,
    wanted: Sequence[DemoLead],
    stories: Sequence[LeadStory],
    beeps: Mapping[str, int],
    windows: Sequence[DropsOfWindow],
) -> None:
    """Judge the claims. `beeps` has how many each agent heard, by agent."""
    answered = [one for one in stories if one.answered]
    _judge_sound(checklist, answered)
    _judge_agents(checklist, answered, beeps)
    rang = [one.rang or 0.0 for one in stories if one.row["status"] == lead_outcome.NO_ANSWER_STATUS]
    checklist.judge(
        f"every phone without an answer rang for at least {RINGS:.0f} s",
        min(rang, default=0.0) >= RINGS,
        ", ".join(f"{one:.2f} s" for one in rang),
    )
    ends = {lead.number: ExpectedEnd(lead.kind.status, lead.kind.ended_by, lead.kind.cause) for lead in wanted}
    wrong = [text for one in stories for text in one.differences(ends[one.call.number])]
    checklist.judge("each lead's story equals its record", not wrong, "; ".join(wrong) or f"{len(stories)} calls")
    dialled = Counter(one.call.number for one in stories)
    checklist.judge("every number was dialled once", dialled == Counter(lead.number for lead in wanted))
    checklist.judge(
        "the drop rate is within the budget",
        bool(windows) and all(one.answered and not one.above for one in windows),
        ", ".join(f"{one.dropped} of {one.answered} persons; limit {one.limit / 10:g} %" for one in windows),
    )


def _judge_sound(checklist: Checklist, answered: Sequence[LeadStory]) -> None:
    sounds = [one.sound_after for one in answered if one.sound_after is not None]
    checklist.judge(
        f"every lead who answered heard an agent or the message within {IN_TIME} s",
        bool(answered) and len(sounds) == len(answered) and max(sounds) <= IN_TIME,
        _milliseconds(sounds, "from the answer to the first sound"),
    )
    longest = max((one.silent_for or 0.0 for one in answered), default=0.0)
    checklist.judge("no lead was in silence for longer", longest <= IN_TIME, f"longest: {longest:.2f} s")


def _judge_agents(checklist: Checklist, answered: Sequence[LeadStory], beeps: Mapping[str, int]) -> None:
    both = [one.connected_after for one in answered if one.connected_after is not None]
    checklist.judge(
        "lead and agent heard each other, and each lead one agent alone",
        len(both) == len(answered) and all(len(one.heard) == 1 and one.heard == one.heard_by for one in answered),
        _milliseconds(both, "from the answer until both heard each other"),
    )
    taken = {user: sum(one.heard == (user,) for one in answered) for user in beeps}
    checklist.judge(
        "each agent heard a beep for each lead, and no lead heard a beep",
        beeps == taken and not any(one.beeps for one in answered),
        ", ".join(f"agent {user}: {count}" for user, count in beeps.items()),
    )


def _milliseconds(lengths: list[float], what: str) -> str:
    if not lengths:
        return "never"
    return f"median {median(lengths) * 1000:.0f} ms, longest {max(lengths) * 1000:.0f} ms {what}"
