"""The views of calls, of agents' time, of waits and of recordings."""
# ruff: noqa: S608 - only constants of the code

from tools.pages.analysis.view_columns import AnalysisView, ViewColumn, group, named, span, times
from warmline.core.model.call_states import AgentState
from warmline.core.model.queue_wait import ANSWERED_OUTCOME
from warmline.core.model.session import LOST_PAUSE_CODE
from warmline.store.calls.call_history import CODE
from warmline.store.reports import fallbacks
from warmline.store.reports.agent_day import BUCKETS, LOST
from warmline.store.reports.call_filter import OUTCOME
from warmline.store.reports.fallbacks import TAKEN

CALLS = AnalysisView(
    (
        ViewColumn("call", "call.id", "the id of the call"),
        ViewColumn("agc_id", "call.agc_id", "its id in the agent API; empty for a call that never reached the app"),
        ViewColumn("direction", "call.direction", "`in`, or `out` if the customer was dialled"),
        ViewColumn("origin", "call.origin", "`caller`, `agent` (dialled by hand), `callback`, `adopted` or `dialler`"),
        ViewColumn(
            "outcome",
            f"CASE WHEN call.never_had <> '' THEN call.never_had ELSE {OUTCOME} END",
            "`answered`, `missed`, `failed`, `fallback`, `dialplan`, `login_refused`, or `live` while it goes on",
        ),
        ViewColumn("number", "call.number", "the number of the customer"),
        *named("dialled", "call.dialled", "the dialled DID", "did_description", "did.did_description"),
        *named(
            "ingroup", "call.ingroup", "the last in-group that the call waited in", "group_name", "ingroup.group_name"
        ),
        ViewColumn("direct", "call.direct", "the wanted agent of a call for AGENTDIRECT"),
        *named(
            "agent", "ifnull(call.agent, call.last_agent)", "the last agent of the call", "full_name", "agent.full_name"
        ),
        group("agent"),
        *named(
            "campaign",
            "ifnull(session.campaign, '')",
            "the campaign of that agent",
            "campaign_name",
            "campaign.campaign_name",
        ),
        *times("arrived", "call.arrived", "the time of arrival or of dialling"),
        *times("connected", "call.connected", "when customer and agent first heard each other"),
        *times("left", 'call."left"', "when the agent left customer and third party alone"),
        *times("ended", "call.ended", "the end of the call"),
        ViewColumn(
            "wait_seconds",
            "(SELECT sum(ended - entered) / 1000 / 1000.0 FROM queue_wait WHERE queue_wait.call = call.id)",
            "the time in queues",
        ),
        span("talk_seconds", "call.connected", "call.ended", "the time from `connected` to `ended`"),
        span("seconds", "call.arrived", "call.ended", "the time from `arrived` to `ended`"),
        ViewColumn("ended_by", "call.ended_by", "the party or the rule that ended the call"),
        *named("status", "call.code", "the last disposition", "status_name", "disposition.status_name"),
        ViewColumn("sale", "ifnull(disposition.sale, 'N')", "`Y` if the disposition counts as a sale"),
        ViewColumn("lead_id", "nullif(call.lead, 0)", "the lead of the customer"),
        ViewColumn(
            "recordings",
            "(SELECT count(*) FROM recording WHERE recording.call = call.id)",
            "the number of recordings",
        ),
        ViewColumn(
            "fallback_reason",
            f"(SELECT reason FROM fallback WHERE fallback.id = call.id AND {TAKEN})",
            "why the call took the fallback of the dialplan",
        ),
        ViewColumn("server", "call.server", "the Asterisk of the call; empty for a call that never reached the app"),
    ),
    f"""FROM (
    SELECT id, agc_id, direction, origin, number, dialled, ingroup, direct, agent, last_agent, arrived, connected,
        "left", ended, ended_by, lead, {CODE.format(by="")}, server, '' AS never_had
    FROM call
    UNION ALL
    SELECT id, '', 'in', 'caller', number, dialled, '', '', NULL, '', at, NULL, NULL, at, '', 0, '', '',
        {fallbacks.OUTCOME}
    FROM fallback WHERE id NOT IN (SELECT id FROM call)
) AS call
LEFT JOIN did ON did.id = call.dialled
LEFT JOIN ingroup ON ingroup.id = call.ingroup
LEFT JOIN known_agent AS agent ON agent.id = ifnull(call.agent, call.last_agent)
LEFT JOIN agent_session AS session ON session.id = (
    SELECT stretch.session FROM agent_interval AS stretch WHERE stretch.call = call.id AND stretch.call <> ''
    ORDER BY stretch.started DESC LIMIT 1
)
LEFT JOIN campaign ON campaign.id = session.campaign
LEFT JOIN disposition ON disposition.id = call.code""",
)

_BUCKET = " ".join(f"WHEN '{state}' THEN '{bucket}'" for state, bucket in BUCKETS.items())
_LOST = f"stretch.state = '{AgentState.PAUSED}' AND stretch.pause_code = '{LOST_PAUSE_CODE}'"

