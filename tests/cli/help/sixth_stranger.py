"""Command lines that a sixth stranger guessed before they saw the command line.

The form is that of `tests.cli.help.stranger_guesses`. `test_hints_run` runs each line that a hint proposes.
"""

from tests.cli.help.stranger_guesses import AWAY, DONE, LED, MISSING, Guess

BLIND: tuple[Guess, ...] = (
    ("agents show", LED, ("  warmline agent status ",)),
    ('agent add 1004 --name "Maria Keller" --phone PJSIP/204', LED, (
        "  warmline phone create 204\n", "  warmline agent set 1004 'full_name=Maria Keller' phone=204\n",
    )),
    ("agent logout 1002", AWAY, ("the app was not started",)),
    ("agent pause 1001 --reason LUNCH", LED, ("  warmline agent pause 1001 LUNCH\n",)),
    ("report pauses --date yesterday --by code", LED, (
        "  warmline report agents --fields agent,name,pause,pauses --day yesterday ",
    )),
    ("ingroup remove-agent SUPPORTLINE 1003", LED, ("  warmline agent set 1003 ingroups=SALESLINE,AGENTDIRECT ",)),
    ("ingroup set SALESLINE agent 1000 rank 9", LED, (
        "write:\n  warmline agent set 1000 ingroup_ranks=SALESLINE:9\n",
    )),
    ("queue show SALESLINE", DONE, ("Callers and agents now: warmline live.",)),
    ("top -n 2", LED, ("Left out: -n 2. Without it:\n  warmline live\n",)),
    ("did add +49305557020 --ingroup SUPPORTLINE", LED, (
        "  warmline did create +49305557020 route=ingroup:SUPPORTLINE\n",
    )),
    ('route test 0305557020 --from 01715550123 --at "2026-11-15 10:00"', LED, (
        "  warmline route simulate 0305557020 --cid 01715550123 --at '2026-11-15 10:00' ",
    )),
    ("hours set SALESLINE mon-fri 08:30-18:00", LED, (
        "  warmline call-time create OFFICE ct_default_start=830 ct_default_stop=1800 ",
        "  warmline ingroup set SALESLINE call_time_id=OFFICE\n",
    )),
    ('holiday add 2026-12-24 12:00-23:59 --name "Christmas Eve"', LED, (
        "  warmline holiday create CHRISTMASEVE holiday_date=2026-12-24 'holiday_name=Christmas Eve' "
        "ct_default_start=0 ct_default_stop=1200\n",
    )),
    ("holidays list --from today --to 2026-12-31", LED, (
        "Left out: --from today --to 2026-12-31. Without it:\n  warmline holiday list\n",
    )),
    ('disposition add TESTCAMP CALLBK2 "Call back in two weeks"', LED, (
        "'CALLBK2' cannot name a disposition; allowed: 1 to 6 ",
        "Choose another name, with: campaigns=TESTCAMP 'status_name=Call back in two weeks'",
    )),
    ("report dispositions TESTCAMP --last-week", LED, (
        "did you mean: warmline report dispositions --day lastweek --campaign TESTCAMP",
    )),
    ("leads import leads-november.csv --list 101 --skip-duplicates", LED, (
        "  warmline lead import leads-november.csv --list 101  An import refuses numbers that the list has;",
    )),
    ("lead search 02215550188", DONE, ("No lead has the number 02215550188.",)),
    ("list reset 101 --status NA,B", DONE, ("list 101: 0 leads reset",)),
    ("leads export --list 101 --status SALE --format csv", LED, ("  warmline list export 101 --where status=SALE ",)),
    ("dnc add 02115550147", DONE, ("02115550147 is on the list now",)),
    ("dnc show 02115550147", LED, ("  warmline dnc find 02115550147 ",)),
    ("callbacks list --agent 1001 --overdue", LED, (
        "  warmline callback list --state due --agent 1001\n", "  warmline callback list --state missed --agent 1001\n",
    )),
    ("callbacks move --from 1003 --to 1000", LED, (
        "  warmline callback list --agent 1003  Show the ids.", "  warmline callback take ID --agent 1000  ",
    )),
    ("recordings list --number 01715550123 --since 30d", DONE, ("No recording since ",)),
    ("recordings prune --older-than 90d --dry-run", LED, (
        "you may mean:\n  warmline recording list --between 2000-01-01..90d ",
        "  warmline setting set recordings_keep_days=90 ",
        "  warmline privacy sweep --dry-run  ",
    )),
    ("calls --agent 1002 --since today", LED, (
        "  warmline audit calls --agent 1002 --since today ", "  warmline audit call CALL ",
    )),
    ("audit verify", DONE, ("No problems: ",)),
    ("report sla SUPPORTLINE --yesterday --by hour --target 20", LED, (
        "  warmline report interval --day yesterday --by 1h --ingroup SUPPORTLINE ", "Left out: --target 20.",
    )),
    ("report abandoned SALESLINE --from 12:00 --to 14:00", LED, (
        "  warmline report missed --between 12:00..14:00 --ingroup SALESLINE ",
    )),
    ("webhook add https://crm.example.com/hooks/call --event call.ended", LED, (
        "  warmline campaign set spring dispo_call_url=https://crm.example.com/hooks/call ",
        "  warmline setting set webhook_hosts=crm.example.com ", "For call.ended: ",
    )),
    ("webhook failed --retry", LED, ("did you mean:\n  warmline audit webhooks  ", "no command sends one again.")),
    ('user add jweber --role supervisor --name "Jonas Weber"', LED, (
        "  warmline user create jweber role=supervisor 'full_name=Jonas Weber' pass=-\n",
    )),
    ("passwd 1001", LED, ("  warmline password ",)),
    ("token create bi --read-only --expires 365d", LED, (
        "  warmline api-token create bi scopes=agents:read,calls:read,events:read,leads:read,recordings:read,"
        "reports:read  A token does not expire; ",
    )),
    ("token revoke old-crm", LED, ("did you mean:\n  warmline api-token delete old-crm  The token stops working",)),
    ("backup /var/backups/warmline/", LED, ("  warmline db backup /var/backups/warmline/warmline-backup.db  ",)),
    ("status", LED, ("  warmline doctor ",)),
    ("trunk show carrier1", MISSING, ("trunk 'carrier1' does not exist",)),
    ("ingroup set SUPPORTLINE moh=jazz", LED, ("  warmline ingroup set SUPPORTLINE moh_context=jazz\n",)),
    ("ingroup set SALESLINE announce-position=yes announce-frequency=45", LED, (
        "  warmline ingroup set SALESLINE play_place_in_line=Y prompt_interval=45\n",
    )),
    ("campaign stop TESTCAMP", AWAY, ("the app was not started",)),
    ("ingroup edit SALESLINE --max-waiting 15 --overflow voicemail", LED, (
        "  warmline ingroup set SALESLINE max_calls_count=15 max_calls_action=AFTERHOURS after_hours_action=VOICEMAIL "
        "max_calls_method=IN_QUEUE after_hours_voicemail=MAILBOX\n", "Calls after hours get the same action.",
    )),
    ("log TESTCAMP --since monday", LED, (
        "you may mean:\n  warmline audit config --since monday --entity campaign --name TESTCAMP ",
    )),
    ("undo", LED, ("  warmline config undo REVISION ", "  warmline config history ")),
)  # fmt: skip
