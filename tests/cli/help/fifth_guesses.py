"""Command lines that a fifth stranger guessed before they saw the command line, and others of the same kinds.

The form is that of `tests.cli.help.stranger_guesses`. `test_hints_run` runs each line that a hint proposes.
"""

from tests.cli.help.stranger_guesses import AWAY, DONE, LED, MISSING, Guess

# The stranger's list, line by line.
BLIND: tuple[Guess, ...] = (
    ('agent add 1050 --name "Maria Lopez" --phone PJSIP/1050', LED, (
        "  warmline phone create 1050\n", "  warmline agent create 1050 'full_name=Maria Lopez' phone=1050\n",
    )),
    ("agents list", DONE, ("1000",)),
    ("agent set-pin 1001 4821", LED, ("  warmline agent set 1001 pin=- ",)),
    ("agent update 1001 --phone PJSIP/2001", LED, (
        "  warmline phone create 2001\n", "  warmline agent set 1001 phone=2001\n",
    )),
    ("agent rm 1050", MISSING, ("agent '1050' does not exist",)),
    ("agent add-to-ingroup 1000 AGENTDIRECT --rank 3", LED, (
        "  warmline agent set 1000 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT ingroup_ranks=AGENTDIRECT:3 ",
    )),
    ("ingroups ls", DONE, ("SALESLINE",)),
    ('ingroup create SUPPORT --name "Customer Support"', LED, (
        "  warmline ingroup create SUPPORT 'group_name=Customer Support'\n",
    )),
    ("ingroup set SALESLINE strategy=longest-idle", LED, (
        "  warmline ingroup set SALESLINE next_agent_call=longest_wait_time",
    )),
    ("ingroup SALESLINE --max-wait 120", LED, ("  warmline ingroup set SALESLINE drop_call_seconds=120 ",)),
    ("queue show SALESLINE", DONE, ("Callers and agents now: warmline live.",)),
    ("hours add OFFICE mon-fri 09:00-17:30", LED, (
        "  warmline call-time create OFFICE ct_default_start=900 ct_default_stop=1730 ct_saturday_start=2400 "
        "ct_saturday_stop=2400 ct_sunday_start=2400 ct_sunday_stop=2400",
    )),
    ('holiday add 2026-12-25 "Christmas Day"', LED, (
        "  warmline holiday create CHRISTMASDAY holiday_date=2026-12-25 'holiday_name=Christmas Day'",
    )),
    ("hours check SALESLINE", LED, ("  warmline route simulate --ingroup SALESLINE ",)),
    ("did add 4930555010 --ingroup SALESLINE", LED, (
        "  warmline did create 4930555010 route=ingroup:SALESLINE\n",
    )),
    ("did list", DONE, ("8005550100",)),
    ('route test 8005550100 --at "2026-11-29 20:00"', LED, (
        "  warmline route simulate 8005550100 --at '2026-11-29 20:00' ",
    )),
    ('campaign new WINTER --name "Winter sale"', LED, (
        "  warmline campaign create WINTER 'campaign_name=Winter sale'\n",
    )),
    ("campaign set spring --callerid 4930555000", LED, ("  warmline campaign set spring campaign_cid=4930555000\n",)),
    ("campaign stop spring", AWAY, ("the app was not started",)),
    ("dialer level spring 1.5", LED, ("  warmline campaign set spring auto_dial_level=1.5 ",)),
    ("leads import leads.csv --list 101", DONE, ("1 imported into list 101",)),
    ("list show 101", DONE, ("Its leads: warmline list counts 101",)),
    ("lead search 8005551234", DONE, ("8005551234",)),
    ("list reset 101", DONE, ("list 101: 0 leads reset",)),
    ("dnc add 4930123456", DONE, ("4930123456 is on the list now",)),
    ("dnc check 8005558888", DONE, ("8005558888",)),
    ("callbacks list --today", DONE, ("No callback is pending",)),
    ('disposition add NOTINT "Not interested"', LED, (
        "  warmline disposition create NOTINT 'status_name=Not interested'",
    )),
    ('pause-code create LUNCH2 --description "Lunch break"', LED, (
        "  warmline pause-code create LUNCH2 'pause_code_name=Lunch break'\n",
    )),
    ('transfer add "Billing" 4930555090', LED, (
        "  warmline preset create Billing ", " preset_number=4930555090 ", " campaign=",
    )),
    ("recordings list --agent 1000 --from yesterday", LED, (
        "  warmline recording list --agent 1000 --since yesterday\n",
    )),
    ("recordings purge --older-than 90d", LED, (
        "you may mean:\n  warmline recording list --between 2000-01-01..90d ",
        "  warmline setting set recordings_keep_days=90 ",
    )),
    ("calls --today", LED, ("  warmline audit calls --day today ",)),
    ("call history 4930123456", LED, ("you may mean:\n  warmline history 4930123456 ",)),
    ("report agents --last-week", DONE, ("No agent was logged in since",)),
    ("report ingroup SALESLINE --from 2026-11-01 --to 2999-11-30 --format csv", LED, (
        "  warmline report day --ingroup SALESLINE --csv --between 2026-11-01..2999-12-01 ",
    )),
    ("live", AWAY, ("the app was not started",)),
    ("monitor 1000 --phone PJSIP/3000", LED, ("you may mean:\n  warmline agent listen 1000 --phone 3000 ",)),
    ("agent logout 1000", AWAY, ("the app was not started",)),
    ("user add sandra --role supervisor", LED, ("  warmline user create sandra role=supervisor pass=-\n",)),
    ("apikey create --name crm", LED, (
        "  warmline api-token create crm scopes=agents:read,calls:read,calls:write,events:read,",
    )),
    ("webhook add https://crm.example.com/hook --event call.ended", LED, (
        "  warmline campaign set spring dispo_call_url=https://crm.example.com/hook ",
        "  warmline setting set webhook_hosts=crm.example.com ",
    )),
    ("backup backup.tgz", LED, ("  warmline db backup backup.db ", "an SQLite file.")),
    ("audit log --since 7d", LED, ("you may mean:\n  warmline audit config --since 7d ",)),
)  # fmt: skip

