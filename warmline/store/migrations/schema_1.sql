-- Warmline's whole schema, as it is now. Older databases are brought to it by warmline/store/migrations.
-- Every time is an INTEGER: microseconds since 1970, UTC. Ids are ULIDs unless said otherwise; '' means none.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------
-- Configuration: one table per entity, one column per option of warmline/options.py, in its order. Changed by
-- `warmline campaign|ingroup|agent …`, never by hand: each change is a row of config_journal.

CREATE TABLE ingroup (
    id TEXT PRIMARY KEY,
    -- N: calls for it go to the fallback, transfers to it are refused
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- where DEFAULTINGROUP of a transfer leads, for calls that came from this in-group
    default_xfer_group TEXT REFERENCES ingroup (id),
    -- higher is served first; AGENTDIRECT has 99
    queue_priority INTEGER NOT NULL DEFAULT 0 CHECK (queue_priority BETWEEN -99 AND 99),
    -- a call that has waited so long is dropped
    drop_call_seconds INTEGER NOT NULL DEFAULT 360 CHECK (drop_call_seconds BETWEEN 1 AND 86400),
    -- what happens to a call that is dropped
    drop_action TEXT NOT NULL DEFAULT 'HANGUP' CHECK (drop_action IN ('HANGUP', 'MESSAGE')),
    -- what drop_action=MESSAGE plays
    drop_message TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- nobody may wait when no agent is logged in (Y), none but paused ones are, or none is READY
    no_agent_no_queue TEXT NOT NULL DEFAULT 'N' CHECK (no_agent_no_queue IN ('N', 'Y', 'NO_PAUSED', 'NO_READY')),
    -- the music a waiting caller hears
    moh_context TEXT NOT NULL DEFAULT 'default',
    -- goes before campaign_recording for calls of this in-group
    ingroup_recording_override TEXT NOT NULL DEFAULT 'DISABLED' CHECK (ingroup_recording_override IN ('DISABLED', 'ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE'))
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign (
    id TEXT PRIMARY KEY,
    -- what is recorded while an agent is in the call; ALLFORCE goes on after he has left
    campaign_recording TEXT NOT NULL DEFAULT 'ONDEMAND' CHECK (campaign_recording IN ('ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- how long after the agent came ALLCALLS and ALLFORCE start
    allcalls_delay INTEGER NOT NULL DEFAULT 0 CHECK (allcalls_delay BETWEEN 0 AND 3600),
    -- the names of recordings; each token is filled in
    campaign_rec_filename TEXT NOT NULL DEFAULT 'FULLDATE_CUSTPHONE',
    -- what else a finished recording is converted to, beside its wav, by sox or ffmpeg
    recording_format TEXT NOT NULL DEFAULT 'wav' CHECK (recording_format IN ('wav', 'flac', 'mp3', 'ogg')),
    -- for which third parties a new recording starts when the agent leaves a three-way call
    leave_3way_start_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (leave_3way_start_recording IN ('DISABLED', 'ALL_CALLS', 'ALL_BUT_EXCEPTIONS', 'ONLY_EXCEPTIONS')),
    -- the numbers that leave_3way_start_recording excepts
    leave_3way_start_recording_exception TEXT REFERENCES container (id),
    -- ALL_CALLS: nothing is recorded once the agent has left; overrides every other recording option
    leave_3way_stop_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (leave_3way_stop_recording IN ('DISABLED', 'ALL_CALLS')),
    -- Y: the recording stops when a third party is connected
    three_way_record_stop TEXT NOT NULL DEFAULT 'N' CHECK (three_way_record_stop IN ('Y', 'N')),
    -- the numbers for which three_way_record_stop means the opposite
    three_way_record_stop_exception TEXT REFERENCES container (id),
    -- Y: a recording starts when the agent hangs the third party up
    hangup_xfer_record_start TEXT NOT NULL DEFAULT 'N' CHECK (hangup_xfer_record_start IN ('Y', 'N')),
    -- in which calls the recording stops when the customer is gone
    dead_stop_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (dead_stop_recording IN ('DISABLED', 'ALL_CALLS', 'INBOUND_ONLY', 'OUTBOUND_ONLY', 'AUTODIAL_ONLY', 'MANUAL_ONLY')),
    -- whether the recording goes on while the customer is parked and no third party is there
    park_recording TEXT NOT NULL DEFAULT 'CONTINUE' CHECK (park_recording IN ('CONTINUE', 'STOP')),
    -- where DEFAULTINGROUP of a transfer leads, for calls the campaign dialled
    default_xfer_group TEXT REFERENCES ingroup (id),
    -- the in-groups an agent is offered for transfers; empty: all
    xfer_groups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(xfer_groups)),
    -- after which transfers the agent gives no disposition: XFER is written for him
    transfer_no_dispo TEXT NOT NULL DEFAULT 'DISABLED' CHECK (transfer_no_dispo IN ('DISABLED', 'EXTERNAL_ONLY', 'LOCAL_ONLY', 'LEAVE3WAY_ONLY', 'LOCAL_AND_EXTERNAL', 'LOCAL_AND_LEAVE3WAY', 'LEAVE3WAY_AND_EXTERNAL', 'LOCAL_AND_EXTERNAL_AND_LEAVE3WAY')),
    -- the message that LEAVE_VM plays to the customer
    am_message_exten TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- where the customer goes if the third party does not answer after the agent has left
    leave_unanswered_action TEXT NOT NULL DEFAULT 'INGROUP' CHECK (leave_unanswered_action IN ('INGROUP', 'HANGUP', 'MESSAGE')),
    -- where the customer goes if a blind transfer is not answered
    blind_unanswered_action TEXT NOT NULL DEFAULT 'INGROUP' CHECK (blind_unanswered_action IN ('INGROUP', 'HANGUP', 'MESSAGE')),
    -- what MESSAGE of the two unanswered actions plays
    unanswered_message TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- whether the third party's ringing is cancelled when the customer hangs up
    customer_gone_while_dialing TEXT NOT NULL DEFAULT 'CANCEL' CHECK (customer_gone_while_dialing IN ('CANCEL', 'KEEP')),
    -- DISPO: when the customer has left agent and third party alone, the call ends after a while
    customer_3way_hangup_action TEXT NOT NULL DEFAULT 'NONE' CHECK (customer_3way_hangup_action IN ('NONE', 'DISPO')),
    -- the while of customer_3way_hangup_action
    customer_3way_hangup_seconds INTEGER NOT NULL DEFAULT 5 CHECK (customer_3way_hangup_seconds BETWEEN 0 AND 3600),
    -- how long a customer is parked before the agent hears a tone each 30 seconds; 0: never
    park_max_seconds INTEGER NOT NULL DEFAULT 0 CHECK (park_max_seconds BETWEEN 0 AND 86400),
    -- what PARK_IVR_CUSTOMER lets the customer hear instead of music
    park_ivr TEXT NOT NULL DEFAULT '',
    -- how long an agent's phone that was lost in a call is called back
    agent_rescue_seconds INTEGER NOT NULL DEFAULT 20 CHECK (agent_rescue_seconds BETWEEN 5 AND 300),
    -- how a number becomes a channel
    dial_template TEXT NOT NULL DEFAULT 'PJSIP/{number}@trunk',
    -- put before a number that is dialled
    dial_prefix TEXT NOT NULL DEFAULT '',
    -- the same for third parties and blind transfers; empty: dial_prefix, X: none
    three_way_dial_prefix TEXT NOT NULL DEFAULT '',
    -- how long a number is let ring
    dial_timeout INTEGER NOT NULL DEFAULT 60 CHECK (dial_timeout BETWEEN 1 AND 300),
    -- whose number a third party sees; what has none: campaign_cid
    three_way_call_cid TEXT NOT NULL DEFAULT 'CAMPAIGN' CHECK (three_way_call_cid IN ('CAMPAIGN', 'CUSTOMER', 'AGENT_PHONE', 'AGENT_CHOOSE', 'CUSTOM_CID')),
    -- the campaign's own caller id
    campaign_cid TEXT NOT NULL DEFAULT '0000000000',
    -- the state after login
    login_state TEXT NOT NULL DEFAULT 'PAUSED' CHECK (login_state IN ('PAUSED', 'READY')),
    -- login from a phone asks the agent's PIN, or trusts an authenticated phone
    phone_login TEXT NOT NULL DEFAULT 'PIN' CHECK (phone_login IN ('PIN', 'TRUSTED'))
) STRICT, WITHOUT ROWID;

CREATE TABLE phone (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
    id TEXT PRIMARY KEY,
    -- asked when the agent logs in from a phone
    pin TEXT NOT NULL DEFAULT '',
    -- the phone the agent logs in from, his alone
    phone TEXT REFERENCES phone (id),
    -- the campaign the agent works in
    campaign TEXT REFERENCES campaign (id),
    -- the in-groups whose calls the agent takes
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups)),
    -- another name for the agent, which the agent API finds as alt_user
    custom_three TEXT NOT NULL DEFAULT '',
    -- on_hook: the phone rings for each call, instead of staying on the line
    phone_mode TEXT NOT NULL DEFAULT 'nailed_up' CHECK (phone_mode IN ('nailed_up', 'on_hook')),
    -- how long an on_hook phone rings for a call
    on_hook_ring_time INTEGER NOT NULL DEFAULT 15 CHECK (on_hook_ring_time BETWEEN 1 AND 300),
    -- after so many calls in a row that were not taken: PAUSED
    max_missed INTEGER NOT NULL DEFAULT 1 CHECK (max_missed BETWEEN 1 AND 99),
    -- goes before campaign_recording and ingroup_recording_override in this agent's calls
    recording_override TEXT NOT NULL DEFAULT 'DISABLED' CHECK (recording_override IN ('DISABLED', 'ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE'))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX agent_phone ON agent (phone);
CREATE INDEX agent_custom_three ON agent (custom_three) WHERE custom_three <> '';

CREATE TABLE did (
    id TEXT PRIMARY KEY,
    -- where its calls go: an in-group, or one agent's own queue (AGENTDIRECT)
    route TEXT NOT NULL CHECK (route <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE api_user (
    id TEXT PRIMARY KEY,
    -- the password; pass=- asks for it
    pass TEXT NOT NULL CHECK (pass <> ''),
    -- the API functions the user may call
    functions TEXT NOT NULL DEFAULT '["ALL_FUNCTIONS"]' CHECK (json_valid(functions)),
    -- N: no password of this user is right
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- N: the user may not use the API at all
    api_access TEXT NOT NULL DEFAULT 'Y' CHECK (api_access IN ('Y', 'N')),
    -- shown in the API's answers
    user_group TEXT NOT NULL DEFAULT 'ADMIN',
    -- where the user may come from; empty: from anywhere
    addresses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(addresses))
) STRICT, WITHOUT ROWID;

CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    -- what its bearer may do
    scopes TEXT NOT NULL CHECK (scopes <> '') CHECK (json_valid(scopes)),
    -- the bearer token; create and renew make it
    token TEXT NOT NULL CHECK (token <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE container (
    id TEXT PRIMARY KEY,
    -- what its entries are
    type TEXT NOT NULL DEFAULT 'PHONE_NUMBERS' CHECK (type IN ('PHONE_NUMBERS')),
    -- what is in the list
    entries TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(entries))
) STRICT, WITHOUT ROWID;

CREATE TABLE preset (
    id TEXT PRIMARY KEY,
    -- whose agents are offered it
    campaign TEXT NOT NULL REFERENCES campaign (id),
    -- what they see instead of its name
    preset_name TEXT NOT NULL DEFAULT '',
    -- the number it dials
    preset_number TEXT NOT NULL CHECK (preset_number <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE group_alias (
    id TEXT PRIMARY KEY,
    -- what people see instead of its name
    group_alias_name TEXT NOT NULL DEFAULT '',
    -- the caller id
    caller_id_number TEXT NOT NULL CHECK (caller_id_number <> ''),
    -- N: it cannot be chosen
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    id TEXT PRIMARY KEY,
    -- how the agent API answers what cannot be done; SUCCESS: as VICIdial does
    api_impossible TEXT NOT NULL DEFAULT 'ERROR' CHECK (api_impossible IN ('ERROR', 'SUCCESS')),
    -- 0: the agent API does nothing for anybody
    vdc_agent_api_active TEXT NOT NULL DEFAULT '1' CHECK (vdc_agent_api_active IN ('1', '0'))
) STRICT, WITHOUT ROWID;

-- Who changed which option of what, before and after (JSON of the changed options; a secret is 'changed').
-- hash: SHA-256 over the row before's hash and this row, so that a changed or missing row shows.
CREATE TABLE config_journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL, -- login name
    action TEXT NOT NULL CHECK (action IN ('create', 'set', 'delete')),
    entity TEXT NOT NULL,
    name TEXT NOT NULL,
    before TEXT NOT NULL CHECK (json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

-- ---------------------------------------------------------------------------------------------------------------
-- The journal: every input of the app, append-only; written by the app alone.

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, -- without gaps
    at INTEGER NOT NULL,
    kind TEXT NOT NULL, -- of the input: LegJoined, TimeCame …
    call TEXT NOT NULL DEFAULT '',
    agent TEXT NOT NULL DEFAULT '',
    payload TEXT, -- JSON: the input with every fact used for it; NULL: erased on a person's request
    payload_hash TEXT NOT NULL CHECK (length(payload_hash) = 64), -- SHA-256
    hash TEXT NOT NULL CHECK (length(hash) = 64) -- SHA-256 over the row before's hash and this row but its payload
) STRICT;

CREATE INDEX journal_call ON journal (call) WHERE call <> '';

CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal
WHEN NEW.payload IS NOT NULL OR 
    (NEW.seq, NEW.at, NEW.kind, NEW.call, NEW.agent, NEW.payload_hash, NEW.hash)
    <> (OLD.seq, OLD.at, OLD.kind, OLD.call, OLD.agent, OLD.payload_hash, OLD.hash)
BEGIN SELECT RAISE(ABORT, 'journal is append-only; only a payload may be erased (set to NULL)'); END;

-- What is open now, whole, for the next start: removed when it ends.
CREATE TABLE open_state (
    kind TEXT NOT NULL, -- the table below it belongs to
    id TEXT NOT NULL,
    format INTEGER NOT NULL, -- of the body
    body TEXT NOT NULL, -- JSON
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------
-- Derived from the journal in the same transaction: what reports read. No foreign keys and no checks of values
-- here: a record must never be lost because another one is missing or new.

CREATE TABLE call (
    id TEXT PRIMARY KEY,
    agc_id TEXT NOT NULL, -- its name in the agent API, 20 characters
    state TEXT NOT NULL,
    arrived INTEGER NOT NULL,
    number TEXT NOT NULL, -- the customer's
    dialled TEXT NOT NULL, -- the DID
    ingroup TEXT NOT NULL, -- the in-group it last waited in
    direct TEXT NOT NULL, -- AGENTDIRECT: the agent it was for
    agent TEXT, -- the agent in it now
    last_agent TEXT NOT NULL,
    connected INTEGER, -- customer and agent first heard each other
    "left" INTEGER, -- the agent left customer and third to each other
    ended INTEGER,
    ended_by TEXT NOT NULL,
    status TEXT NOT NULL -- the last agent's disposition
) STRICT, WITHOUT ROWID;

CREATE INDEX call_agc_id ON call (agc_id);
CREATE INDEX call_arrived ON call (arrived);

CREATE TABLE leg (
    id TEXT PRIMARY KEY, -- the channel's id
    owner TEXT NOT NULL, -- the call, or for an agent's leg the agent
    role TEXT NOT NULL, -- customer, agent, third, whisper
    number TEXT NOT NULL,
    created INTEGER NOT NULL,
    answered INTEGER,
    ended INTEGER,
    cause INTEGER -- Q.850
) STRICT, WITHOUT ROWID;

CREATE INDEX leg_owner ON leg (owner);

CREATE TABLE receipt (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL, -- the command
    agent TEXT NOT NULL,
    call TEXT NOT NULL,
    number TEXT NOT NULL,
    ingroup TEXT NOT NULL, -- LOCAL_CLOSER, or consultative
    to_agent TEXT NOT NULL, -- with AGENTDIRECT
    caller_id TEXT NOT NULL, -- that the command named
    message TEXT NOT NULL, -- VM_MESSAGE
    status TEXT NOT NULL,
    key TEXT NOT NULL, -- idempotency
    "by" TEXT NOT NULL, -- who asked
    source TEXT NOT NULL, -- and through what program
    requested INTEGER NOT NULL,
    ended INTEGER,
    outcome TEXT, -- completed, busy, no_answer, no_agent, declined, failed, refused, abandoned, unknown
    cause TEXT NOT NULL, -- for people
    steps TEXT NOT NULL -- JSON: [[name, time], …]
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_call ON receipt (call);
CREATE INDEX receipt_requested ON receipt (requested);
CREATE INDEX receipt_key ON receipt ("by", key) WHERE key <> ''; -- not UNIQUE: that could lose a record

CREATE TABLE recording (
    id TEXT PRIMARY KEY, -- the file's name below the recordings folder, without .wav
    call TEXT NOT NULL,
    kind TEXT NOT NULL, -- call, or handoff: after the agent has left
    reason TEXT NOT NULL, -- the rule that decided
    agent TEXT NOT NULL,
    asked INTEGER NOT NULL,
    started INTEGER,
    ended INTEGER,
    status TEXT NOT NULL, -- running, kept, failed
    cause TEXT NOT NULL, -- of the failure, also to convert it
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    length INTEGER NOT NULL, -- milliseconds
    sha256 TEXT NOT NULL,
    converted_path TEXT NOT NULL, -- the same in the format that was configured
    converted_bytes INTEGER NOT NULL,
    converted_sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX recording_call ON recording (call);

CREATE TABLE agent_session (
    id TEXT PRIMARY KEY,
    agent TEXT NOT NULL,
    phone TEXT NOT NULL,
    on_hook INTEGER NOT NULL, -- 1: the phone rang for each call
    campaign TEXT NOT NULL,
    ingroups TEXT NOT NULL, -- JSON: names
    conf_exten TEXT NOT NULL, -- its room number in the agent API
    started INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_session_agent ON agent_session (agent, started);

CREATE TABLE agent_interval ( -- one stretch of one state
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    agent TEXT NOT NULL,
    state TEXT NOT NULL,
    pause_code TEXT NOT NULL,
    call TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_interval_session ON agent_interval (session);
CREATE INDEX agent_interval_call ON agent_interval (call) WHERE call <> '';

CREATE TABLE disposition_entry (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL,
    agent TEXT NOT NULL,
    status TEXT NOT NULL, -- the code
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL -- who sent it
) STRICT, WITHOUT ROWID;

CREATE INDEX disposition_entry_call ON disposition_entry (call);

CREATE TABLE fallback ( -- calls that the dialplan's fallback took while the app was away
    id TEXT PRIMARY KEY, -- the call's
    at INTEGER NOT NULL,
    number TEXT NOT NULL, -- the caller's
    dialled TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------

INSERT INTO meta (key, value) VALUES ('schema', '1');
INSERT INTO ingroup (id, queue_priority) VALUES ('AGENTDIRECT', 99); -- always there: calls for one named agent
INSERT INTO setting (id) VALUES ('warmline'); -- its one row
