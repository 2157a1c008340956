"""Command lines that a fourth stranger guessed before they saw the command line, and others of the same kinds.

The form is that of `tests.cli.help.stranger_guesses`. The names are those of the tests' database.
"""

from tests.cli.help.stranger_guesses import AWAY, DONE, LED, MISSING, Guess

# The stranger's list, line by line.
BLIND: tuple[Guess, ...] = (
    ("agents list", DONE, ("1000",)),
    ('agent add 1002 --name "Jane Doe"', LED, (
        "  warmline agent set 1002 'full_name=Jane Doe'\n", "agent 1002 exists; the line changes it.",
    )),
    ("agent show 1000", DONE, ("full_name",)),
    ("agent disable 1001", LED, ("  warmline agent set 1001 active=N ",)),
    ("agent passwd 1000", LED, ("  warmline agent set 1000 pin=- ",)),
    ("ingroup ls", DONE, ("SALESLINE",)),
    ('create ingroup SUPPORT --name "Support Line"', LED, (
        "  warmline ingroup create SUPPORT 'group_name=Support Line' ",
    )),
    ("ingroup add-agent SALESLINE 1000", LED, (
        "  warmline agent set 1000 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT ",
    )),
    ("ingroup set SALESLINE max_wait=120", LED, (
        "did you mean drop_call_seconds?", "  warmline ingroup set SALESLINE drop_call_seconds=120",
    )),
    ('ingroup set SALESLINE --hours "mon-fri 09:00-17:00"', LED, (
        "  warmline call-time create OFFICE ct_default_start=900 ct_default_stop=1700 ct_saturday_start=2400 "
        "ct_saturday_stop=2400 ct_sunday_start=2400 ct_sunday_stop=2400\n"
        "  warmline ingroup set SALESLINE call_time_id=OFFICE\n",
    )),
    ("hours list", DONE, ("warmline call-time create OFFICE",)),
    ('holiday add 2026-12-25 "Christmas Day"', LED, (
        "  warmline holiday create CHRISTMASDAY holiday_date=2026-12-25 'holiday_name=Christmas Day'",
    )),
    ("get campaigns", LED, ("  warmline campaign list ",)),
    ("campaign enable spring", LED, ("  warmline campaign set spring active=Y ",)),
    ("campaign update spring --dial-level 2", LED, ("  warmline campaign set spring auto_dial_level=2\n",)),
    ("leads import leads.csv --list 101", DONE, ("1 imported into list 101",)),
    ("lead search 8005551234", DONE, ("8005551234",)),
    ("lead add --list 101 --phone 8005551299 --first-name John --last-name Smith", LED, (
        "  warmline lead create phone_number=8005551299 first_name=John last_name=Smith --list 101\n",
    )),
    ("list reset 101", DONE, ("list 101: 0 leads reset",)),
    ("dnc add 5559998888", DONE, ("5559998888 is on the list now",)),
    ("dnc check 8005558888", DONE, ("8005558888",)),
    ("dnc rm 8005558888", DONE, ("8005558888 may be dialled again",)),
    ("callbacks list --agent 1000", DONE, ("No callback is pending.",)),
    ("recordings list --today", DONE, ("No recording since",)),
    ("recording get 1 -o call.wav", LED, ("  warmline recording save 1 --to . ", "  warmline audit call 1 ")),
    ("calls list --agent 1000 --date yesterday", LED, ("  warmline audit calls --agent 1000 --day yesterday",)),
    ("call show 1", LED, ("  warmline audit call 1 ",)),
    ("report agents --from 2026-01-05 --to 2026-01-11 --csv", LED, (
        "  warmline report agents --csv --between 2026-01-05..2026-01-12\n",
    )),
    ("report ingroup SALESLINE --today", LED, ("  warmline report day --ingroup SALESLINE --day today ",)),
    ("live", AWAY, ("the app was not started",)),
    ("channel hangup 1", LED, ("  warmline call hangup 1 ", "  warmline call list ")),
    ("config export", LED, ("for example: warmline config export /etc/warmline/config",)),
    ("undo", LED, ("  warmline config undo REVISION ", "  warmline config history ")),
    ("audit log", LED, ("  warmline config history ",)),
    ("status", LED, ("you may mean:\n  warmline doctor ", "  warmline agent status ")),
    ("logs -f", LED, ("  journalctl -u 'warmline*' -f\n",)),
    ("backup create", LED, ("  warmline db backup warmline-backup.db ",)),
    ("restore backup.db", LED, ("  warmline db restore backup.db ",)),
    ("token create crm", LED, (
        "api-token crm needs scopes=VALUE; allowed: one or more of ALL, ",
        "  warmline api-token create crm scopes=agents:read,calls:read,calls:write",
    )),
    ("webhook add https://crm.example.com/hook --event call.ended", LED, (
        "  warmline campaign set spring dispo_call_url=https://crm.example.com/hook ",
    )),
    ("did add 18005551212 --ingroup SALESLINE", LED, ("  warmline did create 18005551212 route=ingroup:SALESLINE\n",)),
    ("phones list", DONE, ("1001", "asterisk -rx 'pjsip show contacts'", "warmline doctor")),
    ("script show spring", MISSING, (
        "script 'spring' does not exist", "campaign spring has no script; to give it one:\n",
        "  warmline script create GREETING ", "  warmline campaign set spring campaign_script=GREETING",
    )),
    ('pausecode add LUNCH2 "Lunch break"', LED, (
        "  warmline pause-code create LUNCH2 'pause_code_name=Lunch break'",
    )),
    ("preset add spring --name Manager --number 2000", LED, (
        "  warmline preset create MANAGER campaign=spring preset_name=Manager preset_number=2000\n",
    )),
)  # fmt: skip

