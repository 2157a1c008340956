"""Command lines that a third stranger guessed, and guesses with the habits of other programs, and how each one ends.

The form is that of `tests.cli.help.stranger_guesses`.
"""

from tests.cli.help.stranger_guesses import DONE, LED, MISSING, Guess

# Verbs on an entry that are none of Warmline's.
VERBS: tuple[Guess, ...] = (
    ("agent disable 1001", LED, ("  warmline agent set 1001 active=N ",)),
    ("agent enable 1001", LED, ("  warmline agent set 1001 active=Y ",)),
    ("agent suspend 1001", LED, ("  warmline agent set 1001 active=N ",)),
    ("disable agent 1001", LED, ("  warmline agent set 1001 active=N ",)),
    ("agent 1001 disable", LED, ("  warmline agent set 1001 active=N ",)),
    ("agent reset-pin 1001", LED, ("  warmline agent set 1001 pin=- ",)),
    ("reset-pin agent 1001", LED, ("  warmline agent set 1001 pin=- ",)),
    ("agent passwd 1001", LED, ("  warmline agent set 1001 pin=- ",)),
    ("user reset-password eve", LED, ("  warmline user password eve ",)),
    ("api-user change-password 6666", LED, ("  warmline api-user set 6666 pass=- ",)),
    ("user lock eve", LED, ("  warmline user set eve active=N ",)),
    ("token revoke crm", LED, ("  warmline api-token delete crm ",)),
    ("agent add-skill 1000 german", LED, (
        "  warmline agent show 1000 ", "  warmline ingroup create german ", "  warmline ingroup list ",
        "  warmline agent set 1000 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT,german ",
    )),
    ("agent remove-skill 1000 SALESLINE", LED, (
        "  warmline agent show 1000 ", "  warmline agent set 1000 ingroups=SUPPORTLINE,AGENTDIRECT ",
    )),
    ("agent assign 1000 spring", LED, ("  warmline agent set 1000 campaign=spring ",)),
    ("agent set-campaign 1001 spring", LED, ("  warmline agent set 1001 campaign=spring ",)),
    ("ingroup add-member SALESLINE 1000", LED, (
        "  warmline agent set 1000 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT ",
    )),
    ("list assign 101 spring", LED, ("  warmline list set 101 campaign=spring ",)),
    ("list deactivate 101", LED, ("  warmline list set 101 active=N ",)),
    ("did disable 8005550100", LED, ("  warmline did set 8005550100 did_active=N ",)),
    ("did route 8005550100 SALESLINE", LED, ("  warmline did set 8005550100 route=ingroup:SALESLINE ",)),
    ("phone disable 1001", LED, ("  warmline agent set 1001 active=N ",)),
    ("queue open SALESLINE", LED, ("  warmline ingroup set SALESLINE active=Y ",)),
    ('campaign rename spring "Summer Sales"', LED, (
        "  warmline campaign set spring campaign_name='Summer Sales' ", "  warmline campaign copy spring NEW ",
    )),
    ("campaign dial-level spring 2", LED, ("  warmline campaign set spring auto_dial_level=2 ",)),
    ("get agents", LED, ("  warmline agent list ",)),
    ("describe agent 1000", LED, ("  warmline agent show 1000 ",)),
    ("describe campaign dial_timeout", LED, ("  warmline campaign describe dial_timeout ",)),
    ("pause queue SALESLINE", LED, ("  warmline ingroup set SALESLINE active=N ",)),
    ("agent queues 1000 SALESLINE", LED, (
        "  warmline agent set 1000 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT ",
    )),
    ("set agent 1000 phone 1001", LED, ("  warmline agent set 1000 phone=1001 ",)),
    ("set agent 1000 pin 1234", LED, ("  warmline agent set 1000 pin=- ",)),
    ("agent dail 1000 4930555123", LED, ("  warmline agent dial 1000 4930555123 ",)),
)  # fmt: skip

