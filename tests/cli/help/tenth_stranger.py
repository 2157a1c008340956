"""Command lines of a tenth stranger that failed or left out a part; the names are those of the tests' site.

The form is that of `tests.cli.help.stranger_guesses`.
"""

from tests.cli.help.stranger_guesses import DONE, LED, Guess

UNNAMED: tuple[Guess, ...] = (
    ("ingroup set SUPPORTLINE --announce-position every=45", LED, (
        "  warmline ingroup set SUPPORTLINE play_place_in_line=Y prompt_interval=45\n",
    )),
    ("ingroup set SUPPORTLINE --announce-position 45s", LED, ("play_place_in_line=Y prompt_interval=45\n",)),
    ('hours set SUPPORTLINE "mon-fri 08:00-18:00" "sat 09:00-13:00" --tz Europe/London', LED, (
        " ct_sunday_stop=2400 timezone=Europe/London\n  warmline ingroup set SUPPORTLINE call_time_id=OFFICE\n",
    )),
    ("callbacks --agent 1000 --overdue", LED, (
        "  warmline callback list --state due --agent 1000\n  warmline callback list --state missed --agent 1000",
    )),
    ("history --number 07700900123 --last 7d -v", LED, (
        "  warmline audit calls --number 07700900123 --since 7d\n  warmline audit call CALL ", "\nLeft out: -v.",
    )),
    ("calls list --longer-than 10m --today", LED, ("\nLeft out: --longer-than 10m.",)),
    ("token create bi --read-only --expires 365d", LED, ("\nLeft out: --expires 365d.",)),
)  # fmt: skip
FAILING: tuple[Guess, ...] = (
    ("agents status --ingroup SUPPORTLINE", LED, ("  warmline ingroup members SUPPORTLINE\n",)),
    ("agent status --campaign spring", LED, ("Left out: --campaign spring. Without it:\n  warmline agent status",)),
    ("history --number 07700900123 --last 5", LED, ("  warmline history --number 07700900123 --limit 5",)),
)  # fmt: skip
BESIDE: tuple[Guess, ...] = (
    ('callback reassign 4711 --to 1001 --at "tomorrow 10:30"', LED, (
        "  warmline callback take 4711 --agent 1001 ", "  warmline callback reschedule 4711 'tomorrow 10:30' ",
    )),
    ("monitor 1000 --phone 700 --whisper", LED, ("  warmline agent whisper 1000 --phone 700 ",)),
    ("user add-group 1000 ingroup SALESLINE --rank 2", LED, (
        "mean:\n  warmline agent set 1000 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT ingroup_ranks=SALESLINE:2 ",
    )),
    ("user add-group eve NORTH", LED, ("  warmline user set eve user_group=NORTH ",)),
    ("dids list --unused", LED, ("  warmline did list\n", "  warmline report dids --since 30d ")),
    ("campaign stats spring --today", LED, ("  warmline audit drops --campaign spring --window DAY ",)),
    ("agent logout 1000 --force", LED, ("  warmline agent hangup 1000 ", "  warmline agent logout 1000")),
    ('holiday add 2026-12-26 "Boxing Day" --play closed-holiday', LED, (
        "The in-group plays it: warmline ingroup set INGROUP after_hours_message_filename=closed-holiday",
    )),
    ("ingroup close SUPPORTLINE --until 14:00 --message emergency-closed", LED, (
        " after_hours_action=MESSAGE after_hours_message_filename=emergency-closed ",
        "max_calls_method=DISABLED' | at 14:00 ",
    )),
    ("campaign list", DONE, (
        "dial_method=MANUAL", "active=Y", "Leads left to dial: warmline list counts --campaign CAMPAIGN",
    )),
    ("lead search 8005551234", DONE, ("Its history: warmline lead show 1\n",)),
    ("agent show 1001", DONE, ("Calls today: warmline report agents --agent 1001 --today",)),
)  # fmt: skip
ALL = (*UNNAMED, *FAILING, *BESIDE)