# A value in other words becomes one that its option allows, or is named as left out.
VALUES: tuple[Guess, ...] = (
    ("ingroup set SALESLINE next_agent_call=longest-idle", LED, (
        "  warmline ingroup set SALESLINE next_agent_call=longest_wait_time",
    )),
    *(
        (f"queue set SALESLINE --strategy {word}", LED, (f"  warmline ingroup set SALESLINE next_agent_call={one}\n",))
        for word, one in (
            ("rrmemory", "longest_wait_time"), ("leastrecent", "longest_wait_time"), ("ringall", "ring_all"),
            ("fewestcalls", "fewest_calls"), ("wrandom", "random"), ("penalty", "inbound_group_rank"),
        )
    ),
    ("ingroup set SALESLINE --strategy qqq", LED, (
        "Left out: next_agent_call=qqq; allowed for next_agent_call: longest_wait_time, random, ",
    )),
    ("ingroup set SALESLINE --max-wait 2m", LED, ("  warmline ingroup set SALESLINE drop_call_seconds=120\n",)),
    ("ingroup set SALESLINE drop_action=voice-mail", LED, ("  warmline ingroup set SALESLINE drop_action=VOICEMAIL",)),
    ("campaign set spring recording=all", LED, ("  warmline campaign set spring campaign_recording=ALLCALLS",)),
    ("campaign set spring --ratio 1.5x", LED, ("  warmline campaign set spring auto_dial_level=1.5\n",)),
    ("campaign set spring --ratio 3:1", LED, ("  warmline campaign set spring auto_dial_level=3\n",)),
    ("campaign set spring --callerid '+49 30 555000'", LED, (
        "  warmline campaign set spring campaign_cid=+4930555000\n",
    )),
    ("campaign set spring --wrapup 30s", LED, ("  warmline campaign set spring wrapup_seconds=30\n",)),
    ("setting set tz=berlin", LED, ("  warmline setting set timezone=Europe/Berlin",)),
    ("setting set keep_recordings=3w", LED, ("  warmline setting set recordings_keep_days=21",)),
    ("user set eve --role administrator", LED, ("  warmline user set eve role=admin\n",)),
    ("agent set 1000 --phone-mode on-hook", LED, ("  warmline agent set 1000 phone_mode=on_hook\n",)),
    ("agent set 1000 --active off", LED, ("  warmline agent set 1000 active=N\n",)),
    ("did add 8005550177 --to queue:SALESLINE", LED, ("  warmline did create 8005550177 route=ingroup:SALESLINE\n",)),
    ("did add 8005550177 --route 8500", LED, ("  warmline did create 8005550177 route=extension:8500\n",)),
    ('holiday add "New Year" --date 01.01.2027', LED, (
        "  warmline holiday create NEWYEAR ", "holiday_date=2027-01-01", "'holiday_name=New Year'",
    )),
    ("dial level spring 2", LED, ("  warmline campaign set spring auto_dial_level=2 ",)),
    ("campaign dial-level spring 99", LED, ("  warmline campaign describe auto_dial_level ",)),
)  # fmt: skip