# Searches, and questions about one thing.
SEARCHES: tuple[Guess, ...] = (
    ("calls search 8005551234", LED, (
        "  warmline audit calls --number 8005551234 ", "  warmline history --number 8005551234 ",
    )),
    ("calls lookup 8005551234", LED, ("  warmline audit calls --number 8005551234 ",)),
    ("recordings search 8005551234", LED, ("  warmline recording list --number 8005551234 ",)),
    ("recordings get 1", LED, ("  warmline recording list ", "  warmline recording save 1 ")),
    ("lead why 8005551234", LED, ("  warmline explain lead 8005551234 ",)),
    ("explain lead 8005551234", DONE, ("campaign spring: ", "main number ",)),
    ("explain lead 8005550000", MISSING, ("no lead has the id or the number 8005550000",)),
    ("explain lead 77", MISSING, ("lead 77 does not exist; to find one: warmline lead find NUMBER",)),
    ("lead show 8005551234", DONE, ("phone_number", "8005551234",)),
    ("lead show Ada", LED, ("LEAD_ID cannot be 'Ada'",)),
    ("lead search Smith", LED, ("warmline list export LIST --where 'last_name=Smith'",)),
    ("leads count --campaign spring", LED, ("  warmline list counts --campaign spring ",)),
    ("lead reset 1", LED, ("  warmline list reset LIST ", "  warmline lead set 1 status=NEW ")),
    ("history 8005551234", DONE, ("No call.",)),
    ("dnc show 8005558888", LED, ("  warmline dnc find 8005558888 ",)),
    ("config show", LED, (
        "warmline config show last", "  warmline setting show ", "  warmline config export ./config ",
        "  warmline config history ",
    )),
    ("config show last", DONE, ("+ user eve",)),
    ("config show first", LED, ("REV cannot be 'first'; allowed: last, or the number of a revision",)),
    ("config undo last --yes", DONE, ("- user eve",)),
    ("config undo", LED, ("warmline config undo last",)),
    ("config set timezone Europe/Berlin", LED, ("  warmline setting set timezone=Europe/Berlin ",)),
    ("config set auto_dial_level 2", LED, ("  warmline campaign set CAMPAIGN auto_dial_level=2 ",)),
    ("set timezone=Europe/Berlin", LED, ("  warmline setting set timezone=Europe/Berlin ",)),
    ("setting get timezone", LED, ("did you mean: warmline setting show --json --fields timezone",)),
    ("queue show", LED, ("warmline ingroup show SALESLINE", "  warmline live --once ", "  warmline report day ")),
    ("routes list", LED, ("  warmline did list ", "  warmline route simulate NUMBER ")),
    ("core show channels", LED, ("  warmline call list ",)),
    ("auth login", LED, ("  warmline login URL ", "  warmline whoami ")),
    ("dispo list", LED, ("  warmline disposition list ",)),
    ("user find eve", LED, ("  warmline user list ", "  warmline user show eve ")),
    ("did why 8005550100", LED, ("  warmline route simulate 8005550100 ",)),
)  # fmt: skip

# Values in the wrong form.
PAIRS: tuple[Guess, ...] = (
    ('holiday add 2026-12-25 "Christmas Day"', LED, (
        "  warmline holiday create CHRISTMASDAY holiday_date=2026-12-25 'holiday_name=Christmas Day'",
    )),
    ("holiday add XMAS 2026-12-25", LED, ("  warmline holiday create XMAS holiday_date=2026-12-25",)),
    ("did add 8005550199 SALESLINE", LED, ("  warmline did create 8005550199 route=ingroup:SALESLINE",)),
    ("did add 8005550199 to SALESLINE", LED, ("  warmline did create 8005550199 route=ingroup:SALESLINE",)),
    ("did add 8005550199 --route SALESLINE", LED, ("  warmline did create 8005550199 route=ingroup:SALESLINE",)),
    ("did create 8005550199 route=SALESLINE", LED, ("did you mean ingroup:SALESLINE?",)),
    ("ingroup set SALESLINE hours=mon-fri,09:00-17:00", LED, (
        "  warmline call-time create OFFICE ct_default_start=900 ct_default_stop=1700 ct_saturday_start=2400 ",
        "  warmline ingroup set SALESLINE call_time_id=OFFICE\n", "warmline help opening hours",
    )),
    ("setting set timezone Europe/Berlin", LED, ("  warmline setting set timezone=Europe/Berlin",)),
    ("campaign set spring dial_level 1.5", LED, ("  warmline campaign set spring auto_dial_level=1.5",)),
    ("campaign update spring dial_level=1.5", LED, ("  warmline campaign set spring auto_dial_level=1.5",)),
    ("campaign set spring active no", LED, ("  warmline campaign set spring active=N",)),
    ('agent add 1050 name="Jane Roe" pin=4321 campaign=spring', LED, (
        "  warmline agent create 1050 'full_name=Jane Roe' pin=- campaign=spring",
    )),
    ('list add 103 "Autumn 2026"', LED, ("  warmline list create 103 'list_name=Autumn 2026'",)),
    ("queue add member 1000 to SALESLINE", LED, (
        "  warmline agent show 1000", "  warmline agent set 1000 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT",
    )),
    ("user add sue hunter2", LED, ("'VALUE' is not of the form", "  warmline user create sue pass=-")),
    ("preset add BILLING 8500", LED, ("  warmline preset create BILLING preset_number=8500 campaign=",)),
)  # fmt: skip

