"""Command lines of a twelfth stranger that failed or left out a part; the names are those of the tests' site.

The form is that of `tests.cli.help.stranger_guesses`.
"""

from tests.cli.help.stranger_guesses import DONE, LED, Guess

CALL = "1718023412.55"
# A call's id is no agent, and the name of an in-group is no report.
NAMED: tuple[Guess, ...] = (
    (f"transfer {CALL} 1002", LED, (f"mean:\n  warmline call take {CALL} --agent 1002 ",)),
    (f"redirect {CALL} 07700900123", LED, ("  warmline agent transfer USER 07700900123 ",)),
    (f"hangup {CALL}", LED, (f"mean:\n  warmline call hangup {CALL} ",)),
    ("hangup 01J9ZK3T5M8Q", LED, ("mean:\n  warmline call hangup 01J9ZK3T5M8Q ",)),
    ("report SALESLINE yesterday", LED, ("mean:\n  warmline report day --ingroup SALESLINE --day yesterday ",)),
    ("report spring", LED, ("mean:\n  warmline report day --campaign spring ",)),
    ("report 1000 --week", LED, ("mean:\n  warmline report agents --agent 1000 --day thisweek ",)),
    ("recording policy SALESLINE always", LED, (
        "mean:\n  warmline ingroup set SALESLINE ingroup_recording_override=ALLCALLS ",
    )),
    ("recording SALESLINE never", LED, ("mean:\n  warmline ingroup set SALESLINE ingroup_recording_override=NEVER ",)),
    ("recording mode spring all", LED, ("mean:\n  warmline campaign set spring campaign_recording=ALLCALLS ",)),
)  # fmt: skip
# The answer is about another place than the word names.
ELSEWHERE: tuple[Guess, ...] = (
    ("status", LED, ("  warmline doctor      ", "  warmline live --once ", "the next line")),
    ("trunks", DONE, ("asterisk -rx 'pjsip show registrations'\n",)),
    ('holiday add 2026-12-25 "Christmas Day"', LED, (
        "for each: warmline ingroup set SALESLINE after_hours_message_filename=SOUND",
    )),
    ("upgrade --check", LED, ("fetch --quiet && git ", "installs nothing")),
)  # fmt: skip
ALL = (*NAMED, *ELSEWHERE)
