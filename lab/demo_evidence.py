"""Judges what the demo's parties heard, what was recorded, and what the journal says."""

from rich.table import Table

from warmline.lab.demo_checklist import Checklist
from warmline.lab.demo_story import Leave
from warmline.lab.description import Lab
from warmline.lab.parties import Span, table, tones
from warmline.lab.parties.wav import Recording, read
from warmline.store.replay import replay
from warmline.store.reports import Row, Story

SPEAKERS = {"customer": tones.CUSTOMER, "third": tones.THIRD, "agent": tones.AGENT}
LONGEST_TAIL = 300  # ms at a recording's end in which nobody speaks
LONGEST_GAP = 20  # ms between the agent's recording and the one that goes on without him
STEP = 0.5  # seconds of a row of the table


def hearing_table(left: Leave) -> Table:
    """Who heard whom, each half second, until the leave was asked for and from SUCCESS on."""
    before = left.ear.rows(*left.before, STEP)
    after = left.ear.rows(*left.after, STEP)
    drawn = table([*before, *after], left.answer.told, "Who hears whom; 0 is SUCCESS of LEAVE_3WAY_CALL")
    drawn.rows[len(before) - 1].end_section = True
    return drawn


def judge_hearing(left: Leave, checklist: Checklist) -> None:
    """Before the leave everybody hears everybody; after it the two hear each other, without a gap, and no agent."""
    everybody, ear = (left.customer, left.third, left.agent), left.ear
    pairs = [(one, other) for one in everybody for other in everybody if one is not other]
    checklist.judge(
        "before the leave each hears the other two, in every half second",
        all(ear.hears(one, other, *step) for one, other in pairs for step in _steps(left.before)),
    )
    two = [(left.customer, left.third), (left.third, left.customer)]
    checklist.judge(
        "after it customer and third party hear each other, in every half second",
        all(ear.hears(one, other, *step) for one, other in two for step in _steps(left.after)),
    )
    since, until = left.before.since, left.after.until
    lost = [max(ear.lost(one, other, since, until)) for one, other in two]
    checklist.judge(
        "they lose no packet of each other over the leave",
        not any(lost),
        f"lost {lost[0]} and {lost[1]} of {(until - since) / tones.PACKET_SECONDS:.0f} each; largest time between two "
        f"{max(ear.spacing(one, other, since, until) for one, other in two):.0f} ms",
    )
    _judge_agent(left, checklist)


def _judge_agent(left: Leave, checklist: Checklist) -> None:
    others = (left.customer, left.third)
    told = left.answer.told
    last = max(left.ear.last(other, left.agent, left.before.since) or 0.0 for other in others)
    checklist.judge(
        "from SUCCESS on no packet carries the agent's tone to them, nor theirs to him",
        last < told and all(left.ear.silent_of(left.agent, other, *left.after) for other in others),
        f"the last one with his tone came {(told - last) * 1000:.1f} ms before SUCCESS",
    )


def _steps(span: Span) -> list[Span]:
    count = round((span.until - span.since) / STEP)
    return [Span(span.since + n * STEP, min(span.since + (n + 1) * STEP, span.until)) for n in range(count)]


def judge_recordings(story: Story, checklist: Checklist) -> None:
    """One file with the agent, and one after the leave without a sound of him."""
    kinds = [(row["kind"], row["status"]) for row in story.recordings]
    checklist.judge(
        "two recordings: the call, and what followed the leave",
        kinds == [("call", "kept"), ("handoff", "kept")],
        ", ".join(f"{row['kind']} {row['length'] / 1000:.2f} s ({row['reason']})" for row in story.recordings),
    )
    if len(kinds) == 2:
        during, afterwards = story.recordings
        _judge_files(read(during["path"]), read(afterwards["path"]), checklist)
        _judge_gap(during, afterwards, checklist)


def _judge_files(during: Recording, afterwards: Recording, checklist: Checklist) -> None:
    heard = _shares(afterwards)
    checklist.judge(
        "the agent is on the first; on the second are only the other two, from the first sample",
        _shares(during)["agent"] > 0.5 and heard["agent"] == 0 and min(heard["customer"], heard["third"]) > 0.8,
        "share of the second's 20 ms pieces with each tone: "
        + ", ".join(f"{name} {share:.0%}" for name, share in heard.items()),
    )
    tail = afterwards.tail([tones.CUSTOMER, tones.THIRD])
    checklist.judge(
        f"it ends with the talk: at most {LONGEST_TAIL} ms of silence", tail <= LONGEST_TAIL, f"{tail:.0f} ms"
    )


def _judge_gap(during: Row, afterwards: Row, checklist: Checklist) -> None:
    gap = (afterwards["started"] - during["ended"]) / 1000
    checklist.judge(f"at most {LONGEST_GAP} ms between the two files", gap <= LONGEST_GAP, f"{gap:.1f} ms")


def _shares(recording: Recording) -> dict[str, float]:
    windows = recording.windows(list(SPEAKERS.values()))
    return {name: sum(hz in heard for heard in windows) / max(1, len(windows)) for name, hz in SPEAKERS.items()}


def judge_journal(lab: Lab, checklist: Checklist) -> None:
    """Given to the core once more, the journal leads to the same decisions and records."""
    again = replay(lab.db)
    wrong = [again.stopped] if again.stopped else [f"row {one.seq}: {one.text}" for one in again.differences]
    checklist.judge(
        "the journal, replayed through the core, gives the same decisions and the same records",
        not wrong,
        "; ".join(wrong) or f"{again.rows} rows",
    )