# Options of other programs. The line to copy keeps them in Warmline's words.
OPTIONS: tuple[Guess, ...] = (
    ("recording download 1 -o /media/rec.wav", LED, ("  warmline recording save 1 --to /media ",)),
    ("report hourly --date yesterday", LED, ("  warmline report interval --by 1h --day yesterday ",)),
    ("report abandoned --since 7d --format csv", LED, (
        "  warmline report missed --since 7d --csv ", "  warmline report drops --since 7d --csv ",
    )),
    ("report transfers --from 2026-10-01 --to 2026-10-31", LED, (
        "  warmline report transfers --between 2026-10-01..2026-11-01\n",
        "--between ends before its second day, so the last day that you named is in it.",
    )),
    ("report day --since 2026-10-01 --until 2026-10-31 --queue SALESLINE", LED, (
        "  warmline report day --ingroup SALESLINE --between 2026-10-01..2026-11-01\n",
    )),
    ("report agents --from monday --to today", LED, ("  warmline report agents --since monday\n",)),
    ("report agents --from lastweek --to yesterday", LED, ("  warmline report agents --between lastweek..",)),
    ("report service-level --queue SALESLINE --today", LED, (
        "  warmline report day --ingroup SALESLINE --day today ",
    )),
    ("report agents --lastmonth", DONE, ("No agent was logged in since",)),
    ("calls list --live", LED, ("  warmline call list\n",)),
    ("calls list --today", LED, ("  warmline audit calls --day today\n",)),
    ("lead list --campaign spring --limit 10", LED, (
        "  warmline list counts --campaign spring", "  warmline dial hopper spring --limit 10\n",
    )),
    ("audit calls -n 5 --date today", LED, ("  warmline audit calls --limit 5 --day today\n",)),
    ("audit calls --date=today", LED, ("  warmline audit calls --day today\n",)),
    ("agent list -o json", LED, ("  warmline agent list --json\n",)),
    ("agent list -o wide", LED, ("  warmline agent list\n",)),
    ("call search 8005551234 --from 2026-11-01", LED, (
        "  warmline audit calls --number 8005551234 --since 2026-11-01 ",
    )),
    ("config apply ./x --force", LED, ("  warmline config apply ./x --yes\n",)),
)  # fmt: skip

# Imports and other lines that did nothing or too much.
IMPORTS: tuple[Guess, ...] = (
    ("leads import leads.csv --campaign spring", DONE, ("1 imported into list 101",)),
    ("leads import leads.csv --campaign summer", MISSING, ("campaign 'summer' does not exist",)),
    ("leads import leads.csv", LED, ("write: warmline lead import leads.csv --list LIST",)),
    ("leads import leads.csv --list 999", DONE, (
        "list 999 has no campaign, so no dialler calls these leads: warmline list set 999 campaign=",
    )),
    ("agent add 1050 pin=4321", DONE, ("the pin of agent 1050 is easy to guess",)),
    ("list rm 101 --yes", LED, ("list 101 cannot be deleted: used by 1 lead",)),
    ("campaign rm spring --yes", LED, ("list 101",)),
    ("user rm eve --yes", DONE, ("user eve deleted",)),
    ("lead delete 999999 --yes", MISSING, ("lead 999999 does not exist",)),
    ("dnc rm 8005558888 --yes", DONE, ("8005558888 may be dialled again",)),
    ("db restore none.db", LED, ("warmline: none.db does not exist; name the file",)),
    ("logs -f", LED, ("  journalctl -u 'warmline*' -f\n",)),
    ("log", LED, ("  journalctl -u 'warmline*'\n",)),
    ("agent set-skills 1000 german", LED, ("warmline help queue",)),
)  # fmt: skip

ALL: tuple[Guess, ...] = (*VERBS, *SEARCHES, *PAIRS, *OPTIONS, *IMPORTS)
