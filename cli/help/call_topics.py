"""The topics of `warmline help` about calls, agents and reports."""

from cli.help.topic import Topic

CALL_TOPICS = (
    Topic(
        "warm transfer",
        ("attended transfer", "consultation", "handoff", "3-way", "three-way", "warm", "attended"),
        "The agent calls a third party while the customer waits or listens, and then leaves the two connected.",
        (
            ("agent conference 1000 4930555123 --park", "call the third party; the customer hears music"),
            ("agent grab 1000", "bring the customer back to both"),
            ("agent leave 1000", "leave the two connected"),
            ("agent hangup 1000 --third", "or return to the customer alone"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "blind transfer",
        ("transfer", "cold transfer", "xfer", "forward", "blind", "refer"),
        "The agent hands the customer over and is free at once. For a transfer with a talk first, see `warm transfer`.",
        (
            ("agent transfer 1000 4930555123", "to a number"),
            ("agent transfer 1000 --ingroup SUPPORTLINE", "to a queue"),
            ("agent transfer 1000 --agent 1009", "to another agent"),
            ("audit transfers --since 7d", "report the transfers"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "conference",
        ("third party", "third", "consult"),
        "A third party joins the call. All three hear each other, unless the customer is parked.",
        (
            ("agent conference 1000 4930555123", "call a number into the call"),
            ("agent conference 1000 --agent 1009", "call another agent into the call"),
            ("agent swap 1000 customer", "talk to the customer, park the other"),
            ("agent hangup 1000 --third", "end the third party's call"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "leave",
        ("leave 3way", "leave 3-way", "drop out"),
        "The agent leaves a call with a third party. The customer and the third party go on talking.",
        (
            ("agent leave 1000", "leave the two connected"),
            ("audit transfers --kind LEAVE_3WAY_CALL", "show how long they talked on"),
            ("call hangup 01J9ZK3T5M8Q", "end a call that its agent has left"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "hold",
        ("park", "grab", "parking", "unhold", "moh", "music"),
        "The customer hears music while the agent does something else. Hold, park and grab are the same function.",
        (
            ("agent hold 1000", "put the customer on hold"),
            ("agent hold 1000 --off", "take the customer back"),
            ("agent park 1000 --third", "park the third party instead"),
            ("agent mute 1000", "only switch the agent's microphone off"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "recording",
        ("recordings", "record", "voicelog", "monitor file", "mixmonitor"),
        "A campaign, an in-group and an agent decide together whether a call is recorded. An agent may be allowed to "
        "start, stop or mute the recording.",
        (
            ("explain recording --campaign TESTCAMP", "show what is recorded, and why"),
            ("campaign describe '*record*'", "describe the options of recording"),
            ("agent record 1000 start", "start the recording of a call"),
            ("recording list --day today", "list recordings"),
            ("audit recordings --day yesterday", "list recordings and check their files"),
        ),
        "reference/behaviour.md",
    ),
    Topic(
        "queue",
        ("queues", "in-group", "ingroup", "waiting", "acd", "inbound", "skill", "priority"),
        "A queue is called an in-group, as in VICIdial. Callers wait in it until an agent who has the in-group is "
        "ready.",
        (
            ("ingroup create SALESLINE", "create a queue"),
            ("did create 8005550100 route=ingroup:SALESLINE", "lead a number to it"),
            ("agent set 1000 ingroups=SALESLINE,AGENTDIRECT", "give it to an agent"),
            ("live", "see who waits"),
            ("report day --day yesterday", "measure waiting times and lost calls"),
        ),
        "how-to/routing.md",
    ),
    Topic(
        "routing",
        ("route", "did", "number", "inbound number", "where", "voicemail", "ivr", "menu"),
        "A dialled number (DID) leads to an in-group, an agent or the fallback. Opening hours and priorities decide "
        "the rest.",
        (
            ("did list", "list the numbers"),
            ("route simulate --did 8005550100", "show where a call would go"),
            ("route why last", "explain where the last call went"),
        ),
        "how-to/routing.md",
    ),
    Topic(
        "opening hours",
        ("hours", "call time", "call-time", "open", "closed", "holiday", "holidays", "after hours"),
        "A call time has the hours of each day. In-groups and numbers refer to it. Holidays replace its hours.",
        (
            ("call-time create OFFICE ct_default_start=900 ct_default_stop=1800", "create opening hours"),
            ("ingroup set SALESLINE call_time_id=OFFICE", "use them for a queue"),
            ("holiday create XMAS26 holiday_date=2026-12-25", "create a holiday"),
            ('route simulate --did 8005550100 --at "sunday 10:00"', "try them"),
        ),
        "how-to/routing.md",
    ),
    Topic(
        "login",
        ("log in", "logout", "sign in", "session", "ready", "shift"),
        "An agent logs in with a phone, which stays connected for the whole session. Calls come while the agent is "
        "ready.",
        (
            ("agent login 1000", "log in; the phone rings"),
            ("agent ready 1000", "take calls"),
            ("agent status", "show who is logged in"),
            ("agent logout 1000", "log out"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "pause",
        ("break", "lunch", "pause code", "pause-code", "not ready", "unavailable"),
        "A paused agent gets no calls. A pause code is the reason; campaigns can require one.",
        (
            ("agent pause 1000 LUNCH", "pause with a code"),
            ("agent ready 1000", "end the pause"),
            ("pause-code create LUNCH pause_code_name='Lunch break'", "create a code"),
            ("audit agent 1000 --day today", "show the pauses of a day"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "disposition",
        ("dispositions", "dispo", "wrap-up", "wrapup", "outcome", "result", "status code", "acw"),
        "A disposition is the code for what came of a call. The agent gives it after the call.",
        (
            ("agent dispo 1000", "list the codes an agent can give"),
            ("agent dispo 1000 SALE", "give the last call its code"),
            ("call set-disposition 01J9ZK3T5M8Q NI --why 'wrong code'", "correct it later"),
            ("report dispositions --day today", "count calls by code"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "callback",
        ("callbacks", "call back", "recall", "reminder"),
        "A callback is promised with a disposition. It belongs to one agent, or to any agent.",
        (
            ("agent dispo 1000 CALLBK --callback 'tomorrow 10:00'", "promise a callback"),
            ("callback list", "list pending callbacks"),
            ("callback dial 01KAFH8Y3C00 --agent 1000", "dial one"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "dialling",
        ("dial", "dialing", "outbound", "call out", "originate", "preview", "dialler", "dialer", "hopper"),
        "An agent dials one number at a time, by hand, by lead or from a callback. "
        "A campaign dials by itself with dial_method.",
        (
            ("agent dial 1000 4930555123", "dial a number"),
            ("agent preview 1000 --lead 17", "look at a lead first"),
            ("dial status", "see what the diallers do"),
            ("campaign describe '*dial*'", "describe the options of dialling"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "supervision",
        ("listen", "whisper", "barge", "coach", "spy", "chanspy", "supervise", "supervisor", "monitoring"),
        "A supervisor's phone joins an agent: it listens, talks to the agent alone, or talks to everybody.",
        (
            ("agent listen 1000 --phone 1009", "listen"),
            ("agent whisper 1000 --phone 1009", "talk to the agent alone"),
            ("agent barge 1000 --phone 1009", "talk to everybody"),
            ("live", "see agents, queues and calls"),
        ),
        "tutorial/agents-day.md",
    ),
    Topic(
        "status",
        ("state", "overview", "dashboard", "wallboard", "live", "realtime", "real-time", "who"),
        "Several commands show the present state, each for another purpose.",
        (
            ("live", "follow agents, queues and calls"),
            ("agent status", "show agents and their states"),
            ("call list", "list live calls"),
            ("doctor", "find faults in the installation"),
        ),
        "tutorial/first-day.md",
    ),
    Topic(
        "reports",
        (
            "report",
            "statistics",
            "stats",
            "audit",
            "kpi",
            "service level",
            "csv",
            "excel",
            "missed",
            "today",
            "abandoned",
            "lost",
            "sla",
            "sale",
        ),
        "The commands of `warmline report` sum up, and `warmline audit` lists single calls. Each takes --since, --day "
        "or --between; --csv is for spreadsheets.",
        (
            ("report day --day yesterday", "count calls and measure the service of queues"),
            ("report agents --day yesterday", "sum up the time and the sales of agents"),
            ("report missed --day today", "list callers to call back"),
            ("report dispositions --since 7d --csv", "count calls by code"),
            ("audit calls --day yesterday", "list calls"),
        ),
        "how-to/reports.md",
    ),
    Topic(
        "call story",
        ("call", "story", "trace", "cdr", "what happened", "timeline", "history"),
        "Every call can be read afterwards: its parties, its commands and the reasons of each decision.",
        (
            ("audit call last", "show the last call"),
            ("audit calls --number 8005551234", "find the calls of a number"),
            ("route why last", "explain where it went"),
            ("history 1000", "list the calls of an agent"),
        ),
        "how-to/audit.md",
    ),
    Topic(
        "remote",
        ("over https", "me", "other machine", "own user", "WARMLINE_URL", "WARMLINE_TOKEN"),
        "After a login, your commands go to an app over HTTPS, with the rights of your user.",
        (
            ("login https://pbx.example.org:8089 --user ada", "log in"),
            ("whoami", "show your user, role and agent"),
            ("agent pause", "pause your own agent"),
            ("logout", "end the session"),
        ),
        "reference/cli.md",
    ),
)
