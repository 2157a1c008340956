"""Command lines of a ninth stranger that failed or left out a part, and guesses that fail for the same reason.

The form is that of `tests.cli.help.stranger_guesses`. Names of their site are those of the tests' site here.
"""

from tests.cli.help.stranger_guesses import CALL, DONE, LED, Guess

REFUSED = " would be refused; allowed: 1 to 100 letters, digits and - . + / = _"
SECRETS: tuple[Guess, ...] = (
    ("user create jsmith --role supervisor --password 'Winter2025!'", LED, (
        "  warmline user create jsmith role=supervisor pass=-\n", REFUSED,
    )),
    ("user set eve --password 'Winter2025!'", LED, ("  warmline user set eve pass=-\n", REFUSED)),
    ("user password eve --password 'Winter2025!'", LED, ("  warmline user password eve\n", REFUSED)),
    ("user password eve --pass hunter2xx", LED, ("the command asks for it:\n  warmline user password eve",)),
    ("api-user create crm --password 'a b!'", LED, ("  warmline api-user create crm pass=-\n", REFUSED)),
    ("agent set 1001 --pin 12!", LED, (
        "  warmline agent set 1001 pin=-\n", "The typed pin would be refused; allowed: ",
    )),
)  # fmt: skip
SESSIONS: tuple[Guess, ...] = (
    *((f"session {verb} --user eve", LED, ("  warmline session end --user eve ",))
      for verb in ("revoke", "kill", "terminate", "close", "logout", "delete")),
    ("sessions revoke eve", LED, ("  warmline session end --user eve ",)),
    ("session end --user eve", DONE, ("0 sessions ended",)),
    ("session list --user eve", DONE, ("session",)),
    ("session end --all", LED, ("--others", "--user USER")),
    ("user logout eve", LED, ("  warmline session end --user eve ",)),
    ("user kick eve", LED, ("  warmline session end --user eve ",)),
    ("user sessions eve", LED, ("  warmline session list --user eve ",)),
    ("logout eve", LED, ("  warmline session end --user eve",)),
)  # fmt: skip
COACHING = ("  warmline pause-code create COACHI pause_code_name=coaching", "  warmline agent pause 1001 COACHI")
CODES: tuple[Guess, ...] = (
    ("agent pause 1001 --reason coaching", LED, COACHING),
    ("agent pause 1001 --code coaching", LED, COACHING),
    ("pause 1001 coaching", LED, COACHING),
    ("agent pause 1001 --reason 'team meeting'", LED, (
        "  warmline pause-code create TEAMME 'pause_code_name=team meeting'\n  warmline agent pause 1001 TEAMME",
    )),
    ("agent dispo 1001 --reason 'not interested'", LED, ("mean:\n  warmline agent dispo 1001 NI",)),
    ("agent dispo 1001 --code 'wrong branch'", LED, (
        "  warmline disposition create WRONGB 'status_name=wrong branch'\n  warmline agent dispo 1001 WRONGB",
    )),
)  # fmt: skip
LIMITS: tuple[Guess, ...] = (
    ('pause-code add LUNCH --name "Lunch break" --max 30', LED, (
        "  warmline pause-code create LUNCH 'pause_code_name=Lunch break' time_limit=1800\n",
    )),
    ("pause-code add LUNCH --name Lunch --limit 30m", LED, (
        "  warmline pause-code create LUNCH pause_code_name=Lunch time_limit=1800\n",
    )),
    ("pause-code create TEA max_minutes=15", LED, ("  warmline pause-code create TEA time_limit=900\n",)),
    ("pause-code set LUNCH --max-duration 30m", LED, ("  warmline pause-code set LUNCH time_limit=1800\n",)),
    ("pause-code add TEA --time 15 --campaign spring", LED, (
        "  warmline pause-code create TEA campaigns=spring time_limit=900\n",
    )),
    ("campaign set spring --max-pause 30m", LED, ("  warmline campaign set spring pause_max=1800\n",)),
)  # fmt: skip
RATIO = "campaign spring has dial_method=MANUAL, which dials no lead. To dial with auto_dial_level: "
LEVELS: tuple[Guess, ...] = (
    ("campaign update spring --dial-ratio 2.0", LED, (
        "  warmline campaign set spring auto_dial_level=2.0\n",
        f"{RATIO}warmline campaign set spring dial_method=RATIO",
    )),
    ("campaign set spring auto_dial_level=2.0", DONE, (RATIO,)),
    ("campaign set spring --max-level 5", LED, ("which dials no lead",)),
    ("campaign set spring --drop-percent 2", LED, ("which dials no lead", "dial_method=PREDICTIVE")),
    ("campaign add NEW --ratio 2", LED, ("  warmline campaign create NEW auto_dial_level=2 dial_method=RATIO ",)),
    ("campaign level spring 3", LED, ("  warmline campaign set spring auto_dial_level=3 ", "dial_method=RATIO")),
)  # fmt: skip
SOUNDS: tuple[Guess, ...] = (
    ("ingroup set SALESLINE --welcome /var/lib/asterisk/sounds/custom/welcome.wav", LED, (
        "  warmline ingroup set SALESLINE welcome_message_filename=/var/lib/asterisk/sounds/custom/welcome\n",
    )),
    ("ingroup set SALESLINE welcome_message_filename=custom/welcome.wav", LED, (
        "Asterisk adds the ending of a sound file by itself",
        "  warmline ingroup set SALESLINE welcome_message_filename=custom/welcome",
    )),
    ("ingroup set SALESLINE 'welcome_message_filename=hello.gsm|custom/v1.2'", LED, ("hello|custom/v1.2",)),
    ("ingroup create NEW drop_message=sorry.ulaw", LED, ("  warmline ingroup create NEW drop_message=sorry",)),
    ("campaign set spring safe_harbor_audio=/tmp/sorry.WAV", LED, ("safe_harbor_audio=/tmp/sorry",)),
    ("ingroup set SALESLINE --prompt wait.gsm", LED, ("onhold_prompt_filename=wait\n",)),
    ("ingroup set SALESLINE welcome_message_filename=custom/welcome", DONE, ("ingroup SALESLINE: ",)),
)  # fmt: skip
OWNERS: tuple[Guess, ...] = (
    ("script add sales-intro --file intro.md --campaign spring", LED, (
        '  warmline script create sales-intro "script_text=$(cat intro.md)"\n'
        "  warmline campaign set spring campaign_script=sales-intro\n",
    )),
    ("script set INTRO --campaign spring", LED, ("  warmline campaign set spring campaign_script=INTRO\n",)),
    ("script add INTRO --text Hello --campaign autumn", LED, (
        "  warmline campaign create autumn\n  warmline campaign set autumn campaign_script=INTRO\n",
    )),
    ('call-time create NIGHTS --hours "mon-fri 9-17" --ingroup SALESLINE', LED, (
        "  warmline ingroup set SALESLINE call_time_id=NIGHTS\n",
    )),
    ("call-time create NIGHTS --hours 9-17 --did 8005550100", LED, (
        "  warmline did set 8005550100 call_time_id=NIGHTS\n",
    )),
    ("phone create 204 --agent 1001", LED, ("  warmline agent set 1001 phone=204\n",)),
    ("user-group create NORTH --agent 1001", LED, ("  warmline agent set 1001 user_group=NORTH\n",)),
    ("cid-group create EAST --caller-ids 2125550100 --campaign spring", LED, (
        "  warmline campaign set spring cid_group=EAST\n",
    )),
    ("trunk create carrier --campaign spring", LED, (
        "  warmline trunk create carrier\nLeft out: --campaign spring; trunk has no such option.",
    )),
    ('holiday add 2026-12-25 "Xmas" --ingroup SALESLINE', LED, (
        "  warmline holiday create XMAS holiday_date=2026-12-25 holiday_name=Xmas\n", "Left out: ingroup=SALESLINE",
    )),
)  # fmt: skip
STORY = (f"  warmline audit call {CALL} ", f"  warmline route why {CALL} ")
STORIES: tuple[Guess, ...] = tuple(
    (f"{words} {CALL}", LED, STORY)
    for words in (
        "audit show",
        "audit explain",
        "audit why",
        "call show",
        "call info",
        "call explain",
        "cdr",
        "cdr show",
    )
)
MACHINE: tuple[Guess, ...] = (
    ("backup warmline-2026.tar.gz", LED, (
        "  warmline db backup warmline-2026.db ", "  (umask 077; tar czf warmline-2026.tar.gz -C ",
    )),
    ("backup", LED, ("  warmline db backup warmline-backup.db ", "  (umask 077; tar czf warmline-backup.tar.gz -C ")),
    ("backup all.zip", LED, ("  warmline db backup all.db ", "  (umask 077; tar czf all.tar.gz -C ")),
    ("backup copy.db", LED, ("  warmline db backup copy.db ", "  (umask 077; tar czf copy.tar.gz -C ")),
    ("recordings backup", LED, ("  (umask 077; tar czf warmline-backup.tar.gz -C ",)),
    ("recordings archive /tmp/r.tgz", LED, ("  (umask 077; tar czf /tmp/r.tgz -C ",)),
    ("restore warm.tar.gz", LED, (
        "  systemctl stop warmline.target ", "  warmline db restore warm.tar.gz ", "  systemctl start warmline.target ",
    )),
    ("restore copy.db", LED, ("  systemctl stop warmline.target ", "  warmline db restore copy.db ")),
    ("backup recordings", LED, ("mean:\n  (umask 077; tar czf warmline-backup.tar.gz -C ",)),
    ("logs -f", LED, ("did you mean:\n  journalctl -u 'warmline*' -f\nAll",)),
    ("logs", LED, ("did you mean:\n  journalctl -u 'warmline*'\nAll",)),
    ("logs tail", LED, ("did you mean:\n  journalctl -u 'warmline*' -f\nAll",)),
    ("logs api", LED, ("did you mean:\n  journalctl -u warmline-api\nAll",)),
    ("log -f workers", LED, ("did you mean:\n  journalctl -u warmline-workers -f\nAll",)),
)  # fmt: skip
NEW_LOGIN = "The agent takes them from the next login on."
READ_ONLY = "scopes=agents:read,calls:read,events:read,leads:read,recordings:read,reports:read\n"
OTHERS: tuple[Guess, ...] = (
    ("ingroup add-agent SALESLINE 1003 --rank 5", LED, (NEW_LOGIN,)),
    ("webhook add https://crm.example.com/h --event call.ended", LED, (
        "For call.ended: call this address after each disposition. A missed call has none.",
    )),
    ("webhook add https://crm.example.com/h --event call.missed", LED, (
        "No webhook is sent for a missed call", "  warmline report missed ", "  warmline events tail --json ",
    )),
    ("token create crm --scope calls", LED, ("  warmline api-token create crm scopes=calls:read\n",)),
    ("token create crm --scope calls,leads", LED, ("scopes=calls:read,leads:read\n",)),
    *((f"{words} eve", LED, ("  warmline user reset-second-factor eve ",))
      for words in ("2fa reset", "mfa disable", "second-factor reset", "user reset-2fa", "user disable-2fa",
                    "user reset-mfa")),
    ("2fa remove eve", LED, ("  warmline user reset-second-factor eve",)),
    ("2fa enable", LED, ("  warmline second-factor enrol ",)),
    ("totp", LED, ("  warmline second-factor ",)),
    *((words, LED, ("mean:\n  warmline dial stop ",))
      for words in ("emergency stop", "panic", "estop", "stop all", "stop dialling")),
    ("wallboard create", LED, (
        "  warmline user create wall pass=- role=supervisor force_change_password=N ", "view=wall",
    )),
    ("list move 101 --campaign TESTCAMP", LED, ("mean:\n  warmline list set 101 campaign=TESTCAMP ",)),
    ("callback schedule 8005551234 --at 10:00 --agent 1001", LED, (
        "  warmline agent dispo 1001 CALLBK --callback 10:00 ",
    )),
    ("callback add 8005551234 --at 'tomorrow 9:00' --agent 1001", LED, (
        "  warmline agent dispo 1001 CALLBK --callback 'tomorrow 9:00' ",
    )),
    ("report schedule daily", LED, ("  warmline report day ",)),
    ("agent force-pause 1001 --reason 'team day'", LED, (
        "  warmline pause-code create TEAMDA 'pause_code_name=team day' ", "  warmline agent pause 1001 TEAMDA ",
    )),
    ("session show eve", LED, ("  warmline session list --user eve ",)),
    ("campaign add-list spring 101", LED, ("mean:\n  warmline list set 101 campaign=spring ",)),
    ("campaign add-agent spring 1001", LED, ("mean:\n  warmline agent set 1001 campaign=spring ",)),
    ("campaign create NEW --list 101", LED, ("  warmline list set 101 campaign=NEW\n",)),
    ("queue add SALES2 --agents 1001,1002", LED, (
        "  warmline ingroup create SALES2\n"
        "  warmline agent set 1001 ingroups=SALESLINE,SUPPORTLINE,AGENTDIRECT,SALES2\n"
        "  warmline agent set 1002 ingroups=",
    )),
    ("ingroup create SALES2 --did 8005550100", LED, ("  warmline did set 8005550100 route=ingroup:SALES2\n",)),
    ("list add 108 --name Autumn --campaign spring --file leads.csv", LED, (
        "  warmline list create 108 list_name=Autumn campaign=spring\n  warmline lead import leads.csv --list 108\n",
    )),
    ("recording set spring all", LED, ("  warmline campaign set spring campaign_recording=ALLCALLS ",)),
    ("audit user eve", LED, ("mean:\n  warmline audit config --who eve ",)),
    ("audit logins", LED, ("mean:\n  warmline session list --all ",)),
    ("backup --to x.tar.gz", LED, ("  warmline db backup x.db ", "tar czf x.tar.gz -C ")),
    ("restore --from x.db", LED, ("  warmline db restore x.db ",)),
    ("token create crm --scopes write", LED, (READ_ONLY, "Left out: scopes=write; ")),
    ("token create wall --expires 2027-01-01", LED, (
        "  warmline api-token create wall ", "Left out: expires=2027-01-01;",
    )),
    ("user add ann --email ann@example.com", LED, ("  warmline user create ann pass=-\n", "Left out: email=")),
    ("webhook add https://crm.example.com/h --event agent.paused", LED, ("mean:\n  warmline events tail --json ",)),
    ("tail -f logs", LED, ("mean:\n  journalctl -u 'warmline*' -f\n",)),
    ("trunk set carrier --max-calls 30", LED, ("  warmline trunk set carrier lines=30\n",)),
    ("dialer emergency-stop", LED, ("mean:\n  warmline dial stop ",)),
    *((words, LED, ("mean:\n  warmline dial allow --why REASON ",)) for words in ("dial resume", "emergency resume")),
    *((words, LED, ("  warmline setting set second_factor_required=Y",))
      for words in ("2fa require", "mfa enforce", "user require-2fa eve", "setting set 2fa=on")),
    ("user set eve --2fa off", LED, ("  warmline user reset-second-factor eve",)),
    ("agent set 1001 --status ready", LED, ("  warmline agent ready 1001\n",)),
)  # fmt: skip
ALL = (*SECRETS, *SESSIONS, *CODES, *LIMITS, *LEVELS, *SOUNDS, *OWNERS, *STORIES, *MACHINE, *OTHERS)