# Words of queues, PBXs and everyday language for options.
OPTION_WORDS: tuple[Guess, ...] = (
    ("ingroup set SALESLINE maxwait=120", LED, ("  warmline ingroup set SALESLINE drop_call_seconds=120",)),
    ("ingroup set SALESLINE --max-wait-time 120", LED, ("  warmline ingroup set SALESLINE drop_call_seconds=120\n",)),
    ("ingroup set SALESLINE timeout=90", LED, ("  warmline ingroup set SALESLINE drop_call_seconds=90",)),
    ("ingroup set SALESLINE greeting=hello", LED, (
        "  warmline ingroup set SALESLINE welcome_message_filename=hello",
    )),
    ("ingroup set SALESLINE moh=jazz", LED, ("  warmline ingroup set SALESLINE moh_context=jazz",)),
    ("ingroup set SALESLINE --strategy random", LED, ("  warmline ingroup set SALESLINE next_agent_call=random\n",)),
    ("ingroup set SALESLINE limit=20", LED, ("  warmline ingroup set SALESLINE max_calls_count=20",)),
    ("ingroup set SALESLINE recording=ALLCALLS", LED, (
        "  warmline ingroup set SALESLINE ingroup_recording_override=ALLCALLS",
    )),
    ("ingroup set SALESLINE wrapup=30", LED, ("  warmline campaign set TESTCAMP wrapup_seconds=30",)),
    ("ingroup set SALESLINE --wrapup 30", LED, ("  warmline campaign set TESTCAMP wrapup_seconds=30\n",)),
    ("campaign set spring callerid=8005550199", LED, ("  warmline campaign set spring campaign_cid=8005550199",)),
    ("campaign set spring acw=30", LED, ("  warmline campaign set spring wrapup_seconds=30",)),
    ("ingroup describe max_wait", LED, ("did you mean drop_call_seconds? Or wait_time_option_seconds?",)),
    ("ingroup describe max_foo", LED, ("allowed: max_calls_method, max_calls_count, max_calls_action and others",)),
    ("lead create --list 101 phone=8005551299", LED, ("a lead has no field 'phone'; did you mean phone_number?",)),
)  # fmt: skip