AGENT_TIME = AnalysisView(
    (
        ViewColumn("interval", "stretch.id", "the id of the interval, in which the agent was in one state"),
        ViewColumn("session", "stretch.session", "the id of the session from login to logout"),
        *named("agent", "stretch.agent", "the agent", "full_name", "agent.full_name"),
        group("agent"),
        *named(
            "campaign",
            "ifnull(session.campaign, '')",
            "the campaign of the session",
            "campaign_name",
            "campaign.campaign_name",
        ),
        ViewColumn("phone", "session.phone", "the phone of the session"),
        ViewColumn("state", "stretch.state", "`READY`, `QUEUE`, `INCALL`, `DEAD`, `DISPO` or `PAUSED`"),
        ViewColumn(
            "activity",
            f"CASE WHEN stretch.hold THEN 'hold' WHEN {_LOST} THEN '{LOST}' "
            f"ELSE CASE stretch.state {_BUCKET} ELSE stretch.state END END",
            "`wait`, `talk`, `hold`, `dead`, `dispo`, `pause` or `lost`, as reports sum it up",
        ),
        *named(
            "pause_code", "stretch.pause_code", "the code of a pause", "pause_code_name", "pause_code.pause_code_name"
        ),
        ViewColumn("call", "stretch.call", "the call of the interval, or empty"),
        *times("started", "stretch.started", "the beginning"),
        *times("ended", "stretch.ended", "the end; empty while the interval goes on"),
        span("seconds", "stretch.started", "stretch.ended", "the length; empty while the interval goes on"),
    ),
    """FROM agent_interval AS stretch
LEFT JOIN agent_session AS session ON session.id = stretch.session
LEFT JOIN known_agent AS agent ON agent.id = stretch.agent
LEFT JOIN campaign ON campaign.id = session.campaign
LEFT JOIN pause_code ON pause_code.id = stretch.pause_code""",
)

QUEUE_WAITS = AnalysisView(
    (
        ViewColumn("wait", "wait.id", "the id of the wait"),
        ViewColumn("call", "wait.call", "the id of the call"),
        ViewColumn("number", "ifnull(call.number, '')", "the number of the customer"),
        *named("ingroup", "wait.ingroup", "the in-group", "group_name", "ingroup.group_name"),
        *named(
            "direct",
            "wait.direct",
            "the wanted agent of a call for AGENTDIRECT",
            "direct_full_name",
            "wanted.full_name",
        ),
        ViewColumn("priority", "wait.priority", "the priority in the queue"),
        ViewColumn("place", "wait.place", "the place in the queue at the beginning"),
        *times("entered", "wait.entered", "the beginning of the wait"),
        *times("ended", "wait.ended", "the end; empty while the caller waits"),
        span("seconds", "wait.entered", "wait.ended", "the length; empty while the caller waits"),
        ViewColumn("offered", "wait.ended IS NOT wait.entered", "1, or 0 for a caller who was turned away"),
        ViewColumn(
            "outcome",
            "wait.outcome",
            f"`{ANSWERED_OUTCOME}`, or the status of a call that left otherwise, such as `DROP`",
        ),
        ViewColumn(
            "in_time",
            f"iif(wait.ended IS NULL, NULL, wait.outcome = '{ANSWERED_OUTCOME}'\n"
            "        AND wait.ended - wait.entered <= ingroup.answer_sec_pct_rt_stat_one * 1000000)",
            "1 if it was answered within `answer_sec_pct_rt_stat_one` of the in-group, else 0; empty while it goes on",
        ),
        *named("agent", "wait.agent", "the agent who answered", "full_name", "agent.full_name"),
        group("agent"),
    ),
    """FROM queue_wait AS wait
LEFT JOIN call ON call.id = wait.call
LEFT JOIN ingroup ON ingroup.id = wait.ingroup
LEFT JOIN known_agent AS wanted ON wanted.id = wait.direct
LEFT JOIN known_agent AS agent ON agent.id = wait.agent""",
)

RECORDINGS = AnalysisView(
    (
        ViewColumn("recording", "recording.id", "the id of the recording"),
        ViewColumn("call", "recording.call", "the id of the call"),
        ViewColumn("number", "ifnull(call.number, '')", "the number of the customer"),
        *named(
            "ingroup", "ifnull(call.ingroup, '')", "the last in-group of the call", "group_name", "ingroup.group_name"
        ),
        *named("agent", "recording.agent", "the agent", "full_name", "agent.full_name"),
        group("agent"),
        ViewColumn("kind", "recording.kind", "`call`, or `handoff` after the agent has left"),
        ViewColumn("reason", "recording.reason", "the rule that started the recording"),
        ViewColumn(
            "notice", "recording.notice", "whether recording_notice was `played` or `failed`, or empty without one"
        ),
        ViewColumn(
            "status", "recording.status", "`running`, `kept` or `failed`; `expired` or `erased` after its deletion"
        ),
        ViewColumn("cause", "recording.cause", "why it failed, or what is missing in it"),
        *times("started", "recording.started", "the beginning"),
        *times("ended", "recording.ended", "the end"),
        ViewColumn("seconds", "recording.length / 1000.0", "the length of the file"),
        ViewColumn("path", "recording.path", "the path of the file"),
        ViewColumn("bytes", "recording.bytes", "the size of the file"),
        ViewColumn("sha256", "recording.sha256", "the SHA-256 of the file"),
        ViewColumn("converted_path", "recording.converted_path", "the path of the file in the configured format"),
        ViewColumn("server", "recording.server", "the Asterisk that wrote the file"),
    ),
    """FROM recording
LEFT JOIN call ON call.id = recording.call
LEFT JOIN ingroup ON ingroup.id = call.ingroup
LEFT JOIN known_agent AS agent ON agent.id = recording.agent""",
)
