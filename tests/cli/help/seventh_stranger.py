"""Command lines that a seventh stranger guessed before they saw the command line.

The form is that of `tests.cli.help.stranger_guesses`. Names of their site are those of the tests' site here.
"""

from tests.cli.help.stranger_guesses import AWAY, DONE, LED, MISSING, Guess

BLIND: tuple[Guess, ...] = (
    ('user add 1011 --name "Maria Lopez" --level 1', LED, (
        "  warmline phone create 1011\n",
        "  warmline agent create 1011 user_level=1 'full_name=Maria Lopez' phone=1011 campaign=TESTCAMP\n",
        "  warmline user create 1011 'full_name=Maria Lopez' agent=1011 pass=-\n",
    )),
    ("users list", DONE, ("eve",)),
    ("user passwd eve", LED, ("no value of pass came on standard input",)),
    ("user set eve --role supervisor", LED, ("  warmline user set eve role=supervisor\n",)),
    ("user disable 1001", LED, ("  warmline user set 1001 active=N ", "  warmline agent set 1001 active=N ")),
    ("agents", AWAY, ("the app was not started",)),
    ("agent logout 1003", AWAY, ("the app was not started",)),
    ("agent pause 1003 --reason LUNCH", LED, ("  warmline agent pause 1003 LUNCH\n",)),
    ("unpause 1003", LED, ("  warmline agent ready 1003 ",)),
    ('pause-code add COACH "Coaching" --billable', LED, (
        "  warmline pause-code create COACH billable=YES pause_code_name=Coaching\n",
    )),
    ("campaign add SALES --mode ratio --ratio 2", LED, (
        "  warmline campaign create SALES dial_method=RATIO auto_dial_level=2 ",
    )),
    ("campaign show spring", DONE, ("campaign_name", "Its dialler now: warmline dial status spring")),
    ("campaign set spring callerid=+442071234567", LED, (
        "  warmline campaign set spring campaign_cid=+442071234567\n",
    )),
    ("campaign stop spring", AWAY, ("the app was not started",)),
    ('ingroup add SUPPORT --name "Support line"', LED, (
        "  warmline ingroup create SUPPORT 'group_name=Support line'\n",
    )),
    ("ingroup add-agent CLOSEDLINE 1001 --rank 5", LED, ("CLOSEDLINE ingroup_ranks=CLOSEDLINE:5 ",)),
    ("queue show SALESLINE", DONE, ("Callers and agents now: warmline live.",)),
    ("did add 02071234567 --ingroup SALESLINE", LED, ("  warmline did create 02071234567 route=ingroup:SALESLINE\n",)),
    ("did list", DONE, ("8005550100",)),
    ('route test 8005550100 --at "2025-06-14 18:00"', LED, (
        "  warmline route simulate 8005550100 --at '2025-06-14 18:00' ",
    )),
    ("hours set SALESLINE mon-fri 09:00-17:30", LED, (
        "  warmline call-time create OFFICE ct_default_start=900 ct_default_stop=1730 ",
        "  warmline ingroup set SALESLINE call_time_id=OFFICE\n",
    )),
    ('holiday add 2025-12-25 "Christmas Day"', LED, (
        "  warmline holiday create CHRISTMASDAY holiday_date=2025-12-25 'holiday_name=Christmas Day'\n",
        "  warmline call-time create ALWAYS ct_holidays=CHRISTMASDAY\n",
    )),
    ("leads import leads.csv --list 101 --campaign spring", DONE, ("1 imported into list 101",)),
    ("lead search 07700900123", DONE, ("No lead has the number 07700900123.",)),
    ("lead show 4711", MISSING, ("to find one: warmline lead find NUMBER",)),
    ("list deactivate 101", LED, ("  warmline list set 101 active=N ",)),
    ("list reset 101", DONE, ("list 101: 0 leads reset",)),
    ("callbacks --today", LED, ("  warmline callback list --day today ",)),
    ("callback reassign 12 --agent 1002", LED, ("  warmline callback take 12 --agent 1002 ",)),
    ("dnc add 07700900123", DONE, ("07700900123 is on the list now",)),
    ("dnc import file.csv --campaign spring", DONE, ("1 put on the list",)),
    ("calls live", LED, ("  warmline call list ", "  warmline live ")),
    ("call hangup 1718021234.55", AWAY, ("the app was not started",)),
    ("monitor 1001 --from 200", LED, ("  warmline agent listen 1001 --phone 200 ",)),
    ("audit call 1718021234.55", MISSING, ("to list calls: warmline audit calls",)),
    ("audit verify", DONE, ("No problems: ",)),
    ("recordings list --agent 1001 --date yesterday", LED, ("  warmline recording list --agent 1001 --day yesterday",)),
    ("recordings purge --older-than 90d", LED, ("  warmline setting set recordings_keep_days=90 ",)),
    ("report agents --from 2025-06-09 --to 2025-06-13 --csv", LED, (
        "  warmline report agents --csv --between 2025-06-09..2025-06-14\n",
    )),
    ("report ingroup SALESLINE --yesterday", LED, ("  warmline report day --ingroup SALESLINE --day yesterday ",)),
    ("backup ./warmline-copy.db", LED, ("  warmline db backup ./warmline-copy.db ",)),
    ("doctor -h", DONE, ("Usage: warmline doctor",)),
    ("token create --name crm", LED, (
        "  warmline api-token create crm "
        "scopes=agents:read,calls:read,calls:write,events:read,leads:read,leads:write,recordings:read\n",
    )),
    ("webhook add https://crm.example.com/hook --event call.ended", LED, (
        "  warmline campaign set TESTCAMP dispo_call_url=https://crm.example.com/hook  For call.ended: ",
        "  warmline campaign set spring dispo_call_url=https://crm.example.com/hook  ",
        "  warmline setting set webhook_hosts=crm.example.com ",
    )),
    ("script set spring --file sales-script.html", LED, (
        '  warmline script create spring "script_text=$(cat sales-script.html)"\n',
        "  warmline campaign set spring campaign_script=spring\n",
    )),
)  # fmt: skip
# Guesses of the same kinds about other entries.
SIBLINGS: tuple[Guess, ...] = (
    ("user add 1012 --level 1", LED, (
        "  warmline agent create 1012 user_level=1 phone=1012 campaign=TESTCAMP\n",
        "  warmline user create 1012 agent=1012 pass=-\n",
    )),
    ("user add 1013 --campaign spring --phone 204", LED, (
        "  warmline phone create 204\n", "  warmline agent create 1013 campaign=spring phone=204\n",
    )),
    ("user add 1005 --name Ben", LED, (
        "Did you mean:\n  warmline user create 1005 full_name=Ben agent=1005 pass=-\n",
    )),
    ("user add bsmith --role agent", LED, (
        "  warmline agent create bsmith campaign=TESTCAMP\n",
        "  warmline user create bsmith role=agent agent=bsmith pass=-\n",
    )),
    ("user add boss --role supervisor --level 7", LED, (
        "mean:\n  warmline user create boss role=supervisor pass=-\nLeft out: level=7; user has no such option.",
    )),
    ("agent add 1014 --name Ann", LED, (
        "  warmline phone create 1014\n",
        "  warmline agent create 1014 full_name=Ann phone=1014 campaign=TESTCAMP\n"
        "For the login in a browser, too: warmline user create 1014 agent=1014 pass=-",
    )),
    ("user disable eve", LED, ("did you mean:\n  warmline user set eve active=N  Change options of a user.\nAll",)),
    ("user enable 1001", LED, ("  warmline user set 1001 active=Y ", "  warmline agent set 1001 active=Y ")),
    ("disable user 1001", LED, ("  warmline agent set 1001 active=N ",)),
    ("pause-code add COACH --unpaid", LED, ("  warmline pause-code create COACH billable=NO\n",)),
    ("pause-code create COACH billable=VALUE", LED, (
        "allowed: NO, YES, HALF. Write:\n  warmline pause-code create COACH billable=YES",
    )),
    ("list add 105 --campaign spring --inactive", LED, ("  warmline list create 105 campaign=spring active=N\n",)),
    ("campaign set spring --record", LED, ("  warmline campaign set spring campaign_recording=ALLCALLS\n",)),
    ("campaign set spring --no-recording", LED, ("  warmline campaign set spring campaign_recording=NEVER\n",)),
    ("did add 8005550177 --active --ingroup SALESLINE", LED, (
        "  warmline did create 8005550177 did_active=Y route=ingroup:SALESLINE\n",
    )),
    ("spy 1001 --extension 200", LED, ("  warmline agent listen 1001 --phone 200 ",)),
    ("whisper 1001 --from PJSIP/200", LED, ("did you mean:\n  warmline agent whisper 1001 --phone 200 ",)),
    ("barge 1001 1002", LED, ("  warmline agent barge 1001 --phone 1002 ",)),
    ("agent listen 1001 --from 200", LED, ("did you mean:\n  warmline agent listen 1001 --phone 200",)),
    ("agent listen 1001 200", LED, ("did you mean: warmline agent listen 1001 --phone 200",)),
    ("webhook add https://crm.example.com/h --on answered --campaign spring", LED, (
        "  warmline campaign set spring start_call_url=https://crm.example.com/h  For answered: ",
    )),
    ("webhook add https://crm.example.com/h --event call.transferred", LED, (
        "  warmline campaign set spring transfer_url=https://crm.example.com/h ",
    )),
    ("lead import leads.csv --list 107 --campaign spring", LED, (
        "  warmline list create 107 campaign=spring\n  warmline lead import leads.csv --list 107",
    )),
    ("lead import leads.csv --list 101 --campaign TESTCAMP", LED, (
        "list 101 belongs to campaign spring. ",
        "  warmline list set 101 campaign=TESTCAMP\n  warmline lead import leads.csv --list 101",
    )),
    ("audit calls --since 7d --day today --json", LED, (
        "give one of them:\n  warmline audit calls --since 7d --json\n",
    )),
    ("audit calls --today --since=7d", LED, ("give one of them:\n  warmline audit calls --day today\n",)),
    ("report day --json --csv", LED, ("give one of them:\n  warmline report day --json\n",)),
    ("script add GREET greet.html", LED, ('  warmline script create GREET "script_text=$(cat greet.html)"\n',)),
    ("script create GREET script_text=@greet.txt", LED, (
        "script_text=@greet.txt would store these characters, not the file's text. Write:\n"
        '  warmline script create GREET "script_text=$(cat greet.txt)"',
    )),
    ("script import greet.html", LED, ('  warmline script create GREET "script_text=$(cat greet.html)" ',)),
    ("users", DONE, ("eve",)),
    ("lists", DONE, ("101",)),
    ("queues", DONE, ("SALESLINE",)),
    ("recordings", DONE, ("No recording since ",)),
    ("settings", DONE, ("webhook_hosts",)),
    ("token add wallboard", LED, ("scopes=agents:read,calls:read,events:read,reports:read",)),
    ("token create --for bi", LED, (
        "  warmline api-token create bi "
        "scopes=agents:read,calls:read,events:read,leads:read,recordings:read,reports:read\n",
    )),
    ("campaign describe dial_method auto_dial_level", LED, (
        "  warmline campaign describe dial_method\n  warmline campaign describe auto_dial_level\n",
    )),
    ("campaign pause", LED, ("CAMPAIGN is one of: TESTCAMP, spring.",)),
)  # fmt: skip
# Guesses of an eighth stranger that led to a wrong line, and similar ones.
READ_ONLY = "scopes=agents:read,calls:read,events:read,leads:read,recordings:read,reports:read\n"
EIGHTH: tuple[Guess, ...] = (
    ('disposition add SALE "Sale made" --campaign TESTCAMP', LED, (
        "  warmline disposition set SALE 'status_name=Sale made'\n"
        "disposition SALE exists, for all campaigns; the line changes it.",
    )),
    ("disposition add SALE --campaign TESTCAMP", LED, (
        "  warmline disposition show SALE\ndisposition SALE exists, for all campaigns.\n",
    )),
    ("token create crm --scope read", LED, (f"  warmline api-token create crm {READ_ONLY}",)),
    ("token create crm --scope orders", LED, (f"{READ_ONLY}Left out: scopes=orders; allowed for scopes: ",)),
    ("token create crm --scopes read-only", LED, (f"  warmline api-token create crm {READ_ONLY}",)),
    ("pause list", LED, ("did you mean:\n  warmline pause-code list ",)),
    ("break list", LED, ("did you mean:\n  warmline pause-code list ",)),
    ("hours set night mon-fri 20:00-23:00", LED, (
        "  warmline call-time create night ct_default_start=2000 ct_default_stop=2300 ",
    )),
    ("logs -f --level error", LED, ("  journalctl -u 'warmline*' -f | grep level=error\n",)),
    ("log --errors", LED, ("  journalctl -u 'warmline*' | grep level=error\n",)),
    ("logs --tail 100", LED, ("  journalctl -u 'warmline*' -n 100\n",)),
    ("logs --since 1h", LED, ("  journalctl -u 'warmline*' --since -1h\n",)),
)  # fmt: skip
ALL = (*BLIND, *SIBLINGS, *EIGHTH)