# Opening hours name all days.
HOURS: tuple[Guess, ...] = tuple(
    (f"hours add SHOP {typed}", LED, (f"  warmline call-time create SHOP {' '.join(options)}",))
    for typed, options in (
        ("weekdays 9-17", (
            "ct_default_start=900", "ct_default_stop=1700", "ct_saturday_start=2400", "ct_saturday_stop=2400",
            "ct_sunday_start=2400", "ct_sunday_stop=2400\n",
        )),
        ("'Mon-Fri 9am-5pm, Sat 10-14'", (
            "ct_default_start=900", "ct_default_stop=1700", "ct_saturday_start=1000", "ct_saturday_stop=1400",
            "ct_sunday_start=2400", "ct_sunday_stop=2400\n",
        )),
        ("09:00-17:30 mon to fri", ("ct_default_start=900", "ct_default_stop=1730", "ct_saturday_start=2400")),
        ("--days mon-fri --hours 9-17:30", ("ct_default_start=900", "ct_default_stop=1730", "ct_saturday_start=2400")),
        ("--from 9 --to 17", ("ct_default_start=900", "ct_default_stop=1700\n")),
        ("24/7", ("ct_default_start=0", "ct_default_stop=2400\n")),
        ("9-5", ("ct_default_start=900", "ct_default_stop=1700\n")),
    )
)  # fmt: skip

# A word for what has another name here, with the values that were typed.
NOUNS: tuple[Guess, ...] = (
    ("agent remove-from-ingroup 1000 SALESLINE", LED, ("  warmline agent set 1000 ingroups=SUPPORTLINE,AGENTDIRECT ",)),
    ("agent assign-to-campaign 1000 spring", LED, ("  warmline agent set 1000 campaign=spring ",)),
    ("list add-to-campaign 101 spring", LED, ("  warmline list set 101 campaign=spring ",)),
    ("preset add Billing 4930555090", LED, ("  warmline preset create Billing ", " preset_number=4930555090 ")),
    ("phonebook list", DONE, ("There is no preset yet.",)),
    ("transfers list", LED, ("  warmline preset list ",)),
    ("dialer list", LED, ("  warmline campaign list",)),
    ("dialer spring level 2", LED, ("  warmline campaign set spring auto_dial_level=2 ",)),
    ("monitor 1000", LED, ("  warmline agent listen 1000 --phone PHONE ",)),
    ("call dial 8005551234 --agent 1000", LED, ("  warmline agent dial 1000 8005551234 ",)),
    ("webhook list", LED, ("  warmline audit webhooks ",)),
    ("list left 101", LED, ("  warmline list counts 101 ",)),
    ("is open SALESLINE", LED, ("  warmline route simulate --ingroup SALESLINE ",)),
    ("campaign create --name Winter", LED, ("  warmline campaign create Winter campaign_name=Winter\n",)),
    ("list add --id 105 --name Autumn", LED, ("  warmline list create 105 list_name=Autumn\n",)),
    ("history 8005551234", DONE, ("No call.",)),
    ("campaign show spring", DONE, ("warmline dial status spring", "warmline list counts --campaign spring")),
)  # fmt: skip

ALL: tuple[Guess, ...] = (*BLIND, *VALUES, *HOURS, *NOUNS)