# The names in a line exist, or the line that creates them comes first.
ENTRIES: tuple[Guess, ...] = (
    ("ingroup set SALESLINE hours=9am-5pm", LED, (
        "  warmline call-time create OFFICE ct_default_start=900 ct_default_stop=1700\n",
    )),
    ('did set 8005550100 --hours "Mon to Sat 8-12"', LED, (
        "ct_default_start=800 ct_default_stop=1200 ct_sunday_start=2400 ct_sunday_stop=2400\n",
        "  warmline did set 8005550100 call_time_id=OFFICE\n",
    )),
    ("agent add 1050 --campaign winter", LED, (
        "  warmline campaign create winter\n  warmline agent create 1050 campaign=winter\n",
    )),
    ("agent add 1050 --campaign sprng", LED, ("  warmline agent create 1050 campaign=spring\n",)),
    ("preset create BILLING", LED, ("  warmline preset create BILLING campaign=",)),
    ("holiday create XMAS holiday_date=2026-12-25", DONE, (
        "no call time names holiday XMAS", "  warmline call-time create ALWAYS ct_holidays=XMAS\n",
    )),
)  # fmt: skip

# One word that is not understood leaves the others.
LEFT_OUT: tuple[Guess, ...] = (
    ("campaign update spring --dial-level 2 --zzz 9", LED, (
        "  warmline campaign set spring auto_dial_level=2\n", "Left out: zzz=9; campaign has no such option.",
    )),
    ("campaign set spring dial_level=2 qqq=9", LED, (
        "  warmline campaign set spring auto_dial_level=2\n", "Left out: qqq=9; campaign has no such option.",
    )),
    ("lead add --list 101 --phone 8005551299 --zzz 1", LED, (
        "  warmline lead create phone_number=8005551299 --list 101\n", "Left out: zzz=1; ",
    )),
    ("report day --date yesterday --colour red", LED, (
        "  warmline report day --day yesterday\n", "Left out: --colour red; warmline report day has no such option.",
    )),
    ("create ingroup SUPPORT --name Support --zzz 9", LED, (
        "  warmline ingroup create SUPPORT group_name=Support  Left out, because ingroup has no such option: zzz=9",
    )),
)  # fmt: skip

# Verbs are no names.
VERBS: tuple[Guess, ...] = (
    ("channel request hangup 1", LED, ("  warmline call hangup 1 ",)),
    ("cdr list", LED, ("  warmline audit calls ", "  warmline audit call CALL ")),
    ("backup list", LED, ("  ls -lt /var/backups/warmline ",)),
    ("token create crm --scopes ALL", LED, ("  warmline api-token create crm scopes=ALL\n",)),
    ("force logout 1001", LED, ("  warmline agent logout 1001 ",)),
)  # fmt: skip

# Words and options of other programs, by kind.
BY_KIND: tuple[Guess, ...] = (
    ("agent list -n 20", LED, ("Without it:\n  warmline agent list\n",)),
    ("did list --ingroup SALESLINE", LED, ("Without it:\n  warmline did list\n",)),
    ("audit agent 1001 --last 24h", LED, ("Without it:\n  warmline audit agent 1001\n",)),
    ("fwconsole reload", LED, ("  systemctl reload warmline\n",)),
    ("systemctl restart warmline", LED, ("  systemctl restart warmline.target\n",)),
    ("campaign list-leads spring", LED, ("  warmline lead list ",)),
    ("leads export --list 101 -o out.csv", LED, ("  warmline list export 101 --to out.csv ",)),
    ("dnc 8005550000", LED, ("  warmline dnc find 8005550000 ",)),
    ("calls active", LED, ("  warmline call list ",)),
    ("recordings --last 7d", LED, ("  warmline recording list --since 7d ",)),
    ("audit --user admin", LED, ("  warmline audit config --who admin ",)),
    ("hours set SALESLINE 9-17", LED, ("  warmline ingroup set SALESLINE call_time_id=OFFICE\n",)),
    ("transfer-preset list", DONE, ("warmline preset create",)),
    ('status add SALE2 "Big sale"', LED, ("  warmline disposition create SALE2 status_name='Big sale' ",)),
)  # fmt: skip

ALL: tuple[Guess, ...] = (*BLIND, *OPTION_WORDS, *ENTRIES, *LEFT_OUT, *VERBS, *BY_KIND)
