"""Command lines of an eleventh stranger that failed or left out a part; the names are those of the tests' site.

The form is that of `tests.cli.help.stranger_guesses`.
"""

from tests.cli.help.stranger_guesses import DONE, LED, Guess

DROPPED = "dial_method=RATIO drop_action=IN_GROUP drop_inbound_group=SALESLINE\n"
# Options without which another one has no effect.
COMPANIONS: tuple[Guess, ...] = (
    ("campaign add autumn --ratio 1.5 --callerid 442071234567", LED, (
        f"  warmline campaign create autumn auto_dial_level=1.5 campaign_cid=442071234567 {DROPPED}",
    )),
    ("campaign add autumn --drop-rate 3", LED, ("dial_method=PREDICTIVE drop_action=IN_GROUP ",)),
    ("campaign create autumn auto_dial_level=1.5", DONE, ("has dial_method=MANUAL", "set autumn dial_")),
    ("ingroup set SALESLINE --max-wait 120 --overflow voicemail", LED, (
        "  warmline ingroup set SALESLINE drop_call_seconds=120 drop_action=VOICEMAIL voicemail_ext=MAILBOX\n",
    )),
    ("ingroup set SALESLINE --max-wait 120 --overflow voicemail:8777", LED, (" voicemail_ext=8777\n",)),
    ("ingroup set SALESLINE no_agent_action=voice-mail", LED, (" no_agent_action_value=MAILBOX\n",)),
    ("ingroup set SALESLINE after_hours_action=extn", LED, (" after_hours_exten=EXTENSION\n",)),
    ("queue add-member SALESLINE 1001 --penalty 2", LED, (
        " ingroup_ranks=SALESLINE:-2 ", "  warmline ingroup set SALESLINE next_agent_call=inbound_group_rank ",
    )),
    ("queue add-member SALESLINE 1001 --rank 3 --dark red", LED, (
        "Left out: --dark red.\n",
    )),
    ("queue add-member SALESLINE 1001 --rank 3", LED, (
        " ingroup_ranks=SALESLINE:3 ", "  warmline ingroup set SALESLINE next_agent_call=inbound_group_rank ",
    )),
    ("agent penalty 1001 SALESLINE 2", LED, (" ingroup_ranks=SALESLINE:-2 ", "next_agent_call=inbound_group_rank ")),
    ("agent grade 1001 SALESLINE 4", LED, (" ingroup_grades=SALESLINE:4 ", "next_agent_call=ingroup_grade_random ")),
    ("queue set SALESLINE 1000 penalty=2", LED, (
        " ingroup_ranks=SALESLINE:-2\n  warmline ingroup set SALESLINE next_agent_call=inbound_group_rank\n",
    )),
    ('holiday add 2026-12-25 "Christmas Day"', LED, (
        "  warmline call-time create ALWAYS ct_holidays=CHRISTMASDAY\n"
        "  warmline ingroup set SALESLINE call_time_id=ALWAYS\n",
        "  warmline ingroup set SUPPORTLINE call_time_id=ALWAYS\n",
    )),
)  # fmt: skip
# Words that no line has are named, or lead to the line that has them.
WORDS: tuple[Guess, ...] = (
    ('callback add 07700900123 --at "tomorrow 14:00" --agent 1001', LED, (
        "  warmline agent dispo 1001 CALLBK --callback 'tomorrow 14:00' --mine ", "\nLeft out: 07700900123.",
    )),
    ("monitor 1001 --whisper", LED, ("mean:\n  warmline agent whisper 1001 --phone PHONE ",)),
    ("monitor 1001 --listen", LED, ("mean:\n  warmline agent listen 1001 --phone PHONE ",)),
    ("campaign list", DONE, ("Leads left to dial: warmline list counts ", "Dialling now: warmline dial status\n")),
    ("queue list", DONE, ("Callers and agents now: warmline live\n",)),
)  # fmt: skip
ALL = (*COMPANIONS, *WORDS)
