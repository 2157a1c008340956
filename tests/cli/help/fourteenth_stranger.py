"""Command lines of supervisors, quality managers and technicians; the names are those of the tests' site.

The form is that of `tests.cli.help.stranger_guesses`.
"""

from tests.cli.help.stranger_guesses import LED, Guess

CALL = "1764051234.17"
NOW = "-d function=change_ingroups -d agent_user=1000 -d value={} -d 'ingroup_choices= {} -' http://"
# Work on agents, queues and calls that go on.
LIVE: tuple[Guess, ...] = (
    ("agent move 1000 CLOSEDLINE", LED, (
        "  warmline agent set 1000 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT,CLOSEDLINE ",
        NOW.format("ADD", "CLOSEDLINE"),
    )),
    ("agent move 1000 --from TESTCAMP --to spring", LED, ("  warmline agent set 1000 campaign=spring ",)),
    ("queue pause SALESLINE member=1000", LED, (
        "  warmline agent set 1000 ingroups=SUPPORTLINE,AGENTDIRECT ", NOW.format("REMOVE", "SALESLINE"),
    )),
    ("queue remove 1000 SALESLINE", LED, (
        "  warmline agent set 1000 ingroups=SUPPORTLINE,AGENTDIRECT ", NOW.format("REMOVE", "SALESLINE"),
    )),
    ("queue add member 1000 to CLOSEDLINE penalty 5", LED, ("AGENTDIRECT,CLOSEDLINE ingroup_ranks=CLOSEDLINE:-5",)),
    ("queue drain SALESLINE", LED, (
        "  warmline ingroup set SALESLINE max_calls_method=TOTAL max_calls_count=0 max_calls_action=AFTERHOURS ",
    )),
    ("close SALESLINE --until 14:00 --message training", LED, (
        "mean:\n  warmline ingroup set SALESLINE max_calls_method=TOTAL max_calls_count=0 ",
        "after_hours_action=MESSAGE after_hours_message_filename=training ",
        "  echo 'warmline ingroup set SALESLINE max_calls_method=DISABLED' | at 14:00 ",
    )),
    ("message 1000 'wrap up please'", LED, ("  warmline agent whisper 1000 --phone PHONE ", "shows an agent a text")),
    ("broadcast --campaign spring 'Huddle at 3'", LED, ("  warmline campaign members spring ",)),
    ("spy 1000", LED, ("mean:\n  warmline agent listen 1000 --phone PHONE ",)),
    ("barge 1000 --phone=1001", LED, ("mean:\n  warmline agent barge 1000 --phone 1001 ",)),
    ("wrapup end 1000", LED, ("  warmline agent dispo 1000 CODE ", "  warmline agent ready 1000 ")),
    ("agent status 1000 busy", LED, ("  warmline agent pause 1000\n",)),
    ("realtime spring", LED, ("  warmline live\n", "  warmline dial status spring\n")),
    ("dialer pause spring", LED, ("mean:\n  warmline campaign stop spring ",)),
    ("queue close SALESLINE --until 14:00", LED, ("max_calls_method=DISABLED' | at 14:00 ",)),
    ("calls waiting SALESLINE", LED, ("  warmline live --once ",)),
    ("notify agents hello", LED, ("  warmline agent whisper USER --phone PHONE ",)),
    ("stop everything", LED, ("mean:\n  warmline dial stop ",)),
    (f"call takeover {CALL} --to 1001", LED, (
        f"  warmline call take {CALL} --agent USER ", "  warmline agent transfer USER 1001 ", "  warmline call list ",
    )),
    (f"call redirect {CALL} --agent 1002", LED, (f"mean:\n  warmline call take {CALL} --agent 1002 ",)),
    (f"transfer {CALL} SALESLINE", LED, ("mean:\n  warmline agent transfer USER --ingroup SALESLINE ",)),
    (f"calls bump {CALL}", LED, (f"  warmline call take {CALL} --agent USER ", "moves one caller ahead")),
    (f"park {CALL}", LED, ("  warmline agent park USER ", "  warmline call list ")),
    ("channel hangup all --agent 1000", LED, ("mean:\n  warmline agent hangup 1000 ",)),
    ("dial 8005551234 --as 1000 --campaign spring", LED, (
        "mean:\n  warmline agent dial 1000 8005551234 ", "Left out: --campaign spring.",
    )),
    ("callbacks overdue", LED, ("  warmline callback list --state due ", "  warmline callback list --state missed ")),
    ("callback reassign 8005551234 --to 1001", LED, (
        "  warmline callback list | grep 8005551234 ", "  warmline callback take ID --agent 1001 ",
    )),
    ("callback snooze 8005551234 +3h", LED, (
        "  warmline callback list | grep 8005551234 ", "  warmline callback reschedule ID +3h ",
    )),
)  # fmt: skip
# Recordings of calls, each with the filters of the guess.
EACH = " --csv | sed 1d | cut -d, -f1 | sort -u | xargs -I CALL warmline recording save CALL --to "
RECORDED: tuple[Guess, ...] = (
    ("recordings download --agent 1001 --date yesterday --dest /recorded", LED, (
        f"  warmline recording list --agent 1001 --day yesterday{EACH}/recorded ",
    )),
    ("get recordings --agent=1000 --date=2026-11-24 --zip", LED, (
        f"  warmline recording list --agent=1000 --day 2026-11-24{EACH}recording-files ",
        "  tar czf recordings.tar.gz ",
    )),
    ("recording save --agent 1000 --day yesterday", LED, (
        f"  warmline recording list --agent 1000 --day yesterday{EACH}recording-files ",
    )),
    ("recording list --agent 1000 --yesterday --download", LED, (
        f"  warmline recording list --agent 1000 --day yesterday{EACH}recording-files ",
    )),
    ("recordings --longer-than 15m --agent 1000", LED, (
        "  warmline audit calls --recorded --length 15m.. --agent 1000 ",
    )),
    ("recordings random --agent 1000 --count 3", LED, (
        "  warmline recording list --agent 1000 --csv | sed 1d | shuf -n 3 ",
    )),
    (f"recording share {CALL} --expires 24h", LED, (f"  warmline audit call {CALL} --html call.html --with-audio ",)),
    (f"recording start {CALL}", LED, ("  warmline agent record USER start ", "\nUSER is the agent in the call: ")),
    ("record stop --agent 1000", LED, ("mean:\n  warmline agent record 1000 stop ", "agent record 1000 mute ")),
    (f"play {CALL}", LED, (f"  warmline recording save {CALL} ",)),
    (f"recording download {CALL} -o complaint.wav", LED, (
        f"  warmline recording save {CALL} --to . ", "Left out: -o complaint.wav.",
    )),
    (f"score {CALL} 85", LED, (f"  warmline audit call {CALL} --html call.html --with-audio ", "keeps a score")),
)  # fmt: skip
# Changes, calls, numbers and figures.
FOUND: tuple[Guess, ...] = (
    ("who changed SALESLINE", LED, ("  warmline audit config --entity ingroup --name SALESLINE --since 30d ",)),
    ("audit log --object campaign/spring", LED, (
        "  warmline audit config --since 30d --entity campaign --name spring ",
    )),
    ("history user eve --since 7d", LED, ("  warmline audit config --who eve --since 7d ",)),
    ("diff campaign spring --since yesterday", LED, (
        "  warmline audit config --entity campaign --name spring --since yesterday ",
    )),
    ("undo last change", LED, ("  warmline config undo last ",)),
    ("calls last 30 --agent 1000", LED, ("mean:\n  warmline audit calls --limit 30 --agent 1000 ",)),
    ("calls --abandoned --today -q SALESLINE", LED, (
        "  warmline audit calls --outcome missed --day today --ingroup SALESLINE\n",
    )),
    ("missed calls today", LED, ("  warmline report missed --day today ",)),
    ("search 8005551234", LED, (
        "  warmline lead find 8005551234 ", "  warmline dnc find 8005551234 ", "  warmline callback list | grep ",
    )),
    ("leads search --phone 8005551234 --campaign spring", LED, (
        "  warmline lead find 8005551234\n", "Left out: --campaign spring",
    )),
    ("calls list --agent 1000 --last 20", LED, ("  warmline audit calls --agent 1000 --limit 20\n",)),
    ("lead edit 1 status=SALE", LED, ("  warmline lead set 1 status=SALE\n",)),
    (f"describe call {CALL}", LED, (f"  warmline audit call {CALL} ",)),
    ("timesheet 1000 --week", LED, ("  warmline report agents --agent 1000 --day thisweek ",)),
    ("report agent-performance --user 1000 --period last-week", LED, (
        "  warmline report agents --agent 1000 --day lastweek ", "agents.\nAll ",
    )),
    ("list export 101 --format xlsx", LED, ("mean:\n  warmline list export 101\n",)),
    ("lists load leads.csv --into 101 --scrub-dnc", LED, (
        "  warmline lead import leads.csv --list 101 --dry-run ", "Left out: --scrub-dnc.",
    )),
    ("where does 8005550100 go", LED, ("  warmline route simulate 8005550100 ",)),
    ("is SALESLINE open", LED, ("  warmline route simulate --ingroup SALESLINE ",)),
    ("simulate call --did=8005550100 --time 'Sunday 11:00'", LED, (
        "  warmline route simulate --did=8005550100 --at 'Sunday 11:00' ",
    )),
)  # fmt: skip
# Lines of Asterisk and of the machine.
MACHINE: tuple[Guess, ...] = (
    ("sip show peers", LED, ("  asterisk -rx 'pjsip show contacts' ", "  asterisk -rx 'pjsip show registrations' ")),
    ("phone test 1000", LED, ("  asterisk -rx 'channel originate PJSIP/1000 application Echo' ",)),
    (f"debug audio {CALL}", LED, ("  asterisk -rx 'pjsip show channelstats' ", "  warmline doctor ")),
    ("pcap --trunk voipfone --duration 30s", LED, ("  timeout 30s tcpdump ", "'pjsip show endpoint voipfone' ")),
    ("trunks test voipfone --call 8005551234", LED, (
        "  asterisk -rx 'channel originate PJSIP/8005551234@voipfone application Echo' ", "provider.\nAll ",
    )),
    ("trunk re-register voipfone", LED, ("  asterisk -rx 'pjsip send register voipfone' ",)),
    ("trunk test \"x'; id\"", LED, ("  asterisk -rx 'pjsip show endpoint TRUNK' ",)),
    ("trunk failover voipfone --to backup", LED, ("dial_template='PJSIP/{number}@backup' ",)),
    ("service restart dialer", LED, ("mean:\n  systemctl restart warmline  ", "go on")),
    ("asterisk restart", LED, ("mean:\n  asterisk -rx 'core restart gracefully' ",)),
    ("restart --graceful --when-idle", LED, ("mean:\n  systemctl restart warmline.target  ",)),
    (f"logs asterisk --grep {CALL}", LED, (f"  journalctl -u asterisk --grep {CALL}\n",)),
    ("df", LED, ("  df -h ", "  du -sh ")),
    ("cleanup --free 10G", LED, ("  warmline privacy sweep --dry-run ", "Left out: --free 10G.")),
    ("cert renew --now", LED, ("mean:\n  warmline certificate create ", "  systemctl reload warmline ")),
    ("certs status", LED, ("mean:\n  warmline certificate show ",)),
    ("rollback --to previous", LED, ("mean:\n  systemctl stop warmline.target ", "  warmline db restore FILE ")),
    ("support-bundle", LED, ("mean:\n  warmline config export ./bundle ", "  tar czf bundle.tgz bundle ")),
    ("agent diagnose 1000", LED, ("  warmline agent status 1000 ", "  warmline agent show 1000 ")),
)  # fmt: skip
ALL = (*LIVE, *RECORDED, *FOUND, *MACHINE)
