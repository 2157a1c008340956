"""Guesses over the whole command line, by the kinds that strangers met; the form is that of `stranger_guesses`."""

from tests.cli.help.stranger_guesses import DONE, LED, Guess

ALL: tuple[Guess, ...] = (
    # agents
    ('agent create --id 1050 --name "Ann Lee" --extension 2003', LED, ("warmline agent create 1050 ",)),
    ("agent edit-phone 1000 SIP/2002", LED, ("  warmline phone create 2002", " phone=2002 ")),
    ("agent skill add 1000 SALESLINE", LED, ("agent set 1000 ingroups=SALESLINE",)),
    ("agent set 1000 skills=SALESLINE,support", LED, ("ingroup create support", "ingroups=SALESLINE,support")),
    ("agent set 1000 wrapup=15", LED, ("campaign set",)),
    ("agent rename 1000 'Bob Ray'", LED, ("agent set 1000 full_name='Bob Ray'",)),
    ("agent activate 1000", LED, ("agent set 1000 active=Y",)),
    ("agent calls 1000 --today", LED, ("history 1000",)),
    ("spy 1000 --phone SIP/1001", LED, ("agent listen 1000 --phone 1001",)),
    # in-groups
    ("queue create support --strategy rrmemory --timeout 60", LED, (
        "ingroup create support", "next_agent_call=longest_wait_time", "drop_call_seconds=60",
    )),
    ("queue add support", DONE, ("ingroup support created",)),
    ("queue set SALESLINE music=none", LED, ("ingroup set SALESLINE moh_context=none",)),
    ("queue set SALESLINE --timeout 2min", LED, ("drop_call_seconds=120",)),
    ("queue set SALESLINE --hours weekdays 8-18", LED, ("call-time create OFFICE", "ct_sunday_start=2400")),
    ("queue members SALESLINE", DONE, ("1000",)),
    ("queue remove-agent SALESLINE 1000", LED, ("agent set 1000 ingroups=",)),
    ("queue log SALESLINE", LED, ("config history",)),
    ("queue stats SALESLINE --today", LED, ("report day --ingroup SALESLINE --day today",)),
    ("queue priority SALESLINE 5", LED, ("ingroup set SALESLINE queue_priority=5",)),
    ("queue waiting", LED, ("live",)),
    # campaigns
    ("campaign create --id fall --description 'Fall sale' --ratio 2", LED, (
        "campaign create fall", "'campaign_name=Fall sale'", "auto_dial_level=2",
    )),
    ("campaign set spring recording=on", LED, ("campaign_recording=ALLCALLS",)),
    ("campaign set spring method=predictive", LED, ("dial_method=PREDICTIVE",)),
    ("campaign mode spring adaptive", LED, ("campaign set spring dial_method=PREDICTIVE",)),
    ("campaign caller-id spring '(800) 555-0100'", LED, ("campaign set spring campaign_cid=8005550100",)),
    ("dialer ratio spring 2.5", LED, ("campaign set spring auto_dial_level=2.5",)),
    ("dialer pause spring", LED, ("campaign stop spring",)),
    ("recording enable spring", LED, ("campaign set spring campaign_recording=ALLCALLS",)),
    # numbers and hours
    ("did create 8005550177 --destination SALESLINE --name Main", LED, (
        "did create 8005550177", "route=ingroup:SALESLINE", "did_description=Main",
    )),
    ("did point 8005550100 agent:1000", LED, ("did set 8005550100 route=agent:1000",)),
    ("did set 8005550100 --to queue/SALESLINE", LED, ("route=ingroup:SALESLINE",)),
    ("route add 8005550177 SALESLINE", LED, ("did create 8005550177 route=ingroup:SALESLINE",)),
    ("hours create --name LATE --open 10am --close 8pm", LED, (
        "call-time create LATE", "ct_default_start=1000", "ct_default_stop=2000",
    )),
    ("hours add WEEKEND weekend 10:00-16:00", LED, ("ct_default_start=1000", "ct_monday_start=2400")),
    ("hours set SALESLINE mon-fri 8am-6pm", LED, (
        "ct_saturday_start=2400", "ingroup set SALESLINE call_time_id=OFFICE",
    )),
    ("holiday add Easter 2027/03/28", LED, ("holiday create Easter", "holiday_date=2027-03-28")),
    # codes
    ('disposition create SOLD --desc "Sold" --sale yes', LED, ("status_name=Sold", "sale=Y")),
    ('status add "Call later"', LED, ("disposition create CALLLA 'status_name=Call later'",)),
    ("pause-code add COFFEE --title Coffee --paid yes", LED, ("pause_code_name=Coffee",)),
    # lists, leads
    ("list create --name Autumn --campaign spring", LED, ("list create Autumn", "campaign=spring")),
    ("list count 101", LED, ("list counts 101",)),
    ("leads left 101", LED, ("list counts 101",)),
    ("lead add 8005559876 --list 101", LED, ("lead create phone_number=8005559876 --list 101",)),
    ("dnc remove 8005558888", DONE, ("may be dialled again",)),
    ("dnc list --csv", DONE, ("8005558888",)),
    # records and reports
    ("history 8005551234 --limit 5", DONE, ("No call.",)),
    ("recordings --campaign spring --last 7d", LED, ("recording list",)),
    ("report queue SALESLINE --from 2026-11-01 --to 2999-12-31", LED, ("--between 2026-11-01..3000-01-01",)),
    ("report sla SALESLINE --today", LED, ("report day --day today --ingroup SALESLINE",)),
    ("audit changes --since 7d", LED, ("audit config --since 7d",)),
    ("audit history --who ada", LED, ("audit config --since 30d --who ada",)),
    # users, tokens, settings, the machine
    ('user create --name sue --role "team lead"', LED, ("user create", "role=supervisor", "pass=-")),
    ("user add sue --agent 1001", LED, ("user create sue agent=1001 pass=-",)),
    ("api-key add --name reports --scopes all", LED, ("api-token create reports scopes=ALL",)),
    ("token list", DONE, ("api-token",)),
    ("webhook set https://crm.example.com/x --campaign spring", LED, (
        "campaign set spring dispo_call_url=https://crm.example.com/x", "webhook_hosts=crm.example.com",
    )),
    ("setting set retention=90d", LED, ("setting set recordings_keep_days=90",)),
    ("setting timezone Berlin", LED, ("setting set timezone=Europe/Berlin",)),
    ("config set timezone=berlin", LED, ("setting set timezone=Europe/Berlin",)),
    ("trunk add sipgate --channels 10", LED, ("trunk create sipgate",)),
    ("speed-dial add Doctor 8005550111", LED, ("preset create Doctor", "preset_number=8005550111")),
)  # fmt: skip
