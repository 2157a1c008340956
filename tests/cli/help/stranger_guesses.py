"""Command lines that two strangers guessed before they saw the command line, and how each one ends.

A guess has its exit code, and texts that its output has. A text that begins with two spaces and `warmline` is a line to
copy. `{lead}` is the number of a lead, and `CALL` is the id of a call.
"""

import re

from cli.output.exit_codes import ExitCode

DONE, LED, MISSING, AWAY, REFUSED = (
    ExitCode.DONE, ExitCode.FAILED, ExitCode.NOT_FOUND, ExitCode.AWAY, ExitCode.REFUSED,
)  # fmt: skip
# A line to copy, without its meaning; lines of the shell, with a pipe or a redirection, are none.
SUGGESTED = re.compile(r"^  warmline (?!.* [|>] )(.+?)(?:  .*)?$", re.MULTILINE)
CALL = "01M8B15X4J2GBX456GFTMT2E6S"

Guess = tuple[str, ExitCode, tuple[str, ...]]

BLIND: tuple[Guess, ...] = (
    ("agents", AWAY, ("the app was not started",)),
    ('agent add 1101 --name "Ann Lee"', LED, ("  warmline agent create 1101 'full_name=Ann Lee'",)),
    ("agent logout 1001", AWAY, ("the app was not started",)),
    ("report pauses --today", LED, (
        "  warmline report agents --fields agent,name,pause,pauses --day today ",
        "  warmline audit agent USER --day today ",
    )),
    ("queue show SALESLINE", DONE, ("drop_call_seconds",)),
    ("ingroup add-agent SALESLINE 1001", LED, (
        "  warmline agent show 1001 ", "  warmline agent set 1001 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT ",
    )),
    ("campaign pause spring", LED, ("  warmline campaign stop spring ", "  warmline campaign set spring active=N ")),
    ("campaign set spring --ratio 1.5", LED, (
        "  warmline campaign set spring auto_dial_level=1.5", "warmline campaign describe auto_dial_level",
    )),
    ("campaign copy spring summer", DONE, ("campaign summer created",)),
    ("leads import leads.csv --list 101 --dry-run", DONE, ("1 would be imported into list 101",)),
    ("list export 101", DONE, ("lead_id,list_id,status",)),
    ("lead find 8005551234", DONE, ("8005551234",)),
    ("list reset 101", DONE, ("list 101: 0 leads reset",)),
    ("dnc add 8005559999", DONE, ("8005559999 is on the list now",)),
    ("dnc check 8005558888", DONE, ("8005558888",)),
    ("dnc import file.csv", DONE, ("1 put on the list",)),
    ("callbacks --today", LED, ("  warmline callback list --day today ", "  warmline report callbacks --day today ")),
    ("callbacks reassign --from 1001 --to 1002", LED, (
        "  warmline callback list --agent 1001 ", "  warmline callback take ID --agent 1002 ",
    )),
    ("calls --today", LED, ("  warmline audit calls --day today ",)),
    (f"call show {CALL}", LED, (f"  warmline audit call {CALL} ", "  warmline call list ")),
    ("why 1", LED, ("  warmline explain lead 1 ", "  warmline route why 1 ")),
    ("audit --since yesterday", LED, (
        "  warmline audit calls --since yesterday ", "  warmline audit config --since yesterday ",
    )),
    ("recordings --number 8005551234", LED, ("  warmline recording list --number 8005551234 ",)),
    ("recordings purge --older-than 90d", LED, (
        "  warmline privacy sweep --dry-run ", "  warmline setting set recordings_keep_days=90 ",
    )),
    ("report agents --week", DONE, ("No agent was logged in since",)),
    ("report abandoned --today", LED, (
        "  warmline report missed --day today ", "  warmline report drops --day today ",
    )),
    ("report campaign spring --csv", LED, (
        "  warmline report day --campaign spring --csv ", "  warmline report agents --campaign spring --csv ",
    )),
    ("user add sue --role supervisor", LED, ("  warmline user create sue role=supervisor pass=-",)),
    ("user passwd eve", LED, ("no value of pass came on standard input",)),
    ("roles show supervisor", LED, ("  warmline help rights ",)),
    ("dialer stop", LED, ("  warmline dial stop ", "  warmline campaign stop CAMPAIGN ")),
    ("dialer status", LED, ("  warmline dial status ",)),
    ("doctor --only database", DONE, ("database",)),
    ("backup copy.db", LED, ("  warmline db backup copy.db ",)),
    ("restore copy.db", LED, ("  warmline db restore copy.db ",)),
    ("config export", LED, ("Missing argument 'DIR'", "for example: warmline config export /etc/warmline/config")),
    ("config diff", LED, ("Missing argument 'DIR'", "for example: warmline config diff /etc/warmline/config")),
    ("dialplan", LED, ("  warmline dialplan lint /etc/asterisk/extensions.conf",)),
    ("webhook add https://crm.example/hook", LED, (
        "  warmline campaign set spring dispo_call_url=https://crm.example/hook ",
        "  warmline setting set webhook_hosts=crm.example ",
    )),
    ("webhook test", LED, ("  warmline audit webhooks --since 1h ",)),
    ("privacy erase 8005551234", REFUSED, ("leads  1", "with --yes it is not asked")),
    ("live", AWAY, ("the app was not started",)),
    ("status", LED, ("  warmline agent status ", "  warmline live ", "  warmline dial status ", "  warmline doctor ")),
    ("agent show 1001", DONE, ("phone_mode",)),
    (f"hangup {CALL}", LED, (f"  warmline call hangup {CALL} ", "  warmline agent hangup USER ")),
)  # fmt: skip

OF_THE_TRADE: tuple[Guess, ...] = (
    ("inbound-group list", DONE, ("SALESLINE",)),
    ("inbound group add SALES2", LED, ("  warmline ingroup create SALES2 ",)),
    ("hopper spring", LED, ("  warmline dial hopper spring ",)),
    ("hopper reset spring", LED, ("  warmline dial hopper spring ", "  warmline list reset LIST ")),
    ("closers --today", LED, ("  warmline report closers --day today ",)),
    ("phones add 2001", DONE, ("phone 2001 created",)),
    ("servers", LED, ("  warmline doctor ",)),
    ("did add 8005550199 --route ingroup:SALESLINE", LED, (
        "  warmline did create 8005550199 route=ingroup:SALESLINE",
    )),
    ("force-logout 1001", LED, ("  warmline agent logout 1001 ",)),
    ("campaign spring start", LED, ("  warmline campaign start spring ",)),
    ("pause 1001 LUNCH", LED, ("  warmline agent pause 1001 LUNCH ",)),
    ("who is paused", LED, ("  warmline agent status ",)),
    ("monitor 1001", LED, ("  warmline live ", "  warmline agent listen 1001 --phone PHONE ")),
    ("lists add 102 --campaign spring", LED, ("  warmline list create 102 campaign=spring",)),
    ("statuses", LED, ("  warmline disposition list ",)),
    ("usergroups list", DONE, ("warmline user-group create ",)),
    ("recordings --agent 1001 --yesterday", LED, ("  warmline recording list --agent 1001 --day yesterday ",)),
    ("sip show peers", LED, ("  warmline phone list ", "  warmline trunk list ")),
    ("trunks status", LED, ("  warmline trunk list ",)),
    ("agent 1001 logout", LED, ("  warmline agent logout 1001 ",)),
    ("extensions list", DONE, ("1001",)),
    ("blacklist add 8005551234", LED, ("  warmline dnc create 8005551234 ", "  warmline setting describe blocklist ")),
)  # fmt: skip
