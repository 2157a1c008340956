"""Command lines of a thirteenth stranger that led nowhere, or to another line; the names are those of the tests' site.

The form is that of `tests.cli.help.stranger_guesses`.
"""

from tests.cli.help.stranger_guesses import LED, Guess

CALL = "1718023412.55"
# A question in natural words.
QUESTIONS: tuple[Guess, ...] = (
    ("why is spring not dialling", LED, ("mean:\n  warmline dial status spring ", "  warmline dial hopper spring ")),
    ("why not dialing spring", LED, ("mean:\n  warmline dial status spring ",)),
    ("why no calls for 1000", LED, ("mean:\n  warmline agent status 1000 ", "  warmline agent show 1000 ")),
    ('why "can\'t" eve log in', LED, ("mean:\n  warmline user show eve ", "  warmline user unlock eve ")),
    ("why can 1000 not log in", LED, ("  warmline agent show 1000 ",)),
    (f"why did {CALL} go to voicemail", LED, (f"mean:\n  warmline route why {CALL} ",)),
    (f"why transfer failed {CALL}", LED, (f"mean:\n  warmline audit call {CALL} ",)),
    (f"who hung up {CALL}", LED, (f"mean:\n  warmline audit call {CALL} ",)),
    ("why is 8005551234 not called", LED, ("mean:\n  warmline explain lead 8005551234 ",)),
    ("why is SALESLINE closed", LED, ("mean:\n  warmline route simulate --ingroup SALESLINE ",)),
    ("open? SALESLINE", LED, ("mean:\n  warmline route simulate --ingroup SALESLINE ",)),
    ("is SALESLINE open", LED, ("mean:\n  warmline route simulate --ingroup SALESLINE ",)),
    ("how many leads left in spring", LED, ("mean:\n  warmline list counts --campaign spring ",)),
    ("how many leads are in 101", LED, ("mean:\n  warmline list counts 101 ",)),
    ("can eve export-leads", LED, ("mean:\n  warmline user show eve ", "  warmline help rights ")),
    ("drop-rate spring today", LED, ("mean:\n  warmline audit drops --campaign spring --window DAY ",)),
    ("abandon-rate SALESLINE --today", LED, ("mean:\n  warmline report day --ingroup SALESLINE --day today ",)),
    ("who changed campaign/spring --last 7d", LED, (
        "mean:\n  warmline audit config --entity campaign --name spring --since 7d ",
    )),
    ("audit --who-changed campaign/spring --last 7d", LED, (
        "mean:\n  warmline audit config --entity campaign --name spring --since 7d",
    )),
    ("describe ingroup/SALESLINE", LED, ("mean:\n  warmline ingroup show SALESLINE",)),
)  # fmt: skip
# The word for an option, and the entry that gets it.
SETTINGS: tuple[Guess, ...] = (
    ("ingroup SALESLINE maxwait=180 overflow=voicemail", LED, (
        "mean:\n  warmline ingroup set SALESLINE drop_call_seconds=180 drop_action=VOICEMAIL ",
    )),
    ("priority SALESLINE 10", LED, ("mean:\n  warmline ingroup set SALESLINE queue_priority=10 ",)),
    ("spring max-lines 20 max-attempts-per-day 3", LED, (
        "  warmline campaign set spring daily_call_count_limit=3 ", "max-lines", "20",
    )),
    ("set campaign spring drop-limit 3%", LED, ("  warmline campaign set spring adaptive_dropped_percentage=3 ",)),
    ("config set wrapup 20 --campaign spring", LED, ("mean:\n  warmline campaign set spring wrapup_seconds=20 ",)),
    ("ingroups set-wrapup SALESLINE 20s", LED, (" wrapup_seconds=20 ", "An in-group has none")),
    ("announce position SALESLINE every 45s", LED, (
        "mean:\n  warmline ingroup set SALESLINE play_place_in_line=Y prompt_interval=45 ",
    )),
    ("campaign spring recycle NA --delay 30m --max 4", LED, ("warmline campaign set spring recycle=AB:10:3,",
        ",NA:30:4 ")),
    ("campaign recycle spring --status NA --delay 30m --attempts 3", LED, (",NA:30:3 ",)),
    ("agent skill 1000 SALESLINE=9", LED, (" agent set 1000 ", "ingroup_ranks=SALESLINE:9")),
    ("amd spring on --max-ms 2500 --message bye.wav", LED, (
        "mean:\n  warmline campaign set spring amd=TAKE amd_send_to_vmx=Y am_message_exten=bye ",
        "Left out: --max-ms 2500",
    )),
    ("retention recordings 90d", LED, ("mean:\n  warmline setting set recordings_keep_days=90 ",)),
    ("config set session.idle=30m", LED, (" pause_max=1800 ",)),
    ("user-group sales allow campaign spring", LED, (" user-group set sales allowed_campaigns=spring",)),
    ("disposition edit SALE --final", LED, ("  warmline disposition set SALE completed=Y",)),
    ('preset add spring "Claims desk" 07400123456', LED, (
        " campaign=spring preset_number=07400123456 'preset_name=Claims desk'",
    )),
)  # fmt: skip
# The nearest lines for a thing that Warmline does not have.
INSTEAD: tuple[Guess, ...] = (
    ("token create crm --role readonly --expires 90d", LED, (
        "  warmline api-token create crm scopes=agents:read,calls:read,events:read,leads:read,",
        "does not expire", "warmline api-token delete crm",
    )),
    ("api-token ls --expiring 30d", LED, ("do not expire",)),
    ("tokens rotate crm --grace 24h", LED, ("  warmline api-token renew crm ", "at once")),
    ("moh upload jazz.mp3 --ingroup SALESLINE", LED, (
        "/moh/jazz/jazz.wav ", "musiconhold.conf", "  warmline ingroup set SALESLINE moh_context=jazz ",
    )),
    ("voicemail SALESLINE email=sales@example.com maxlen=120", LED, (
        "voicemail.conf", "sales@example.com,,maxsecs=120", "  warmline ingroup set SALESLINE drop_action=VOICEMAIL ",
    )),
    ("voicemail list --unheard SALESLINE", LED, ("voicemail show users",)),
    ('alert add "SALESLINE waiting >5 for 2m" email=boss@example.com', LED, (
        "  warmline api-token create prometheus scopes=calls:read ", "warmline_waiting",
    )),
    ("backup schedule daily 02:30 --keep 14", LED, ("30 2 * * * ", "warmline db backup ", "-mtime +14 -delete")),
    ("backup verify latest", LED, ("PRAGMA integrity_check",)),
    ("restore latest --only campaigns/spring", LED, (
        "  warmline config history --entity campaign --name spring ", "as a whole",
    )),
    ("campaign pause spring --until 14:00", LED, (
        "mean:\n  warmline campaign stop spring ", "warmline campaign start spring", "at 14:00",
    )),
    ("diff campaign spring TESTCAMP", LED, (
        "  diff <(warmline campaign show spring) <(warmline campaign show TESTCAMP)",
    )),
    ("block caller 07400123456 for 7 days", LED, (" entries=07400123456 ", "blocklist=BLOCKED", "by itself")),
    ("originate 07400123456 --trunk voipfone --echo", LED, (
        "asterisk -rx 'channel originate PJSIP/07400123456@voipfone application Echo'",
    )),
    ("maintenance on --drain 10m", LED, ("  warmline dial stop ", "  warmline call list ")),
    ("script preview spring --lead 1", LED, ("  warmline script show ", "  warmline lead show 1 ")),
)  # fmt: skip
# The entry is typed, and the line has it.
NAMED: tuple[Guess, ...] = (
    ("logout agent 1000 --force", LED, ("  warmline agent logout 1000",)),
    ("logout agent 1000", LED, ("  warmline agent logout 1000",)),
    ("passwd eve", LED, ("mean:\n  warmline user password eve ",)),
    ("agents where 1000", LED, ("mean:\n  warmline agent status 1000 ",)),
    ("callbacks overdue --agent 1000", LED, ("  warmline callback list --state due --agent 1000 ",)),
    ("leads move --list 101 --status NA --to-list 102", LED, (
        "  warmline list change 101 --where status=NA --to-list 102 --dry-run ",
    )),
    ("import leads.csv --list 101 --dedupe phone --dry-run", LED, (
        "mean:\n  warmline lead import leads.csv --list 101 --dry-run ",
    )),
    (f"disposition set {CALL} SALE", LED, (f"  warmline call set-disposition {CALL} SALE --why ",)),
    ("sessions ls --stale", LED, ("  warmline agent status ",)),
    ("hooks logs on-disposition", LED, ("  warmline hook log",)),
    ("dnc who added 8005558888", LED, ("mean:\n  warmline dnc find 8005558888 ",)),
)  # fmt: skip
# Cousins of those: the entry first, another order, more words.
COUSINS: tuple[Guess, ...] = (
    ("spring stop", LED, ("mean:\n  warmline campaign stop spring ",)),
    ("spring status", LED, ("mean:\n  warmline dial status spring ",)),
    ("1000 pause LUNCH", LED, ("mean:\n  warmline agent pause 1000 LUNCH ",)),
    ("set spring wrapup 20", LED, ("mean:\n  warmline campaign set spring wrapup_seconds=20 ",)),
    ("callerid set spring +442071234567", LED, ("mean:\n  warmline campaign set spring campaign_cid=+442071234567 ",)),
    ("agents assign 1000 to campaign spring", LED, ("mean:\n  warmline agent set 1000 campaign=spring ",)),
    ("revert spring to yesterday", LED, ("mean:\n  warmline config history --entity campaign --name spring ",)),
    ("who is in SALESLINE", LED, ("mean:\n  warmline ingroup members SALESLINE ",)),
    ("who changed SALESLINE yesterday", LED, (
        "mean:\n  warmline audit config --entity ingroup --name SALESLINE --day yesterday ",
    )),
    ("who deleted campaign summer", LED, ("mean:\n  warmline audit config --entity campaign --name summer ",)),
    (f"call who-hung-up {CALL}", LED, (f"mean:\n  warmline audit call {CALL} ",)),
    ("agent why-no-calls 1000", LED, ("mean:\n  warmline agent status 1000 ",)),
    ("is eve locked", LED, ("mean:\n  warmline user unlock eve ",)),
    ("campaign diff spring TESTCAMP", LED, ("  diff <(warmline campaign show spring) ",)),
    ("ingroup moh SALESLINE jazz.mp3", LED, ("  warmline ingroup set SALESLINE moh_context=jazz ",)),
    ("moh list", LED, ("moh show classes",)),
    ("backup restore latest", LED, ("  warmline db restore FILE ",)),
    ("backup prune --keep 7", LED, ("find /var/backups/warmline -name '*.db' -mtime +7 -delete",)),
    ("trunk test voipfone", LED, ("pjsip show registrations",)),
    ("api-token extend crm --days 90", LED, ("Tokens do not expire",)),
    ("agent skill eve SALESLINE=9", LED, (" agent set eve ingroup_ranks=SALESLINE:9",)),
    ("delete spring", LED, ("mean:\n  warmline campaign delete spring ",)),
    ("pause spring", LED, ("  warmline campaign stop spring ",)),
    ("spring report", LED, ("mean:\n  warmline report day --campaign spring ",)),
    ("spring agents", LED, ("mean:\n  warmline campaign members spring ",)),
    ("SALESLINE close", LED, ("  warmline ingroup set SALESLINE active=N ",)),
    ("why is eve getting 403", LED, ("mean:\n  warmline user show eve ",)),
    ("who called 8005551234", LED, ("mean:\n  warmline history --number 8005551234 ",)),
    ("where does 8005550100 go", LED, ("mean:\n  warmline route simulate 8005550100 ",)),
    ("passwd 1000", LED, ("mean:\n  warmline agent set 1000 pin=- ",)),
    ("dnc add 8005551239 to campaign spring", LED, ("mean: warmline dnc create 8005551239 --campaign spring\n",)),
    ('holiday add 2026-12-25 "Christmas Day" --closed', LED, (
        "mean:\n  warmline holiday create CHRISTMASDAY holiday_date=2026-12-25 'holiday_name=Christmas Day'\n"
        "  warmline call-time create ALWAYS ",
    )),
    ("report sla SALESLINE --threshold 20s --by hour", LED, (
        "  warmline ingroup set SALESLINE answer_sec_pct_rt_stat_one=20 ", "  warmline report interval --by 1h ",
    )),
)  # fmt: skip
# Options that are days, haste, a way or limits, and views that go on.
WITH_OPTIONS: tuple[Guess, ...] = (
    ("dialer stop --all --now", LED, ("  warmline dial stop ", "  warmline campaign stop CAMPAIGN ")),
    ("agents --watch", LED, ("mean:\n  warmline live ", "\n  warmline agent status\n")),
    ("queue show SALESLINE --live", LED, ("mean:\n  warmline live ", "\n  warmline ingroup show SALESLINE\n")),
    ("did route 8005550100 --to ingroup:SALESLINE", LED, ("  warmline did set 8005550100 route=ingroup:SALESLINE ",)),
    ("ingroup hours SALESLINE --mon-fri 09:00-17:30 --sat=10-14 --sun closed", LED, (
        "  warmline call-time create OFFICE ct_default_start=900 ct_default_stop=1730 ct_saturday_start=1000 ",
        "  warmline ingroup set SALESLINE call_time_id=OFFICE ",
    )),
    ("recordings search --agent 1000 --date yesterday", LED, (
        "mean:\n  warmline recording list --agent 1000 --day yesterday ",
    )),
    ("campaign recycle spring --status B,NA --after 30m --attempts 3", LED, (",B:30:3,NA:30:3 ",)),
    ("recycle leads --list 101 --status NA,B --after 4h --max-attempts 5", LED, (",NA:240:5,B:240:5 ",)),
    ("check dnc 8005551234", LED, ("mean:\n  warmline dnc find 8005551234 ",)),
    ("callbacks --overdue", LED, ("mean:\n  warmline callback list --state due\n",)),
    ("ingroup set SALESLINE wrapup 30s", LED, ("\n  warmline campaign set TESTCAMP wrapup_seconds=30",)),
    ("trunk limit voipfone --channels 30", LED, ("mean:\n  warmline trunk set voipfone lines=30 ",)),
)  # fmt: skip
ALL = (*QUESTIONS, *SETTINGS, *INSTEAD, *NAMED, *COUSINS, *WITH_OPTIONS)
