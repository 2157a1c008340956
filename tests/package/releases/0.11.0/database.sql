BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'warmline','third','2026-11-29 22:54:39.099897+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'warmline','fourth','2026-11-29 22:54:39.099897+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'warmline','fifth','2026-11-29 22:54:39.099897+00:00');
CREATE TABLE agent (
    id TEXT PRIMARY KEY,
    -- the agent's name, which lists and reports show beside the key; empty for that of its user
    full_name TEXT NOT NULL DEFAULT '',
    -- N refuses the agent's login and dials, and gives the agent no further call; a call in progress continues
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- the user group of the agent; supervisors see the agents of their groups
    user_group TEXT REFERENCES user_group (id),
    -- the PIN that the agent enters to log in from a phone
    pin TEXT NOT NULL DEFAULT '',
    -- the phone that the agent logs in from; each phone belongs to one agent
    phone TEXT REFERENCES phone (id),
    -- the campaign that the agent works in
    campaign TEXT REFERENCES campaign (id),
    -- the in-groups whose calls the agent takes
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups)),
    -- another name for the agent; the agent API accepts it as alt_user
    custom_three TEXT NOT NULL DEFAULT '',
    -- seconds that the agent stays in DISPO after the code; -1 for wrapup_seconds of the campaign
    wrapup_seconds_override INTEGER NOT NULL DEFAULT -1 CHECK (wrapup_seconds_override BETWEEN -1 AND 3600),
    -- on_hook rings the phone for each call; nailed_up keeps it on the line
    phone_mode TEXT NOT NULL DEFAULT 'nailed_up' CHECK (phone_mode IN ('nailed_up', 'on_hook')),
    -- seconds that an on_hook phone rings for a call
    on_hook_ring_time INTEGER NOT NULL DEFAULT 15 CHECK (on_hook_ring_time BETWEEN 1 AND 300),
    -- the agent's number outside, such as a mobile, that rings in place of phone; empty for phone
    outside_number TEXT NOT NULL DEFAULT '',
    -- the key by which a person at outside_number takes the call; empty if each answer takes it
    accept_key TEXT NOT NULL DEFAULT '1',
    -- missed calls in a row after which the agent is PAUSED
    max_missed INTEGER NOT NULL DEFAULT 1 CHECK (max_missed BETWEEN 1 AND 99),
    -- overrides campaign_recording and ingroup_recording_override in this agent's calls
    recording_override TEXT NOT NULL DEFAULT 'DISABLED' CHECK (recording_override IN ('DISABLED', 'ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- the level by which next_agent_call=overall_user_level chooses; the highest is first
    user_level INTEGER NOT NULL DEFAULT 1 CHECK (user_level BETWEEN 1 AND 9),
    -- the rank by which next_agent_call=campaign_rank chooses; the highest is first
    campaign_rank INTEGER NOT NULL DEFAULT 0 CHECK (campaign_rank BETWEEN -9 AND 9),
    -- the agent's share of the calls with next_agent_call=campaign_grade_random
    campaign_grade INTEGER NOT NULL DEFAULT 1 CHECK (campaign_grade BETWEEN 1 AND 10),
    -- ranks by which next_agent_call=inbound_group_rank and rank_first choose; the highest is first; 0 if not named
    ingroup_ranks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_ranks)),
    -- the agent's share of an in-group's calls with next_agent_call=ingroup_grade_random; 1 if not named
    ingroup_grades TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_grades)),
    -- the extension that AGENTEXT stands for
    custom_five TEXT NOT NULL DEFAULT '',
    -- the mailbox that AGENTVMAIL stands for
    voicemail_id TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "agent" VALUES('1000','','Y',NULL,'','1000','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1001','','Y',NULL,'','1001','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1002','','Y',NULL,'','1002','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1003','','Y',NULL,'','1003','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1004','','Y',NULL,'','1004','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1005','','Y',NULL,'','1005','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1006','','Y',NULL,'','1006','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1007','','Y',NULL,'','1007','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1008','Alex Agent','Y',NULL,'','1008','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1009','','Y',NULL,'','1009','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','',-1,'nailed_up',15,'','1',1,'DISABLED',1,0,1,'[]','[]','','');
CREATE TABLE agent_interval ( -- the time that an agent spends in one state
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    agent TEXT NOT NULL,
    state TEXT NOT NULL,
    pause_code TEXT NOT NULL,
    hold INTEGER NOT NULL DEFAULT 0, -- 1 if the state is INCALL and the customer is parked
    call TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO "agent_interval" VALUES('01M8MR92M2000B0511KBYK02DK','01M8MR92KXE0ZD745490C492Z5','1003','PAUSED','LOGIN',0,'',1795992881794131,1795992883541679);
INSERT INTO "agent_interval" VALUES('01M8MR94AN4P7NGA2ZAP7AHXG8','01M8MR92KXE0ZD745490C492Z5','1003','READY','',0,'',1795992883541679,1795992883729615);
INSERT INTO "agent_interval" VALUES('01M8MR94GH33QD0A21Q3TK842T','01M8MR92KXE0ZD745490C492Z5','1003','QUEUE','',0,'01M8MR94GH33QD0A21Q3TK842S',1795992883729615,1795992883745315);
INSERT INTO "agent_interval" VALUES('01M8MR94H14HRABCGMPGVWW9Z5','01M8MR92KXE0ZD745490C492Z5','1003','INCALL','',0,'01M8MR94GH33QD0A21Q3TK842S',1795992883745315,1795992883809599);
INSERT INTO "agent_interval" VALUES('01M8MR94K102F31TEDWS063VZ1','01M8MR92KXE0ZD745490C492Z5','1003','DISPO','',0,'01M8MR94GH33QD0A21Q3TK842S',1795992883809599,1795992883941902);
INSERT INTO "agent_interval" VALUES('01M8MR94Q5T0PQXNR4V4JNG0V7','01M8MR92KXE0ZD745490C492Z5','1003','READY','',0,'',1795992883941902,1795992884099861);
INSERT INTO "agent_interval" VALUES('01M8MR94W3PFHDZJZ4BYAAN7T7','01M8MR92KXE0ZD745490C492Z5','1003','QUEUE','',0,'01M8MR94W3PFHDZJZ4BYAAN7T6',1795992884099861,1795992884109934);
INSERT INTO "agent_interval" VALUES('01M8MR94WDSA16KW6E33JPG1SS','01M8MR92KXE0ZD745490C492Z5','1003','INCALL','',0,'01M8MR94W3PFHDZJZ4BYAAN7T6',1795992884109934,1795992884169375);
INSERT INTO "agent_interval" VALUES('01M8MR94Y90DRDTR3TK6BN1Q62','01M8MR92KXE0ZD745490C492Z5','1003','DISPO','',0,'01M8MR94W3PFHDZJZ4BYAAN7T6',1795992884169375,1795992884250939);
INSERT INTO "agent_interval" VALUES('01M8MR950TECRMHDY74SWXX4GG','01M8MR92KXE0ZD745490C492Z5','1003','READY','',0,'',1795992884250939,1795992884617666);
INSERT INTO "agent_interval" VALUES('01M8MR95C965CA1F8SP3208WRS','01M8MR92KXE0ZD745490C492Z5','1003','QUEUE','',0,'01M8MR95BZ80BMJ7Q0TT5WZ0B9',1795992884617666,1795992884622293);
INSERT INTO "agent_interval" VALUES('01M8MR95CEZN2FZS4KEFGMCDWZ','01M8MR92KXE0ZD745490C492Z5','1003','INCALL','',0,'01M8MR95BZ80BMJ7Q0TT5WZ0B9',1795992884622293,1795992884651796);
INSERT INTO "agent_interval" VALUES('01M8MR95DB024B5J3VMH4C15XB','01M8MR92KXE0ZD745490C492Z5','1003','DISPO','',0,'01M8MR95BZ80BMJ7Q0TT5WZ0B9',1795992884651796,1795992884781541);
INSERT INTO "agent_interval" VALUES('01M8MR95HD1YJMHRWAKPA70FM0','01M8MR92KXE0ZD745490C492Z5','1003','READY','',0,'',1795992884781541,1795992884791183);
INSERT INTO "agent_interval" VALUES('01M8MR95HQRZF0D9AMBHC5X6M5','01M8MR92KXE0ZD745490C492Z5','1003','QUEUE','',0,'01M8MR95HG1772BB2Y0ERV1B25',1795992884791183,1795992884794912);
INSERT INTO "agent_interval" VALUES('01M8MR95HT4F137ZTG9WYMV0M9','01M8MR92KXE0ZD745490C492Z5','1003','INCALL','',0,'01M8MR95HG1772BB2Y0ERV1B25',1795992884794912,1795992884832563);
INSERT INTO "agent_interval" VALUES('01M8MR95K0AVZCRAKW74DGPTXY','01M8MR92KXE0ZD745490C492Z5','1003','DISPO','',0,'01M8MR95HG1772BB2Y0ERV1B25',1795992884832563,1795992884961853);
INSERT INTO "agent_interval" VALUES('01M8MR95Q1EJ8REM20G39FSP7B','01M8MR92KXE0ZD745490C492Z5','1003','READY','',0,'',1795992884961853,1795992885162875);
INSERT INTO "agent_interval" VALUES('01M8MR95ZEKC7YNRM6XKT76M46','01M8MR95Z9X14Q48Z3D2AY32VP','1001','PAUSED','LOGIN',0,'',1795992885230191,1795992886977689);
INSERT INTO "agent_interval" VALUES('01M8MR97P1CWNJ9MYDDGXFQHTC','01M8MR95Z9X14Q48Z3D2AY32VP','1001','READY','',0,'',1795992886977689,1795992887065299);
INSERT INTO "agent_interval" VALUES('01M8MR97RSE3FCHNPJ07FX6B3B','01M8MR95Z9X14Q48Z3D2AY32VP','1001','QUEUE','',0,'01M8MR97RGFQ41GZMWPFACV4BD',1795992887065299,1795992887080982);
INSERT INTO "agent_interval" VALUES('01M8MR97S8X2GYHAQ1HDBJV9MZ','01M8MR95Z9X14Q48Z3D2AY32VP','1001','INCALL','',0,'01M8MR97RGFQ41GZMWPFACV4BD',1795992887080982,NULL);
INSERT INTO "agent_interval" VALUES('01M8MR97VAC8WNW3PZQMFDB7QA','01M8MR97V4ECGTSFDG4N036YTC','1002','PAUSED','LOGIN',0,'',1795992887146311,1795992888896177);
INSERT INTO "agent_interval" VALUES('01M8MR99J0MERB94WMGDJGK7YV','01M8MR97V4ECGTSFDG4N036YTC','1002','READY','',0,'',1795992888896177,1795992888980775);
INSERT INTO "agent_interval" VALUES('01M8MR99MMGEVY1M88WMKX92JR','01M8MR97V4ECGTSFDG4N036YTC','1002','QUEUE','',0,'01M8MR99MDQA8CMKVG5YWMM07V',1795992888980775,1795992888988238);
INSERT INTO "agent_interval" VALUES('01M8MR99MW93NKZ2JRSQE2Y4BE','01M8MR97V4ECGTSFDG4N036YTC','1002','INCALL','',0,'01M8MR99MDQA8CMKVG5YWMM07V',1795992888988238,NULL);
INSERT INTO "agent_interval" VALUES('01M8MR99VJTE4G0DDQCH0QD6E1','01M8MR99VE2PX4HJYNNMPAFAJN','1000','PAUSED','LOGIN',0,'',1795992889202924,1795992890950206);
INSERT INTO "agent_interval" VALUES('01M8MR9BJ6EXBN95AY981B7TVQ','01M8MR99VE2PX4HJYNNMPAFAJN','1000','READY','',0,'',1795992890950206,1795992891041430);
INSERT INTO "agent_interval" VALUES('01M8MR9BN1TERMD5PG9X2QG3GE','01M8MR99VE2PX4HJYNNMPAFAJN','1000','QUEUE','',0,'01M8MR9BMS9QZ99Q1DFC1M97FK',1795992891041430,1795992891049489);
INSERT INTO "agent_interval" VALUES('01M8MR9BN9H5YAS1DZ4R6TGCEB','01M8MR99VE2PX4HJYNNMPAFAJN','1000','INCALL','',0,'01M8MR9BMS9QZ99Q1DFC1M97FK',1795992891049489,1795992891153645);
INSERT INTO "agent_interval" VALUES('01M8MR9BRH7GSDJW3BGC0H4R01','01M8MR99VE2PX4HJYNNMPAFAJN','1000','DISPO','',0,'01M8MR9BMS9QZ99Q1DFC1M97FK',1795992891153645,1795992891365572);
INSERT INTO "agent_interval" VALUES('01M8MR9BZ5V0F6DNR93NEXKD18','01M8MR99VE2PX4HJYNNMPAFAJN','1000','READY','',0,'',1795992891365572,1795992891471703);
CREATE TABLE agent_session (
    id TEXT PRIMARY KEY,
    agent TEXT NOT NULL,
    phone TEXT NOT NULL,
    on_hook INTEGER NOT NULL, -- 1 if the phone rings for each call
    campaign TEXT NOT NULL,
    ingroups TEXT NOT NULL, -- JSON list of names
    conf_exten TEXT NOT NULL, -- the session's room number in the agent API
    started INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO "agent_session" VALUES('01M8MR92KXE0ZD745490C492Z5','1003','1003',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600051',1795992881794131,1795992885162875);
INSERT INTO "agent_session" VALUES('01M8MR95Z9X14Q48Z3D2AY32VP','1001','1001',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600051',1795992885230191,NULL);
INSERT INTO "agent_session" VALUES('01M8MR97V4ECGTSFDG4N036YTC','1002','1002',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600052',1795992887146311,NULL);
INSERT INTO "agent_session" VALUES('01M8MR99VE2PX4HJYNNMPAFAJN','1000','1000',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600053',1795992889202924,1795992891471703);
CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    -- the permissions of the program that holds the token
    scopes TEXT NOT NULL CHECK (scopes <> '') CHECK (json_valid(scopes)),
    -- the bearer token, which create and renew generate
    token TEXT NOT NULL CHECK (token <> '')
) STRICT, WITHOUT ROWID;
INSERT INTO "api_token" VALUES('crm','["agents:read", "calls:read"]','5950f9d50dd808a65285bacbc524ad3ba187313bcb87c563c44dba027c97547b');
CREATE TABLE api_user (
    id TEXT PRIMARY KEY,
    -- the password; pass=- prompts for it
    pass TEXT NOT NULL CHECK (pass <> ''),
    -- the API functions that the user may call
    functions TEXT NOT NULL DEFAULT '["ALL_FUNCTIONS"]' CHECK (json_valid(functions)),
    -- the permissions of the user in the non-agent API; NONE refuses its login there
    scopes TEXT NOT NULL DEFAULT '["NONE"]' CHECK (json_valid(scopes)),
    -- N rejects the user, even with the right password
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- N denies the user every API function
    api_access TEXT NOT NULL DEFAULT 'Y' CHECK (api_access IN ('Y', 'N')),
    -- the user group that answers show; its allowed_campaigns bound the user
    user_group TEXT NOT NULL DEFAULT 'ADMIN',
    -- the addresses and networks that the user may connect from; empty for any
    addresses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(addresses))
) STRICT, WITHOUT ROWID;
INSERT INTO "api_user" VALUES('6666','scrypt$16384$ca0a1e531b1f82082835baa0627d19b4$4db973536212879cb90c54410326b82affa3dcd4d36bb9821f7fc293a0f30e01a83bc4e66995afc4230299d840175396dbf7ca1f239c077fc3a9403bff4e1426','["ALL_FUNCTIONS"]','["NONE"]','Y','Y','ADMIN','[]');
CREATE TABLE asterisk ( -- one run of Asterisk; its calls are over when the app finds another run
    id TEXT PRIMARY KEY,
    started INTEGER NOT NULL, -- as Asterisk reports it
    seen INTEGER NOT NULL, -- first connection of the app
    ended INTEGER, -- when the app found another run
    server TEXT NOT NULL DEFAULT 'main'
) STRICT, WITHOUT ROWID;
INSERT INTO "asterisk" VALUES('1795992879475000',1795992879475000,1795992880782596,NULL,'main');
CREATE TABLE attempt ( -- calls to leads that the hopper chose, with what was known and the outcome; `call` has the rest
    call TEXT PRIMARY KEY,
    campaign TEXT NOT NULL,
    origin TEXT NOT NULL DEFAULT 'dialler', -- that of the call: dialler (automatic), or agent and callback (an agent's next lead)
    list_id TEXT NOT NULL,
    source TEXT NOT NULL, -- list, callback, alt_phone, address3, api
    passes INTEGER NOT NULL, -- outgoing calls to the lead since the list's last reset, before this one
    zones TEXT NOT NULL, -- the lead's time zones, with | between them
    open_until INTEGER NOT NULL, -- the end of the lead's legal hours, as they were known when the call began
    caller_id TEXT NOT NULL, -- the number that the lead saw
    ready INTEGER NOT NULL, -- agents, when the pacing proposed the call; 0 in a call of an agent, as the next three
    in_flight INTEGER NOT NULL, -- calls, at that time
    threshold INTEGER NOT NULL, -- the risk that the pacing took, in thousandths of a drop
    risk INTEGER NOT NULL, -- the risk that it expected
    ringing INTEGER,
    cause INTEGER, -- by Q.850, of the end of a call that was not answered; 0 if the end was not seen
    answered INTEGER,
    agent TEXT NOT NULL, -- the first agent who had the lead; empty for none
    dropped INTEGER, -- when it counted as dropped
    by_fault INTEGER NOT NULL, -- 1 if the app or Asterisk caused the drop
    message_at INTEGER, -- when the safe harbour message began
    opted_out INTEGER NOT NULL, -- 1 if the lead pressed the key safe_harbor_optout
    amd TEXT NOT NULL DEFAULT '', -- MACHINE, HUMAN, NOTSURE, HANGUP, FAILED; empty without a verdict of AMD()
    amd_cause TEXT NOT NULL DEFAULT '', -- the AMDCAUSE of the verdict, such as MAXWORDS-3-3
    amd_at INTEGER -- when the verdict came
) STRICT, WITHOUT ROWID;
INSERT INTO "attempt" VALUES('01M8MR95BZ80BMJ7Q0TT5WZ0B9','TESTCAMP','dialler','200','list',0,'Asia/Tokyo',1796742000000000,'4930999888',1,0,100,0,1795992884616937,NULL,1795992884616937,'1003',NULL,0,NULL,0,'','',NULL);
INSERT INTO "attempt" VALUES('01M8MR95HG1772BB2Y0ERV1B25','TESTCAMP','dialler','200','list',0,'Asia/Tokyo',1796742000000000,'4930999888',1,0,100,0,1795992884790880,NULL,1795992884790880,'1003',NULL,0,NULL,0,'','',NULL);
CREATE TABLE call (
    id TEXT PRIMARY KEY,
    agc_id TEXT NOT NULL, -- the call's name in the agent API, 20 characters
    state TEXT NOT NULL,
    arrived INTEGER NOT NULL,
    number TEXT NOT NULL, -- the customer's number
    dialled TEXT NOT NULL, -- the dialled DID
    ingroup TEXT NOT NULL, -- the last in-group in which it waited
    direct TEXT NOT NULL, -- for AGENTDIRECT, the wanted agent
    agent TEXT, -- the agent who is in the call now
    last_agent TEXT NOT NULL,
    connected INTEGER, -- when customer and agent first heard each other
    "left" INTEGER, -- when the agent left customer and third party alone
    ended INTEGER,
    ended_by TEXT NOT NULL,
    status TEXT NOT NULL, -- the last agent's disposition
    why TEXT NOT NULL DEFAULT '[]', -- JSON of each routing rule with its result
    lead INTEGER NOT NULL DEFAULT 0, -- lead_id; 0 for none
    direction TEXT NOT NULL DEFAULT 'in', -- in; out if the customer was dialled
    origin TEXT NOT NULL DEFAULT 'caller', -- caller, agent (dialled by hand), callback, adopted, dialler; imported from another system
    data TEXT NOT NULL DEFAULT '[]', -- JSON of the names and values that the dialplan passed with it
    server TEXT NOT NULL DEFAULT 'main' -- the Asterisk with the customer; main without [server.*] in the settings
) STRICT, WITHOUT ROWID;
INSERT INTO "call" VALUES('01M8MR94GH33QD0A21Q3TK842S','M0001795992883729615','ended',1795992883729615,'4930555777','','','',NULL,'1003',1795992883745315,NULL,1795992883814027,'customer','SALE','[]',1,'out','agent','[]','main');
INSERT INTO "call" VALUES('01M8MR94W3PFHDZJZ4BYAAN7T6','M0001795992884099861','ended',1795992884099861,'4930555778','','','',NULL,'1003',1795992884109934,NULL,1795992884171858,'customer','NA','[]',2,'out','agent','[]','main');
INSERT INTO "call" VALUES('01M8MR95BZ80BMJ7Q0TT5WZ0B9','V0001795992884607167','ended',1795992884607167,'81311112222','','','',NULL,'1003',1795992884622293,NULL,1795992884654842,'customer','SALE','[]',3,'out','dialler','[]','main');
INSERT INTO "call" VALUES('01M8MR95HG1772BB2Y0ERV1B25','V0001795992884784325','ended',1795992884784325,'81311113333','','','',NULL,'1003',1795992884794912,NULL,1795992884835152,'customer','NA','[]',4,'out','dialler','[]','main');
INSERT INTO "call" VALUES('01M8MR97RGFQ41GZMWPFACV4BD','Y0001795992887065299','talking',1795992887065299,'493012345671','8005550100','SALESLINE','','1001','1001',1795992887080982,NULL,NULL,'','','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',5,'in','caller','[]','main');
INSERT INTO "call" VALUES('01M8MR99MDQA8CMKVG5YWMM07V','Y0001795992888980775','three_way',1795992888980775,'493012345672','8005550100','SALESLINE','','1002','1002',1795992888988238,NULL,NULL,'','','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',6,'in','caller','[]','main');
INSERT INTO "call" VALUES('01M8MR9BMS9QZ99Q1DFC1M97FK','Y0001795992891041430','ended',1795992891041430,'493012345670','8005550100','SALESLINE','',NULL,'1000',1795992891049489,1795992891153645,1795992891504870,'customer','LATER','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',7,'in','caller','[]','main');
CREATE TABLE call_comment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call TEXT NOT NULL, -- also one that only the fallback had
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- the user who wrote it
    mark TEXT NOT NULL, -- such as coaching, by which the call is found; empty for none
    comment TEXT NOT NULL -- empty for a mark alone
) STRICT;
CREATE TABLE call_time (
    id TEXT PRIMARY KEY,
    -- opening time on days without their own times; 2400 for closed
    ct_default_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_default_start BETWEEN 0 AND 2400),
    -- closing time; a time before the start is on the next day
    ct_default_stop INTEGER NOT NULL DEFAULT 2400 CHECK (ct_default_stop BETWEEN 0 AND 2400),
    -- opening time on Sundays; ct_default applies if start and stop are both 0
    ct_sunday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_sunday_start BETWEEN 0 AND 2400),
    -- closing time on Sundays; ct_default applies if start and stop are both 0
    ct_sunday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_sunday_stop BETWEEN 0 AND 2400),
    -- opening time on Mondays; ct_default applies if start and stop are both 0
    ct_monday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_monday_start BETWEEN 0 AND 2400),
    -- closing time on Mondays; ct_default applies if start and stop are both 0
    ct_monday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_monday_stop BETWEEN 0 AND 2400),
    -- opening time on Tuesdays; ct_default applies if start and stop are both 0
    ct_tuesday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_tuesday_start BETWEEN 0 AND 2400),
    -- closing time on Tuesdays; ct_default applies if start and stop are both 0
    ct_tuesday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_tuesday_stop BETWEEN 0 AND 2400),
    -- opening time on Wednesdays; ct_default applies if start and stop are both 0
    ct_wednesday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_wednesday_start BETWEEN 0 AND 2400),
    -- closing time on Wednesdays; ct_default applies if start and stop are both 0
    ct_wednesday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_wednesday_stop BETWEEN 0 AND 2400),
    -- opening time on Thursdays; ct_default applies if start and stop are both 0
    ct_thursday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_thursday_start BETWEEN 0 AND 2400),
    -- closing time on Thursdays; ct_default applies if start and stop are both 0
    ct_thursday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_thursday_stop BETWEEN 0 AND 2400),
    -- opening time on Fridays; ct_default applies if start and stop are both 0
    ct_friday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_friday_start BETWEEN 0 AND 2400),
    -- closing time on Fridays; ct_default applies if start and stop are both 0
    ct_friday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_friday_stop BETWEEN 0 AND 2400),
    -- opening time on Saturdays; ct_default applies if start and stop are both 0
    ct_saturday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_saturday_start BETWEEN 0 AND 2400),
    -- closing time on Saturdays; ct_default applies if start and stop are both 0
    ct_saturday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_saturday_stop BETWEEN 0 AND 2400),
    -- further opening hours of days of the week, beside those above; a holiday has none of them
    ct_more_hours TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ct_more_hours)),
    -- the days with other times
    ct_holidays TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ct_holidays)),
    -- the time zone of these times; empty for the setting timezone
    timezone TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "call_time" VALUES('ALLDAY',0,2400,0,0,0,0,0,0,0,0,0,0,0,0,0,0,'[]','[]','');
INSERT INTO "call_time" VALUES('OFFICE',900,1800,0,0,0,0,0,0,0,0,0,0,0,0,0,0,'[]','[]','');
CREATE TABLE callback ( -- customers to call back
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL, -- the call in which it was promised; empty if a program made it for a lead
    lead INTEGER NOT NULL DEFAULT 0, -- the customer; 0 for the lead of the call, or for none
    number TEXT NOT NULL,
    ingroup TEXT NOT NULL,
    campaign TEXT NOT NULL DEFAULT '', -- campaign of the agent who promised it, or that of the lead's list
    agent TEXT NOT NULL, -- the agent who must call; empty for any agent
    at INTEGER NOT NULL, -- due time
    made INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT '', -- the disposition that promised it
    comments TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL DEFAULT '', -- the user who changed it last
    state TEXT NOT NULL, -- pending, completed, cancelled
    ended INTEGER,
    done_in TEXT NOT NULL DEFAULT '' -- the call that completed it
) STRICT, WITHOUT ROWID;
INSERT INTO "callback" VALUES('01M8MR9BZ5V0F6DNR93NEXKD17','01M8MR9BMS9QZ99Q1DFC1M97FK',7,'493012345670','SALESLINE','TESTCAMP','',1795996491359741,1795992891365572,'LATER','','local:root (uid 0)','pending',NULL,'');
CREATE TABLE campaign (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show beside the key
    campaign_name TEXT NOT NULL DEFAULT '',
    -- N refuses the logins of its agents, gives them no further call, and lets none dial
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- when calls with an agent are recorded; ALLFORCE continues after the agent has left
    campaign_recording TEXT NOT NULL DEFAULT 'ONDEMAND' CHECK (campaign_recording IN ('ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- seconds from the agent's arrival until ALLCALLS and ALLFORCE start
    allcalls_delay INTEGER NOT NULL DEFAULT 0 CHECK (allcalls_delay BETWEEN 0 AND 3600),
    -- the name of a recording; each token is replaced by its value in the call
    campaign_rec_filename TEXT NOT NULL DEFAULT 'FULLDATE_CUSTPHONE',
    -- the format to which sox or ffmpeg converts a finished recording; the wav file stays
    recording_format TEXT NOT NULL DEFAULT 'wav' CHECK (recording_format IN ('wav', 'flac', 'mp3', 'ogg')),
    -- the sound files that everyone in the call hears before each recording begins; ---NONE--- for none
    recording_notice TEXT NOT NULL DEFAULT '---NONE---',
    -- Y lets agents hear the recordings of their own calls of today, without what followed their leave
    agent_recordings TEXT NOT NULL DEFAULT 'N' CHECK (agent_recordings IN ('Y', 'N')),
    -- the third parties for whom a new recording starts when the agent leaves a three-way call
    leave_3way_start_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (leave_3way_start_recording IN ('DISABLED', 'ALL_CALLS', 'ALL_BUT_EXCEPTIONS', 'ONLY_EXCEPTIONS')),
    -- the container of numbers that are exceptions to leave_3way_start_recording
    leave_3way_start_recording_exception TEXT REFERENCES container (id),
    -- ALL_CALLS stops recording when the agent leaves, and overrides every other recording option
    leave_3way_stop_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (leave_3way_stop_recording IN ('DISABLED', 'ALL_CALLS')),
    -- Y stops the recording when a third party is connected
    three_way_record_stop TEXT NOT NULL DEFAULT 'N' CHECK (three_way_record_stop IN ('Y', 'N')),
    -- the container of numbers for which three_way_record_stop is reversed
    three_way_record_stop_exception TEXT REFERENCES container (id),
    -- Y starts a recording when the agent hangs up the third party
    hangup_xfer_record_start TEXT NOT NULL DEFAULT 'N' CHECK (hangup_xfer_record_start IN ('Y', 'N')),
    -- the calls whose recording stops when the customer hangs up
    dead_stop_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (dead_stop_recording IN ('DISABLED', 'ALL_CALLS', 'INBOUND_ONLY', 'OUTBOUND_ONLY', 'AUTODIAL_ONLY', 'MANUAL_ONLY')),
    -- whether the recording continues while the customer is parked and there is no third party
    park_recording TEXT NOT NULL DEFAULT 'CONTINUE' CHECK (park_recording IN ('CONTINUE', 'STOP')),
    -- the in-group that DEFAULTINGROUP of a transfer stands for, for calls that the campaign dialled
    default_xfer_group TEXT REFERENCES ingroup (id),
    -- the in-groups that a toolbar offers for transfers, empty for all; Warmline refuses none
    xfer_groups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(xfer_groups)),
    -- the transfers after which Warmline writes XFER and the agent gives no disposition
    transfer_no_dispo TEXT NOT NULL DEFAULT 'DISABLED' CHECK (transfer_no_dispo IN ('DISABLED', 'EXTERNAL_ONLY', 'LOCAL_ONLY', 'LEAVE3WAY_ONLY', 'LOCAL_AND_EXTERNAL', 'LOCAL_AND_LEAVE3WAY', 'LEAVE3WAY_AND_EXTERNAL', 'LOCAL_AND_EXTERNAL_AND_LEAVE3WAY')),
    -- the message that LEAVE_VM and amd_send_to_vmx play
    am_message_exten TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the action for the customer if the agent has left and the third party does not answer
    leave_unanswered_action TEXT NOT NULL DEFAULT 'INGROUP' CHECK (leave_unanswered_action IN ('INGROUP', 'HANGUP', 'MESSAGE')),
    -- the action for the customer if a blind transfer is not answered
    blind_unanswered_action TEXT NOT NULL DEFAULT 'INGROUP' CHECK (blind_unanswered_action IN ('INGROUP', 'HANGUP', 'MESSAGE')),
    -- the sound file for MESSAGE of the unanswered actions
    unanswered_message TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- whether a ringing call to a third party is cancelled when the customer hangs up
    customer_gone_while_dialing TEXT NOT NULL DEFAULT 'CANCEL' CHECK (customer_gone_while_dialing IN ('CANCEL', 'KEEP')),
    -- DISPO ends a three-way call after the customer leaves it
    customer_3way_hangup_action TEXT NOT NULL DEFAULT 'NONE' CHECK (customer_3way_hangup_action IN ('NONE', 'DISPO')),
    -- seconds after the customer has left until the call ends; 0 for at once
    customer_3way_hangup_seconds INTEGER NOT NULL DEFAULT 5 CHECK (customer_3way_hangup_seconds BETWEEN 0 AND 3600),
    -- seconds that a customer is parked before the agent hears a tone every 30 seconds; 0 for no tone
    park_max_seconds INTEGER NOT NULL DEFAULT 0 CHECK (park_max_seconds BETWEEN 0 AND 86400),
    -- the dialplan extension that PARK_IVR_CUSTOMER connects the customer to, instead of music
    park_ivr TEXT NOT NULL DEFAULT '',
    -- seconds for which a lost agent phone is called again; a failed attempt is repeated every 2 s
    agent_rescue_seconds INTEGER NOT NULL DEFAULT 20 CHECK (agent_rescue_seconds BETWEEN 5 AND 300),
    -- seconds after a page with a browser phone has gone until its line is ended; 0 for at once
    browser_grace_seconds INTEGER NOT NULL DEFAULT 5 CHECK (browser_grace_seconds BETWEEN 0 AND 300),
    -- minutes that customer and third party may talk after the agent has left; 0 for no limit
    left_max_minutes INTEGER NOT NULL DEFAULT 240 CHECK (left_max_minutes BETWEEN 0 AND 10080),
    -- Y sends the customer to [warmline-after] of the dialplan when the agent hangs up
    continue_after_hangup TEXT NOT NULL DEFAULT 'N' CHECK (continue_after_hangup IN ('Y', 'N')),
    -- the channel that Asterisk dials; {number} is replaced by the number
    dial_template TEXT NOT NULL DEFAULT 'PJSIP/{number}@trunk',
    -- the prefix before each dialled number; empty for none
    dial_prefix TEXT NOT NULL DEFAULT '',
    -- the prefix for third parties and blind transfers; empty for dial_prefix, X for none
    three_way_dial_prefix TEXT NOT NULL DEFAULT '',
    -- seconds that a dialled number rings; 0 for 25 in automatic calls and 60 in calls that agents dial
    dial_timeout INTEGER NOT NULL DEFAULT 0 CHECK (dial_timeout BETWEEN 0 AND 300),
    -- the party whose number a third party sees; campaign_cid if it has none
    three_way_call_cid TEXT NOT NULL DEFAULT 'CAMPAIGN' CHECK (three_way_call_cid IN ('CAMPAIGN', 'CUSTOMER', 'AGENT_PHONE', 'AGENT_CHOOSE', 'CUSTOM_CID')),
    -- the campaign's own caller id
    campaign_cid TEXT NOT NULL DEFAULT '0000000000',
    -- the party whose number a customer sees when an agent dials; campaign_cid if it has none
    manual_dial_cid TEXT NOT NULL DEFAULT 'CAMPAIGN' CHECK (manual_dial_cid IN ('CAMPAIGN', 'AGENT_PHONE')),
    -- whether an agent may preview a number before it is dialled, and skip it
    manual_preview_dial TEXT NOT NULL DEFAULT 'PREVIEW_AND_SKIP' CHECK (manual_preview_dial IN ('PREVIEW_AND_SKIP', 'PREVIEW_ONLY', 'DISABLED')),
    -- the only numbers that may be dialled; a number with + needs an entry with +; empty for any
    dial_allow TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dial_allow)),
    -- numbers that may not be dialled, even if dial_allow has them
    dial_deny TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dial_deny)),
    -- Y refuses numbers with * or #, such as *21*… for call forwarding
    deny_star_codes TEXT NOT NULL DEFAULT 'Y' CHECK (deny_star_codes IN ('Y', 'N')),
    -- prefixes that mean + before a country code, in numbers and in dial rules; empty for + alone
    international_prefixes TEXT NOT NULL DEFAULT '["00", "011"]' CHECK (json_valid(international_prefixes)),
    -- redirects (SIP 302) of a dialled party that are followed, if the dial rules allow each; 0 for none
    follow_redirects INTEGER NOT NULL DEFAULT 0 CHECK (follow_redirects BETWEEN 0 AND 5),
    -- the hours in which the campaign's agents may dial; empty for always
    dial_call_time_id TEXT REFERENCES call_time (id),
    -- outside parties that an agent may dial in one day, skipped previews included; 0 for no limit
    daily_limit_manual INTEGER NOT NULL DEFAULT 0 CHECK (daily_limit_manual BETWEEN 0 AND 10000),
    -- outside parties that the campaign's agents may have on the line at once; 0 for no limit
    manual_calls_at_once INTEGER NOT NULL DEFAULT 0 CHECK (manual_calls_at_once BETWEEN 0 AND 1000),
    -- minutes after its time when one agent's callback becomes every agent's; 0 for never
    callback_useronly_move_minutes INTEGER NOT NULL DEFAULT 0 CHECK (callback_useronly_move_minutes BETWEEN 0 AND 10080),
    -- leads dialled automatically: MANUAL none; PROGRESSIVE one for each READY agent whose phone is nailed_up; RATIO auto_dial_level for each; PREDICTIVE as many as predicted
    dial_method TEXT NOT NULL DEFAULT 'MANUAL' CHECK (dial_method IN ('MANUAL', 'PROGRESSIVE', 'RATIO', 'PREDICTIVE')),
    -- lines for each READY agent with RATIO of dial_method; the drop limit may allow fewer
    auto_dial_level TEXT NOT NULL DEFAULT '1',
    -- lines in flight for each agent who is logged in, at most, with RATIO and PREDICTIVE of dial_method
    adaptive_maximum_level TEXT NOT NULL DEFAULT '20',
    -- with fewer agents who are not paused, RATIO and PREDICTIVE dial as PROGRESSIVE does; 0 for no threshold
    dial_level_threshold_agents INTEGER NOT NULL DEFAULT 1 CHECK (dial_level_threshold_agents BETWEEN 0 AND 1000),
    -- the largest percentage of dropped leads among those whom a person answered, in each limited window
    adaptive_dropped_percentage TEXT NOT NULL DEFAULT '3',
    -- the windows that adaptive_dropped_percentage limits: PERIOD of 30 days, DAY, or BOTH; AUTO is DAY with a list of the country GB, otherwise PERIOD
    drop_window TEXT NOT NULL DEFAULT 'AUTO' CHECK (drop_window IN ('AUTO', 'PERIOD', 'DAY', 'BOTH')),
    -- Y hangs up calls that have rung for 15 seconds and would probably find no agent
    give_up TEXT NOT NULL DEFAULT 'Y' CHECK (give_up IN ('Y', 'N')),
    -- share of a trunk's free lines and calls per second, beside the dial_weight of other campaigns that want to dial on it
    dial_weight INTEGER NOT NULL DEFAULT 1 CHECK (dial_weight BETWEEN 1 AND 100),
    -- priority of answered leads; callers of an in-group with a higher queue_priority come first
    queue_priority INTEGER NOT NULL DEFAULT 50 CHECK (queue_priority BETWEEN -99 AND 99),
    -- how the next agent for an answered lead is chosen from the ready agents
    next_agent_call TEXT NOT NULL DEFAULT 'longest_wait_time' CHECK (next_agent_call IN ('random', 'oldest_call_start', 'oldest_call_finish', 'overall_user_level', 'campaign_rank', 'campaign_grade_random', 'fewest_calls_campaign', 'longest_wait_time')),
    -- seconds after its answer in which a lead without an agent hears the message; the drop is 0.25 seconds earlier
    drop_call_seconds INTEGER NOT NULL DEFAULT 2 CHECK (drop_call_seconds BETWEEN 1 AND 2),
    -- the action for a dropped lead: safe_harbor_audio, a place in drop_inbound_group, or a hang-up
    drop_action TEXT NOT NULL DEFAULT 'MESSAGE' CHECK (drop_action IN ('MESSAGE', 'IN_GROUP', 'HANGUP')),
    -- the in-group for IN_GROUP of drop_action; without it, dropped leads are hung up
    drop_inbound_group TEXT REFERENCES ingroup (id),
    -- the sound files for MESSAGE of drop_action: the seller and the purpose of the call; empty hangs up
    safe_harbor_audio TEXT NOT NULL DEFAULT '',
    -- the key by which a lead who hears safe_harbor_audio gets on the do-not-call list; empty for none
    safe_harbor_optout TEXT NOT NULL DEFAULT '9',
    -- answering-machine detection beside an automatic call: MARK shows its verdict to the agent; TAKE also takes a machine from an agent who has not spoken
    amd TEXT NOT NULL DEFAULT 'OFF' CHECK (amd IN ('OFF', 'MARK', 'TAKE')),
    -- Y plays am_message_exten to a machine that TAKE of amd has taken, once it is silent; N hangs up
    amd_send_to_vmx TEXT NOT NULL DEFAULT 'N' CHECK (amd_send_to_vmx IN ('Y', 'N')),
    -- Y pauses the agent after each automatic call and its disposition
    pause_after_each_call TEXT NOT NULL DEFAULT 'N' CHECK (pause_after_each_call IN ('Y', 'N')),
    -- the agent's state after login
    login_state TEXT NOT NULL DEFAULT 'PAUSED' CHECK (login_state IN ('PAUSED', 'READY')),
    -- whether a login from a phone asks for the PIN, or trusts an authenticated phone
    phone_login TEXT NOT NULL DEFAULT 'PIN' CHECK (phone_login IN ('PIN', 'TRUSTED')),
    -- N accepts any pause code, Y only configured ones; FORCE also requires one
    agent_pause_codes_active TEXT NOT NULL DEFAULT 'N' CHECK (agent_pause_codes_active IN ('N', 'Y', 'FORCE')),
    -- minimum seconds between a call and the agent's next call; 0 for no minimum
    wrapup_seconds INTEGER NOT NULL DEFAULT 0 CHECK (wrapup_seconds BETWEEN 0 AND 3600),
    -- seconds without a disposition until the call gets DISMX; 0 for never
    dispo_max INTEGER NOT NULL DEFAULT 0 CHECK (dispo_max BETWEEN 0 AND 86400),
    -- PAUSE pauses the agent at dispo_max; NEXT lets them go on after wrapup_seconds, for agents who give no codes
    dispo_max_action TEXT NOT NULL DEFAULT 'PAUSE' CHECK (dispo_max_action IN ('PAUSE', 'NEXT')),
    -- seconds without a customer until the call ends with DCMX and the agent is PAUSED; 0 for never
    dead_max INTEGER NOT NULL DEFAULT 0 CHECK (dead_max BETWEEN 0 AND 86400),
    -- seconds in one pause until the agent is logged out; 0 for never
    pause_max INTEGER NOT NULL DEFAULT 0 CHECK (pause_max BETWEEN 0 AND 86400),
    -- seconds after the loss of the phone or page until the agent is logged out; 0 for never
    lost_max INTEGER NOT NULL DEFAULT 600 CHECK (lost_max BETWEEN 0 AND 86400),
    -- the caller name on an agent's phone if no customer number is known
    phone_caller_name TEXT NOT NULL DEFAULT 'Warmline login',
    -- the caller number on an agent's phone if no customer number is known; empty for the phone's own
    phone_caller_number TEXT NOT NULL DEFAULT '',
    -- SIP headers for calls to agents' phones; Call-Info: <sip:pbx>;answer-after=0 makes many answer at once
    phone_headers TEXT NOT NULL DEFAULT '',
    -- Y lets agents work by keys of the phone; others hear only keys sent as tones that Asterisk does not detect
    feature_keys TEXT NOT NULL DEFAULT 'N' CHECK (feature_keys IN ('Y', 'N')),
    -- the numbers that feature key *1 dials for a single digit; 1 is the first number, 9 the last that can be typed
    feature_numbers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(feature_numbers)),
    -- the list for leads that its agents create
    manual_dial_list_id TEXT REFERENCES list (id),
    -- the script that its agents read in calls
    campaign_script TEXT REFERENCES script (id),
    -- LIVE_CALL_INBOUND lets an agent give an inbound call another lead
    agent_lead_search TEXT NOT NULL DEFAULT 'DISABLED' CHECK (agent_lead_search IN ('DISABLED', 'LIVE_CALL_INBOUND')),
    -- N hides the leads of the campaign's lists from its agents: no list, no search
    agent_lead_list TEXT NOT NULL DEFAULT 'Y' CHECK (agent_lead_list IN ('Y', 'N')),
    -- the hours, in the lead's time zones, in which leads are dialled; empty for the legal hours alone
    local_call_time TEXT REFERENCES call_time (id),
    -- the statuses of leads that are dialled once after each reset of their list
    dial_statuses TEXT NOT NULL DEFAULT '["NEW"]' CHECK (json_valid(dial_statuses)),
    -- the statuses that are dialled again, after how many minutes, and how often until the list is reset
    recycle TEXT NOT NULL DEFAULT '["NA:60:3", "AB:10:3", "ADCT:10:3", "ERI:60:3", "DROP:4320:1"]' CHECK (json_valid(recycle)),
    -- the order of leads: DOWN from the oldest or the lowest value, UP from the newest or the highest, or RANDOM
    lead_order TEXT NOT NULL DEFAULT 'DOWN' CHECK (lead_order IN ('DOWN', 'UP', 'DOWN RANK', 'UP RANK', 'DOWN COUNT', 'UP COUNT', 'DOWN LAST CALL TIME', 'UP LAST CALL TIME', 'DOWN TIMEZONE', 'UP TIMEZONE', 'DOWN OWNER', 'UP OWNER', 'DOWN LAST NAME', 'UP LAST NAME', 'DOWN PHONE', 'UP PHONE', 'RANDOM')),
    -- the order of leads that lead_order leaves equal: from the oldest or the newest; not for DOWN, UP and RANDOM
    lead_order_secondary TEXT NOT NULL DEFAULT 'LEAD_ASCEND' CHECK (lead_order_secondary IN ('LEAD_ASCEND', 'LEAD_DESCEND')),
    -- how many leads have one new lead among them while others are due again; 0 dials new leads after those
    new_lead_every INTEGER NOT NULL DEFAULT 0 CHECK (new_lead_every BETWEEN 0 AND 9),
    -- the leads that are dialled, such as state=TX|FL and (rank>=5 or last_call<-7d); empty for all
    lead_filter TEXT NOT NULL DEFAULT '',
    -- the other numbers of a lead that are dialled automatically, in the fields alt_phone and address3
    auto_alt_dial TEXT NOT NULL DEFAULT 'NONE' CHECK (auto_alt_dial IN ('NONE', 'ALT_ONLY', 'ADDR3_ONLY', 'ALT_AND_ADDR3')),
    -- the statuses of an automatic call after which auto_alt_dial dials the lead's next number
    auto_alt_dial_statuses TEXT NOT NULL DEFAULT '["NA", "AB", "ADC"]' CHECK (json_valid(auto_alt_dial_statuses)),
    -- hours after a drop in which its number is not dialled automatically; 0 for none
    drop_lockout_time INTEGER NOT NULL DEFAULT 72 CHECK (drop_lockout_time BETWEEN 0 AND 8760),
    -- days after a final code in which no other lead with the same number is dialled; 0 for none
    contacted_days INTEGER NOT NULL DEFAULT 7 CHECK (contacted_days BETWEEN 0 AND 366),
    -- the numbers of which automatic calls show one, by the lead's area or state; empty for campaign_cid
    cid_group TEXT REFERENCES cid_group (id),
    -- Y shows the number in a lead's security_phrase, if it has one, in its automatic calls
    use_custom_cid TEXT NOT NULL DEFAULT 'N' CHECK (use_custom_cid IN ('Y', 'N')),
    -- calls with a lead after which it is not dialled any more; 0 for no limit
    call_count_limit INTEGER NOT NULL DEFAULT 0 CHECK (call_count_limit BETWEEN 0 AND 1000),
    -- calls to a lead in one day of its time zone; 0 for no limit
    daily_call_count_limit INTEGER NOT NULL DEFAULT 3 CHECK (daily_call_count_limit BETWEEN 0 AND 100),
    -- calls of all campaigns to one number in 24 hours; 0 for no limit but those of the law
    call_limit_24hour INTEGER NOT NULL DEFAULT 3 CHECK (call_limit_24hour BETWEEN 0 AND 100),
    -- seconds after which the preview of a campaign's next lead ends by itself; 0 for never
    preview_seconds INTEGER NOT NULL DEFAULT 0 CHECK (preview_seconds BETWEEN 0 AND 3600),
    -- the action after preview_seconds: the lead is skipped or dialled
    preview_expiry TEXT NOT NULL DEFAULT 'SKIP' CHECK (preview_expiry IN ('SKIP', 'DIAL')),
    -- Y lets an agent who dials the next lead get the due callbacks of that agent first
    next_dial_my_callbacks TEXT NOT NULL DEFAULT 'N' CHECK (next_dial_my_callbacks IN ('Y', 'N')),
    -- the URL requested when an agent is connected to a caller
    start_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has given a disposition
    dispo_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has handed the call over
    transfer_url TEXT NOT NULL DEFAULT '',
    -- the page of the first web form, with data of the call; empty for none
    web_form_address TEXT NOT NULL DEFAULT '',
    -- the page of the second web form, with data of the call; empty for none
    web_form_address_two TEXT NOT NULL DEFAULT '',
    -- the page of the third web form, with data of the call; empty for none
    web_form_address_three TEXT NOT NULL DEFAULT '',
    -- the event hook whose secret signs the web form addresses of this campaign; empty leaves them unsigned
    web_form_sign TEXT REFERENCES event_hook (id),
    -- the place of open web forms: TAB for a tab of the browser, PANEL for the side of the call
    web_form_target TEXT NOT NULL DEFAULT 'TAB' CHECK (web_form_target IN ('TAB', 'PANEL')),
    -- the web form that opens by itself when a call reaches the agent; NONE leaves it to the buttons
    get_call_launch TEXT NOT NULL DEFAULT 'NONE' CHECK (get_call_launch IN ('NONE', 'WEBFORM', 'WEBFORMTWO', 'WEBFORMTHREE'))
) STRICT, WITHOUT ROWID;
INSERT INTO "campaign" VALUES('TESTCAMP','','Y','ALLCALLS',0,'FULLDATE_CUSTPHONE','wav','---NONE---','N','ALL_CALLS',NULL,'DISABLED','N',NULL,'N','DISABLED','CONTINUE','SUPPORTLINE','[]','DISABLED','vm-goodbye','INGROUP','INGROUP','vm-goodbye','CANCEL','NONE',5,0,'',20,5,240,'N','PJSIP/{number}@trunk','','',20,'CAMPAIGN','4930999888','CAMPAIGN','PREVIEW_AND_SKIP','[]','[]','Y','["00", "011"]',0,NULL,0,0,0,'PROGRESSIVE','1','20',1,'3','AUTO','Y',1,50,'longest_wait_time',2,'MESSAGE',NULL,'vm-nobodyavail','9','OFF','N','N','READY','TRUSTED','N',0,0,'PAUSE',0,0,600,'Warmline login','','','N','[]',NULL,NULL,'DISABLED','Y','ALLDAY','["NEW"]','["NA:60:3", "AB:10:3", "ADCT:10:3", "ERI:60:3", "DROP:4320:1"]','DOWN','LEAD_ASCEND',0,'','NONE','["NA", "AB", "ADC"]',72,7,NULL,'N',0,3,3,0,'SKIP','N','','','','','','',NULL,'TAB','NONE');
CREATE TABLE cid_group (
    id TEXT PRIMARY KEY,
    -- a description for administrators
    cid_group_name TEXT NOT NULL DEFAULT '',
    -- the numbers: for leads whose number begins with AREA, for a STATE, or for all others
    caller_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(caller_ids)),
    -- automatic calls in a day that show one number, before another of the group is shown
    calls_per_day INTEGER NOT NULL DEFAULT 100 CHECK (calls_per_day BETWEEN 1 AND 100000)
) STRICT, WITHOUT ROWID;
INSERT INTO "cid_group" VALUES('EAST','','["212:12125550199", "FL:13055550199", "18005550199"]',100);
CREATE TABLE clock_correction (
    at INTEGER PRIMARY KEY, -- from this time on, until the next row; 0 before the first row
    correction INTEGER NOT NULL -- microseconds to be added to a time of the journal for the time of the machine
) STRICT;
CREATE TABLE config_journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL, -- the user's login name
    action TEXT NOT NULL CHECK (action IN ('create', 'set', 'delete')),
    entity TEXT NOT NULL,
    name TEXT NOT NULL,
    before TEXT NOT NULL CHECK (json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
INSERT INTO "config_journal" VALUES(1,1795992879203763,'lab','create','ingroup','SUPPORTLINE','{}','{}','0f2b422a961a5660dff1290d263213cb34b89bb2fd4367190e3369c330fed0bf');
INSERT INTO "config_journal" VALUES(2,1795992879203763,'lab','create','ingroup','SALESLINE','{}','{"default_xfer_group": "SUPPORTLINE"}','70fd4f08c8449606a15106a41c7f2f5c2a4d8331405d359817f230fbba835c22');
INSERT INTO "config_journal" VALUES(3,1795992879203763,'lab','create','ingroup','CLOSEDLINE','{}','{"active": "N"}','05ec55f8cbb35ae627bb3915e6b46142b718aded368a9b56a52df8c397091447');
INSERT INTO "config_journal" VALUES(4,1795992879203763,'lab','create','campaign','TESTCAMP','{}','{"default_xfer_group": "SUPPORTLINE", "dial_template": "PJSIP/{number}@trunk", "dial_timeout": 20, "login_state": "READY", "phone_login": "TRUSTED"}','3a3aa0e4054b9f52b8208026a6eedbfa552cd8b34e005692bace928d3c7bda75');
INSERT INTO "config_journal" VALUES(5,1795992879203763,'lab','create','phone','1000','{}','{}','2cbad96a9f1d72e6c82021434fd586818e500fe7e2320c657a4c02b69b1df0ae');
INSERT INTO "config_journal" VALUES(6,1795992879203763,'lab','create','phone','1001','{}','{}','c36d9b98a1932c727ee36b90a1062321e4725874837fcb2181b64252ef8d7d2a');
INSERT INTO "config_journal" VALUES(7,1795992879203763,'lab','create','phone','1002','{}','{}','b7b13612885c69b573b434c75b436e20c162220acd2a9c5e1e32508919598f7e');
INSERT INTO "config_journal" VALUES(8,1795992879203763,'lab','create','phone','1003','{}','{}','07f5a5fd919f383a4543461ef41710d1412ad83eca58cd325772a103a4ba778d');
INSERT INTO "config_journal" VALUES(9,1795992879203763,'lab','create','phone','1004','{}','{}','b9a4e842167653c7fa90050b37f88d115ec784d8c097072a79871124e9c3ec53');
INSERT INTO "config_journal" VALUES(10,1795992879203763,'lab','create','phone','1005','{}','{}','f9831cdfe743b251c1ccdcb978fe370465aa5c35b9eee80b140d82e5980071b5');
INSERT INTO "config_journal" VALUES(11,1795992879203763,'lab','create','phone','1006','{}','{}','939658af319583c69e16a32f9c29a280e7e269c30268f770d48a33305404ec92');
INSERT INTO "config_journal" VALUES(12,1795992879203763,'lab','create','phone','1007','{}','{}','c8b52b9397ab4ba5bb314ef7f402b89503a29ea42008e439f7b151f0461b5328');
INSERT INTO "config_journal" VALUES(13,1795992879203763,'lab','create','phone','1008','{}','{}','fcb071fe830649bc1ba85485d671a53d1b654de44fd609c5043b1780ed2d51d2');
INSERT INTO "config_journal" VALUES(14,1795992879203763,'lab','create','phone','1009','{}','{}','869601711edc07a2967f0fc3dbc9f8c265389a1fc87e8990f68a3309aeeb3201');
INSERT INTO "config_journal" VALUES(15,1795992879203763,'lab','create','agent','1000','{}','{"phone": "1000", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','c5d9961215f226b206a9100d186c2fe6f4b0fc4f004ef3934c3cb0bea7ebf4fd');
INSERT INTO "config_journal" VALUES(16,1795992879203763,'lab','create','agent','1001','{}','{"phone": "1001", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','a71865527b8f2867e01c3c9544d07440cea0920f72116a30efb86726cdca1e84');
INSERT INTO "config_journal" VALUES(17,1795992879203763,'lab','create','agent','1002','{}','{"phone": "1002", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','3a51cf264efd47aff0a8364c19c756a89cd00700beacef65d1942333d073dac7');
INSERT INTO "config_journal" VALUES(18,1795992879203763,'lab','create','agent','1003','{}','{"phone": "1003", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','2411bb4b3a74b0a4ce1e157716ff853d574008471fe3cf9b939d5e69de4cc130');
INSERT INTO "config_journal" VALUES(19,1795992879203763,'lab','create','agent','1004','{}','{"phone": "1004", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','11085ea46507ebe728a78fa152bc1ca1c26f6c206151d0dca11b59ca77b8f345');
INSERT INTO "config_journal" VALUES(20,1795992879203763,'lab','create','agent','1005','{}','{"phone": "1005", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','4ccb15f8d288a773258899ae8e9857786396722357afbd8700102243ba1efaa5');
INSERT INTO "config_journal" VALUES(21,1795992879203763,'lab','create','agent','1006','{}','{"phone": "1006", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','ee180e29fc036f66b6ea6dab599a7c0a72933152bae080d041db55189f039def');
INSERT INTO "config_journal" VALUES(22,1795992879203763,'lab','create','agent','1007','{}','{"phone": "1007", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','a5e4e1d92e3adddf74fc99136c478f8afbf748788d82773d16054ae90fb588ab');
INSERT INTO "config_journal" VALUES(23,1795992879203763,'lab','create','agent','1008','{}','{"phone": "1008", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"], "full_name": "Alex Agent"}','0ed98cba92b51f582b848ee02d84ae2fff2e7e5b54b29be3a85806661a8ea147');
INSERT INTO "config_journal" VALUES(24,1795992879203763,'lab','create','agent','1009','{}','{"phone": "1009", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','4797c73184c7257052721652211e410f17815b186a6d547f6db9121e32c2b6bf');
INSERT INTO "config_journal" VALUES(25,1795992879203763,'lab','create','did','8005550100','{}','{"route": "ingroup:SALESLINE"}','1d27235c2509a50c7fd02b0745f62ce7fa6ac3bc4f9ba762a98965442f66b8f6');
INSERT INTO "config_journal" VALUES(26,1795992879203763,'lab','create','did','8005550101','{}','{"route": "ingroup:SUPPORTLINE"}','00c80adfcebe0f1fa9ec969126d85d4a9839c7bfb8d53839ecccdbe8e60bd3cd');
INSERT INTO "config_journal" VALUES(27,1795992879203763,'lab','create','did','8005550102','{}','{"route": "agent:1000"}','00446efee50ea83d9828da70f8bbf0c467ebb44afe4269afafbdc0b1a7127f53');
INSERT INTO "config_journal" VALUES(28,1795992879203763,'lab','create','api-user','6666','{}','{"pass": "changed", "functions": ["ALL_FUNCTIONS"]}','04cfdfd210f861612e5d1fed4c40fa7b50abce1b1493899b26c136cb3e183321');
INSERT INTO "config_journal" VALUES(29,1795992879465648,'lab','create','user','agent','{}','{"role": "agent", "agent": "1008", "full_name": "Alex Agent", "force_change_password": "N", "pass": "changed"}','82aa0cc2371cbc4e980d4c087441442c3d542c819572f587fdfd78dca1b4dbda');
INSERT INTO "config_journal" VALUES(30,1795992879465648,'lab','create','user','supervisor','{}','{"role": "supervisor", "full_name": "Sam Supervisor", "force_change_password": "N", "pass": "changed"}','4cc2877bf5341cec40ba5bd7eee3131a13097db32b6a255d07bfd12100a58eb9');
INSERT INTO "config_journal" VALUES(31,1795992879465648,'lab','create','user','manager','{}','{"role": "manager", "full_name": "Mona Manager", "force_change_password": "N", "pass": "changed"}','3497db1709c517841610292be4eb9f869c7388535adcc6a75f9d68201a448b31');
INSERT INTO "config_journal" VALUES(32,1795992879465648,'lab','create','user','admin','{}','{"role": "admin", "full_name": "Ada Administrator", "force_change_password": "N", "pass": "changed"}','01aa72852db50c291a91a2f99cff09227b2b48c1f841f1f6d78784d5d85d3647');
INSERT INTO "config_journal" VALUES(33,1795992879465648,'lab','create','user-group','BERLIN','{}','{"group_name": "Berlin", "allowed_campaigns": ["TESTCAMP"]}','83ae3f8becb176d0195e11c6f2e4868714659b2a57c09df03f8790ce9ae1f708');
INSERT INTO "config_journal" VALUES(34,1795992879465648,'lab','create','user','ada','{}','{"pass": "changed", "role": "admin", "full_name": "Ada", "force_change_password": "Y"}','1636555b7623be18697d31823c105eb7a49c05fdb6b562981f031cca2a779f0f');
INSERT INTO "config_journal" VALUES(35,1795992879465648,'lab','create','user','bert','{}','{"pass": "changed", "role": "agent", "agent": "1005", "user_group": "BERLIN", "force_change_password": "Y"}','e87eb269177484df771ff778b9ef6f7adda5afa2b3a3012c5cbbec1d7abe5139');
INSERT INTO "config_journal" VALUES(36,1795992879465648,'lab','create','call-time','OFFICE','{}','{"ct_default_start": 900, "ct_default_stop": 1800}','74cacc9a99bc5aabed5080b6b5b1d1466e93fa60484465bb1bca3b49fa8bc25f');
INSERT INTO "config_journal" VALUES(37,1795992879465648,'lab','create','call-time','ALLDAY','{}','{"ct_default_start": 0, "ct_default_stop": 2400}','e5cd12541cc332e83e2e5513169e8b23a6f0e29e8925151cf0c524b3530f1e4d');
INSERT INTO "config_journal" VALUES(38,1795992879465648,'lab','create','holiday','XMAS26','{}','{"holiday_date": "2026-12-25"}','f92cf782eae8b1742ff7562c58469e249dbcb89254c34e6a319130806017e98f');
INSERT INTO "config_journal" VALUES(39,1795992879465648,'lab','create','container','PARTNERS','{}','{"type": "PHONE_NUMBERS", "entries": ["8500", "5551234"]}','9c0f671ba2e19ff1c3259dc5ab983e727634c934432e4243ee8e45676ead025b');
INSERT INTO "config_journal" VALUES(40,1795992879465648,'lab','create','preset','BILLING','{}','{"campaign": "TESTCAMP", "preset_number": "4930555124"}','4eb7123d84247dcff321c7bf670629fd4de0607db9e240a30623515ef08f1c29');
INSERT INTO "config_journal" VALUES(41,1795992879465648,'lab','create','trunk','carrier','{}','{"lines": 10}','38618dd5e5ac2853cfbb5424f885c4f4a68de83315899c1715670e80fc776c03');
INSERT INTO "config_journal" VALUES(42,1795992879465648,'lab','create','cid-group','EAST','{}','{"caller_ids": ["212:12125550199", "FL:13055550199", "18005550199"]}','4d06a195312303fad1594275351401a726e9d68d02e9e3f9435cd0bf57fc6591');
INSERT INTO "config_journal" VALUES(43,1795992879465648,'lab','create','group-alias','SALES','{}','{"caller_id_number": "8005550100"}','34e2f56644e8ba250efbb1c38e1d0cb75bac8b4b9ddbba4f63bd20c64c2ae7d6');
INSERT INTO "config_journal" VALUES(44,1795992879465648,'lab','create','list','101','{}','{"list_name": "Autumn"}','022b7bb35e3eb52430c90474fa63767d24584ef871bdcbe3a15c3a6b751a4a89');
INSERT INTO "config_journal" VALUES(45,1795992879465648,'lab','create','list','200','{}','{"campaign": "TESTCAMP", "country": "JP"}','b69a02365fb07b3c949bb7ab4702100b7a6e82f10d636eb83973e58b1696180d');
INSERT INTO "config_journal" VALUES(46,1795992879465648,'lab','create','script','GREETING','{}','{"script_text": "Hello --A--first_name--B--"}','fb042322be43f7a4f188841fa4a4e4a88a9f18b38f941ee5fd906ed75e82252a');
INSERT INTO "config_journal" VALUES(47,1795992879465648,'lab','create','disposition','LATER','{}','{"status_name": "Call later", "scheduled_callback": "Y"}','8c478e3d4459b7a5b8d6fc1e59d0908f20b58b5791e6baf26e5f30065150dee3');
INSERT INTO "config_journal" VALUES(48,1795992879465648,'lab','create','pause-code','LUNCH','{}','{"pause_code_name": "Lunch"}','e75c70e65624706f0d46c75bb712f5750db687ab7fd09b120c89e5dedf0f36b3');
INSERT INTO "config_journal" VALUES(49,1795992879465648,'lab','set','setting','warmline','{"timezone": "UTC"}','{"timezone": "Europe/Berlin"}','7624d217bae4d2cd5fcce4858081f70c1f14ab36492422805929a7fb24d3df40');
INSERT INTO "config_journal" VALUES(50,1795992879465648,'lab','set','campaign','TESTCAMP','{"campaign_recording": "ONDEMAND", "leave_3way_start_recording": "DISABLED", "dial_method": "MANUAL", "campaign_cid": "0000000000", "safe_harbor_audio": "", "local_call_time": ""}','{"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS", "dial_method": "PROGRESSIVE", "campaign_cid": "4930999888", "safe_harbor_audio": "vm-nobodyavail", "local_call_time": "ALLDAY"}','566e67d0e482f0fda425949f8c61688c941d19f7c1098f492daa912b75893054');
INSERT INTO "config_journal" VALUES(51,1795992881728796,'root','create','api-token','crm','{}','{"scopes": ["agents:read", "calls:read"], "token": "changed"}','7a154b2d1877b022dc5124030d4eb4d995473c8672bbe42d681fbc45091ae10d');
CREATE TABLE container (
    id TEXT PRIMARY KEY,
    -- the kind of its entries
    type TEXT NOT NULL DEFAULT 'PHONE_NUMBERS' CHECK (type IN ('PHONE_NUMBERS')),
    -- the numbers in the container
    entries TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(entries))
) STRICT, WITHOUT ROWID;
INSERT INTO "container" VALUES('PARTNERS','PHONE_NUMBERS','["8500", "5551234"]');
CREATE TABLE dialler ( -- the diallers of campaigns
    id TEXT PRIMARY KEY, -- the campaign
    running INTEGER NOT NULL, -- 0 after a stop
    since INTEGER NOT NULL, -- when it was started or stopped
    "by" TEXT NOT NULL, -- the user who did so
    begins_at INTEGER NOT NULL DEFAULT 0, -- it begins no call before that
    halted TEXT NOT NULL DEFAULT '' -- why it has halted until then
) STRICT, WITHOUT ROWID;
INSERT INTO "dialler" VALUES('TESTCAMP',0,1795992885056263,'local:root (uid 0)',0,'');
CREATE TABLE did (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show beside the number
    did_description TEXT NOT NULL DEFAULT '',
    -- the destination of its calls: an in-group, agent's own queue (AGENTDIRECT), extension, mailbox or context
    route TEXT NOT NULL CHECK (route <> ''),
    -- rules about the call's data that replace route while it is open; the first that matches counts
    data_routes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(data_routes)),
    -- N disables the DID, as if it did not exist
    did_active TEXT NOT NULL DEFAULT 'Y' CHECK (did_active IN ('Y', 'N')),
    -- the opening hours; empty for always open
    call_time_id TEXT REFERENCES call_time (id),
    -- the destination of its calls when it is closed; empty for the fallback
    after_hours_route TEXT NOT NULL DEFAULT '',
    -- GROUP sends callers whose number is in filter_phone_group_id to filter_route
    filter_inbound_number TEXT NOT NULL DEFAULT 'DISABLED' CHECK (filter_inbound_number IN ('DISABLED', 'GROUP')),
    -- the container of numbers for filter_inbound_number
    filter_phone_group_id TEXT REFERENCES container (id),
    -- the destination of callers that filter_inbound_number selects
    filter_route TEXT NOT NULL DEFAULT 'hangup'
) STRICT, WITHOUT ROWID;
INSERT INTO "did" VALUES('8005550100','','ingroup:SALESLINE','[]','Y',NULL,'','DISABLED',NULL,'hangup');
INSERT INTO "did" VALUES('8005550101','','ingroup:SUPPORTLINE','[]','Y',NULL,'','DISABLED',NULL,'hangup');
INSERT INTO "did" VALUES('8005550102','','agent:1000','[]','Y',NULL,'','DISABLED',NULL,'hangup');
CREATE TABLE disposition (
    id TEXT PRIMARY KEY,
    -- the label beside the code
    status_name TEXT NOT NULL DEFAULT '',
    -- the category that reports count the code in
    category TEXT NOT NULL DEFAULT 'UNDEFINED',
    -- N keeps agents from choosing the code; Warmline or another program writes it
    selectable TEXT NOT NULL DEFAULT 'Y' CHECK (selectable IN ('Y', 'N')),
    -- Y if the agent spoke to a person
    human_answered TEXT NOT NULL DEFAULT 'N' CHECK (human_answered IN ('Y', 'N')),
    -- Y if something was sold
    sale TEXT NOT NULL DEFAULT 'N' CHECK (sale IN ('Y', 'N')),
    -- Y if the number must not be called again
    dnc TEXT NOT NULL DEFAULT 'N' CHECK (dnc IN ('Y', 'N')),
    -- Y if the customer must be called back
    scheduled_callback TEXT NOT NULL DEFAULT 'N' CHECK (scheduled_callback IN ('Y', 'N')),
    -- Y if the customer is not interested
    not_interested TEXT NOT NULL DEFAULT 'N' CHECK (not_interested IN ('Y', 'N')),
    -- Y if the customer was reached, or a person who decides for them
    customer_contact TEXT NOT NULL DEFAULT 'N' CHECK (customer_contact IN ('Y', 'N')),
    -- Y if the number reaches no person
    unworkable TEXT NOT NULL DEFAULT 'N' CHECK (unworkable IN ('Y', 'N')),
    -- Y if nothing is left to do
    completed TEXT NOT NULL DEFAULT 'N' CHECK (completed IN ('Y', 'N')),
    -- the place in lists of agents; the same place sorts by the code
    place INTEGER NOT NULL DEFAULT 100 CHECK (place BETWEEN 0 AND 999),
    -- the digits that give the code on an agent's page, and on a phone before #; may be empty
    key TEXT NOT NULL DEFAULT '',
    -- the calls for which agents may choose the code: callers, calls to customers, or both
    direction TEXT NOT NULL DEFAULT 'BOTH' CHECK (direction IN ('BOTH', 'INBOUND', 'OUTBOUND')),
    -- YES for a call that was answered only; NO puts the code last after such a call, and first after another
    reached TEXT NOT NULL DEFAULT 'BOTH' CHECK (reached IN ('BOTH', 'YES', 'NO')),
    -- Y requires notes
    notes_required TEXT NOT NULL DEFAULT 'N' CHECK (notes_required IN ('Y', 'N')),
    -- the campaigns whose agents may choose the code; empty for all
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns)),
    -- the in-groups for whose calls agents may choose the code; empty for all calls
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups))
) STRICT, WITHOUT ROWID;
INSERT INTO "disposition" VALUES('A','Answering machine','UNDEFINED','Y','N','N','N','N','N','N','N','N',9,'9','OUTBOUND','NO','N','[]','[]');
INSERT INTO "disposition" VALUES('AA','Answering machine, found by the dialler','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('AB','Busy, found by the dialler','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('ADAIR','Nobody spoke, found by the dialler','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('ADC','Disconnected, found by the dialler','UNDEFINED','N','N','N','N','N','N','N','Y','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('ADCT','Disconnected for a time','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('AFAX','Fax machine','UNDEFINED','N','N','N','N','N','N','N','Y','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('AFTHRS','Came when it was closed','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('AL','Message played to a machine','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('ALTNUM','Another number of the lead is next','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('AM','Sent to the machine message','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('B','Busy','UNDEFINED','Y','N','N','N','N','N','N','N','N',10,'01','OUTBOUND','NO','N','[]','[]');
INSERT INTO "disposition" VALUES('CALLBK','Call back','UNDEFINED','Y','Y','N','N','Y','N','Y','N','N',3,'3','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('CBHOLD','Waits for its callback','UNDEFINED','N','Y','N','N','Y','N','Y','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('CLOSOP','In-group closed while it waited','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('DAIR','Nobody spoke','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('DC','Number out of service','UNDEFINED','Y','N','N','N','N','N','N','Y','N',11,'02','OUTBOUND','NO','N','[]','[]');
INSERT INTO "disposition" VALUES('DCMX','Dead call ended by dead_max','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('DEC','Sale declined','UNDEFINED','N','Y','N','N','N','N','Y','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('DISMX','No code within dispo_max','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('DNC','Do not call','UNDEFINED','Y','Y','N','Y','N','N','Y','N','Y',5,'5','BOTH','YES','N','[]','[]');
INSERT INTO "disposition" VALUES('DNCC','On the do-not-call list of a campaign','UNDEFINED','N','N','N','Y','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('DNCL','On the do-not-call list','UNDEFINED','N','N','N','Y','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('DROP','Hung up while waiting','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('ERI','Error on the agent''s side','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('HOLDTO','Left by hold_time_option','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('INCALL','In a call','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('IQNANQ','No agents any more while it waited','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('IVRXFR','Sent to a call menu','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('LATER','Call later','UNDEFINED','Y','N','N','N','Y','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('LRERR','No line for it','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('LSMERG','Merged with another lead','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('MAXCAL','Too many calls','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('MLINAT','Other leads of the account set aside','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('N','Not answered','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('NA','No answer','UNDEFINED','Y','N','N','N','N','N','N','N','N',8,'8','OUTBOUND','NO','N','[]','[]');
INSERT INTO "disposition" VALUES('NANQUE','No agents to wait for','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('NEW','Not called yet','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('NI','Not interested','UNDEFINED','Y','Y','N','N','N','Y','Y','N','Y',2,'2','BOTH','YES','N','[]','[]');
INSERT INTO "disposition" VALUES('NP','No offer made','UNDEFINED','N','Y','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('OTHER','Other','UNDEFINED','Y','N','N','N','N','N','N','N','N',7,'7','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('PAUSMX','Paused longer than pause_max','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('PDROP','Dropped before it was routed','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('PM','Message played','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('PU','Answered, then dropped','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('QCFAIL','To be called again after a check','UNDEFINED','N','Y','N','N','Y','N','Y','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('QUEUE','On its way to an agent','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('QVMAIL','Left a voicemail instead of waiting','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('RAXFER','Handed over from outside','UNDEFINED','N','Y','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('RQXFER','Sent back into the queue','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('SALE','Sale','UNDEFINED','Y','Y','Y','N','N','N','Y','N','Y',1,'1','BOTH','YES','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYCLM','Survey led to a call menu','UNDEFINED','N','Y','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYEXT','Survey led to an extension','UNDEFINED','N','Y','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYHU','Survey ended by hanging up','UNDEFINED','N','Y','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYREC','Survey was recorded','UNDEFINED','N','Y','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYVM','Survey led to voicemail','UNDEFINED','N','Y','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('TIMEOT','Waited for drop_call_seconds','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('WAITTO','Left by wait_time_option','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('WRONG','Wrong number','UNDEFINED','Y','Y','N','N','N','N','N','N','Y',6,'6','BOTH','YES','N','[]','[]');
INSERT INTO "disposition" VALUES('XDROP','Its one agent did not come','UNDEFINED','N','N','N','N','N','N','N','N','N',100,'','BOTH','BOTH','N','[]','[]');
INSERT INTO "disposition" VALUES('XFER','Handed over','UNDEFINED','Y','Y','N','N','N','N','Y','N','N',4,'4','BOTH','YES','N','[]','[]');
CREATE TABLE disposition_entry (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL,
    agent TEXT NOT NULL,
    status TEXT NOT NULL, -- the code
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- the user who sent it
    notes TEXT NOT NULL DEFAULT '', -- notes of the agent, or the reason of a correction
    correction INTEGER NOT NULL DEFAULT 0, -- 1 for a correction after the agent's disposition
    undo_until INTEGER NOT NULL DEFAULT 0 -- until then the agent can take it back; 0 if it counts
) STRICT, WITHOUT ROWID;
INSERT INTO "disposition_entry" VALUES('01M8MR94Q5T0PQXNR4V4JNG0V6','01M8MR94GH33QD0A21Q3TK842S','1003','SALE',1795992883941902,'local:root (uid 0)','',0,0);
INSERT INTO "disposition_entry" VALUES('01M8MR950TECRMHDY74SWXX4GF','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','NA',1795992884250939,'local:root (uid 0)','',0,0);
INSERT INTO "disposition_entry" VALUES('01M8MR95HD1YJMHRWAKPA70FKZ','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','SALE',1795992884781541,'local:root (uid 0)','',0,0);
INSERT INTO "disposition_entry" VALUES('01M8MR95Q1EJ8REM20G39FSP7A','01M8MR95HG1772BB2Y0ERV1B25','1003','NA',1795992884961853,'local:root (uid 0)','',0,0);
INSERT INTO "disposition_entry" VALUES('01M8MR9BZ5V0F6DNR93NEXKD16','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','LATER',1795992891365572,'local:root (uid 0)','',0,0);
CREATE TABLE dnc ( -- numbers that must not be dialled
    phone_number TEXT NOT NULL, -- digits only
    campaign TEXT NOT NULL, -- the campaign whose agents must not dial it; empty for all agents
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- the user who added it
    why TEXT NOT NULL, -- a disposition's code, or a reason in words
    PRIMARY KEY (phone_number, campaign)
) STRICT, WITHOUT ROWID;
INSERT INTO "dnc" VALUES('8005551234','',1795992881583276,'root','');
CREATE TABLE event_hook (
    id TEXT PRIMARY KEY,
    -- the address that gets the events; its host must be in webhook_hosts
    url TEXT NOT NULL CHECK (url <> ''),
    -- the types of events that are sent; ALL sends what the event stream has
    events TEXT NOT NULL DEFAULT '["ALL"]' CHECK (json_valid(events)),
    -- the campaigns whose events are sent; empty for every campaign, and for events of none
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns)),
    -- the in-groups whose events are sent; empty for every in-group, and for events of none
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups)),
    -- N sends nothing; after a change to Y, only new events are sent
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;
CREATE TABLE event_hook_delivery ( -- the latest attempts of each event hook, without the bodies
    id INTEGER PRIMARY KEY,
    hook TEXT NOT NULL REFERENCES event_hook (id) ON DELETE CASCADE,
    delivery TEXT NOT NULL, -- hook and event, the same at each attempt
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    status INTEGER NOT NULL, -- of HTTP; 0 without an answer
    why TEXT NOT NULL -- why it failed; empty if it was delivered
) STRICT;
CREATE TABLE event_hook_state (
    hook TEXT PRIMARY KEY REFERENCES event_hook (id) ON DELETE CASCADE,
    secret TEXT NOT NULL, -- the key of the signatures
    seq INTEGER, -- all events up to this row of the journal are delivered or not wanted; empty to begin with new events
    place INTEGER NOT NULL DEFAULT 0, -- the last such event in that row
    tries INTEGER NOT NULL DEFAULT 0, -- failed attempts for the next event
    failing INTEGER, -- time of the first of them
    due INTEGER, -- time of the next attempt
    stopped INTEGER, -- when Warmline gave up; empty while events are sent
    delivered INTEGER NOT NULL DEFAULT 0, -- how many events
    test TEXT NOT NULL DEFAULT '' -- the delivery that a test waits for; empty for none
) STRICT, WITHOUT ROWID;
CREATE TABLE fallback ( -- calls that never reached the app: they took the fallback, or their DID led elsewhere
    id TEXT PRIMARY KEY, -- the call's id
    at INTEGER NOT NULL,
    number TEXT NOT NULL, -- the caller's number
    dialled TEXT NOT NULL,
    reason TEXT NOT NULL,
    goto TEXT NOT NULL DEFAULT '' -- the place in the dialplan to which its DID sent it
) STRICT, WITHOUT ROWID;
CREATE TABLE group_alias (
    id TEXT PRIMARY KEY,
    -- the label that a toolbar shows instead of the name
    group_alias_name TEXT NOT NULL DEFAULT '',
    -- the caller id that the third party sees
    caller_id_number TEXT NOT NULL CHECK (caller_id_number <> ''),
    -- N makes it unavailable
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;
INSERT INTO "group_alias" VALUES('SALES','','8005550100','Y');
CREATE TABLE holiday (
    id TEXT PRIMARY KEY,
    -- the label that people see instead of the name
    holiday_name TEXT NOT NULL DEFAULT '',
    -- the date of the holiday
    holiday_date TEXT NOT NULL CHECK (holiday_date <> ''),
    -- INACTIVE treats the day like any other
    holiday_status TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (holiday_status IN ('ACTIVE', 'INACTIVE')),
    -- opening time on that day; 2400 for closed
    ct_default_start INTEGER NOT NULL DEFAULT 2400 CHECK (ct_default_start BETWEEN 0 AND 2400),
    -- closing time on that day
    ct_default_stop INTEGER NOT NULL DEFAULT 2400 CHECK (ct_default_stop BETWEEN 0 AND 2400)
) STRICT, WITHOUT ROWID;
INSERT INTO "holiday" VALUES('XMAS26','','2026-12-25','ACTIVE',2400,2400);
CREATE TABLE hopper_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL UNIQUE REFERENCES lead (lead_id) ON DELETE CASCADE,
    campaign TEXT NOT NULL,
    priority INTEGER NOT NULL, -- -99 to 99; the highest is dialled first
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL -- the user of the program
) STRICT;
CREATE TABLE import_place ( -- how far an import has read a table
    run INTEGER NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
    name TEXT NOT NULL, -- of the source's table
    "after" TEXT NOT NULL, -- the key of the last row
    read INTEGER NOT NULL, -- rows
    new INTEGER NOT NULL, -- rows that they became here
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL, -- the database or the file, without a password
    who TEXT NOT NULL, -- the user's login name
    began INTEGER NOT NULL,
    ended INTEGER, -- when all was read; empty for an import that is to be continued
    undone INTEGER -- when its rows were taken back; empty while they are there
) STRICT;
CREATE TABLE imported_lead (
    lead_id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL -- the import
) STRICT;
CREATE TABLE ingroup (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show beside the key
    group_name TEXT NOT NULL DEFAULT '',
    -- N sends its calls to the fallback and refuses transfers to it
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- the in-group that DEFAULTINGROUP of a transfer stands for, for calls that came from this in-group
    default_xfer_group TEXT REFERENCES ingroup (id),
    -- overrides campaign_recording for calls of this in-group
    ingroup_recording_override TEXT NOT NULL DEFAULT 'DISABLED' CHECK (ingroup_recording_override IN ('DISABLED', 'ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- priority of its calls; the highest is served first; AGENTDIRECT has 99
    queue_priority INTEGER NOT NULL DEFAULT 0 CHECK (queue_priority BETWEEN -99 AND 99),
    -- rules about a call's data that add a number to queue_priority; the first that matches counts
    data_priority TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(data_priority)),
    -- Y asks the hook choose_agent which ready agent gets the next call
    choose_agent_hook TEXT NOT NULL DEFAULT 'N' CHECK (choose_agent_hook IN ('Y', 'N')),
    -- the item of a call's data that names the agent who is preferred for it; empty for none
    data_agent TEXT NOT NULL DEFAULT '',
    -- seconds that a call waits for the agent of data_agent who is busy; 0 for not at all
    data_agent_wait INTEGER NOT NULL DEFAULT 0 CHECK (data_agent_wait BETWEEN 0 AND 3600),
    -- Y lets a call from another in-group keep its first arrival time for its place in the queue
    keep_wait_on_transfer TEXT NOT NULL DEFAULT 'N' CHECK (keep_wait_on_transfer IN ('Y', 'N')),
    -- how the next agent is chosen from the ready agents
    next_agent_call TEXT NOT NULL DEFAULT 'longest_wait_time' CHECK (next_agent_call IN ('longest_wait_time', 'random', 'oldest_call_start', 'oldest_call_finish', 'oldest_inbound_call_start', 'oldest_inbound_call_finish', 'overall_user_level', 'inbound_group_rank', 'campaign_rank', 'ingroup_grade_random', 'campaign_grade_random', 'fewest_calls', 'fewest_calls_campaign', 'ring_all')),
    -- Y serves the highest of ingroup_ranks first; next_agent_call then chooses among agents of one rank
    rank_first TEXT NOT NULL DEFAULT 'N' CHECK (rank_first IN ('Y', 'N')),
    -- when Warmline answers the call: before any prompt, when it finds an agent, or never
    answer_signal TEXT NOT NULL DEFAULT 'START' CHECK (answer_signal IN ('START', 'ROUTE', 'NONE')),
    -- seconds within which a call must be connected to an agent to count for the service level
    answer_sec_pct_rt_stat_one INTEGER NOT NULL DEFAULT 20 CHECK (answer_sec_pct_rt_stat_one BETWEEN 1 AND 3600),
    -- seconds that an on_hook phone rings for a call of this in-group; 0 for on_hook_ring_time of the agent
    on_hook_ring_time INTEGER NOT NULL DEFAULT 0 CHECK (on_hook_ring_time BETWEEN 0 AND 300),
    -- seconds that a call waits after an unanswered phone, before phones ring for it again; 0 for not at all
    retry_seconds INTEGER NOT NULL DEFAULT 0 CHECK (retry_seconds BETWEEN 0 AND 300),
    -- the opening hours; empty for always open
    call_time_id TEXT REFERENCES call_time (id),
    -- the action for a call that arrives when the in-group is closed
    after_hours_action TEXT NOT NULL DEFAULT 'MESSAGE' CHECK (after_hours_action IN ('HANGUP', 'MESSAGE', 'EXTENSION', 'VOICEMAIL', 'IN_GROUP', 'CALLMENU')),
    -- the sound files that MESSAGE of after_hours_action plays
    after_hours_message_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for after_hours_action; AGENTEXT for the agent's custom_five
    after_hours_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for after_hours_action; AGENTVMAIL for the agent's voicemail_id
    after_hours_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group for after_hours_action
    afterhours_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for after_hours_action; a call enters it at extension s
    after_hours_callmenu TEXT NOT NULL DEFAULT '',
    -- turns calls away if no agent is logged in (Y), all are paused (NO_PAUSED), or none is READY
    no_agent_no_queue TEXT NOT NULL DEFAULT 'N' CHECK (no_agent_no_queue IN ('N', 'Y', 'NO_PAUSED', 'NO_READY')),
    -- sends waiting calls away if no agent is left (Y), all are paused (NO_PAUSED), or none is READY
    leave_when_empty TEXT NOT NULL DEFAULT 'N' CHECK (leave_when_empty IN ('N', 'Y', 'NO_PAUSED', 'NO_READY')),
    -- the action for a call that no_agent_no_queue or leave_when_empty turns away
    no_agent_action TEXT NOT NULL DEFAULT 'MESSAGE' CHECK (no_agent_action IN ('MESSAGE', 'HANGUP', 'EXTENSION', 'VOICEMAIL', 'INGROUP', 'CALLMENU')),
    -- the sound files, extension, mailbox, in-group or context for no_agent_action
    no_agent_action_value TEXT NOT NULL DEFAULT 'vm-nobodyavail|vm-goodbye',
    -- the calls that max_calls_count limits: none, all of the in-group, or those that wait
    max_calls_method TEXT NOT NULL DEFAULT 'DISABLED' CHECK (max_calls_method IN ('DISABLED', 'TOTAL', 'IN_QUEUE')),
    -- number of calls at which further calls are turned away; 0 turns all away
    max_calls_count INTEGER NOT NULL DEFAULT 0 CHECK (max_calls_count BETWEEN 0 AND 10000),
    -- the action for a call above max_calls_count: as without agents, at a drop, or after hours
    max_calls_action TEXT NOT NULL DEFAULT 'NO_AGENT_NO_QUEUE' CHECK (max_calls_action IN ('NO_AGENT_NO_QUEUE', 'DROP', 'AFTERHOURS')),
    -- seconds that a call waits before drop_action
    drop_call_seconds INTEGER NOT NULL DEFAULT 360 CHECK (drop_call_seconds BETWEEN 1 AND 86400),
    -- the action for a call that has waited for drop_call_seconds
    drop_action TEXT NOT NULL DEFAULT 'HANGUP' CHECK (drop_action IN ('HANGUP', 'MESSAGE', 'EXTENSION', 'VOICEMAIL', 'IN_GROUP', 'CALLMENU')),
    -- the sound file that MESSAGE of drop_action plays
    drop_message TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for drop_action; AGENTEXT for the agent's custom_five
    drop_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for drop_action; AGENTVMAIL for the agent's voicemail_id
    voicemail_ext TEXT NOT NULL DEFAULT '',
    -- the in-group for drop_action
    drop_inbound_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for drop_action; a call enters it at extension s
    drop_callmenu TEXT NOT NULL DEFAULT '',
    -- the music that a waiting caller hears
    moh_context TEXT NOT NULL DEFAULT 'default',
    -- the sound files that a caller hears first
    welcome_message_filename TEXT NOT NULL DEFAULT '---NONE---',
    -- when welcome_message_filename plays: always and in full, never, or only until an agent is free
    play_welcome_message TEXT NOT NULL DEFAULT 'ALWAYS' CHECK (play_welcome_message IN ('ALWAYS', 'NEVER', 'IF_WAIT_ONLY')),
    -- the repeated prompt for a waiting caller
    onhold_prompt_filename TEXT NOT NULL DEFAULT 'queue-thankyou',
    -- seconds between repeated prompts; 0 for never
    prompt_interval INTEGER NOT NULL DEFAULT 60 CHECK (prompt_interval BETWEEN 0 AND 3600),
    -- Y announces the caller's place with each repeated prompt
    play_place_in_line TEXT NOT NULL DEFAULT 'N' CHECK (play_place_in_line IN ('Y', 'N')),
    -- Y announces the estimated wait with each repeated prompt
    play_estimate_hold_time TEXT NOT NULL DEFAULT 'N' CHECK (play_estimate_hold_time IN ('Y', 'N')),
    -- the sound files that only the agent hears when a call is connected; ---NONE--- for silence
    agent_alert_exten TEXT NOT NULL DEFAULT 'beep',
    -- the keys by which a waiting caller leaves at any time, each with its destination
    exit_keys TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(exit_keys)),
    -- the action for a caller with a long estimated wait; a PRESS value offers it once, for key 1
    hold_time_option TEXT NOT NULL DEFAULT 'NONE' CHECK (hold_time_option IN ('NONE', 'EXTENSION', 'CALL_MENU', 'VOICEMAIL', 'IN_GROUP', 'CALLERID_CALLBACK', 'DROP_ACTION', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the action of key 2 in hold_time_option
    hold_time_second_option TEXT NOT NULL DEFAULT 'NONE' CHECK (hold_time_second_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the action of key 3 in hold_time_option
    hold_time_third_option TEXT NOT NULL DEFAULT 'NONE' CHECK (hold_time_third_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- estimated wait, in seconds, from which hold_time_option applies
    hold_time_option_seconds INTEGER NOT NULL DEFAULT 360 CHECK (hold_time_option_seconds BETWEEN 1 AND 86400),
    -- the sound files that offer the keys of hold_time_option
    hold_time_option_press_filename TEXT NOT NULL DEFAULT 'vm-press|digits/1',
    -- seconds that a caller has to press a key
    hold_time_option_prompt_seconds INTEGER NOT NULL DEFAULT 10 CHECK (hold_time_option_prompt_seconds BETWEEN 1 AND 60),
    -- the sound files that confirm a callback
    hold_time_option_callback_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for hold_time_option; AGENTEXT for the agent's custom_five
    hold_time_option_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for hold_time_option; AGENTVMAIL for the agent's voicemail_id
    hold_time_option_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group for hold_time_option
    hold_time_option_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for hold_time_option; a call enters it at extension s
    hold_time_option_callmenu TEXT NOT NULL DEFAULT '',
    -- seconds that a caller waits before hold_time_option applies
    hold_time_option_minimum INTEGER NOT NULL DEFAULT 0 CHECK (hold_time_option_minimum BETWEEN 0 AND 86400),
    -- the offer to a caller who has waited long; it is made once, for key 1
    wait_time_option TEXT NOT NULL DEFAULT 'NONE' CHECK (wait_time_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the action of key 2 in wait_time_option
    wait_time_second_option TEXT NOT NULL DEFAULT 'NONE' CHECK (wait_time_second_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the action of key 3 in wait_time_option
    wait_time_third_option TEXT NOT NULL DEFAULT 'NONE' CHECK (wait_time_third_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- seconds that a caller waits before wait_time_option applies
    wait_time_option_seconds INTEGER NOT NULL DEFAULT 120 CHECK (wait_time_option_seconds BETWEEN 1 AND 86400),
    -- the sound files that offer the keys of wait_time_option
    wait_time_option_press_filename TEXT NOT NULL DEFAULT 'vm-press|digits/1',
    -- seconds that a caller has to press a key
    wait_time_option_prompt_seconds INTEGER NOT NULL DEFAULT 10 CHECK (wait_time_option_prompt_seconds BETWEEN 1 AND 60),
    -- the sound files that confirm a callback
    wait_time_option_callback_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for wait_time_option; AGENTEXT for the agent's custom_five
    wait_time_option_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for wait_time_option; AGENTVMAIL for the agent's voicemail_id
    wait_time_option_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group for wait_time_option
    wait_time_option_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for wait_time_option; a call enters it at extension s
    wait_time_option_callmenu TEXT NOT NULL DEFAULT '',
    -- the offer to make if both are set: WAIT for wait_time_option, HOLD for hold_time_option, or BOTH
    wait_hold_option_priority TEXT NOT NULL DEFAULT 'WAIT' CHECK (wait_hold_option_priority IN ('WAIT', 'HOLD', 'BOTH')),
    -- the action for waiting calls when call_time_id closes; DISABLED lets them wait
    closing_time_action TEXT NOT NULL DEFAULT 'DISABLED' CHECK (closing_time_action IN ('DISABLED', 'MESSAGE', 'HANGUP', 'EXTENSION', 'CALLMENU', 'VOICEMAIL', 'IN_GROUP', 'CALLERID_CALLBACK')),
    -- Y carries out closing_time_action now
    closing_time_now_trigger TEXT NOT NULL DEFAULT 'N' CHECK (closing_time_now_trigger IN ('Y', 'N')),
    -- the sound files for MESSAGE and CALLERID_CALLBACK of closing_time_action
    closing_time_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for closing_time_action; AGENTEXT for the agent's custom_five
    closing_time_option_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for closing_time_action; AGENTVMAIL for the agent's voicemail_id
    closing_time_option_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group for closing_time_action
    closing_time_option_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for closing_time_action; a call enters it at extension s
    closing_time_option_callmenu TEXT NOT NULL DEFAULT '',
    -- a caller's lead: found by number in all lists (CIDLOOKUP) or list_id (CIDLOOKUPRL), new (CID), or NONE
    call_handle_method TEXT NOT NULL DEFAULT 'CIDLOOKUP' CHECK (call_handle_method IN ('CIDLOOKUP', 'CIDLOOKUPRL', 'CID', 'NONE')),
    -- the list for new leads of its callers
    list_id TEXT REFERENCES list (id),
    -- the URL requested when an agent is connected to a caller; empty for the campaign's URL
    start_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has given a disposition; empty for the campaign's URL
    dispo_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has handed the call over; empty for the campaign's URL
    transfer_url TEXT NOT NULL DEFAULT '',
    -- the page of the first web form, with data of the call; empty for that of the lead's list
    web_form_address TEXT NOT NULL DEFAULT '',
    -- the page of the second web form, with data of the call; empty for that of the lead's list
    web_form_address_two TEXT NOT NULL DEFAULT '',
    -- the page of the third web form, with data of the call; empty for that of the lead's list
    web_form_address_three TEXT NOT NULL DEFAULT '',
    -- the event hook whose secret signs the web form addresses of this in-group; empty leaves them unsigned
    web_form_sign TEXT REFERENCES event_hook (id)
) STRICT, WITHOUT ROWID;
INSERT INTO "ingroup" VALUES('AGENTDIRECT','','Y',NULL,'DISABLED',99,'[]','N','',0,'N','longest_wait_time','N','START',20,0,0,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','[]','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','','','','',NULL);
INSERT INTO "ingroup" VALUES('CLOSEDLINE','','N',NULL,'DISABLED',0,'[]','N','',0,'N','longest_wait_time','N','START',20,0,0,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','[]','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','','','','',NULL);
INSERT INTO "ingroup" VALUES('SALESLINE','','Y','SUPPORTLINE','DISABLED',0,'[]','N','',0,'N','longest_wait_time','N','START',20,0,0,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','[]','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','','','','',NULL);
INSERT INTO "ingroup" VALUES('SUPPORTLINE','','Y',NULL,'DISABLED',0,'[]','N','',0,'N','longest_wait_time','N','START',20,0,0,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','[]','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','','','','',NULL);
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, -- without gaps
    at INTEGER NOT NULL,
    kind TEXT NOT NULL, -- kind of input, such as leg.joined or timer.fired
    call TEXT NOT NULL DEFAULT '',
    agent TEXT NOT NULL DEFAULT '',
    payload TEXT, -- JSON of the input with every fact used for it; NULL after its erasure
    payload_hash TEXT NOT NULL CHECK (length(payload_hash) = 64), -- SHA-256
    hash TEXT NOT NULL CHECK (length(hash) = 64) -- SHA-256 over the previous row's hash and this row without its payload
) STRICT;
INSERT INTO "journal" VALUES(1,1795992880760240,'app.started','','','{"core":14,"base":"01M8MR91KRTS7WKR2AYG519Z91","input":{"correction":null}}','b158baae5c1f1c68d7f2ff3e64a13d24da11cf1ff0b32d28a1fb1a4aa776f324','adbc1c55c09dc714a000ccc84f5bfadbc647a10e3e1df405ab3b37bdb64e5bfb');
INSERT INTO "journal" VALUES(2,1795992880760790,'config.changed','','','{"core":14,"base":"01M8MR91KRFG6GFMP01Y049T0Q","input":{"rules":{"campaigns":{"TESTCAMP":{"id":"TESTCAMP","campaign_name":"","active":"Y","campaign_recording":"ALLCALLS","allcalls_delay":0,"campaign_rec_filename":"FULLDATE_CUSTPHONE","recording_format":"wav","recording_notice":"---NONE---","agent_recordings":"N","leave_3way_start_recording":"ALL_CALLS","leave_3way_start_recording_exception":"DISABLED","leave_3way_stop_recording":"DISABLED","three_way_record_stop":"N","three_way_record_stop_exception":"DISABLED","hangup_xfer_record_start":"N","dead_stop_recording":"DISABLED","park_recording":"CONTINUE","default_xfer_group":"SUPPORTLINE","transfer_no_dispo":"DISABLED","am_message_exten":"vm-goodbye","leave_unanswered_action":"INGROUP","blind_unanswered_action":"INGROUP","unanswered_message":"vm-goodbye","customer_gone_while_dialing":"CANCEL","customer_3way_hangup_action":"NONE","customer_3way_hangup_seconds":5,"park_max_seconds":0,"park_ivr":"","agent_rescue_seconds":20,"browser_grace_seconds":5,"left_max_minutes":240,"continue_after_hangup":"N","dial_template":"PJSIP/{number}@trunk","dial_prefix":"","three_way_dial_prefix":"","dial_timeout":20,"three_way_call_cid":"CAMPAIGN","campaign_cid":"4930999888","manual_dial_cid":"CAMPAIGN","manual_preview_dial":"PREVIEW_AND_SKIP","dial_allow":[],"dial_deny":[],"deny_star_codes":"Y","international_prefixes":["00","011"],"follow_redirects":0,"dial_call_time_id":"","daily_limit_manual":0,"manual_calls_at_once":0,"callback_useronly_move_minutes":0,"dial_method":"PROGRESSIVE","auto_dial_level":"1","adaptive_maximum_level":"20","dial_level_threshold_agents":1,"adaptive_dropped_percentage":"3","drop_window":"AUTO","give_up":"Y","dial_weight":1,"queue_priority":50,"next_agent_call":"longest_wait_time","drop_call_seconds":2,"drop_action":"MESSAGE","drop_inbound_group":"---NONE---","safe_harbor_audio":"vm-nobodyavail","safe_harbor_optout":"9","amd":"OFF","amd_send_to_vmx":"N","pause_after_each_call":"N","login_state":"READY","phone_login":"TRUSTED","agent_pause_codes_active":"N","wrapup_seconds":0,"dispo_max":0,"dispo_max_action":"PAUSE","dead_max":0,"pause_max":0,"lost_max":600,"phone_caller_name":"Warmline login","phone_caller_number":"","phone_headers":"","feature_keys":"N","feature_numbers":[],"manual_dial_list_id":"998","campaign_script":"","agent_lead_search":"DISABLED","agent_lead_list":"Y","cid_group":"","preview_seconds":0,"preview_expiry":"SKIP","next_dial_my_callbacks":"N","start_call_url":"","dispo_call_url":"","transfer_url":""}},"ingroups":{"AGENTDIRECT":{"id":"AGENTDIRECT","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":99,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","rank_first":"N","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"on_hook_ring_time":0,"retry_seconds":0,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","leave_when_empty":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","exit_keys":[],"hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"CLOSEDLINE":{"id":"CLOSEDLINE","group_name":"","active":"N","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","rank_first":"N","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"on_hook_ring_time":0,"retry_seconds":0,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","leave_when_empty":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","exit_keys":[],"hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SALESLINE":{"id":"SALESLINE","group_name":"","active":"Y","default_xfer_group":"SUPPORTLINE","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","rank_first":"N","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"on_hook_ring_time":0,"retry_seconds":0,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","leave_when_empty":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","exit_keys":[],"hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SUPPORTLINE":{"id":"SUPPORTLINE","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","rank_first":"N","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"on_hook_ring_time":0,"retry_seconds":0,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","leave_when_empty":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","exit_keys":[],"hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""}},"agents":{"1000":{"id":"1000","full_name":"","active":"Y","user_group":"","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1001":{"id":"1001","full_name":"","active":"Y","user_group":"","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1002":{"id":"1002","full_name":"","active":"Y","user_group":"","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1003":{"id":"1003","full_name":"","active":"Y","user_group":"","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1004":{"id":"1004","full_name":"","active":"Y","user_group":"","phone":"1004","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1005":{"id":"1005","full_name":"","active":"Y","user_group":"","phone":"1005","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1006":{"id":"1006","full_name":"","active":"Y","user_group":"","phone":"1006","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1007":{"id":"1007","full_name":"","active":"Y","user_group":"","phone":"1007","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1008":{"id":"1008","full_name":"Alex Agent","active":"Y","user_group":"","phone":"1008","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1009":{"id":"1009","full_name":"","active":"Y","user_group":"","phone":"1009","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""}},"call_times":{"ALLDAY":{"id":"ALLDAY","ct_default_start":0,"ct_default_stop":2400,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_more_hours":[],"ct_holidays":[],"timezone":""},"OFFICE":{"id":"OFFICE","ct_default_start":900,"ct_default_stop":1800,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_more_hours":[],"ct_holidays":[],"timezone":""}},"holidays":{"XMAS26":{"id":"XMAS26","holiday_name":"","holiday_date":"2026-12-25","holiday_status":"ACTIVE","ct_default_start":2400,"ct_default_stop":2400}},"containers":{"PARTNERS":["8500","5551234"]},"group_aliases":{"SALES":{"id":"SALES","group_alias_name":"","caller_id_number":"8005550100","active":"Y"}},"dispositions":{"A":{"id":"A","status_name":"Answering machine","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":9,"key":"9","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"AA":{"id":"AA","status_name":"Answering machine, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AB":{"id":"AB","status_name":"Busy, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADAIR":{"id":"ADAIR","status_name":"Nobody spoke, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADC":{"id":"ADC","status_name":"Disconnected, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADCT":{"id":"ADCT","status_name":"Disconnected for a time","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AFAX":{"id":"AFAX","status_name":"Fax machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AFTHRS":{"id":"AFTHRS","status_name":"Came when it was closed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AL":{"id":"AL","status_name":"Message played to a machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ALTNUM":{"id":"ALTNUM","status_name":"Another number of the lead is next","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AM":{"id":"AM","status_name":"Sent to the machine message","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"B":{"id":"B","status_name":"Busy","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":10,"key":"01","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"CALLBK":{"id":"CALLBK","status_name":"Call back","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":3,"key":"3","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"CBHOLD":{"id":"CBHOLD","status_name":"Waits for its callback","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"CLOSOP":{"id":"CLOSOP","status_name":"In-group closed while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DAIR":{"id":"DAIR","status_name":"Nobody spoke","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DC":{"id":"DC","status_name":"Number out of service","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":11,"key":"02","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"DCMX":{"id":"DCMX","status_name":"Dead call ended by dead_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DEC":{"id":"DEC","status_name":"Sale declined","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DISMX":{"id":"DISMX","status_name":"No code within dispo_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DNC":{"id":"DNC","status_name":"Do not call","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","place":5,"key":"5","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"DNCC":{"id":"DNCC","status_name":"On the do-not-call list of a campaign","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DNCL":{"id":"DNCL","status_name":"On the do-not-call list","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DROP":{"id":"DROP","status_name":"Hung up while waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ERI":{"id":"ERI","status_name":"Error on the agent''s side","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"HOLDTO":{"id":"HOLDTO","status_name":"Left by hold_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"INCALL":{"id":"INCALL","status_name":"In a call","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"IQNANQ":{"id":"IQNANQ","status_name":"No agents any more while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"IVRXFR":{"id":"IVRXFR","status_name":"Sent to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LATER":{"id":"LATER","status_name":"Call later","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LRERR":{"id":"LRERR","status_name":"No line for it","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LSMERG":{"id":"LSMERG","status_name":"Merged with another lead","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"MAXCAL":{"id":"MAXCAL","status_name":"Too many calls","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"MLINAT":{"id":"MLINAT","status_name":"Other leads of the account set aside","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"N":{"id":"N","status_name":"Not answered","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NA":{"id":"NA","status_name":"No answer","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":8,"key":"8","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"NANQUE":{"id":"NANQUE","status_name":"No agents to wait for","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NEW":{"id":"NEW","status_name":"Not called yet","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NI":{"id":"NI","status_name":"Not interested","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"Y","customer_contact":"Y","unworkable":"N","completed":"Y","place":2,"key":"2","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"NP":{"id":"NP","status_name":"No offer made","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"OTHER":{"id":"OTHER","status_name":"Other","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":7,"key":"7","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PAUSMX":{"id":"PAUSMX","status_name":"Paused longer than pause_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PDROP":{"id":"PDROP","status_name":"Dropped before it was routed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PM":{"id":"PM","status_name":"Message played","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PU":{"id":"PU","status_name":"Answered, then dropped","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QCFAIL":{"id":"QCFAIL","status_name":"To be called again after a check","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QUEUE":{"id":"QUEUE","status_name":"On its way to an agent","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QVMAIL":{"id":"QVMAIL","status_name":"Left a voicemail instead of waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"RAXFER":{"id":"RAXFER","status_name":"Handed over from outside","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"RQXFER":{"id":"RQXFER","status_name":"Sent back into the queue","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SALE":{"id":"SALE","status_name":"Sale","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"Y","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","place":1,"key":"1","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"SVYCLM":{"id":"SVYCLM","status_name":"Survey led to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYEXT":{"id":"SVYEXT","status_name":"Survey led to an extension","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYHU":{"id":"SVYHU","status_name":"Survey ended by hanging up","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYREC":{"id":"SVYREC","status_name":"Survey was recorded","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYVM":{"id":"SVYVM","status_name":"Survey led to voicemail","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"TIMEOT":{"id":"TIMEOT","status_name":"Waited for drop_call_seconds","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"WAITTO":{"id":"WAITTO","status_name":"Left by wait_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"WRONG":{"id":"WRONG","status_name":"Wrong number","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"Y","place":6,"key":"6","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"XDROP":{"id":"XDROP","status_name":"Its one agent did not come","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"XFER":{"id":"XFER","status_name":"Handed over","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":4,"key":"4","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]}},"pause_codes":{"LUNCH":{"id":"LUNCH","pause_code_name":"Lunch","key":"","time_limit":0,"billable":"NO","campaigns":[]}},"trunks":{"carrier":{"id":"carrier","lines":10,"calls_per_second":5}},"cid_groups":{"EAST":{"id":"EAST","cid_group_name":"","caller_ids":["212:12125550199","FL:13055550199","18005550199"]}},"api_impossible":"ERROR","timezone":"Europe/Berlin","webhook_hosts":[],"max_legs":0,"dial_reserve":15,"emergency_numbers":["110","112","911","999"],"hook_deadline":200,"vdc_agent_api_active":"1"}}}','976634b4e52e7efe3fd0e2f17f4c44c5d3b4e0f479db0311566ad083a60573c8','4b752227ff45d3da29bad2874f96b05715a6caa1f861c2d084e1cef58d99da80');
INSERT INTO "journal" VALUES(3,1795992880781700,'app.reconciling','','','{"core":14,"base":"01M8MR91MDPKHWX90MKRDVT0ZF","input":{}}','03bbac931478a85c994884f30850b241ac4e834cbc0ba34c0290010df5149f59','98ab69437024e654ecb7d12ba425011169c83fe1e4f46aea4a7dc4ea84310f72');
INSERT INTO "journal" VALUES(4,1795992880782596,'asterisk.connected','','','{"core":14,"base":"01M8MR91MERD27BZSZZ84QZNBM","input":{"started":1795992879475000}}','d45c652f1faa4e8488004e70e6d264cc985ef8819e403c3c623bf73bcd258e06','156808fa085e454c19daddd2b7c8dc999849da1af37abc100d04257e9838d777');
INSERT INTO "journal" VALUES(5,1795992880785163,'app.reconciled','','','{"core":14,"base":"01M8MR91MHEYTHF4C1ZFNJAZ3E","input":{}}','72dceb3f1ed67eb8e9205ef7057033a99efe01826c1a8574351967a931851145','769968fe35d2fbdc0e583deb0f027dc454f02d069dc58cf19c58bd0c2c7f7e9a');
INSERT INTO "journal" VALUES(6,1795992881769949,'config.changed','','','{"core":14,"base":"01M8MR92K9J9JNT3J6DZE9865R","input":{"rules":{"campaigns":{"TESTCAMP":{"id":"TESTCAMP","campaign_name":"","active":"Y","campaign_recording":"ALLCALLS","allcalls_delay":0,"campaign_rec_filename":"FULLDATE_CUSTPHONE","recording_format":"wav","recording_notice":"---NONE---","agent_recordings":"N","leave_3way_start_recording":"ALL_CALLS","leave_3way_start_recording_exception":"DISABLED","leave_3way_stop_recording":"DISABLED","three_way_record_stop":"N","three_way_record_stop_exception":"DISABLED","hangup_xfer_record_start":"N","dead_stop_recording":"DISABLED","park_recording":"CONTINUE","default_xfer_group":"SUPPORTLINE","transfer_no_dispo":"DISABLED","am_message_exten":"vm-goodbye","leave_unanswered_action":"INGROUP","blind_unanswered_action":"INGROUP","unanswered_message":"vm-goodbye","customer_gone_while_dialing":"CANCEL","customer_3way_hangup_action":"NONE","customer_3way_hangup_seconds":5,"park_max_seconds":0,"park_ivr":"","agent_rescue_seconds":20,"browser_grace_seconds":5,"left_max_minutes":240,"continue_after_hangup":"N","dial_template":"PJSIP/{number}@trunk","dial_prefix":"","three_way_dial_prefix":"","dial_timeout":20,"three_way_call_cid":"CAMPAIGN","campaign_cid":"4930999888","manual_dial_cid":"CAMPAIGN","manual_preview_dial":"PREVIEW_AND_SKIP","dial_allow":[],"dial_deny":[],"deny_star_codes":"Y","international_prefixes":["00","011"],"follow_redirects":0,"dial_call_time_id":"","daily_limit_manual":0,"manual_calls_at_once":0,"callback_useronly_move_minutes":0,"dial_method":"PROGRESSIVE","auto_dial_level":"1","adaptive_maximum_level":"20","dial_level_threshold_agents":1,"adaptive_dropped_percentage":"3","drop_window":"AUTO","give_up":"Y","dial_weight":1,"queue_priority":50,"next_agent_call":"longest_wait_time","drop_call_seconds":2,"drop_action":"MESSAGE","drop_inbound_group":"---NONE---","safe_harbor_audio":"vm-nobodyavail","safe_harbor_optout":"9","amd":"OFF","amd_send_to_vmx":"N","pause_after_each_call":"N","login_state":"READY","phone_login":"TRUSTED","agent_pause_codes_active":"N","wrapup_seconds":0,"dispo_max":0,"dispo_max_action":"PAUSE","dead_max":0,"pause_max":0,"lost_max":600,"phone_caller_name":"Warmline login","phone_caller_number":"","phone_headers":"","feature_keys":"N","feature_numbers":[],"manual_dial_list_id":"998","campaign_script":"","agent_lead_search":"DISABLED","agent_lead_list":"Y","cid_group":"","preview_seconds":0,"preview_expiry":"SKIP","next_dial_my_callbacks":"N","start_call_url":"","dispo_call_url":"","transfer_url":""}},"ingroups":{"AGENTDIRECT":{"id":"AGENTDIRECT","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":99,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","rank_first":"N","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"on_hook_ring_time":0,"retry_seconds":0,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","leave_when_empty":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","exit_keys":[],"hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"CLOSEDLINE":{"id":"CLOSEDLINE","group_name":"","active":"N","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","rank_first":"N","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"on_hook_ring_time":0,"retry_seconds":0,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","leave_when_empty":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","exit_keys":[],"hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SALESLINE":{"id":"SALESLINE","group_name":"","active":"Y","default_xfer_group":"SUPPORTLINE","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","rank_first":"N","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"on_hook_ring_time":0,"retry_seconds":0,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","leave_when_empty":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","exit_keys":[],"hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SUPPORTLINE":{"id":"SUPPORTLINE","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","rank_first":"N","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"on_hook_ring_time":0,"retry_seconds":0,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","leave_when_empty":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","exit_keys":[],"hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""}},"agents":{"1000":{"id":"1000","full_name":"","active":"Y","user_group":"","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1001":{"id":"1001","full_name":"","active":"Y","user_group":"","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1002":{"id":"1002","full_name":"","active":"Y","user_group":"","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1003":{"id":"1003","full_name":"","active":"Y","user_group":"","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1004":{"id":"1004","full_name":"","active":"Y","user_group":"","phone":"1004","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1005":{"id":"1005","full_name":"","active":"Y","user_group":"","phone":"1005","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1006":{"id":"1006","full_name":"","active":"Y","user_group":"","phone":"1006","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1007":{"id":"1007","full_name":"","active":"Y","user_group":"","phone":"1007","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1008":{"id":"1008","full_name":"Alex Agent","active":"Y","user_group":"","phone":"1008","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1009":{"id":"1009","full_name":"","active":"Y","user_group":"","phone":"1009","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","wrapup_seconds_override":-1,"phone_mode":"nailed_up","on_hook_ring_time":15,"outside_number":"","accept_key":"1","max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""}},"call_times":{"ALLDAY":{"id":"ALLDAY","ct_default_start":0,"ct_default_stop":2400,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_more_hours":[],"ct_holidays":[],"timezone":""},"OFFICE":{"id":"OFFICE","ct_default_start":900,"ct_default_stop":1800,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_more_hours":[],"ct_holidays":[],"timezone":""}},"holidays":{"XMAS26":{"id":"XMAS26","holiday_name":"","holiday_date":"2026-12-25","holiday_status":"ACTIVE","ct_default_start":2400,"ct_default_stop":2400}},"containers":{"PARTNERS":["8500","5551234"]},"group_aliases":{"SALES":{"id":"SALES","group_alias_name":"","caller_id_number":"8005550100","active":"Y"}},"dispositions":{"A":{"id":"A","status_name":"Answering machine","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":9,"key":"9","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"AA":{"id":"AA","status_name":"Answering machine, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AB":{"id":"AB","status_name":"Busy, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADAIR":{"id":"ADAIR","status_name":"Nobody spoke, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADC":{"id":"ADC","status_name":"Disconnected, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADCT":{"id":"ADCT","status_name":"Disconnected for a time","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AFAX":{"id":"AFAX","status_name":"Fax machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AFTHRS":{"id":"AFTHRS","status_name":"Came when it was closed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AL":{"id":"AL","status_name":"Message played to a machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ALTNUM":{"id":"ALTNUM","status_name":"Another number of the lead is next","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AM":{"id":"AM","status_name":"Sent to the machine message","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"B":{"id":"B","status_name":"Busy","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":10,"key":"01","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"CALLBK":{"id":"CALLBK","status_name":"Call back","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":3,"key":"3","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"CBHOLD":{"id":"CBHOLD","status_name":"Waits for its callback","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"CLOSOP":{"id":"CLOSOP","status_name":"In-group closed while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DAIR":{"id":"DAIR","status_name":"Nobody spoke","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DC":{"id":"DC","status_name":"Number out of service","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":11,"key":"02","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"DCMX":{"id":"DCMX","status_name":"Dead call ended by dead_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DEC":{"id":"DEC","status_name":"Sale declined","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DISMX":{"id":"DISMX","status_name":"No code within dispo_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DNC":{"id":"DNC","status_name":"Do not call","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","place":5,"key":"5","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"DNCC":{"id":"DNCC","status_name":"On the do-not-call list of a campaign","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DNCL":{"id":"DNCL","status_name":"On the do-not-call list","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DROP":{"id":"DROP","status_name":"Hung up while waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ERI":{"id":"ERI","status_name":"Error on the agent''s side","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"HOLDTO":{"id":"HOLDTO","status_name":"Left by hold_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"INCALL":{"id":"INCALL","status_name":"In a call","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"IQNANQ":{"id":"IQNANQ","status_name":"No agents any more while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"IVRXFR":{"id":"IVRXFR","status_name":"Sent to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LATER":{"id":"LATER","status_name":"Call later","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LRERR":{"id":"LRERR","status_name":"No line for it","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LSMERG":{"id":"LSMERG","status_name":"Merged with another lead","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"MAXCAL":{"id":"MAXCAL","status_name":"Too many calls","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"MLINAT":{"id":"MLINAT","status_name":"Other leads of the account set aside","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"N":{"id":"N","status_name":"Not answered","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NA":{"id":"NA","status_name":"No answer","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":8,"key":"8","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"NANQUE":{"id":"NANQUE","status_name":"No agents to wait for","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NEW":{"id":"NEW","status_name":"Not called yet","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NI":{"id":"NI","status_name":"Not interested","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"Y","customer_contact":"Y","unworkable":"N","completed":"Y","place":2,"key":"2","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"NP":{"id":"NP","status_name":"No offer made","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"OTHER":{"id":"OTHER","status_name":"Other","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":7,"key":"7","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PAUSMX":{"id":"PAUSMX","status_name":"Paused longer than pause_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PDROP":{"id":"PDROP","status_name":"Dropped before it was routed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PM":{"id":"PM","status_name":"Message played","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PU":{"id":"PU","status_name":"Answered, then dropped","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QCFAIL":{"id":"QCFAIL","status_name":"To be called again after a check","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QUEUE":{"id":"QUEUE","status_name":"On its way to an agent","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QVMAIL":{"id":"QVMAIL","status_name":"Left a voicemail instead of waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"RAXFER":{"id":"RAXFER","status_name":"Handed over from outside","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"RQXFER":{"id":"RQXFER","status_name":"Sent back into the queue","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SALE":{"id":"SALE","status_name":"Sale","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"Y","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","place":1,"key":"1","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"SVYCLM":{"id":"SVYCLM","status_name":"Survey led to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYEXT":{"id":"SVYEXT","status_name":"Survey led to an extension","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYHU":{"id":"SVYHU","status_name":"Survey ended by hanging up","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYREC":{"id":"SVYREC","status_name":"Survey was recorded","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYVM":{"id":"SVYVM","status_name":"Survey led to voicemail","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"TIMEOT":{"id":"TIMEOT","status_name":"Waited for drop_call_seconds","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"WAITTO":{"id":"WAITTO","status_name":"Left by wait_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"WRONG":{"id":"WRONG","status_name":"Wrong number","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"Y","place":6,"key":"6","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"XDROP":{"id":"XDROP","status_name":"Its one agent did not come","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"XFER":{"id":"XFER","status_name":"Handed over","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":4,"key":"4","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]}},"pause_codes":{"LUNCH":{"id":"LUNCH","pause_code_name":"Lunch","key":"","time_limit":0,"billable":"NO","campaigns":[]}},"trunks":{"carrier":{"id":"carrier","lines":10,"calls_per_second":5}},"cid_groups":{"EAST":{"id":"EAST","cid_group_name":"","caller_ids":["212:12125550199","FL:13055550199","18005550199"]}},"api_impossible":"ERROR","timezone":"Europe/Berlin","webhook_hosts":[],"max_legs":0,"dial_reserve":15,"emergency_numbers":["110","112","911","999"],"hook_deadline":200,"vdc_agent_api_active":"1"}}}','4d19d7fe96b159fd200d32a0ddea5653ffd5a9d02b17b1ed74eca6dba9132fa0','5f8dfd703eab30e413848533678bc14b34a7b1ae635d92a8fd6462a602010175');
INSERT INTO "journal" VALUES(7,1795992881794131,'leg.arrived','','1003','{"core":14,"base":"01M8MR92M2000B0511KBYK02DJ","input":{"leg":"1795992881.0","args":["login","1003"],"number":"1003","dialled":"s","call":"","session":"01M8MR92KXE0ZD745490C492Z5","up":false,"why":["phone: 1003 is agent 1003''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.answer",{"leg":"1795992881.0"}],["channel.play",{"leg":"1795992881.0","media":"sound:agent-loginok","play":"login-1795992881.0"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','f676dcc5e8b1efda73f51dd627c7a4a9984cd983de842955a18c5124c369af6b','1ef46521bf417224e91d8a12e62cc65ab5163321f2475eba537c13f6ed350bbf');
INSERT INTO "journal" VALUES(8,1795992881797258,'leg.answered','','1003','{"core":14,"base":"01M8MR92M5HJJ2XM00Z7ZZ680K","input":{"leg":"1795992881.0"}}','6b494644fc52839d31e60e1ec43923e2f5c81dbb1ee4cf4dc4f80123ab2a3306','ca81dd5f7117dcb9cb8f5dcfb15b1dc36946da4c238ad9154f142bffaddb5de2');
INSERT INTO "journal" VALUES(9,1795992883541679,'leg.prompt_finished','','1003','{"core":14,"base":"01M8MR94AN4P7NGA2ZAP7AHXG7","input":{"leg":"1795992881.0","ok":true,"play":"login-1795992881.0"},"asked":[["channel.play_silence",{"leg":"1795992881.0","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','03c70d083222db275586f636220139b8b90b360cd8f0585d226dd5e8ac60e5b6','c307d0fef6405ea66b37ba7ea887b72bf50f8a46d640743fe08ab59dd94dd765');
INSERT INTO "journal" VALUES(10,1795992883726639,'command.requested','','1003','{"core":14,"base":"01M8MR94GE80RDRVZQHW7PNJ78","input":{"receipt":"01M8MR94GE289G4ZEYZCYAB7KJ","command":{"kind":"DIAL","agent":"1003","number":"4930555777","lead":1},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["dial.check",{"check":"01M8MR94GE289G4ZEYZCYAB7KJ","agent":"1003","campaign":"TESTCAMP","number":"4930555777","readings":["4930555777"],"at":1795992883726639,"since":0,"callback":"","leads":"","lead":0}]]}','4b99515c84e65d6e87c236c13f1b5355155130b2ee4cd525bd6b2eae2424a76d','f6228baa14dd453796470cecd22d0f5908408b7e0fe64c63478ed9d2a848f30c');
INSERT INTO "journal" VALUES(11,1795992883729615,'dial.checked','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94GH33QD0A21Q3TK842R","input":{"check":"01M8MR94GE289G4ZEYZCYAB7KJ","agent":"1003","facts":{"listed":"","dialled":0,"callback":null,"problem":"","lead":null}},"asked":[["bridge.create",{"bridge":"room-01M8MR94GH33QD0A21Q3TK842S"}],["channel.play_silence",{"leg":"1795992881.0","on":false}],["bridge.add",{"leg":"1795992881.0","bridge":"room-01M8MR94GH33QD0A21Q3TK842S"}]],"events":[["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}],["command.started",{"id":"01M8MR94GE289G4ZEYZCYAB7KJ","kind":"DIAL","number":"4930555777","by":"local:root (uid 0)","source":"api/v1","step":"begun"}],["call.dialing",{"agc_id":"M0001795992883729615","state":"dialing_out","arrived":1795992883729615,"customer":"4930555777","lead":1}]]}','08cd9013767f0b28cb991efc3cdc980e15a989a4a9889971f2685d361272ef8f','7b6d714ec75412cb795eef0500b9c03cf703df4951bdd33387d4cd6fc244d267');
INSERT INTO "journal" VALUES(12,1795992883735115,'leg.joined','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94GQRR6D6SWB3KE47J83","input":{"leg":"1795992881.0","bridge":"room-01M8MR94GH33QD0A21Q3TK842S"},"asked":[["channel.create",{"leg":"01M8MR94GQRR6D6SWB3KE47J84","endpoint":"PJSIP/4930555777@trunk","caller":"4930999888","call":"01M8MR94GH33QD0A21Q3TK842S","name":"","headers":[]}]]}','3f90a805b5f21908064067f3bac8857eb88faa598fdd2d573216a4bef4550014','87c3a1e12d9e1521864c989d5924d704c1ffa3b7b72d9222e9db77a26511fad0');
INSERT INTO "journal" VALUES(13,1795992883738275,'leg.arrived','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94GT1REKXESVPCX48AXD","input":{"leg":"01M8MR94GQRR6D6SWB3KE47J84","args":["made"],"number":"","dialled":"s","call":"01M8MR94GH33QD0A21Q3TK842S","session":"","up":false,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.deafen",{"leg":"01M8MR94GQRR6D6SWB3KE47J84","on":true}],["bridge.add",{"leg":"01M8MR94GQRR6D6SWB3KE47J84","bridge":"room-01M8MR94GH33QD0A21Q3TK842S"}],["channel.dial",{"leg":"01M8MR94GQRR6D6SWB3KE47J84","timeout":20}]]}','a87177d9e6098c9cf73876e9dba8e759e6a0a8c1cbd33d2daacf90a1e9f5b2cc','8a7cfa762fa6f2b690bb3fd1972b70564d7415b569973ddecaa34040f2ff2d61');
INSERT INTO "journal" VALUES(14,1795992883740319,'leg.joined','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94GWNRQGZFAE8901NP9V","input":{"leg":"01M8MR94GQRR6D6SWB3KE47J84","bridge":"room-01M8MR94GH33QD0A21Q3TK842S"}}','2abb46c8ca13c7682c82c1cdc820a828dbc10f6466d8f13e753b4b2a01efff53','c736b7b4e7c569f2d23e414c86a9bb709e8bbeb98325ae29fa02f1770b5bc428');
INSERT INTO "journal" VALUES(15,1795992883743146,'action.completed','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94GZE7QJB3AB5FR1J1HF","input":{"action":{"leg":"01M8MR94GQRR6D6SWB3KE47J84","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M8MR94GE289G4ZEYZCYAB7KJ","why":"","refused":false,"of":""}]],"events":[["command.dialing",{"id":"01M8MR94GE289G4ZEYZCYAB7KJ","kind":"DIAL","requested":1795992883729615,"number":"4930555777","by":"local:root (uid 0)","source":"api/v1","step":"dialling"}]]}','bef8fc8276a52580e460aaab50b49ecbc2dbff83c9fe4192d1b3fcd462999da6','657001e22e05b414a06963707e8230ff29331ad8d78a6fa1e71d5bc7e0c6934c');
INSERT INTO "journal" VALUES(16,1795992883745315,'leg.answered','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94H14HRABCGMPGVWW9Z4","input":{"leg":"01M8MR94GQRR6D6SWB3KE47J84"},"asked":[["channel.deafen",{"leg":"01M8MR94GQRR6D6SWB3KE47J84","on":false}],["recording.start",{"name":"20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1","bridge":"room-01M8MR94GH33QD0A21Q3TK842S"}]],"events":[["command.completed",{"id":"01M8MR94GE289G4ZEYZCYAB7KJ","kind":"DIAL","requested":1795992883729615,"number":"4930555777","by":"local:root (uid 0)","source":"api/v1","ended":1795992883745315,"outcome":"completed"}],["call.connected",{"agc_id":"M0001795992883729615","state":"talking","arrived":1795992883729615,"customer":"4930555777","lead":1,"connected":1795992883745315}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','8e2aaca904018ae91d699f0e05c85046418f63bbf7ebadc6e9ac7564880c4387','4f004c80cb9cb208956ec5b89030730de32f878e04959e8411af5e5448360d3c');
INSERT INTO "journal" VALUES(17,1795992883755328,'recording_file.started','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94HB1FVGPMCVP879Q6CH","input":{"name":"20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1"},"events":[["recording.started",{"id":"20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992883755328}]]}','6629656e85814f2a7eb4b6dd91a9037857844b62dec643af0f9d804530a38a7b','0c2e4be77cadbba84006c9c6853912de47ded178200deb65d472d8ee3875f31d');
INSERT INTO "journal" VALUES(18,1795992883809268,'leg.left','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94K1FFAZQBH03SYDH3Q8","input":{"leg":"01M8MR94GQRR6D6SWB3KE47J84","bridge":"room-01M8MR94GH33QD0A21Q3TK842S"}}','d762499a6f57e66649eedd2e1f05f01ceb2e64190ffe3092df2a356a1d7d780c','9c521b95861bdc60e4d594da41029e4a54bcc84b8c9d42a151d33903e3dc431d');
INSERT INTO "journal" VALUES(19,1795992883809599,'leg.destroyed','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94K102F31TEDWS063VZ0","input":{"leg":"01M8MR94GQRR6D6SWB3KE47J84","cause":16},"asked":[["recording.stop",{"name":"20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1"}],["bridge.remove",{"leg":"1795992881.0","bridge":"room-01M8MR94GH33QD0A21Q3TK842S"}]],"events":[["call.ended",{"agc_id":"M0001795992883729615","state":"ended","arrived":1795992883729615,"customer":"4930555777","agent":null,"lead":1,"connected":1795992883745315,"ended":1795992883809599,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','6fa502f870fe0552967b2ec8767cbec4cb886a240ff9e73d874acfc8d4fb97e5','6f77fa5e2a48e05ae02151e5821828f828dcfa8935693af9ec63e141801a953c');
INSERT INTO "journal" VALUES(20,1795992883814027,'recording_file.finished','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94K6GAPQJHP3HTXB1PVC","input":{"name":"20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1"},"asked":[["recording.measure",{"name":"20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1"}],["bridge.destroy",{"bridge":"room-01M8MR94GH33QD0A21Q3TK842S"}]],"events":[["recording.finished",{"id":"20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992883755328,"ended":1795992883814027}]]}','667547f993e9c2409d641054dbb516848105c4e11a9ab14a3c339621f7a5c0b7','e502ec22bd365cb52c0c2c780d45be3c658be35d467308c4a7cafb1b134e300a');
INSERT INTO "journal" VALUES(21,1795992883816489,'leg.left','','1003','{"core":14,"base":"01M8MR94K8E95ZK96MB70S5DQF","input":{"leg":"1795992881.0","bridge":"room-01M8MR94GH33QD0A21Q3TK842S"},"asked":[["channel.play_silence",{"leg":"1795992881.0","on":true}]]}','1171235606ceb54637779c4b13e4e9630fef9a2cb01e3e242217effdab1a9119','08fc8773a69841bdcab979bb1745e3df4dbf4bd99df0545570fb41bb8166e811');
INSERT INTO "journal" VALUES(22,1795992883818837,'recording_file.measured','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94KAQ8108705X1KRKA7H","input":{"name":"20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1","path":"/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1.wav","bytes":1004,"length":60,"sha256":"527a7461855329013cda2854f0e211054a47e7ff7452aaea243a0829a241d5f1","mended":false,"age":5},"events":[["recording.kept",{"id":"20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795992883755328,"ended":1795992883814027,"bytes":1004,"length_ms":60,"sha256":"527a7461855329013cda2854f0e211054a47e7ff7452aaea243a0829a241d5f1"}]]}','22f561ef9faff7a73e77da87243d780f3d336e66c57418c2df8c8975592923f6','b2bc47a093e34cd4f2721c205ed57100f4c9239c1a02306ec01c6f3650605d1a');
INSERT INTO "journal" VALUES(23,1795992883941902,'command.requested','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94Q5T0PQXNR4V4JNG0V5","input":{"receipt":"01M8MR94Q58MWMDXDSHYGMZHQT","command":{"kind":"STATUS","agent":"1003","status":"SALE","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8MR94Q58MWMDXDSHYGMZHQT","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8MR94Q58MWMDXDSHYGMZHQT","kind":"STATUS","status":"SALE","by":"local:root (uid 0)","source":"api/v1","ended":1795992883941902,"outcome":"completed"}],["disposition.entered",{"status":"SALE","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"SALE"}]]}','222c5148f82ca85e302a37a8f0484cf3fd7c9ac5dc816c34b2cd653f35b33095','0cf6222beb291ccbcd6c4798d465cc7c3e4d17516de8d73d271902b4e672389a');
INSERT INTO "journal" VALUES(24,1795992884097926,'command.requested','01M8MR94GH33QD0A21Q3TK842S','1003','{"core":14,"base":"01M8MR94W12QPKTYEADYZB4RYS","input":{"receipt":"01M8MR94W1BD7Q6FXF58B2VMGP","command":{"kind":"DIAL","agent":"1003","number":"4930555778","lead":2},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["dial.check",{"check":"01M8MR94W1BD7Q6FXF58B2VMGP","agent":"1003","campaign":"TESTCAMP","number":"4930555778","readings":["4930555778"],"at":1795992884097926,"since":0,"callback":"","leads":"","lead":0}]]}','f43216be256b938e4515b312ec3309fba8b0fbf529f3c1a51bb554dd5e977bbf','87e33b2d7e48ff141bd522486ff8e728d5b38bafadeba01537d21c8311ee3da6');
INSERT INTO "journal" VALUES(25,1795992884099861,'dial.checked','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94W3PFHDZJZ4BYAAN7T5","input":{"check":"01M8MR94W1BD7Q6FXF58B2VMGP","agent":"1003","facts":{"listed":"","dialled":0,"callback":null,"problem":"","lead":null}},"asked":[["bridge.create",{"bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"}],["channel.play_silence",{"leg":"1795992881.0","on":false}],["bridge.add",{"leg":"1795992881.0","bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"}]],"events":[["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8MR94GH33QD0A21Q3TK842S","last_status":"SALE"}],["command.started",{"id":"01M8MR94W1BD7Q6FXF58B2VMGP","kind":"DIAL","number":"4930555778","by":"local:root (uid 0)","source":"api/v1","step":"begun"}],["call.dialing",{"agc_id":"M0001795992884099861","state":"dialing_out","arrived":1795992884099861,"customer":"4930555778","lead":2}]]}','b61c7a370ffdac198e69e0159d2327e54cdb86ea762203b37355b1571d69f04e','49129f7c14e70aa4a313469f32464dd773b13007819f4236405afc1c94590ed8');
INSERT INTO "journal" VALUES(26,1795992884102760,'leg.joined','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94W63RY89KTN14M8P04E","input":{"leg":"1795992881.0","bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"},"asked":[["channel.create",{"leg":"01M8MR94W63RY89KTN14M8P04F","endpoint":"PJSIP/4930555778@trunk","caller":"4930999888","call":"01M8MR94W3PFHDZJZ4BYAAN7T6","name":"","headers":[]}]]}','13aa7ec3bd9733fa31be1a6cf0f811d1f391ccd624a62d61ac446c4b184e2985','0fee0895c92dc85dd8b16eb001c086b7e96fb4b842af66dfc1e640da06dd0497');
INSERT INTO "journal" VALUES(27,1795992884104887,'leg.arrived','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94W8FM3HFJ3T77WQ8V6T","input":{"leg":"01M8MR94W63RY89KTN14M8P04F","args":["made"],"number":"","dialled":"s","call":"01M8MR94W3PFHDZJZ4BYAAN7T6","session":"","up":false,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.deafen",{"leg":"01M8MR94W63RY89KTN14M8P04F","on":true}],["bridge.add",{"leg":"01M8MR94W63RY89KTN14M8P04F","bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"}],["channel.dial",{"leg":"01M8MR94W63RY89KTN14M8P04F","timeout":20}]]}','8cb2a1b33419062ff985528831768d78d8dcb0893945a59aa34a2fb5654e8579','ff355136d2a7095d5d9b9266f650066e7ffdf548f43cae72f914bb57d0eb2138');
INSERT INTO "journal" VALUES(28,1795992884106431,'leg.joined','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94WAX50HDSBQ3WGG1NNN","input":{"leg":"01M8MR94W63RY89KTN14M8P04F","bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"}}','0afe580d94e59ce2d79333b6b56f8d28f86803f0fde9b70e919b7d42d995fb69','e0505c89efa7a08a0d58ca2b1dff6312d5745253d65cef7f9d9955e87b7ed9d5');
INSERT INTO "journal" VALUES(29,1795992884107732,'action.completed','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94WB2HG6DZ4JZZA87JVQ","input":{"action":{"leg":"01M8MR94W63RY89KTN14M8P04F","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M8MR94W1BD7Q6FXF58B2VMGP","why":"","refused":false,"of":""}]],"events":[["command.dialing",{"id":"01M8MR94W1BD7Q6FXF58B2VMGP","kind":"DIAL","requested":1795992884099861,"number":"4930555778","by":"local:root (uid 0)","source":"api/v1","step":"dialling"}]]}','08050bf59ae8a553d7cbc478f83b0c10818a2e57ed27082242aa00b355f7c2ec','6f1d1d43465a221c447cf236210edb41f0ed3cfd1ffa7b3bbb110aeb1947a49d');
INSERT INTO "journal" VALUES(30,1795992884109934,'leg.answered','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94WDSA16KW6E33JPG1SR","input":{"leg":"01M8MR94W63RY89KTN14M8P04F"},"asked":[["channel.deafen",{"leg":"01M8MR94W63RY89KTN14M8P04F","on":false}],["recording.start",{"name":"20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1","bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"}]],"events":[["command.completed",{"id":"01M8MR94W1BD7Q6FXF58B2VMGP","kind":"DIAL","requested":1795992884099861,"number":"4930555778","by":"local:root (uid 0)","source":"api/v1","ended":1795992884109934,"outcome":"completed"}],["call.connected",{"agc_id":"M0001795992884099861","state":"talking","arrived":1795992884099861,"customer":"4930555778","lead":2,"connected":1795992884109934}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8MR94GH33QD0A21Q3TK842S","last_status":"SALE"}]]}','305e73cd9295e48ba4a8d39c01d007b2b1010d87bd476ada5132d013f2a60480','2899100f92964f1f870a416509fea0e08ba4ae8e15c5b393211fe433b6065485');
INSERT INTO "journal" VALUES(31,1795992884113983,'recording_file.started','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94WH3RKBQMDSMDQE67YR","input":{"name":"20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1"},"events":[["recording.started",{"id":"20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992884113983}]]}','0c83ec3974f29e118465604b6a8666f275446da2ac1931ed870af2468cc7d469','862b4f917b2841947df267d72cf3f0b33766d6500a008b85db3cc4a8c4803e18');
INSERT INTO "journal" VALUES(32,1795992884168991,'leg.left','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94Y8TQ9DJEXYFSSND8ZW","input":{"leg":"01M8MR94W63RY89KTN14M8P04F","bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"}}','29c55fcd9785159a60f7381715472ad07ea0d28d150cc3023ecdc51dd0448282','4e25e3195d3a2d6b01de747fbaa9437e11f9869a04587abb8fff73c8e5c6ce0e');
INSERT INTO "journal" VALUES(33,1795992884169375,'leg.destroyed','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94Y90DRDTR3TK6BN1Q61","input":{"leg":"01M8MR94W63RY89KTN14M8P04F","cause":16},"asked":[["recording.stop",{"name":"20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1"}],["bridge.remove",{"leg":"1795992881.0","bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"}]],"events":[["call.ended",{"agc_id":"M0001795992884099861","state":"ended","arrived":1795992884099861,"customer":"4930555778","agent":null,"lead":2,"connected":1795992884109934,"ended":1795992884169375,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','9dbd28dac68015f19b9a2a4e2d3b55e604e93113906ec4b1b5e12670b68f3d3f','9b8020971e0d34380b929b7c3006a4d13ffe71015eb3316d392b039cb879b926');
INSERT INTO "journal" VALUES(34,1795992884171858,'recording_file.finished','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94YB93TFW9QZSZN6VCBJ","input":{"name":"20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1"},"asked":[["recording.measure",{"name":"20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1"}],["bridge.destroy",{"bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"}]],"events":[["recording.finished",{"id":"20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992884113983,"ended":1795992884171858}]]}','c8ee0e97b01030f6b33a5ec8b4bbfb384ebf84e23a6fbb33f7bf27bf40278682','a73a617c71292e20f9361017710467d3ff722afdbd5e0e045c8c8bad54161dd4');
INSERT INTO "journal" VALUES(35,1795992884173780,'leg.left','','1003','{"core":14,"base":"01M8MR94YD4GPCTH9JH7C1EGED","input":{"leg":"1795992881.0","bridge":"room-01M8MR94W3PFHDZJZ4BYAAN7T6"},"asked":[["channel.play_silence",{"leg":"1795992881.0","on":true}]]}','6a4e047905a1c4308998c101a083a872fade44f8528df9e1bf4cf18f92e0fcc7','f29eed235424dd35c24114aa3ee7ba908afe562275f7514229ac604328af0ebe');
INSERT INTO "journal" VALUES(36,1795992884180327,'recording_file.measured','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR94YM2QEHANS4CXNWHY3H","input":{"name":"20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1","path":"/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1.wav","bytes":1004,"length":60,"sha256":"2ac0f0dc48576427574da5ce4575044ea56889dd72860aedcff5935a34490e3b","mended":false,"age":3},"events":[["recording.kept",{"id":"20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795992884113983,"ended":1795992884171858,"bytes":1004,"length_ms":60,"sha256":"2ac0f0dc48576427574da5ce4575044ea56889dd72860aedcff5935a34490e3b"}]]}','c1af58419338d2af148b2e6a796c5413c24718183c71f4d101150f15dfb2821d','04dc69298c289fe1f712d272d0225bb8042b8b138f1e3ba74bd3fa52521e29d8');
INSERT INTO "journal" VALUES(37,1795992884250939,'command.requested','01M8MR94W3PFHDZJZ4BYAAN7T6','1003','{"core":14,"base":"01M8MR950TECRMHDY74SWXX4GE","input":{"receipt":"01M8MR950T5WYSZJFHH8Y943RT","command":{"kind":"STATUS","agent":"1003","status":"NA","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8MR950T5WYSZJFHH8Y943RT","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8MR950T5WYSZJFHH8Y943RT","kind":"STATUS","status":"NA","by":"local:root (uid 0)","source":"api/v1","ended":1795992884250939,"outcome":"completed"}],["disposition.entered",{"status":"NA","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"NA"}]]}','1a6c15e661987a199973e774f95ad35ddeffd30b352e591c3464d4d40f89b452','050dfdb42dab059c0f50e48e95a1e1340a1782fb3367a23d7b8d7d635e8837bd');
INSERT INTO "journal" VALUES(38,1795992884348991,'command.requested','','','{"core":14,"base":"01M8MR953WW3YDYBZ1MJJEZJGC","input":{"receipt":"01M8MR953WE8MSGQ0CNSP7P0KR","command":{"kind":"DIALLER_START","campaign":"TESTCAMP"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8MR953WE8MSGQ0CNSP7P0KR","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8MR953WE8MSGQ0CNSP7P0KR","kind":"DIALLER_START","by":"local:root (uid 0)","source":"api/v1","ended":1795992884348991,"outcome":"completed"}],["dialler.started",{"campaign":"TESTCAMP","running":true,"by":"local:root (uid 0)"}]]}','3e83a5fccfd30023998ff8704021fe14fbfb5c43dfa8a36c927cc1349b5c0927','50a217c72bf0bad68e39b6a1bd8a67cd426cd7e6f0f3bdad656863758a17672c');
INSERT INTO "journal" VALUES(39,1795992884607167,'pacing.decided','01M8MR95BZ80BMJ7Q0TT5WZ0B9','','{"core":14,"base":"01M8MR95BZ80BMJ7Q0TT5WZ0B8","input":{"campaign":"TESTCAMP","begin":[{"lead":3,"list_id":"200","number":"81311112222","caller_id":"4930999888","zones":"Asia/Tokyo","open_until":1796742000000000,"source":"list","passes":0,"due_callback":null}],"give_up":[],"ready":1,"in_flight":0,"threshold":100,"risk":0},"asked":[["channel.originate",{"leg":"01M8MR95BZ80BMJ7Q0TT5WZ0BA","endpoint":"PJSIP/81311112222@trunk","caller":"4930999888","call":"01M8MR95BZ80BMJ7Q0TT5WZ0B9","timeout":43,"harbour":"vm-nobodyavail","number":"81311112222","optout":"9"}]],"events":[["call.calling",{"agc_id":"V0001795992884607167","state":"calling","arrived":1795992884607167,"customer":"81311112222","agent":null,"lead":3}]]}','42f098a55353078e2898b2d4a4184392b390b34dbfcfe28d2824e254ef0008e2','48ccb21d4a211794e1388544fd35bc09b16b3c5b14943978c97070a8f6acaa4c');
INSERT INTO "journal" VALUES(40,1795992884616937,'leg.answered','01M8MR95BZ80BMJ7Q0TT5WZ0B9','','{"core":14,"base":"01M8MR95C8X8R34390H9JVAT6M","input":{"leg":"01M8MR95BZ80BMJ7Q0TT5WZ0BA"}}','e168f98e30885b463d36309f2c72c1cbf7e5e52c53aca4a89ba1b59a5c7b74b6','fb3fd8b52c85d4ce483c184ceae44600aed8748d68338e2fb3180d18fcf70e50');
INSERT INTO "journal" VALUES(41,1795992884617666,'leg.arrived','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','{"core":14,"base":"01M8MR95C965CA1F8SP3208WRR","input":{"leg":"01M8MR95BZ80BMJ7Q0TT5WZ0BA","args":["auto"],"number":"4930999888","dialled":"s","call":"01M8MR95BZ80BMJ7Q0TT5WZ0B9","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["bridge.create",{"bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"}],["bridge.add",{"leg":"01M8MR95BZ80BMJ7Q0TT5WZ0BA","bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"}],["channel.play_silence",{"leg":"1795992881.0","on":false}],["bridge.add",{"leg":"1795992881.0","bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"}]],"events":[["call.ringing",{"agc_id":"V0001795992884607167","state":"ringing_agent","arrived":1795992884607167,"customer":"81311112222","lead":3}],["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8MR94W3PFHDZJZ4BYAAN7T6","last_status":"NA"}]]}','8fb9489f351e80fa39a3a7f0c515ea444cfa8632b7de1f53901d1e3cf5c4eace','9c498111cbf9afdf98f26349a872c8215df091c0744ea76478c9c100d7791f03');
INSERT INTO "journal" VALUES(42,1795992884622027,'leg.joined','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','{"core":14,"base":"01M8MR95CEPR6EBM4VRMGMMYMB","input":{"leg":"01M8MR95BZ80BMJ7Q0TT5WZ0BA","bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"}}','263a285202896fe66ffa91cd16849566fa6e019a88b825654cc5a4eb5e9afde6','9920e446511650f92d02351f25cab9cd55f60cad139d9397912bbf65bedece2a');
INSERT INTO "journal" VALUES(43,1795992884622293,'leg.joined','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','{"core":14,"base":"01M8MR95CEZN2FZS4KEFGMCDWY","input":{"leg":"1795992881.0","bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"},"asked":[["channel.whisper",{"leg":"01M8MR95CEZN2FZS4KEFGMCDX0","to":"1795992881.0"}],["recording.start",{"name":"20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1","bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"}]],"events":[["call.connected",{"agc_id":"V0001795992884607167","state":"talking","arrived":1795992884607167,"customer":"81311112222","lead":3,"connected":1795992884622293}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8MR94W3PFHDZJZ4BYAAN7T6","last_status":"NA"}]]}','5efb9d20342cbaf56386a98388d9a09b1dda36201c2ee704ecdeadd4b152e937','74c318ae240de9154baf6e191113995889d25fa0d8f04222bc31c4590a394686');
INSERT INTO "journal" VALUES(44,1795992884625461,'leg.arrived','','1003','{"core":14,"base":"01M8MR95CHSFZCKQ4K0PGP5YQN","input":{"leg":"01M8MR95CEZN2FZS4KEFGMCDX0","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8MR95CEZN2FZS4KEFGMCDX0","media":"sound:beep","play":""}]]}','655dcce2fa00f72eb0793eda27202b95af3d10725e3b174e779ef578aaee7b9e','57ed755940dbb0eafe14b26c26efa40dfa096aa019097fba0147ea0b40ded1d8');
INSERT INTO "journal" VALUES(45,1795992884628117,'recording_file.started','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','{"core":14,"base":"01M8MR95CMV183J4VXX4PNT04N","input":{"name":"20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1"},"events":[["recording.started",{"id":"20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992884628117}]]}','da35500aa1654ee2e5f3a93f43b5129606557a44bee834d2cb483dbfc4f621dc','ec53e5fdac2f75e8f49b6be485c6ac0f504555458d7b3d110b217ae82758e04a');
INSERT INTO "journal" VALUES(46,1795992884649163,'leg.left','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','{"core":14,"base":"01M8MR95D920Z6RR0RX1BEJRDK","input":{"leg":"01M8MR95BZ80BMJ7Q0TT5WZ0BA","bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"}}','02ae601e7358b56a5a69209a2722a11ebff462593dc180c27d1910e45ace85ed','d344a5d883678b190ed46ae7a2d9f3315c5808aa21eba39ea5889a4c4eb3bd8d');
INSERT INTO "journal" VALUES(47,1795992884651796,'leg.destroyed','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','{"core":14,"base":"01M8MR95DB024B5J3VMH4C15XA","input":{"leg":"01M8MR95BZ80BMJ7Q0TT5WZ0BA","cause":16},"asked":[["recording.stop",{"name":"20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1"}],["bridge.remove",{"leg":"1795992881.0","bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"}]],"events":[["call.ended",{"agc_id":"V0001795992884607167","state":"ended","arrived":1795992884607167,"customer":"81311112222","agent":null,"lead":3,"connected":1795992884622293,"ended":1795992884651796,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','505ee0f27bfd775563592fc62c4a11cb4c1a04f02902731150b231c7c58cc3a8','95c1532c74f864b3ee12074e516610fa39ba5d8da489642380a0f62654c8c13d');
INSERT INTO "journal" VALUES(48,1795992884654842,'recording_file.finished','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','{"core":14,"base":"01M8MR95DEFQVW5S97Y0M66Z03","input":{"name":"20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1"},"asked":[["recording.measure",{"name":"20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1"}],["bridge.destroy",{"bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"}]],"events":[["recording.finished",{"id":"20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992884628117,"ended":1795992884654842}]]}','e4ffc691baf23f6be93f7680d7ed8c624044146f1f7d23a79808a516a7ab87ba','8b9cb9c03f2ad1b5b3364b23971a2de766e73a6d8ac7cc629372301dd4700798');
INSERT INTO "journal" VALUES(49,1795992884657220,'leg.left','','1003','{"core":14,"base":"01M8MR95DHRGDZMQQG00WD90TT","input":{"leg":"1795992881.0","bridge":"room-01M8MR95BZ80BMJ7Q0TT5WZ0B9"},"asked":[["channel.play_silence",{"leg":"1795992881.0","on":true}]]}','7c527730e596dc332be68d711c2de8ba130be54994c3fdf690ce956a48cb27ca','4fd0e196c8f0f5914bbb5e93ec73d27fd1c58dad7fbc7ca2dcc408edb2b7a7d1');
INSERT INTO "journal" VALUES(50,1795992884659418,'recording_file.measured','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','{"core":14,"base":"01M8MR95DK1DQ0EZ4AYEQ51HAN","input":{"name":"20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1","path":"/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1.wav","bytes":684,"length":40,"sha256":"3751238cc92215cc35fba70a71718984040d91cf5adf66327edca2a02315322e","mended":false,"age":4},"events":[["recording.kept",{"id":"20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795992884628117,"ended":1795992884654842,"bytes":684,"length_ms":40,"sha256":"3751238cc92215cc35fba70a71718984040d91cf5adf66327edca2a02315322e"}]]}','ed08255bc42ad82d1ed1b8631e25aaca5ab8d22cd0e29870992bebe7f6625b2f','eed94af16b17b06e7720a691d7c0635e168e84d74e9e28b9f9fe2b1da33a09bf');
INSERT INTO "journal" VALUES(51,1795992884781541,'command.requested','01M8MR95BZ80BMJ7Q0TT5WZ0B9','1003','{"core":14,"base":"01M8MR95HD1YJMHRWAKPA70FKY","input":{"receipt":"01M8MR95HD9E0VYE2MGRGB28P4","command":{"kind":"STATUS","agent":"1003","status":"SALE","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8MR95HD9E0VYE2MGRGB28P4","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8MR95HD9E0VYE2MGRGB28P4","kind":"STATUS","status":"SALE","by":"local:root (uid 0)","source":"api/v1","ended":1795992884781541,"outcome":"completed"}],["disposition.entered",{"status":"SALE","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"SALE"}]]}','5c2794b401b32fc6ca87abf1e3c21aff3062de7e035f4568539c1b3efeef3ebc','0a10ba142512de190f34c69e8989fa4e1f03d5322086e4872c033f9a8ed96a60');
INSERT INTO "journal" VALUES(52,1795992884784325,'pacing.decided','01M8MR95HG1772BB2Y0ERV1B25','','{"core":14,"base":"01M8MR95HG1772BB2Y0ERV1B24","input":{"campaign":"TESTCAMP","begin":[{"lead":4,"list_id":"200","number":"81311113333","caller_id":"4930999888","zones":"Asia/Tokyo","open_until":1796742000000000,"source":"list","passes":0,"due_callback":null}],"give_up":[],"ready":1,"in_flight":0,"threshold":100,"risk":0},"asked":[["channel.originate",{"leg":"01M8MR95HG1772BB2Y0ERV1B26","endpoint":"PJSIP/81311113333@trunk","caller":"4930999888","call":"01M8MR95HG1772BB2Y0ERV1B25","timeout":43,"harbour":"vm-nobodyavail","number":"81311113333","optout":"9"}]],"events":[["call.calling",{"agc_id":"V0001795992884784325","state":"calling","arrived":1795992884784325,"customer":"81311113333","agent":null,"lead":4}]]}','4176452d86dc422b8b5261dcb8a94f7ecd931493247b69d7fc31fe537b908bda','e0048b41102f6d52b6884fb32e551a1986bf61a271cebb3c63678daf874ad99a');
INSERT INTO "journal" VALUES(53,1795992884790880,'leg.answered','01M8MR95HG1772BB2Y0ERV1B25','','{"core":14,"base":"01M8MR95HP542SGCE794829SHS","input":{"leg":"01M8MR95HG1772BB2Y0ERV1B26"}}','bb79f9a77af2ead084416914ced5cec510dd1c7d31e7e9cfcb5a003a81bffa62','ac3d4a67f642a032ac419e615ca2ddf8e0a3c656d769c103699fa625c507496c');
INSERT INTO "journal" VALUES(54,1795992884791183,'leg.arrived','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95HQRZF0D9AMBHC5X6M4","input":{"leg":"01M8MR95HG1772BB2Y0ERV1B26","args":["auto"],"number":"4930999888","dialled":"s","call":"01M8MR95HG1772BB2Y0ERV1B25","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["bridge.create",{"bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"}],["bridge.add",{"leg":"01M8MR95HG1772BB2Y0ERV1B26","bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"}],["channel.play_silence",{"leg":"1795992881.0","on":false}],["bridge.add",{"leg":"1795992881.0","bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"}]],"events":[["call.ringing",{"agc_id":"V0001795992884784325","state":"ringing_agent","arrived":1795992884784325,"customer":"81311113333","lead":4}],["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8MR95BZ80BMJ7Q0TT5WZ0B9","last_status":"SALE"}]]}','3871f46fcd4981daace06732f36fffe869cec537806e28242d704c303e83aeb6','425e0aa44811270c8a4ef3032cd459f7add3c9d81ad003f9d839ad9fbf1adb35');
INSERT INTO "journal" VALUES(55,1795992884794672,'leg.joined','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95HT0EME6SV1XKE89V2N","input":{"leg":"01M8MR95HG1772BB2Y0ERV1B26","bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"}}','e7cc52bd27df49f62ae8ff5b55a2891a61e9900e824e84899e58b9dce0833617','236a647994838dabd8e4d2e91d6d2454a2982418abf85e39968f5d68955fb3cc');
INSERT INTO "journal" VALUES(56,1795992884794912,'leg.joined','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95HT4F137ZTG9WYMV0M8","input":{"leg":"1795992881.0","bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"},"asked":[["channel.whisper",{"leg":"01M8MR95HT4F137ZTG9WYMV0MA","to":"1795992881.0"}],["recording.start",{"name":"20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1","bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"}]],"events":[["call.connected",{"agc_id":"V0001795992884784325","state":"talking","arrived":1795992884784325,"customer":"81311113333","lead":4,"connected":1795992884794912}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8MR95BZ80BMJ7Q0TT5WZ0B9","last_status":"SALE"}]]}','1f3f907a2e6222955d751f5bac284e97f80ea056676731dbda492d602b6622b3','e5ce852e8c205034898c630b86f2d893ef8a780a24012f10a210eeabceffc109');
INSERT INTO "journal" VALUES(57,1795992884798606,'leg.arrived','','1003','{"core":14,"base":"01M8MR95HYX0QXFH19J1CC228V","input":{"leg":"01M8MR95HT4F137ZTG9WYMV0MA","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8MR95HT4F137ZTG9WYMV0MA","media":"sound:beep","play":""}]]}','54c65533b995146e88234d96e745b71561af21e9b66386374edc6dc119895c45','47b71259a9593399d8dc61650aa137a574b06a123d6d57b038268c295356ce68');
INSERT INTO "journal" VALUES(58,1795992884800640,'recording_file.started','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95J0E0V1KKZG3S31XXZQ","input":{"name":"20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1"},"events":[["recording.started",{"id":"20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992884800640}]]}','a92c287ddea4b9a3b91c77532247d50d55538eb51811ce99b886c3c63cf30f52','545d78469f5c2acd85460c29cc97b42d565019cc72d10701cfcbc7de8594b363');
INSERT INTO "journal" VALUES(59,1795992884832223,'leg.left','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95K084BSSRFJ51F3NKJ4","input":{"leg":"01M8MR95HG1772BB2Y0ERV1B26","bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"}}','31d745cd73fab5d5b619b63cc071749825985ae776d925860822d2ce1e15bf83','52419baf763cc5c7e2959d3ee499eb39b5a49e39b38054a0614a19ba8000565a');
INSERT INTO "journal" VALUES(60,1795992884832563,'leg.destroyed','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95K0AVZCRAKW74DGPTXX","input":{"leg":"01M8MR95HG1772BB2Y0ERV1B26","cause":16},"asked":[["recording.stop",{"name":"20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1"}],["bridge.remove",{"leg":"1795992881.0","bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"}]],"events":[["call.ended",{"agc_id":"V0001795992884784325","state":"ended","arrived":1795992884784325,"customer":"81311113333","agent":null,"lead":4,"connected":1795992884794912,"ended":1795992884832563,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','bf6ee2429a4781403e091548ab936741e95e7f7ad13b0d975eff1de4676a972f','1c0a6e5879a909864d1b634a0f82a1e8af5b71bba3389f57b6b1e5e3a87419fc');
INSERT INTO "journal" VALUES(61,1795992884835152,'recording_file.finished','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95K3YR660CTHQ2FV68RP","input":{"name":"20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1"},"asked":[["recording.measure",{"name":"20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1"}],["bridge.destroy",{"bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"}]],"events":[["recording.finished",{"id":"20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992884800640,"ended":1795992884835152}]]}','891656fa2c410ba6d0efcebcee7336c3cc0c98f94a5315c440120e45f42b8589','d1ce8e9bbe4a8147168ed1db9eb5efd24313471fb7d4a41de0d9e45b3c77ff7b');
INSERT INTO "journal" VALUES(62,1795992884837308,'leg.left','','1003','{"core":14,"base":"01M8MR95K5ZQJA0RB74VH3VD9G","input":{"leg":"1795992881.0","bridge":"room-01M8MR95HG1772BB2Y0ERV1B25"},"asked":[["channel.play_silence",{"leg":"1795992881.0","on":true}]]}','47e9d49871c84a155b6e9962c1946708e1cf0d0678f08b537100c36915f68724','c4dfcf4b62ff159d87445ebe1ae7499a5fe263778b007911157be559556f0cbd');
INSERT INTO "journal" VALUES(63,1795992884838994,'recording_file.measured','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95K6E0VK097N56MWC8ND","input":{"name":"20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1","path":"/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1.wav","bytes":684,"length":40,"sha256":"cafc6a133232e3f8f58fd4e54eca8db59fb1dbd4380b49cb3a195c003c84938d","mended":false,"age":3},"events":[["recording.kept",{"id":"20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795992884800640,"ended":1795992884835152,"bytes":684,"length_ms":40,"sha256":"cafc6a133232e3f8f58fd4e54eca8db59fb1dbd4380b49cb3a195c003c84938d"}]]}','5a25fab1b9e7c4ed6247a52456f70852a4fa5cc43f8ae1924c3e1a111935a497','ecedc9a2eb63af1f73cb550ee0fd2503f7624349e2950d5232d7cac974c07f8c');
INSERT INTO "journal" VALUES(64,1795992884961853,'command.requested','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95Q1EJ8REM20G39FSP79","input":{"receipt":"01M8MR95Q1F9WNDF8AK95N4W7F","command":{"kind":"STATUS","agent":"1003","status":"NA","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8MR95Q1F9WNDF8AK95N4W7F","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8MR95Q1F9WNDF8AK95N4W7F","kind":"STATUS","status":"NA","by":"local:root (uid 0)","source":"api/v1","ended":1795992884961853,"outcome":"completed"}],["disposition.entered",{"status":"NA","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"NA"}]]}','89ce528ef4f1aa40a78b2be1cd3dfbdf7b9bf0e2951506c4bada7a547f84216a','434327a9429df7ef70f07acafb429f42f94db32c62f9323c0a18bc1fc5310471');
INSERT INTO "journal" VALUES(65,1795992885052301,'leg.prompt_finished','','1003','{"core":14,"base":"01M8MR95SW1C3S6W7M3NWKCZ7R","input":{"leg":"01M8MR95CEZN2FZS4KEFGMCDX0","ok":true,"play":"82c8d338-ced7-43c1-b71b-91405b4f64b6"},"asked":[["channel.hang_up",{"leg":"01M8MR95CEZN2FZS4KEFGMCDX0"}]]}','4338eed07c2158f891c7476402b4b7bd0680066061546d2e668008e65c454347','1f2f430b6322bb9e688a1e942d163affc404216c087b27ce8ecd86be1208a9a2');
INSERT INTO "journal" VALUES(66,1795992885056263,'command.requested','','','{"core":14,"base":"01M8MR95T0CKNM8TMKKTH26SCG","input":{"receipt":"01M8MR95SYAYR6WJ2K2N3M398J","command":{"kind":"DIALLER_STOP","campaign":"TESTCAMP"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8MR95SYAYR6WJ2K2N3M398J","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8MR95SYAYR6WJ2K2N3M398J","kind":"DIALLER_STOP","by":"local:root (uid 0)","source":"api/v1","ended":1795992885056263,"outcome":"completed"}],["dialler.stopped",{"campaign":"TESTCAMP","by":"local:root (uid 0)"}]]}','4d8f970c07ea4fe0b675f0c75fc1ef32158e73b4ea18e0b993c73ceb659ddab5','acddb3599ca06c0dd3bb00894ae62a96c1caf9bd1e8e3030d395f2a9971575ae');
INSERT INTO "journal" VALUES(67,1795992885059442,'leg.destroyed','','1003','{"core":14,"base":"01M8MR95T3Q167CRG6HA49ZWYF","input":{"leg":"01M8MR95CEZN2FZS4KEFGMCDX0","cause":0}}','45c49c04e1e693945412f6e55489c669d0c7f35b71942ccd1e25c8340473d962','fb86941cb48e1db5e4b632a475f9a67bd1daa6fa13c24c91f81b1f30a98e186e');
INSERT INTO "journal" VALUES(68,1795992885162875,'command.requested','01M8MR95HG1772BB2Y0ERV1B25','1003','{"core":14,"base":"01M8MR95XAFVQ7V46KGFC9P1CF","input":{"receipt":"01M8MR95XAR0NXVW1VPX1XNFY1","command":{"kind":"LOGOUT","agent":"1003"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["channel.hang_up",{"leg":"1795992881.0"}],["command.answer",{"receipt":"01M8MR95XAR0NXVW1VPX1XNFY1","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8MR95XAR0NXVW1VPX1XNFY1","kind":"LOGOUT","by":"local:root (uid 0)","source":"api/v1","ended":1795992885162875,"outcome":"completed"}],["agent.logged_out",{"state":"LOGGED_OUT","since":1795992884961853,"call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"NA"}]]}','7fe4a79d2fc4bb5f2d7bbfd87a6e237985a6fe1713ee004c638c2cac9869c651','2b649fa6947d963f2c9fc076b82de7dbcceb0b18912943fed2ebce849b7b1df7');
INSERT INTO "journal" VALUES(69,1795992885169042,'leg.released','','1003','{"core":14,"base":"01M8MR95XHBVH2QQ80N1HP1YGA","input":{"leg":"1795992881.0","harbour":false,"answered":0,"message_at":0}}','430d0e8e331916259046cfb129cb74277907183aacbaedaed705b4b90d1d5cf0','4ac089849855e1eba7e7d97c9526892a996201a951ce40c5a1bfe674ab134ca7');
INSERT INTO "journal" VALUES(70,1795992885177929,'leg.prompt_finished','','1003','{"core":14,"base":"01M8MR95XSWWP8072JW7KSR3PH","input":{"leg":"01M8MR95HT4F137ZTG9WYMV0MA","ok":false,"play":"11b4982b-95bd-4439-9b20-0da31b6c76b7"},"asked":[["channel.hang_up",{"leg":"01M8MR95HT4F137ZTG9WYMV0MA"}]]}','e16285f6125abdc721a7a613306d24f3795646b10eedbbfad8eac8581cccd77d','852a4665315ab8721f7b019d6d1fd0c83fd1c91b0edaae6152c0f8c5605568d1');
INSERT INTO "journal" VALUES(71,1795992885178122,'leg.destroyed','','1003','{"core":14,"base":"01M8MR95XT9K7W1H78BM07ATQT","input":{"leg":"01M8MR95HT4F137ZTG9WYMV0MA","cause":0}}','be287fc6c3e04de5a5301695daeae1fbe23cdb6597f89d7fc3d26f28937d40c4','b56d08127c1688c4cb88141722dea2e670d5ec1e0c27ac5a33b9672c8ff1dd6d');
INSERT INTO "journal" VALUES(72,1795992885230191,'leg.arrived','','1001','{"core":14,"base":"01M8MR95ZEKC7YNRM6XKT76M45","input":{"leg":"1795992885.15","args":["login","1001"],"number":"1001","dialled":"s","call":"","session":"01M8MR95Z9X14Q48Z3D2AY32VP","up":false,"why":["phone: 1001 is agent 1001''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.answer",{"leg":"1795992885.15"}],["channel.play",{"leg":"1795992885.15","media":"sound:agent-loginok","play":"login-1795992885.15"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','e65fbac219fb9060e36dc7fff0e82504b061381faccf91c9eac0c7c0631ef831','502e07f6d8fc6bdcc0c5f1a5f9c645b3c1da1a9a6b10e8fccefa06fe29ad17ee');
INSERT INTO "journal" VALUES(73,1795992885232921,'leg.answered','','1001','{"core":14,"base":"01M8MR95ZGYMQC3P8FD1R3AESG","input":{"leg":"1795992885.15"}}','0bc74bc380ac35b0000150687d45009fdabb12762440e1d95b0b8ce3c82bfe30','d904eea1e01d37af361b104a8a41294f9dc6ec2144e8929c0d1f07069c6fb1a9');
INSERT INTO "journal" VALUES(74,1795992886977689,'leg.prompt_finished','','1001','{"core":14,"base":"01M8MR97P1CWNJ9MYDDGXFQHTB","input":{"leg":"1795992885.15","ok":true,"play":"login-1795992885.15"},"asked":[["channel.play_silence",{"leg":"1795992885.15","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','942ed3d6daf55cf1bb364bfb504799cbce63126708c421e7a6a9395a90c07fd8','f834ae09d25ae2e93ebb7d268198eb6f1af715d02910a6391d428d96cfcc8c19');
INSERT INTO "journal" VALUES(75,1795992887065299,'leg.arrived','01M8MR97RGFQ41GZMWPFACV4BD','1001','{"core":14,"base":"01M8MR97RSE3FCHNPJ07FX6B39","input":{"leg":"1795992887.16","args":["ingroup","SALESLINE"],"number":"493012345671","dialled":"8005550100","call":"01M8MR97RGFQ41GZMWPFACV4BD","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":"trunk"},"asked":[["lead.find",{"call":"01M8MR97RGFQ41GZMWPFACV4BD","number":"493012345671","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795992887.16"}],["bridge.create",{"bridge":"room-01M8MR97RGFQ41GZMWPFACV4BD"}],["bridge.add",{"leg":"1795992887.16","bridge":"room-01M8MR97RGFQ41GZMWPFACV4BD"}],["channel.play_silence",{"leg":"1795992885.15","on":false}],["bridge.add",{"leg":"1795992885.15","bridge":"room-01M8MR97RGFQ41GZMWPFACV4BD"}]],"events":[["call.ringing",{"agc_id":"Y0001795992887065299","state":"ringing_agent","arrived":1795992887065299,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','9b4cd905f0c388d980d715ba92204671c91b2372aac05cb9c5392c3fe0dc4474','7e618181fb9b32adeb9caa68345087237222dd433ff92efecb4d4d04bd4709af');
INSERT INTO "journal" VALUES(76,1795992887075299,'leg.answered','01M8MR97RGFQ41GZMWPFACV4BD','1001','{"core":14,"base":"01M8MR97S3VM599QVB1NX2QRN7","input":{"leg":"1795992887.16"}}','276b42081f200975cc9f069e355b6c197d86aa0759bcba71f48ebfb320014efb','4da3265833db474d535eafcf8e7656c453a0a1860e807eb69c4a3a93ba453e24');
INSERT INTO "journal" VALUES(77,1795992887080765,'leg.joined','01M8MR97RGFQ41GZMWPFACV4BD','1001','{"core":14,"base":"01M8MR97S87QZMJW2FR7858P26","input":{"leg":"1795992887.16","bridge":"room-01M8MR97RGFQ41GZMWPFACV4BD"}}','226ec3690cb289a1dbe57252fe908192f5fb279156b117f5b9275de187c57cb4','fd378d78abe9b5965c6a3e9b448ed663bdbb2b7f775ee7ddf896bc0db8e43146');
INSERT INTO "journal" VALUES(78,1795992887080982,'leg.joined','01M8MR97RGFQ41GZMWPFACV4BD','1001','{"core":14,"base":"01M8MR97S8X2GYHAQ1HDBJV9MY","input":{"leg":"1795992885.15","bridge":"room-01M8MR97RGFQ41GZMWPFACV4BD"},"asked":[["channel.whisper",{"leg":"01M8MR97S8X2GYHAQ1HDBJV9N0","to":"1795992885.15"}],["recording.start",{"name":"20261129-225447_493012345671_01M8MR97RGFQ41GZMWPFACV4BD-1","bridge":"room-01M8MR97RGFQ41GZMWPFACV4BD"}]],"events":[["call.connected",{"agc_id":"Y0001795992887065299","state":"talking","arrived":1795992887065299,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100","connected":1795992887080982}],["agent.in_call",{"state":"INCALL","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','78df77bbd3e95e641f9b8cf5b9b31612f76a6e30f03114e7f5545cb025993112','745ff872aaea9cde3bb878af32d270e73c85d0f7175ef40f9cdc47098c3279b3');
INSERT INTO "journal" VALUES(79,1795992887081534,'lead.found','01M8MR97RGFQ41GZMWPFACV4BD','1001','{"core":14,"base":"01M8MR97S9V1TJMV7ZYHWDMW8N","input":{"call":"01M8MR97RGFQ41GZMWPFACV4BD","lead":5},"events":[["call.updated",{"agc_id":"Y0001795992887065299","state":"talking","since":1795992887080982,"arrived":1795992887065299,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795992887080982}]]}','650fcfa5128dc61c52efe19b14ccee87cd3c326f62cda0ef2906ad076db82724','84134d785878a61b79dd50c219d62b2489a36eb7dc2cf639a50ab7f4b7ec5ee7');
INSERT INTO "journal" VALUES(80,1795992887085934,'leg.arrived','','1001','{"core":14,"base":"01M8MR97SDS0T9RS7R64CTNQM9","input":{"leg":"01M8MR97S8X2GYHAQ1HDBJV9N0","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8MR97S8X2GYHAQ1HDBJV9N0","media":"sound:beep","play":""}]]}','879aeb3d0860216a7bb6b1e3311bcb1c471044e9591581d09fbfe05e099f1e50','6e1b9eb35aa38084c81a421625d01caadc71ba2d6d12272204e7132c41897f8d');
INSERT INTO "journal" VALUES(81,1795992887087347,'recording_file.started','01M8MR97RGFQ41GZMWPFACV4BD','1001','{"core":14,"base":"01M8MR97SF029TJNX1CJ9JNKHD","input":{"name":"20261129-225447_493012345671_01M8MR97RGFQ41GZMWPFACV4BD-1"},"events":[["recording.started",{"id":"20261129-225447_493012345671_01M8MR97RGFQ41GZMWPFACV4BD-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992887087347}]]}','8f7583acc08aa75496fe0aaa9debc9f32fd402e54e4d95fcaf7f6eca693d697f','531a89afefcd78d397c7c6abf01dff73847875b6041b27e391e6457d5e3f040e');
INSERT INTO "journal" VALUES(82,1795992887146311,'leg.arrived','','1002','{"core":14,"base":"01M8MR97VAC8WNW3PZQMFDB7Q9","input":{"leg":"1795992887.20","args":["login","1002"],"number":"1002","dialled":"s","call":"","session":"01M8MR97V4ECGTSFDG4N036YTC","up":false,"why":["phone: 1002 is agent 1002''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.answer",{"leg":"1795992887.20"}],["channel.play",{"leg":"1795992887.20","media":"sound:agent-loginok","play":"login-1795992887.20"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','9c69fe7ff21566c9f00336e1fc4afa3d76e8840cc5f5aafeb1eabff9563aac47','688cd3c373a5141a91197bfb4a72d4ca61dfb98ca91e9d6bbd631bf9d6149518');
INSERT INTO "journal" VALUES(83,1795992887149357,'leg.answered','','1002','{"core":14,"base":"01M8MR97VDEYM5ZMXA4VF5PAM1","input":{"leg":"1795992887.20"}}','d8c8fdb83fbd2d1ac615ad407fc1ffaae6bcf03e8d14ec3b12ee8e7bd783f8f7','a60ed9d8e065284da5e7594f2b8c882920cf8ccdcc5c4ad942d073ab214412a7');
INSERT INTO "journal" VALUES(84,1795992887510564,'leg.prompt_finished','','1001','{"core":14,"base":"01M8MR986PVP1F90RSZQ50748E","input":{"leg":"01M8MR97S8X2GYHAQ1HDBJV9N0","ok":true,"play":"987247ea-079a-479c-82f6-8ecb51989bad"},"asked":[["channel.hang_up",{"leg":"01M8MR97S8X2GYHAQ1HDBJV9N0"}]]}','33fa720755a2687203df05bf3e55d01019c1f4b7977cd956e7270b413d8f5668','db829884c9b3ddb8f1d704d2f95c36ce83f088ccd8b5298de9043164c94e35ca');
INSERT INTO "journal" VALUES(85,1795992887513053,'leg.destroyed','','1001','{"core":14,"base":"01M8MR986S1QBW6R9QYKY7BKJM","input":{"leg":"01M8MR97S8X2GYHAQ1HDBJV9N0","cause":0}}','f80bb63528bb0ea5a3d87958c146c4eb104f4a562518d21a0efc4a537c217428','9a34c1b39cae8692a3e8d5194b180ad0a3d3a131d25292a0f831210b9e38124c');
INSERT INTO "journal" VALUES(86,1795992888896177,'leg.prompt_finished','','1002','{"core":14,"base":"01M8MR99J0MERB94WMGDJGK7YT","input":{"leg":"1795992887.20","ok":true,"play":"login-1795992887.20"},"asked":[["channel.play_silence",{"leg":"1795992887.20","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','486c81c38aefa4aacbab34edf761edb57f54e286256dd60e5cd1a46a248ed8b9','61058210cd7cc84b4db950415bddc5bdef8b235061c2e5fd677ce8bb3e4a8ca3');
INSERT INTO "journal" VALUES(87,1795992888980775,'leg.arrived','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99MMGEVY1M88WMKX92JP","input":{"leg":"1795992888.21","args":["ingroup","SALESLINE"],"number":"493012345672","dialled":"8005550100","call":"01M8MR99MDQA8CMKVG5YWMM07V","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":"trunk"},"asked":[["lead.find",{"call":"01M8MR99MDQA8CMKVG5YWMM07V","number":"493012345672","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795992888.21"}],["bridge.create",{"bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V"}],["bridge.add",{"leg":"1795992888.21","bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V"}],["channel.play_silence",{"leg":"1795992887.20","on":false}],["bridge.add",{"leg":"1795992887.20","bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V"}]],"events":[["call.ringing",{"agc_id":"Y0001795992888980775","state":"ringing_agent","arrived":1795992888980775,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','89954d3296e3b2dce9f96cfe8e66d933156ee2d922686448f834fdf63f147d5a','114b0f32de3835dbdaf408e0e12c9ab833fc660b57d0a815b82259b1597ef127');
INSERT INTO "journal" VALUES(88,1795992888985103,'leg.answered','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99MSTA573GQX8J1V7ZHS","input":{"leg":"1795992888.21"}}','a6957b9bc3697c85057b14b824de2bf341ec963c6bdcb6e20d36d9db396c4ada','61478054a8d586c221ede8046bbe70620dfd1892abaaecfc0856304b050ae7a2');
INSERT INTO "journal" VALUES(89,1795992888987935,'lead.found','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99MVEAJDT4W9W1FQ4XCS","input":{"call":"01M8MR99MDQA8CMKVG5YWMM07V","lead":6},"events":[["call.updated",{"agc_id":"Y0001795992888980775","state":"ringing_agent","since":1795992888980775,"arrived":1795992888980775,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100","lead":6}]]}','d502a9d113a7e3e7246ca8ede9d474e178fbfa472cb12051aabb4ed97f921a9d','2d550be5e9b708eb3ec3df0bde2abe12bcb182eff2c0f561b0a70c6c444b0999');
INSERT INTO "journal" VALUES(90,1795992888988143,'leg.joined','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99MWZ3CD9JB9SZCP9EM6","input":{"leg":"1795992888.21","bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V"}}','0c6d58958d4a5ed7bfd946df3bc02afa6ef526c9564dfa03ac3bfe23d3afd2d6','54966d9231c33126dd5abfb574ae06803f64650d65e60f5780b934dd19d304a9');
INSERT INTO "journal" VALUES(91,1795992888988238,'leg.joined','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99MW93NKZ2JRSQE2Y4BD","input":{"leg":"1795992887.20","bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V"},"asked":[["channel.whisper",{"leg":"01M8MR99MW93NKZ2JRSQE2Y4BF","to":"1795992887.20"}],["recording.start",{"name":"20261129-225448_493012345672_01M8MR99MDQA8CMKVG5YWMM07V-1","bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V"}]],"events":[["call.connected",{"agc_id":"Y0001795992888980775","state":"talking","arrived":1795992888980775,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100","lead":6,"connected":1795992888988238}],["agent.in_call",{"state":"INCALL","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','9705124b934ac4e210a61ace6603169768add625cbdd506bce577dc050ce8c4f','5a63f797f86a774e01dbf8b6f03207d88ae7261be366aa80228d228481899cfb');
INSERT INTO "journal" VALUES(92,1795992888991009,'leg.arrived','','1002','{"core":14,"base":"01M8MR99MZGNTPGKT31JE9EFVF","input":{"leg":"01M8MR99MW93NKZ2JRSQE2Y4BF","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8MR99MW93NKZ2JRSQE2Y4BF","media":"sound:beep","play":""}]]}','d779c73065ffef26bb89d3e1183496c8117d487a769250e24f8c0261bdd79c99','4fe9030d4338c76a6dfb907eec5735e68358573e7299700f01634cbe924be95c');
INSERT INTO "journal" VALUES(93,1795992888992782,'recording_file.started','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99N04XD5M28HYJKE34ZE","input":{"name":"20261129-225448_493012345672_01M8MR99MDQA8CMKVG5YWMM07V-1"},"events":[["recording.started",{"id":"20261129-225448_493012345672_01M8MR99MDQA8CMKVG5YWMM07V-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992888992782}]]}','da57ed49babeeb70126ac5e1dec8a1783c882088f03b32d2ca744f3c67601d61','bb996d7cb880fd00d53d93493cb345b85eb87cb863d3855066cbe3132c17bdbe');
INSERT INTO "journal" VALUES(94,1795992889122461,'command.requested','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99S2KABNZF52HGB05JRA","input":{"receipt":"01M8MR99S2WAS8GVGGHEBVSC98","command":{"kind":"DIAL_WITH_CUSTOMER","agent":"1002","call":"01M8MR99MDQA8CMKVG5YWMM07V","number":"4930555123"},"by":"6666","source":"test"},"asked":[["dial.check",{"check":"01M8MR99S2WAS8GVGGHEBVSC98","agent":"1002","campaign":"TESTCAMP","number":"4930555123","readings":["4930555123"],"at":1795992889122461,"since":0,"callback":"","leads":"","lead":0}]]}','5883486d1b43b675b6beb5a994f5fcac935619e0fe41615e838c7297a9feec2b','91d676e648ae207dd29696bbdd7e72de3af54dc1ca15ed28945f6b68351c7f43');
INSERT INTO "journal" VALUES(95,1795992889124204,'dial.checked','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99S4KGQVT15MWP82CJQN","input":{"check":"01M8MR99S2WAS8GVGGHEBVSC98","agent":"1002","facts":{"listed":"","dialled":0,"callback":null,"problem":"","lead":null}},"asked":[["channel.create",{"leg":"01M8MR99S4KGQVT15MWP82CJQP","endpoint":"PJSIP/4930555123@trunk","caller":"4930999888","call":"01M8MR99MDQA8CMKVG5YWMM07V","name":"","headers":[]}]],"events":[["command.started",{"id":"01M8MR99S2WAS8GVGGHEBVSC98","kind":"DIAL_WITH_CUSTOMER","number":"4930555123","by":"6666","source":"test","step":"begun"}],["call.updated",{"agc_id":"Y0001795992888980775","state":"talking","since":1795992888988238,"arrived":1795992888980775,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":6,"connected":1795992888988238}]]}','ee4b8426234fcbcdd0641648f0643f3f368b17480e3d9b8b34f7c9df495c137c','9066ec9e54cd2680ad304576ca9b90d569f8ba6bd530c7f518076e8e99330125');
INSERT INTO "journal" VALUES(96,1795992889127498,'leg.arrived','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99S75YQYE561GTX6R57Z","input":{"leg":"01M8MR99S4KGQVT15MWP82CJQP","args":["made"],"number":"","dialled":"s","call":"01M8MR99MDQA8CMKVG5YWMM07V","session":"","up":false,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.deafen",{"leg":"01M8MR99S4KGQVT15MWP82CJQP","on":true}],["bridge.add",{"leg":"01M8MR99S4KGQVT15MWP82CJQP","bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V"}],["channel.dial",{"leg":"01M8MR99S4KGQVT15MWP82CJQP","timeout":20}]]}','c1cdee15b708eed2f672df33991ca75c7e8e8e0914f32b93d450e53399ef844b','42b98d8ff1b2345dafa0f83853ed2b5b6ddf75033c2cfab746a624abf1a37fe3');
INSERT INTO "journal" VALUES(97,1795992889132461,'leg.joined','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99SC043CTKR5V11A5XS2","input":{"leg":"01M8MR99S4KGQVT15MWP82CJQP","bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V"}}','52b9d56878611813a8bc96154aeff3b1db810fa01503df0d06355989f6a8dd4f','267778cf72c484795ff165cc6bc442d8ae2ec89b0f70ff4cc2e17db3ad81760c');
INSERT INTO "journal" VALUES(98,1795992889137352,'action.completed','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99SHDFEAJXYTFSE5RR8K","input":{"action":{"leg":"01M8MR99S4KGQVT15MWP82CJQP","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M8MR99S2WAS8GVGGHEBVSC98","why":"","refused":false,"of":""}]],"events":[["call.third_dialing",{"agc_id":"Y0001795992888980775","state":"dialing","arrived":1795992888980775,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":6,"connected":1795992888988238}],["command.dialing",{"id":"01M8MR99S2WAS8GVGGHEBVSC98","kind":"DIAL_WITH_CUSTOMER","requested":1795992889124204,"number":"4930555123","by":"6666","source":"test","step":"dialling"}]]}','61a0782b0bffd73e84f09a22cbe78cf79deb1c90f88cd451fbfd5e7de14bc69d','f7c63c4c41bc35a24d489f9d3870d9d1dfb91d30ac8616b2281b9473f2ba4bfe');
INSERT INTO "journal" VALUES(99,1795992889137806,'leg.answered','01M8MR99MDQA8CMKVG5YWMM07V','1002','{"core":14,"base":"01M8MR99SHBX7AZPAJNDRK8QNM","input":{"leg":"01M8MR99S4KGQVT15MWP82CJQP"},"asked":[["channel.deafen",{"leg":"01M8MR99S4KGQVT15MWP82CJQP","on":false}]],"events":[["command.completed",{"id":"01M8MR99S2WAS8GVGGHEBVSC98","kind":"DIAL_WITH_CUSTOMER","requested":1795992889124204,"number":"4930555123","by":"6666","source":"test","ended":1795992889137806,"outcome":"completed"}],["call.three_way",{"agc_id":"Y0001795992888980775","state":"three_way","arrived":1795992888980775,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":6,"connected":1795992888988238}],["agent.three_way",{"state":"3-WAY","since":1795992888988238,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','5ad33dfe0deb64e24c710373b91c3e54d42aa3f3359399910e8b9fc07807257d','63f7fd5e0437c7d1f12a2575926d7acc6a9b2b7f3c0cd58eeebc17acd6f7fc01');
INSERT INTO "journal" VALUES(100,1795992889202924,'leg.arrived','','1000','{"core":14,"base":"01M8MR99VJTE4G0DDQCH0QD6E0","input":{"leg":"1795992889.26","args":["login","1000"],"number":"1000","dialled":"s","call":"","session":"01M8MR99VE2PX4HJYNNMPAFAJN","up":false,"why":["phone: 1000 is agent 1000''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.answer",{"leg":"1795992889.26"}],["channel.play",{"leg":"1795992889.26","media":"sound:agent-loginok","play":"login-1795992889.26"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','683d363cb0042f0b764f44b1b5692afec8430959e67a99d0fc9727293d67cb56','82d0b8054f5fedceb60c29c0e3689544f4259c606a6f92146f84ef89b217e6d5');
INSERT INTO "journal" VALUES(101,1795992889205820,'leg.answered','','1000','{"core":14,"base":"01M8MR99VN4HVHE2A0EY96X86K","input":{"leg":"1795992889.26"}}','00b6e98a68f5c6c53807f3445e3ea84e3e0b35b3bfa634e914917408faa4577f','bb8d85e2d0c457e5f18de4e63ffcdfe524805f64b46eace75e19b181fac7aa1d');
INSERT INTO "journal" VALUES(102,1795992889416033,'leg.prompt_finished','','1002','{"core":14,"base":"01M8MR9A28WP22QVPPP786XJN7","input":{"leg":"01M8MR99MW93NKZ2JRSQE2Y4BF","ok":true,"play":"0a9be543-c48f-4dd1-a601-0dae6a292e80"},"asked":[["channel.hang_up",{"leg":"01M8MR99MW93NKZ2JRSQE2Y4BF"}]]}','3a0edb3f81b894db0ad80ef27c17ac1d8a81040b2bc0cbc6fddbba55e76d83c1','fa0d39ab655fae1de5dd669a8ab826c87f262b6406774d462843cfe2dcc03432');
INSERT INTO "journal" VALUES(103,1795992889418097,'leg.destroyed','','1002','{"core":14,"base":"01M8MR9A2ABDM7Q3Q3PB3TH4DV","input":{"leg":"01M8MR99MW93NKZ2JRSQE2Y4BF","cause":0}}','9fdfaa0a3acdb019404092533ec8d96c01d6f08d79580f205f634e1386c8c504','fd69ab0a3f94b0dffbee50de308cf82198c44e3b7a85ff2cf40224b43ff7ef24');
INSERT INTO "journal" VALUES(104,1795992890950206,'leg.prompt_finished','','1000','{"core":14,"base":"01M8MR9BJ6EXBN95AY981B7TVP","input":{"leg":"1795992889.26","ok":true,"play":"login-1795992889.26"},"asked":[["channel.play_silence",{"leg":"1795992889.26","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','ebc59480adb5e15a4b39d802bbd7930ad118cfb53a4c8103894c91b36ccef2e8','55a0242c52d3e81fa27dd03b8f552cfe0d66e03951c86f4d25a028db6b262337');
INSERT INTO "journal" VALUES(105,1795992891041430,'leg.arrived','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BN1TERMD5PG9X2QG3GC","input":{"leg":"1795992890.27","args":["ingroup","SALESLINE"],"number":"493012345670","dialled":"8005550100","call":"01M8MR9BMS9QZ99Q1DFC1M97FK","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":"trunk"},"asked":[["lead.find",{"call":"01M8MR9BMS9QZ99Q1DFC1M97FK","number":"493012345670","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795992890.27"}],["bridge.create",{"bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}],["bridge.add",{"leg":"1795992890.27","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}],["channel.play_silence",{"leg":"1795992889.26","on":false}],["bridge.add",{"leg":"1795992889.26","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}]],"events":[["call.ringing",{"agc_id":"Y0001795992891041430","state":"ringing_agent","arrived":1795992891041430,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','2583d68180254522303ef8937b9aa475880ba46ac75fb9a43e3ebbec2406ac11','6e31133cc21c7da91c55d727d3d08f15f4c2e3e661bd4a7f4bdcd427af67b34a');
INSERT INTO "journal" VALUES(106,1795992891046682,'leg.answered','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BN6JD4H913HKJ42VXBV","input":{"leg":"1795992890.27"}}','e1552c9040d7d093ee35468625ee7338087dfff5dfef7e8fb47fa7f87f014456','60f540c3cdd356c91dbdf72128cc41bbe879a81706edcbc854281da4ab3e0dac');
INSERT INTO "journal" VALUES(107,1795992891049112,'lead.found','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BN98F2V8Y1TEWAQWKVH","input":{"call":"01M8MR9BMS9QZ99Q1DFC1M97FK","lead":7},"events":[["call.updated",{"agc_id":"Y0001795992891041430","state":"ringing_agent","since":1795992891041430,"arrived":1795992891041430,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100","lead":7}]]}','7e213ee5e394ec0d06d0fea3c41042d4f6bf8a08fb1448a8c49cccf056b516a2','03153b0a30e7d13e6ce6a5ad1f53a7ffa58c6ea1e633d676c824da0a12ec764d');
INSERT INTO "journal" VALUES(108,1795992891049387,'leg.joined','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BN9EH75N59QABRJE0W2","input":{"leg":"1795992890.27","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}}','43b830b87b19104330fd9ba47ace6e74f49cbea00e6cdda4da4b8563468934ac','eb62f2a7f724d2aa76914a6378330c319a37031045509a95a73a1b94eb02dd4a');
INSERT INTO "journal" VALUES(109,1795992891049489,'leg.joined','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BN9H5YAS1DZ4R6TGCEA","input":{"leg":"1795992889.26","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"},"asked":[["channel.whisper",{"leg":"01M8MR9BN9H5YAS1DZ4R6TGCEC","to":"1795992889.26"}],["recording.start",{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}]],"events":[["call.connected",{"agc_id":"Y0001795992891041430","state":"talking","arrived":1795992891041430,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795992891049489}],["agent.in_call",{"state":"INCALL","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','e1fae56eddfd05cc3e89ebc2d115547c5630232db3eee1fea59c4ccb9c33d56d','a09fb4883090f04668b66ddf13615e540c570af9a767bf14dee0c7476539006c');
INSERT INTO "journal" VALUES(110,1795992891054311,'leg.arrived','','1000','{"core":14,"base":"01M8MR9BNEKEDFNM7XX9M2T5BY","input":{"leg":"01M8MR9BN9H5YAS1DZ4R6TGCEC","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8MR9BN9H5YAS1DZ4R6TGCEC","media":"sound:beep","play":""}]]}','ccb0cc59f37a090f6ae148352f64c246223aa7edca1cdab71316a37592505563','491a87105b9680ff0b29540b6dc1194760eb6ddefea7c9074a50393f474c79c3');
INSERT INTO "journal" VALUES(111,1795992891056109,'recording_file.started','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BNGBVN05CBN34R8MNGT","input":{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1"},"events":[["recording.started",{"id":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992891056109}]]}','0f2368ca146ccd09745cb9407c4aa26559bc8c90d412962c6606263b28c3e0b0','9473d552a70b4b31b52984389aefcd2bad707ebd2567bca2defbf41e7a0a0a47');
INSERT INTO "journal" VALUES(112,1795992891095038,'command.requested','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BPQCVNR6KSYAXFAMRY5","input":{"receipt":"01M8MR9BPPSQXMJQS8RTQQECMZ","command":{"kind":"DIAL_WITH_CUSTOMER","agent":"1000","call":"01M8MR9BMS9QZ99Q1DFC1M97FK","number":"4930555123"},"by":"6666","source":"test"},"asked":[["dial.check",{"check":"01M8MR9BPPSQXMJQS8RTQQECMZ","agent":"1000","campaign":"TESTCAMP","number":"4930555123","readings":["4930555123"],"at":1795992891095038,"since":0,"callback":"","leads":"","lead":0}]]}','80930254d57a0397098dab003aa5290239a69939e1dd22e0046c9df68e091379','62f8442ba0e6b808cc7b2171656045c257a32a06293c0926daec69d4403174df');
INSERT INTO "journal" VALUES(113,1795992891098660,'dial.checked','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BPTWNV1T0GPGX1PJM3G","input":{"check":"01M8MR9BPPSQXMJQS8RTQQECMZ","agent":"1000","facts":{"listed":"","dialled":0,"callback":null,"problem":"","lead":null}},"asked":[["channel.create",{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","endpoint":"PJSIP/4930555123@trunk","caller":"4930999888","call":"01M8MR9BMS9QZ99Q1DFC1M97FK","name":"","headers":[]}]],"events":[["command.started",{"id":"01M8MR9BPPSQXMJQS8RTQQECMZ","kind":"DIAL_WITH_CUSTOMER","number":"4930555123","by":"6666","source":"test","step":"begun"}],["call.updated",{"agc_id":"Y0001795992891041430","state":"talking","since":1795992891049489,"arrived":1795992891041430,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795992891049489}]]}','f7bcbb89237e9c87ad569537a0c8cb46cd32aebe7567a5bce25b8504002b899f','e2d35741829ef48f4c8ebd9b5eb98d697e4aa3c16f6d4693a5d38cad30ce3c60');
INSERT INTO "journal" VALUES(114,1795992891102145,'leg.arrived','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BPYC7KXG3MARD91YKV7","input":{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","args":["made"],"number":"","dialled":"s","call":"01M8MR9BMS9QZ99Q1DFC1M97FK","session":"","up":false,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.deafen",{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","on":true}],["bridge.add",{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}],["channel.dial",{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","timeout":20}]]}','2d2547f229ffc713206b5b868ef09be1980bf0b254091bf2732ec8a0593fb235','b9d70fc5509439019f3f369f3d98eea2910158bcecdc9ea4e88bec556609469f');
INSERT INTO "journal" VALUES(115,1795992891104352,'leg.joined','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BQ09PMBVAB1KDARY5JQ","input":{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}}','5e58121432766e5ed6aa45fd7d7fb5fa0ff4d19e68c18797bb1747384d81c6fe','27961e3e303bdc9ee151304215a1912a0a0c114fd6465920867f680d04376fb0');
INSERT INTO "journal" VALUES(116,1795992891105946,'action.completed','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BQ15NHFSF1ZHM1502BB","input":{"action":{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M8MR9BPPSQXMJQS8RTQQECMZ","why":"","refused":false,"of":""}]],"events":[["call.third_dialing",{"agc_id":"Y0001795992891041430","state":"dialing","arrived":1795992891041430,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795992891049489}],["command.dialing",{"id":"01M8MR9BPPSQXMJQS8RTQQECMZ","kind":"DIAL_WITH_CUSTOMER","requested":1795992891098660,"number":"4930555123","by":"6666","source":"test","step":"dialling"}]]}','0da568b4c0e6e4cca5eee6c1182ba8160c0ebbc8ffe0fc48d46a88fe10989dfc','5d04fbab9b1690ca8e0c34b04c686bad8458882cec6738f553283f89a74886db');
INSERT INTO "journal" VALUES(117,1795992891110253,'leg.answered','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BQ6G9AR1RQBKJW2HJX8","input":{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H"},"asked":[["channel.deafen",{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","on":false}]],"events":[["command.completed",{"id":"01M8MR9BPPSQXMJQS8RTQQECMZ","kind":"DIAL_WITH_CUSTOMER","requested":1795992891098660,"number":"4930555123","by":"6666","source":"test","ended":1795992891110253,"outcome":"completed"}],["call.three_way",{"agc_id":"Y0001795992891041430","state":"three_way","arrived":1795992891041430,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795992891049489}],["agent.three_way",{"state":"3-WAY","since":1795992891049489,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','6dafad48f6cb3aa7a85135344f4d3b10d03d6cf8ed8d7d2feed7b90207ba66f2','71befd8c8d37f63fc3ef29baaa2ac662a9eb1e56c35cb6a4d46d493a0252a124');
INSERT INTO "journal" VALUES(118,1795992891150557,'command.requested','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BREF53HV4PVFZDA3D4H","input":{"receipt":"01M8MR9BREB4G92JEYVKCS3SKA","command":{"kind":"LEAVE_3WAY_CALL","agent":"1000","call":"01M8MR9BMS9QZ99Q1DFC1M97FK"},"by":"6666","source":"test"},"asked":[["bridge.remove",{"leg":"1795992889.26","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}],["recording.start",{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}],["recording.stop",{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1"}]],"events":[["command.started",{"id":"01M8MR9BREB4G92JEYVKCS3SKA","kind":"LEAVE_3WAY_CALL","by":"6666","source":"test","step":"begun"}]]}','b541967857889109f8a4a463e8f988baa4b587b34e5db2cecdc83525618273d6','b5e4957bff3d321e1ec182e5db9afec104025e6a20682ed2dc3c9cf93c3cc391');
INSERT INTO "journal" VALUES(119,1795992891153645,'leg.left','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BRH7GSDJW3BGC0H4R00","input":{"leg":"1795992889.26","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"},"asked":[["channel.play_silence",{"leg":"1795992889.26","on":true}],["command.answer",{"receipt":"01M8MR9BREB4G92JEYVKCS3SKA","why":"","refused":false,"of":""}]],"events":[["call.handed_off",{"agc_id":"Y0001795992891041430","state":"handed_off","arrived":1795992891041430,"customer":"493012345670","agent":null,"third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795992891049489,"left":1795992891153645}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}],["command.completed",{"id":"01M8MR9BREB4G92JEYVKCS3SKA","kind":"LEAVE_3WAY_CALL","requested":1795992891150557,"by":"6666","source":"test","ended":1795992891153645,"outcome":"completed"}]]}','b7df914d8b07403d6fb1f7698102cd4cd9428b97462c6cd118e03df816317185','d1bafa1f7640039fa76d8e55ca59de7a5dc1a2c905cd6c7faa5d024369cd7668');
INSERT INTO "journal" VALUES(120,1795992891158601,'recording_file.started','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BRPE75Y7XYNPSVK1QGH","input":{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2"},"events":[["recording.started",{"id":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","started":1795992891158601}]]}','2c30248244b31d80b23777c08d4f413830614c3dc25929c1b940fdb09dfef7ce','e279057d7757ef223ee065648b861c664de7826005d73634e977cc3d4ef31697');
INSERT INTO "journal" VALUES(121,1795992891158864,'recording_file.finished','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BRPVP8R3S0Y72KZ779Y","input":{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1"},"asked":[["recording.measure",{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1"}]],"events":[["recording.finished",{"id":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795992891056109,"ended":1795992891158864}]]}','99ef7258c269f286ec73dbb64c9bf8e6ce2f034cedbb9e38da0f046ba67d584f','23f1c2443f23eeb0c49b895bfa0927ab5c933a3c1ec69ec04fb10cb4ec4876ba');
INSERT INTO "journal" VALUES(122,1795992891165885,'recording_file.measured','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BRXSY3SDY56726AAM9Q","input":{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1","path":"/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1.wav","bytes":1964,"length":120,"sha256":"f29f3c5ac43c4204612bb4ead9ac3ea36d90315083eabfe2ea9f3e9a80c4c573","mended":false,"age":8},"events":[["recording.kept",{"id":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795992891056109,"ended":1795992891158864,"bytes":1964,"length_ms":120,"sha256":"f29f3c5ac43c4204612bb4ead9ac3ea36d90315083eabfe2ea9f3e9a80c4c573"}]]}','d5906e5c93f180cea000475391756964a3b89f85f50dfbe620c4ad39138f6293','2f5efcbf67cdb0a4757e6c820e64d000b0880d3159b1d2b3407964742bc1f7b4');
INSERT INTO "journal" VALUES(123,1795992891365572,'command.requested','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9BZ5V0F6DNR93NEXKD15","input":{"receipt":"01M8MR9BZ5Y5ZTHN5S6EF8HGEJ","command":{"kind":"STATUS","agent":"1000","status":"LATER","amends":true,"callback":{"id":"","call":"","lead":0,"number":"","ingroup":"","campaign":"","agent":"","at":1795996491359741,"made":0,"status":"","comments":"","by":"","state":"pending","ended":null,"done_in":""}},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8MR9BZ5Y5ZTHN5S6EF8HGEJ","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8MR9BZ5Y5ZTHN5S6EF8HGEJ","kind":"STATUS","status":"LATER","by":"local:root (uid 0)","source":"api/v1","ended":1795992891365572,"outcome":"completed"}],["disposition.entered",{"status":"LATER","by":"local:root (uid 0)"}],["call.updated",{"agc_id":"Y0001795992891041430","state":"handed_off","since":1795992891153645,"arrived":1795992891041430,"customer":"493012345670","agent":null,"third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795992891049489,"left":1795992891153645,"status":"LATER"}],["agent.ready",{"state":"READY","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"LATER"}]]}','09bce2caf9f11f62160b481edaeab48107f80cb12d09d9d264fdeb2d1824f717','a8ff8082983b93e1ad4138d95236692b9607627b705aaf157381cf8353d3d09a');
INSERT INTO "journal" VALUES(124,1795992891471703,'command.requested','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9C2F1SVQZWYYGRPQZ7AG","input":{"receipt":"01M8MR9C2F4P1RD40A74345WSJ","command":{"kind":"LOGOUT","agent":"1000"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["channel.hang_up",{"leg":"1795992889.26"}],["command.answer",{"receipt":"01M8MR9C2F4P1RD40A74345WSJ","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8MR9C2F4P1RD40A74345WSJ","kind":"LOGOUT","by":"local:root (uid 0)","source":"api/v1","ended":1795992891471703,"outcome":"completed"}],["agent.logged_out",{"state":"LOGGED_OUT","since":1795992891365572,"call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"LATER"}]]}','518f900ccee1df410899768281e621e2254e90e1d5cb29e7942e8f2062847da3','941e753b864804e91e4a19775ba91e2da3479d12f710aa2ce73508cc7715a3c4');
INSERT INTO "journal" VALUES(125,1795992891474884,'leg.released','','1000','{"core":14,"base":"01M8MR9C2JPADDQ35T939183CS","input":{"leg":"1795992889.26","harbour":false,"answered":0,"message_at":0}}','60b69a4a1178977b94b1baf4bb58c3d45ad11b0aaf7c75aedbd5a04eeef05be7','d11c99c0a4c5ac228e3bb8228f0592246fa59fd3ff847debaa7d6ce567fe8909');
INSERT INTO "journal" VALUES(126,1795992891479283,'leg.prompt_finished','','1000','{"core":14,"base":"01M8MR9C2QFWVJB05M5CR68GTW","input":{"leg":"01M8MR9BN9H5YAS1DZ4R6TGCEC","ok":true,"play":"648c60cd-cabd-416a-97d3-a4eb90858cb4"},"asked":[["channel.hang_up",{"leg":"01M8MR9BN9H5YAS1DZ4R6TGCEC"}]]}','09ced0f3ee3d7c645649e367e2bcce3ea15c61779fde1cf72ba7059cddae6679','93ab1fe6a107141d895ca900fb66c0fd4ba549239e6be86c861ccb1f9ce5962f');
INSERT INTO "journal" VALUES(127,1795992891482462,'leg.destroyed','','1000','{"core":14,"base":"01M8MR9C2TYFE9E7YEGBMBVM32","input":{"leg":"01M8MR9BN9H5YAS1DZ4R6TGCEC","cause":0}}','1056520c25a83de22ef719f99f151522a86cb9619ff30ed8d2f2b4bc0b021f4e','4e80563925ecb2f66ee116448b7f8e551df08f8973ec078cba8c8c0dfaeb0571');
INSERT INTO "journal" VALUES(128,1795992891501798,'leg.left','01M8MR9BMS9QZ99Q1DFC1M97FK','','{"core":14,"base":"01M8MR9C3D3819464ASGD4M1N3","input":{"leg":"1795992890.27","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}}','4e319a6abd6fe5afbc435a42695085b03d2859899fa614bc85f0b2172c75b017','10650066960633331e7926dca77146743b33cde6dfdb2b4e1a2c6c801bad4fb7');
INSERT INTO "journal" VALUES(129,1795992891502084,'leg.released','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9C3EV7EXTYM2RYFQJWVR","input":{"leg":"1795992890.27","harbour":false,"answered":0,"message_at":0},"asked":[["recording.stop",{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2"}],["channel.hang_up",{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H"}]],"events":[["call.ended",{"agc_id":"Y0001795992891041430","state":"ended","arrived":1795992891041430,"customer":"493012345670","agent":null,"ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795992891049489,"left":1795992891153645,"ended":1795992891502084,"ended_by":"customer","status":"LATER"}]]}','6e9c263f807f72663fde3203ffbdee71e781e6dfe55962efe772f23b51eaafdf','6345613052871e7416ba4ead75bf92f4a80e2da7eeb38656589fb8bfeff671a1');
INSERT INTO "journal" VALUES(130,1795992891504540,'leg.left','01M8MR9BMS9QZ99Q1DFC1M97FK','','{"core":14,"base":"01M8MR9C3GKDQ971BF2NN5A0DT","input":{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}}','650257fbcf8eaa6ca66318513f4ec17b6789c27d3280659087a93593139f4318','5bf5b43a368396d2e6fca72c17aa4b4d2ca844ffabdcc991d82db594e6c8a283');
INSERT INTO "journal" VALUES(131,1795992891504753,'recording_file.finished','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9C3G91TQ394EJK1DYRR7","input":{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2"},"asked":[["recording.measure",{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2"}]],"events":[["recording.finished",{"id":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","started":1795992891158601,"ended":1795992891504753}]]}','0ae128c5b38f5ad1d23b45b21bea20c81871cb21f73d9c331f7bf45cfeb9e2c8','16ccb001cca828753df077ab5013d792d588f6e65e5969ec8b07d40510290e6b');
INSERT INTO "journal" VALUES(132,1795992891504870,'leg.destroyed','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9C3GAY3KEN9181FPJY71","input":{"leg":"01M8MR9BPTWNV1T0GPGX1PJM3H","cause":16},"asked":[["bridge.destroy",{"bridge":"room-01M8MR9BMS9QZ99Q1DFC1M97FK"}]]}','11e7d865c4d0b903221fb59d1f92e2d9d03d78820c21fb8e0262808407e4f98f','111b039fda985494719de245eeefe1e786f763bced7f8d5a8b9fa32a9fa97d48');
INSERT INTO "journal" VALUES(133,1795992891508753,'recording_file.measured','01M8MR9BMS9QZ99Q1DFC1M97FK','1000','{"core":14,"base":"01M8MR9C3MRKPPMXASDQQ5PZYZ","input":{"name":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2","path":"/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2.wav","bytes":5484,"length":340,"sha256":"4eba532f3e32ca5661a9199b02450108fbd78a96b4e701a3cc34da15a77f428a","mended":false,"age":7},"events":[["recording.kept",{"id":"20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","status":"kept","started":1795992891158601,"ended":1795992891504753,"bytes":5484,"length_ms":340,"sha256":"4eba532f3e32ca5661a9199b02450108fbd78a96b4e701a3cc34da15a77f428a"}]]}','99ae52dbe412c269fda7a9204fd82c9c9ffdf40d6cc1d0b05d8e3ef4bc86ea17','9035ad720aa1d56fccb156a1e77e3c868d6d2e0b545940c3c186bf295e506327');
CREATE TABLE lead (
    lead_id INTEGER PRIMARY KEY AUTOINCREMENT, -- no id is used twice
    list_id TEXT NOT NULL REFERENCES list (id),
    entry_date INTEGER NOT NULL,
    modify_date INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'NEW', -- the disposition of its last call
    "user" TEXT NOT NULL DEFAULT '', -- the agent of its last call, or the user who created the lead
    vendor_lead_code TEXT NOT NULL DEFAULT '', -- its id in another system
    source_id TEXT NOT NULL DEFAULT '',
    gmt_offset_now TEXT NOT NULL DEFAULT '',
    phone_code TEXT NOT NULL DEFAULT '', -- country code; empty if unknown
    phone_number TEXT NOT NULL, -- digits only
    title TEXT NOT NULL DEFAULT '',
    first_name TEXT NOT NULL DEFAULT '',
    middle_initial TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    address1 TEXT NOT NULL DEFAULT '',
    address2 TEXT NOT NULL DEFAULT '',
    address3 TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    province TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    country_code TEXT NOT NULL DEFAULT '',
    gender TEXT NOT NULL DEFAULT '',
    date_of_birth TEXT NOT NULL DEFAULT '',
    alt_phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    security_phrase TEXT NOT NULL DEFAULT '',
    comments TEXT NOT NULL DEFAULT '',
    called_count INTEGER NOT NULL DEFAULT 0,
    last_call INTEGER, -- arrival of the last call with the lead
    rank INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL DEFAULT '',
    time_zones TEXT NOT NULL DEFAULT '', -- IANA names with | between them; empty if unknown
    jurisdictions TEXT NOT NULL DEFAULT '', -- countries and states whose legal hours apply, with | between them
    passes INTEGER NOT NULL DEFAULT 0, -- outgoing calls since the last reset of its list
    next_try INTEGER, -- when its status is dialled again; empty for not before the next reset of its list
    next_number TEXT NOT NULL DEFAULT '', -- alt_phone or address3, if auto_alt_dial dials it next
    held_by TEXT NOT NULL DEFAULT '', -- the limit that kept it from being dialled when the dialler looked; empty for none
    held_until INTEGER, -- when that limit allows its next call
    custom_fields TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(custom_fields)), -- JSON: {name: value}, named by its list
    more_numbers TEXT NOT NULL DEFAULT '' -- further numbers: NUMBER:LABEL|NUMBER
) STRICT;
INSERT INTO "lead" VALUES(1,'101',1795992881140606,1795992881140606,'SALE','1003','','','','','4930555777','','Grace','','Hopper','','','','','','','','','','','','','','',1,1795992883729615,0,'','','',1,NULL,'','',NULL,'{}','');
INSERT INTO "lead" VALUES(2,'101',1795992881140606,1795992881140606,'NA','1003','','','','','4930555778','','Alan','','Turing','','','','','','','','','','','','','','',1,1795992884099861,0,'','','',1,NULL,'','',NULL,'{}','');
INSERT INTO "lead" VALUES(3,'200',1795992881400021,1795992881400021,'SALE','1003','','','','81','311112222','','Ada','','','','','','','','','','','','','','','','',1,1795992884607167,0,'','Asia/Tokyo','JP',1,NULL,'','',NULL,'{}','');
INSERT INTO "lead" VALUES(4,'200',1795992881400021,1795992881400021,'NA','1003','','','','81','311113333','','Emmy','','','','','','','','','','','','','','','','',1,1795992884784325,0,'','Asia/Tokyo','JP',1,1795996484784325,'','',NULL,'{}','');
INSERT INTO "lead" VALUES(5,'999',1795992887070420,1795992887070420,'INBND','','','','','','493012345671','','','','','','','','','','','','','','','','','','',1,1795992887065299,0,'','','',0,NULL,'','',NULL,'{}','');
INSERT INTO "lead" VALUES(6,'999',1795992888983505,1795992888983505,'INBND','','','','','','493012345672','','','','','','','','','','','','','','','','','','',1,1795992888980775,0,'','','',0,NULL,'','',NULL,'{}','');
INSERT INTO "lead" VALUES(7,'999',1795992891046011,1795992891046011,'LATER','1000','','','','','493012345670','','','','','','','','','','','','','','','','','','',1,1795992891041430,0,'','','',0,NULL,'','',NULL,'{}','');
CREATE TABLE lead_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL, -- when it began
    last INTEGER NOT NULL, -- when its last part was made
    who TEXT NOT NULL, -- the user's login name
    action TEXT NOT NULL CHECK (action IN ('create', 'set', 'delete', 'import', 'reset', 'hopper')),
    list_id TEXT NOT NULL, -- the list of the leads before the change
    lead_id INTEGER NOT NULL, -- 0 for many leads
    leads INTEGER NOT NULL, -- how many leads it has changed so far
    what TEXT NOT NULL CHECK (json_valid(what)), -- JSON: the changed fields and the conditions
    key TEXT NOT NULL DEFAULT '' -- of a change that has parts to come; empty for a whole one
) STRICT;
INSERT INTO "lead_change" VALUES(1,1795992881150114,1795992881150114,'root','import','101',0,2,'{"file": "1a4a26d3"}','');
INSERT INTO "lead_change" VALUES(2,1795992881410512,1795992881410512,'root','import','200',0,2,'{"file": "977c8cee"}','');
CREATE TABLE lead_request ( -- requests that created leads, to detect repetitions
    "by" TEXT NOT NULL, -- the requester
    key TEXT NOT NULL, -- idempotency key
    request TEXT NOT NULL, -- fingerprint of the whole request
    lead_id INTEGER NOT NULL REFERENCES lead (lead_id) ON DELETE CASCADE,
    did TEXT NOT NULL DEFAULT 'created', -- created or updated
    PRIMARY KEY ("by", key)
) STRICT, WITHOUT ROWID;
CREATE TABLE leg (
    id TEXT NOT NULL, -- the channel's id
    owner TEXT NOT NULL, -- the call; for an agent's leg, the agent
    role TEXT NOT NULL, -- customer, agent, third, whisper
    number TEXT NOT NULL,
    created INTEGER NOT NULL,
    answered INTEGER,
    ended INTEGER,
    cause INTEGER, -- Q.850
    server TEXT NOT NULL DEFAULT 'main', -- the Asterisk with the channel
    PRIMARY KEY (id, owner) -- a channel that was sent into the dialplan may return with another call
) STRICT, WITHOUT ROWID;
INSERT INTO "leg" VALUES('01M8MR94GQRR6D6SWB3KE47J84','01M8MR94GH33QD0A21Q3TK842S','customer','4930555777',1795992883735115,1795992883745315,1795992883809599,16,'main');
INSERT INTO "leg" VALUES('01M8MR94W63RY89KTN14M8P04F','01M8MR94W3PFHDZJZ4BYAAN7T6','customer','4930555778',1795992884102760,1795992884109934,1795992884169375,16,'main');
INSERT INTO "leg" VALUES('01M8MR95BZ80BMJ7Q0TT5WZ0BA','01M8MR95BZ80BMJ7Q0TT5WZ0B9','customer','81311112222',1795992884607167,1795992884616937,1795992884651796,16,'main');
INSERT INTO "leg" VALUES('01M8MR95CEZN2FZS4KEFGMCDX0','1003','whisper','',1795992884622293,NULL,1795992885059442,0,'main');
INSERT INTO "leg" VALUES('01M8MR95HG1772BB2Y0ERV1B26','01M8MR95HG1772BB2Y0ERV1B25','customer','81311113333',1795992884784325,1795992884790880,1795992884832563,16,'main');
INSERT INTO "leg" VALUES('01M8MR95HT4F137ZTG9WYMV0MA','1003','whisper','',1795992884794912,NULL,1795992885178122,0,'main');
INSERT INTO "leg" VALUES('01M8MR97S8X2GYHAQ1HDBJV9N0','1001','whisper','',1795992887080982,NULL,1795992887513053,0,'main');
INSERT INTO "leg" VALUES('01M8MR99MW93NKZ2JRSQE2Y4BF','1002','whisper','',1795992888988238,NULL,1795992889418097,0,'main');
INSERT INTO "leg" VALUES('01M8MR99S4KGQVT15MWP82CJQP','01M8MR99MDQA8CMKVG5YWMM07V','third','4930555123',1795992889124204,1795992889137806,NULL,NULL,'main');
INSERT INTO "leg" VALUES('01M8MR9BN9H5YAS1DZ4R6TGCEC','1000','whisper','',1795992891049489,NULL,1795992891482462,0,'main');
INSERT INTO "leg" VALUES('01M8MR9BPTWNV1T0GPGX1PJM3H','01M8MR9BMS9QZ99Q1DFC1M97FK','third','4930555123',1795992891098660,1795992891110253,1795992891504870,16,'main');
INSERT INTO "leg" VALUES('1795992881.0','1003','agent','1003',1795992881794131,1795992881797258,1795992885169042,0,'main');
INSERT INTO "leg" VALUES('1795992885.15','1001','agent','1001',1795992885230191,1795992885232921,NULL,NULL,'main');
INSERT INTO "leg" VALUES('1795992887.16','01M8MR97RGFQ41GZMWPFACV4BD','customer','493012345671',1795992887065299,1795992887075299,NULL,NULL,'main');
INSERT INTO "leg" VALUES('1795992887.20','1002','agent','1002',1795992887146311,1795992887149357,NULL,NULL,'main');
INSERT INTO "leg" VALUES('1795992888.21','01M8MR99MDQA8CMKVG5YWMM07V','customer','493012345672',1795992888980775,1795992888985103,NULL,NULL,'main');
INSERT INTO "leg" VALUES('1795992889.26','1000','agent','1000',1795992889202924,1795992889205820,1795992891474884,0,'main');
INSERT INTO "leg" VALUES('1795992890.27','01M8MR9BMS9QZ99Q1DFC1M97FK','customer','493012345670',1795992891041430,1795992891046682,1795992891502084,0,'main');
CREATE TABLE line ( -- the latest waits of an in-group's queue
    id TEXT PRIMARY KEY, -- the in-group
    waits TEXT NOT NULL -- JSON list of the last answered calls' waits in microseconds
) STRICT, WITHOUT ROWID;
INSERT INTO "line" VALUES('SALESLINE','[15683, 7463, 8059]');
CREATE TABLE list (
    id TEXT PRIMARY KEY,
    -- a description for administrators
    list_name TEXT NOT NULL DEFAULT '',
    -- N excludes the list from dialling, and from the search for a caller's lead
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- the campaign that the leads belong to; empty for every campaign
    campaign TEXT REFERENCES campaign (id),
    -- the country of numbers without a country code, by which each number is checked; empty for no check
    country TEXT NOT NULL DEFAULT '',
    -- the hours in which its leads are dialled, besides those of the campaign; empty for no others
    local_call_time TEXT REFERENCES call_time (id),
    -- the last day on which its leads are dialled; empty for no end
    expiration_date TEXT NOT NULL DEFAULT '',
    -- its share of the campaign's new leads beside the list_weight of other lists; 0 for the rest
    list_weight INTEGER NOT NULL DEFAULT 0 CHECK (list_weight BETWEEN 0 AND 100),
    -- the caller id of automatic calls to its leads; empty for campaign_cid
    campaign_cid_override TEXT NOT NULL DEFAULT '',
    -- the times of the day, in the setting timezone, at which the list is reset; empty for never
    reset_times TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reset_times)),
    -- the names of further fields of its leads, in the order in which agents see them
    custom_fields TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(custom_fields)),
    -- the page of the first web form, with data of the call; empty for that of the campaign
    web_form_address TEXT NOT NULL DEFAULT '',
    -- the page of the second web form, with data of the call; empty for that of the campaign
    web_form_address_two TEXT NOT NULL DEFAULT '',
    -- the page of the third web form, with data of the call; empty for that of the campaign
    web_form_address_three TEXT NOT NULL DEFAULT '',
    -- the event hook whose secret signs the web form addresses of this list; empty leaves them unsigned
    web_form_sign TEXT REFERENCES event_hook (id)
) STRICT, WITHOUT ROWID;
INSERT INTO "list" VALUES('101','Autumn','Y',NULL,'',NULL,'',0,'','[]','[]','','','',NULL);
INSERT INTO "list" VALUES('200','','Y','TESTCAMP','JP',NULL,'',0,'','[]','[]','','','',NULL);
INSERT INTO "list" VALUES('998','made by agents','Y',NULL,'',NULL,'',0,'','[]','[]','','','',NULL);
INSERT INTO "list" VALUES('999','callers','Y',NULL,'',NULL,'',0,'','[]','[]','','','',NULL);
CREATE TABLE list_reset ( -- the latest reset of each list at its reset_times
    list_id TEXT PRIMARY KEY REFERENCES list (id) ON DELETE CASCADE,
    moment INTEGER NOT NULL, -- the time of the day that it is for
    began INTEGER NOT NULL,
    ended INTEGER, -- NULL while it runs, also after a crash
    missed INTEGER NOT NULL DEFAULT 0, -- 1 if it was not made, because the app ran too late
    "after" INTEGER NOT NULL DEFAULT 0, -- the lead after which it goes on
    leads INTEGER NOT NULL DEFAULT 0 -- leads that were reset so far
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('fingerprint','886fb8c983a3e7a1');
INSERT INTO "meta" VALUES('schema','5');
CREATE TABLE more_number (
    lead_id INTEGER NOT NULL,
    tail TEXT NOT NULL, -- up to seven digits
    PRIMARY KEY (lead_id, tail)
) STRICT, WITHOUT ROWID;
CREATE TABLE open_state (
    kind TEXT NOT NULL, -- the name of the record's table below
    id TEXT NOT NULL,
    format INTEGER NOT NULL, -- format of the body
    body TEXT NOT NULL, -- JSON
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
INSERT INTO "open_state" VALUES('agent_interval','01M8MR97S8X2GYHAQ1HDBJV9MZ',4,'{"hold":false,"ended":null,"id":"01M8MR97S8X2GYHAQ1HDBJV9MZ","session":"01M8MR95Z9X14Q48Z3D2AY32VP","agent":"1001","state":"INCALL","pause_code":"","call":"01M8MR97RGFQ41GZMWPFACV4BD","started":1795992887080982}');
INSERT INTO "open_state" VALUES('agent_interval','01M8MR99MW93NKZ2JRSQE2Y4BE',4,'{"hold":false,"ended":null,"id":"01M8MR99MW93NKZ2JRSQE2Y4BE","session":"01M8MR97V4ECGTSFDG4N036YTC","agent":"1002","state":"INCALL","pause_code":"","call":"01M8MR99MDQA8CMKVG5YWMM07V","started":1795992888988238}');
INSERT INTO "open_state" VALUES('agent_session','01M8MR95Z9X14Q48Z3D2AY32VP',4,'{"id":"01M8MR95Z9X14Q48Z3D2AY32VP","agent":"1001","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"conf_exten":"8600051","leg":"1795992885.15","on_hook":false,"outside":"","browser":false,"adopted":false,"state":"INCALL","since":1795992887080982,"interval":"01M8MR97S8X2GYHAQ1HDBJV9MZ","started":1795992885230191,"ended":null,"pause_code":"","after_call":{"pause":false,"pause_code":"","logout":false,"status":"","callback":null,"by":"","notes":"","draft":""},"missed":0,"phone_loss":{"called_back":false,"lost_since":0,"was_ready":false,"pause_code":"","recall_until":0,"away_since":0,"rescue_until":0,"page_away_since":0},"login":"","muted":false,"call":"01M8MR97RGFQ41GZMWPFACV4BD","last":{"call":"","status":"","promised":null,"number":"493012345671","lead":0,"notes":"","ingroup":"SALESLINE","outbound":false,"talked":true,"lead_call":""},"undoable":null,"previewed":null,"dial_checks":[],"hold":false,"ready_since":1795992886977689,"calls":1,"taken":[["SALESLINE",1]],"talk_times":{"call_started":1795992887080982,"call_finished":0,"inbound_started":1795992887080982,"inbound_finished":0},"typed":{"text":"","since":0,"line":""},"help":{"call":"","since":0},"moved_supervisors":[],"overdue":false}');
INSERT INTO "open_state" VALUES('agent_session','01M8MR97V4ECGTSFDG4N036YTC',4,'{"id":"01M8MR97V4ECGTSFDG4N036YTC","agent":"1002","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"conf_exten":"8600052","leg":"1795992887.20","on_hook":false,"outside":"","browser":false,"adopted":false,"state":"INCALL","since":1795992888988238,"interval":"01M8MR99MW93NKZ2JRSQE2Y4BE","started":1795992887146311,"ended":null,"pause_code":"","after_call":{"pause":false,"pause_code":"","logout":false,"status":"","callback":null,"by":"","notes":"","draft":""},"missed":0,"phone_loss":{"called_back":false,"lost_since":0,"was_ready":false,"pause_code":"","recall_until":0,"away_since":0,"rescue_until":0,"page_away_since":0},"login":"","muted":false,"call":"01M8MR99MDQA8CMKVG5YWMM07V","last":{"call":"","status":"","promised":null,"number":"493012345672","lead":0,"notes":"","ingroup":"SALESLINE","outbound":false,"talked":true,"lead_call":""},"undoable":null,"previewed":null,"dial_checks":[],"hold":false,"ready_since":1795992888896177,"calls":1,"taken":[["SALESLINE",1]],"talk_times":{"call_started":1795992888988238,"call_finished":0,"inbound_started":1795992888988238,"inbound_finished":0},"typed":{"text":"","since":0,"line":""},"help":{"call":"","since":0},"moved_supervisors":[],"overdue":false}');
INSERT INTO "open_state" VALUES('asterisk','1795992879475000',4,'{"id":"1795992879475000","started":1795992879475000,"seen":1795992880782596,"ended":null}');
INSERT INTO "open_state" VALUES('call','01M8MR97RGFQ41GZMWPFACV4BD',4,'{"id":"01M8MR97RGFQ41GZMWPFACV4BD","agc_id":"Y0001795992887065299","direction":"in","origin":"caller","state":"talking","since":1795992887080982,"arrived":1795992887065299,"number":"493012345671","caller_name":"","dialled":"8005550100","data":[],"lead":5,"ingroup":"SALESLINE","direct":"","customer":"1795992887.16","agent":"1001","third":null,"ivr":null,"consultation":{"closer":null,"closer_group":"","asked_group":"","asked_agent":"","asked_at":0,"unanswered":"","gone_at":null},"parking":{"customer_place":"room","third_place":"room","since":null,"remind_at":null,"found_outside":[],"fallback_at":null},"commands":{"target":null,"pending":null,"dialling":null,"queue":[],"before":null,"leaving":null},"asked_bridges":{"room":true,"spot":false,"spot_music":"","third_spot":false,"ivr":false,"doubtful":[]},"audio":{"tone":null,"tone_media":"tone:425/1000,0/4000","tones":0,"music":false,"had_music":false,"files":"","plays":0,"paused":false,"playing":"","undone":[]},"prompts":{"welcoming":false,"saying":[],"playing":"","plays":0,"unplayed":"","prompt_at":null,"offer":"","offer_until":null,"offered":[],"message":"","vm_message":""},"recording":{"running":"20261129-225447_493012345671_01M8MR97RGFQ41GZMWPFACV4BD-1","files":1,"track":"call","track_reason":"campaign_recording=ALLCALLS","after_leave":null,"after_leave_reason":"","start_at":null,"muted":false,"notices":0,"notice_playing":"","noticed":"","notice":""},"queueing":{"queued_at":1795992887065299,"priority":0,"drop_at":null,"rest_until":null,"wait":null,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active","in-group: in-group SALESLINE is active"],"exit":"","after":false,"overflows":0,"rung":[],"line_since":1795992887065299,"close_at":null,"preferred":"","prefer_until":null},"outcome":{"last_agent":"1001","callback":null,"campaign":"TESTCAMP","connected":1795992887080982,"left":null,"ended_by":"","status":""},"hooks":{"priority":0,"question":"","until":null,"choice":""},"attempt":{"list_id":"","source":"","passes":0,"zones":"","open_until":0,"caller_id":"","ready":0,"in_flight":0,"threshold":0,"risk":0,"ringing":null,"cause":null,"answered":null,"agent":"","drop_at":null,"dropped":null,"message_at":null,"opted_out":false,"amd":{"detector":"","verdict":"","cause":"","at":null,"agent_leg":"","speech":"","silent_by":null}},"ended":null}');
INSERT INTO "open_state" VALUES('call','01M8MR99MDQA8CMKVG5YWMM07V',4,'{"id":"01M8MR99MDQA8CMKVG5YWMM07V","agc_id":"Y0001795992888980775","direction":"in","origin":"caller","state":"three_way","since":1795992889137806,"arrived":1795992888980775,"number":"493012345672","caller_name":"","dialled":"8005550100","data":[],"lead":6,"ingroup":"SALESLINE","direct":"","customer":"1795992888.21","agent":"1002","third":"01M8MR99S4KGQVT15MWP82CJQP","ivr":null,"consultation":{"closer":null,"closer_group":"","asked_group":"","asked_agent":"","asked_at":0,"unanswered":"","gone_at":null},"parking":{"customer_place":"room","third_place":"room","since":null,"remind_at":null,"found_outside":[],"fallback_at":null},"commands":{"target":null,"pending":null,"dialling":null,"queue":[],"before":null,"leaving":null},"asked_bridges":{"room":true,"spot":false,"spot_music":"","third_spot":false,"ivr":false,"doubtful":[]},"audio":{"tone":null,"tone_media":"tone:425/1000,0/4000","tones":0,"music":false,"had_music":false,"files":"","plays":0,"paused":false,"playing":"","undone":[]},"prompts":{"welcoming":false,"saying":[],"playing":"","plays":0,"unplayed":"","prompt_at":null,"offer":"","offer_until":null,"offered":[],"message":"","vm_message":""},"recording":{"running":"20261129-225448_493012345672_01M8MR99MDQA8CMKVG5YWMM07V-1","files":1,"track":"call","track_reason":"campaign_recording=ALLCALLS","after_leave":null,"after_leave_reason":"","start_at":null,"muted":false,"notices":0,"notice_playing":"","noticed":"","notice":""},"queueing":{"queued_at":1795992888980775,"priority":0,"drop_at":null,"rest_until":null,"wait":null,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active","in-group: in-group SALESLINE is active"],"exit":"","after":false,"overflows":0,"rung":[],"line_since":1795992888980775,"close_at":null,"preferred":"","prefer_until":null},"outcome":{"last_agent":"1002","callback":null,"campaign":"TESTCAMP","connected":1795992888988238,"left":null,"ended_by":"","status":""},"hooks":{"priority":0,"question":"","until":null,"choice":""},"attempt":{"list_id":"","source":"","passes":0,"zones":"","open_until":0,"caller_id":"","ready":0,"in_flight":0,"threshold":0,"risk":0,"ringing":null,"cause":null,"answered":null,"agent":"","drop_at":null,"dropped":null,"message_at":null,"opted_out":false,"amd":{"detector":"","verdict":"","cause":"","at":null,"agent_leg":"","speech":"","silent_by":null}},"ended":null}');
INSERT INTO "open_state" VALUES('dialler','TESTCAMP',4,'{"id":"TESTCAMP","running":false,"since":1795992885056263,"by":"local:root (uid 0)","begins_at":0,"halted":"","halt":0,"drops":{"first_day":"2026-11-29","windows":[{"kind":"PERIOD","begins":1795906800000000,"ends":1798498800000000,"answered":1,"dropped":0,"dropped_by_fault":0},{"kind":"DAY","begins":1795906800000000,"ends":1795993200000000,"answered":1,"dropped":0,"dropped_by_fault":0}]},"above":false,"idle":""}');
INSERT INTO "open_state" VALUES('leg','01M8MR99S4KGQVT15MWP82CJQP',4,'{"id":"01M8MR99S4KGQVT15MWP82CJQP","role":"third","owner":"01M8MR99MDQA8CMKVG5YWMM07V","trunk":"trunk","number":"4930555123","page":"","replaces":"","created":1795992889124204,"phase":5,"bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"accept":"","accept_until":0,"originated":true,"dialling":{"asked":true,"timeout":20,"answered_elsewhere":false,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795992889137806,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795992885.15',4,'{"id":"1795992885.15","role":"agent","owner":"1001","trunk":"","number":"1001","page":"","replaces":"","created":1795992885230191,"phase":5,"bridge":"room-01M8MR97RGFQ41GZMWPFACV4BD","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"accept":"","accept_until":0,"originated":false,"dialling":{"asked":false,"timeout":0,"answered_elsewhere":false,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795992885232921,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795992887.16',4,'{"id":"1795992887.16","role":"customer","owner":"01M8MR97RGFQ41GZMWPFACV4BD","trunk":"trunk","number":"493012345671","page":"","replaces":"","created":1795992887065299,"phase":5,"bridge":"room-01M8MR97RGFQ41GZMWPFACV4BD","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"accept":"","accept_until":0,"originated":false,"dialling":{"asked":false,"timeout":0,"answered_elsewhere":false,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795992887075299,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795992887.20',4,'{"id":"1795992887.20","role":"agent","owner":"1002","trunk":"","number":"1002","page":"","replaces":"","created":1795992887146311,"phase":5,"bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"accept":"","accept_until":0,"originated":false,"dialling":{"asked":false,"timeout":0,"answered_elsewhere":false,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795992887149357,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795992888.21',4,'{"id":"1795992888.21","role":"customer","owner":"01M8MR99MDQA8CMKVG5YWMM07V","trunk":"trunk","number":"493012345672","page":"","replaces":"","created":1795992888980775,"phase":5,"bridge":"room-01M8MR99MDQA8CMKVG5YWMM07V","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"accept":"","accept_until":0,"originated":false,"dialling":{"asked":false,"timeout":0,"answered_elsewhere":false,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795992888985103,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('line','SALESLINE',4,'{"id":"SALESLINE","waits":[15683,7463,8059]}');
INSERT INTO "open_state" VALUES('recording','20261129-225447_493012345671_01M8MR97RGFQ41GZMWPFACV4BD-1',4,'{"id":"20261129-225447_493012345671_01M8MR97RGFQ41GZMWPFACV4BD-1","call":"01M8MR97RGFQ41GZMWPFACV4BD","kind":"call","reason":"campaign_recording=ALLCALLS","agent":"1001","asked":1795992887080982,"started":1795992887087347,"stopping":false,"muted":false,"muting":false,"mute_asks":0,"mute_receipts":[],"ended":null,"status":"running","end_found":false,"cause":"","path":"","bytes":0,"length":0,"sha256":"","format":"wav","converted_path":"","converted_bytes":0,"converted_sha256":"","notice":""}');
INSERT INTO "open_state" VALUES('recording','20261129-225448_493012345672_01M8MR99MDQA8CMKVG5YWMM07V-1',4,'{"id":"20261129-225448_493012345672_01M8MR99MDQA8CMKVG5YWMM07V-1","call":"01M8MR99MDQA8CMKVG5YWMM07V","kind":"call","reason":"campaign_recording=ALLCALLS","agent":"1002","asked":1795992888988238,"started":1795992888992782,"stopping":false,"muted":false,"muting":false,"mute_asks":0,"mute_receipts":[],"ended":null,"status":"running","end_found":false,"cause":"","path":"","bytes":0,"length":0,"sha256":"","format":"wav","converted_path":"","converted_bytes":0,"converted_sha256":"","notice":""}');
CREATE TABLE pacing ( -- the learnt answer rate, ring times, talk times and wrap-ups of a campaign
    campaign TEXT PRIMARY KEY,
    at INTEGER NOT NULL, -- when it was kept; after a week it counts half
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
INSERT INTO "pacing" VALUES('TESTCAMP',1795992885056852,'{"outcomes": {"answers": 11.951588967559315, "ended": 21.905485758591606, "answered": {"weight": 1.000173301810164, "counts": [2.0012599489613816, 0.001, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001]}, "unanswered": {"weight": 1.0, "counts": [0.001, 0.001, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 8.0, 8.0, 8.0, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001]}}, "spread": {"answers": 0.0, "answers_now": 2, "calls": 0.0, "calls_now": 2, "half_minute": 59866429, "half_minutes": 0.0, "squares": 0.0}, "times": {"talk": {"weight": 1.0004622049041574, "counts": [2.249137270780605, 0.24535776931097653, 0.24230988615021598, 0.239299864402156, 0.23632723374476416, 0.233391529698459, 0.23049229355350365, 0.22762907229836316, 0.2248014185488767, 0.22200889047840455, 0.21925105174875226, 0.21652747144200069, 0.21383772399319323, 0.21118138912381568, 0.20855805177613984, 0.205967302048371, 0.203408735130588, 0.2008819512415072, 0.19838655556600804, 0.1959221581934356, 0.19348837405668728, 0.19108482287204076, 0.18871112907973275, 0.18636692178527925, 0.18405183470152187, 0.18176550609139142, 0.17950757871139533, 0.17727769975578012, 0.17507552080142874, 0.17290069775339534, 0.17075289079115707, 0.1686317643155011, 0.1665369868961064, 0.1644682312197343, 0.16242517403910472, 0.16040749612237448, 0.15841488220326605, 0.15644702093179808, 0.1545036048256465, 0.1525843302220875, 0.15068889723055978, 0.14881700968580658, 0.146968375101586, 0.14514270462498313, 0.1433397129912728, 0.14155911847934632, 0.1398006428676868, 0.1380640113908993, 0.13634895269678537, 0.13465519880393684, 0.1329824850598582, 0.13133055009962646, 0.12969913580503922, 0.12808798726429815, 0.12649685273216527, 0.12492548359062772, 0.12337363431006776, 0.12184106241087345, 0.12032752842556782, 0.11883279586138773, 0.11735663116332673, 0.11589880367765093, 0.11445908561584561, 0.11303725201903925, 0.11163308072283384, 0.1102463523226127, 0.10887685013924009, 0.1075243601852105, 0.10618867113122432, 0.10486957427314203, 0.10356686349939803, 0.10228033525878755, 0.10100978852864873, 0.09975502478347664, 0.09851584796387702, 0.09729206444595517, 0.09608348301104686, 0.09488991481583886, 0.09371117336288037, 0.09254707447141186, 0.0913974362486214, 0.09026207906119299, 0.08914082550725899, 0.08803350038866675, 0.08693993068361605, 0.08585994551961629, 0.08479337614678784, 0.08374005591149536, 0.08269982023030864, 0.0816725065642876, 0.08065795439358148, 0.07965600519234783, 0.0786665024039912, 0.07768929141667713, 0.07672421953921149, 0.07577113597714291, 0.0748298918092305, 0.0739003399641569, 0.07298233519755004, 0.07207573406930345, 0.07118039492114425, 0.07029617785451081, 0.06942294470868471, 0.06856055903921021, 0.06770888609657466, 0.06686779280514532, 0.066037147742386, 0.06521682111831573, 0.06440668475522937, 0.06360661206767149, 0.06281647804265822, 0.062036159220141274, 0.06126553367371612, 0.06050448099157113, 0.05975288225767983, 0.05901062003320967, 0.058277578338176705, 0.05755364263332785, 0.056838699802231885, 0.05613263813362024, 0.0554353473039193, 0.05474671836001921, 0.0540666437022469, 0.05339501706755012, 0.05273173351290461, 0.05207668939890331, 0.05142978237357265, 0.05079091135637259, 0.05015997652240478, 0.04953687928682171, 0.04892152228941016, 0.04831380937938834, 0.04771364560037794, 0.047120937175564315, 0.04653559149305486, 0.045957517091392286, 0.04538662364527768, 0.04482282195144738, 0.04426602391473855, 0.043716142534326874, 0.04317309189012797, 0.04263678712937258, 0.04210714445335273, 0.04158408110431888, 0.04106751535256248, 0.04055736648363284, 0.04005355478573003, 0.03955600153725314, 0.03906462899449237, 0.03857936037949039, 0.038100119868038074, 0.03762683257783006, 0.0371594245567658, 0.03669782277138822, 0.03624195509548178, 0.03579175029879367, 0.03534713803590939, 0.034908048835257666, 0.0344744140882558, 0.034046166038594894, 0.03362323777164611, 0.033205563204003474, 0.032793077073171584, 0.03238571492734821, 0.031983413115372894, 0.03158610877676771, 0.03119373983191953, 0.030806244972386432, 0.03042356365130422, 0.030045636073941506, 0.029672403188342744, 0.029303806676110322, 0.028939788943291855, 0.028580293111372113, 0.02822526300840067, 0.027874643160197277, 0.02752837878169878, 0.02718641576839348, 0.026848700687860938, 0.026515180771437552, 0.02618580390595371, 0.02586051862560501, 0.02553927410390705, 0.025222020145745927, 0.02490870717954896, 0.024599286249525065, 0.024293709008024467, 0.023991927707984195, 0.023693895195458503, 0.023399564902263914, 0.023108890838691998, 0.022821827586327614, 0.02253833029095681, 0.022258354655547152, 0.02198185693333854, 0.021708793920997838, 0.02143912295187317, 0.021172801889329518, 0.020909789120155953, 0.02065004354807526, 0.020393524587311307, 0.020140192156253844, 0.019890006671197946, 0.019642929040149526, 0.0193989206567291, 0.01915794339412774, 0.018919959599158487, 0.01868493208637051, 0.01845282413223487, 0.018223599469413543, 0.0179972222810848, 0.0177736571953524, 0.017552869279719163, 0.017334824035621088, 0.01711948739304775, 0.016906825705208794, 0.01669680574328314, 0.016489394691225345, 0.016284560140635562, 0.01608227008569968, 0.015882492918183888, 0.01568519742249891, 0.015490352770824445, 0.015297928518284709, 0.015107894598200555, 0.014920221317384491, 0.014734879351503832, 0.014551839740501449, 0.014371073884063279, 0.014192553537158842, 0.01401625080561908, 0.013842138141783311, 0.013670188340195177, 0.013500374533346737, 0.013332670187486684, 0.013167049098468386, 0.01300348538765983, 0.012841953497899905, 0.012682428189500355, 0.01252488453630865, 0.012369297921807632, 0.012215644035271783, 0.012063898867970407, 0.01191403870941049, 0.011766040143638967, 0.011619880045577596, 0.011475535577413903, 0.011332984185032091, 0.011192203594485584, 0.011053171808522028, 0.010915867103141325, 0.010780268024203343, 0.010646353384077822, 0.010514102258327579, 0.010383493982447367, 0.010254508148626745, 0.010127124602567206, 0.010001323440330945, 0.009877085005229741, 0.00975438988475616, 0.00963321890754723, 0.00951355314039129, 0.009395373885269509, 0.009278662676431848, 0.00916340127751561, 0.00904957167869161, 0.008937156093853788, 0.008826136957838793, 0.008716496923679984, 0.008608218859899874, 0.008501285847829776, 0.008395681178969272, 0.008291388352374557, 0.008188391072078416, 0.00808667324454726, 0.007986218976162585, 0.007887012570741009, 0.007789038527080128, 0.007692281536535728, 0.0075967264806318935, 0.007502358428696093, 0.007409162635528127, 0.007317124539096553, 0.00722622975826058, 0.007136464090526651, 0.007047813509825848, 0.006960264164324603, 0.006873802374260385, 0.0067884146298014675, 0.006704087588940005, 0.006620808075403703, 0.006538563076599058, 0.006457339741578472, 0.006377125379029569, 0.006297907455295945, 0.006219673592415195, 0.006142411566187056, 0.006066109304263406, 0.005990754884259708, 0.0059163365318954525, 0.005842842619150843, 0.005770261662452689, 0.005698582320879386, 0.0056277933943871955, 0.005557883822063167, 0.00548884268039361, 0.005420659181559831, 0.0053533226717520505, 0.005286822629502752, 0.005221148664045772, 0.00515629051368989, 0.005092238044217129, 0.005028981247299433, 0.00496651023893277, 0.0049048152578957255, 0.004843886664221489, 0.0047837149376932925, 0.004724290676357129, 0.004665604595050291, 0.004607647523954123, 0.004550410407157604, 0.004493884301245282, 0.004438060373897421, 0.004382929902512975, 0.004328484272842631, 0.004274714977646338, 0.004221613615362149, 0.004169171888794079, 0.004117381603816542, 0.0040662346680910705, 0.004015723089805315, 0.003965838976422442, 0.003916574533447924, 0.003867922063213146, 0.0038198739636697426, 0.0037724227272048494, 0.00372556093946607, 0.00367928127820355, 0.0036335765121268612, 0.0035884394997724722, 0.0035438631883906446, 0.0034998406128420798, 0.0034563648945095185, 0.0034134292402241903, 0.0033710269412021154, 0.0033291513719979973, 0.003287795989468968, 0.003246954331752143, 0.0032066200172560858, 0.003166786743661401, 0.0031274482869383252, 0.0030885985003729216, 0.0030502313136067383, 0.0030123407316895445, 0.0029749208341400823, 0.0029379657740235057, 0.002901469777036418, 0.0028654271406048856, 0.0028298322329942463, 0.0027946794924271767, 0.002759963426216573, 0.0027256786099065164, 0.002691819686424478, 0.00265838136524546, 0.002625358421563008, 0.002592745695475275, 0.0025605380911774417, 0.0025287305761656498, 0.0024973181804514855, 0.002466295995783678, 0.0024356591748828788, 0.0024054029306835867, 0.0023755225355858584, 0.0023460133207177034, 0.002316870675203725, 0.0022880900454464934, 0.002259666934413991, 0.0022315969009371536, 0.002203875559016605, 0.0021764985771358797, 0.0021494616775858885, 0.002122760635796181, 0.0020963912796744325, 0.0020703494889555765, 0.002044631194556383, 0.0020192323779411395, 0.0019941490704931952, 0.0019693773528944164, 0.00194491335451406, 0.0019207532528021758, 0.0018968932726938503, 0.0018733296860186203, 0.0018500588109180392, 0.0018270770112708938, 0.0018043806961238508, 0.0017819663191316094, 0.0017598303780021543, 0.0017379694139495715, 0.0017163800111540985, 0.001695058796227205, 0.0016740024376858675, 0.0016532076454312157, 0.0016326711702345162, 0.0016123898032300785, 0.0015923603754127227, 0.0015725797571437133, 0.0015530448576612024, 0.0015337526245972656, 0.0015147000435015816, 0.0014958841373692924, 0.0014773019661768437, 0.0014589506264222132, 0.001440827250671125, 0.001422929007109542, 0.0014052530991001677, 0.0013877967647465614, 0.001370557276460932, 0.00135353194053809, 0.0013367180967348985, 0.0013201131178538182, 0.0013037144093332002, 0.001287519408841465, 0.0012715255858767455, 0.0012557304413719425, 0.001240131507303302, 0.0012247263463057746, 0.00120951255129155, 0.0011944877450741596, 0.0011796495799973328, 0.0011649957375673044, 0.001150523928091455, 0.001136231890320142, 0.001122117391093285, 0.0011081782249919118, 0.0010944122139927397, 0.0010808172071285864, 0.00106739108015199, 0.0010541317352032176, 0.0010410371004828528, 0.0010281051299274035, 0.0010153338028901643, 0.0010027211238253578, 0.000990265121976145, 0.000977963851067059, 0.0009658153889993346, 0.0009538178375511144, 0.0009419693220805506, 0.0009302679912329657, 0.0009187120166517706, 0.0009072995926922602, 0.0008960289361400163, 0.0008848982859320249, 0.0008739059028814965, 0.0008630500694063823, 0.0008523290892604573, 0.0008417412872687921, 0.0008312850090658012, 0.0008209586208366738, 0.0008107605090624387, 0.000800689080267189, 0.0007907427607697307, 0.000780919996437434, 0.0007712192524433111, 0.0007616390130265552, 0.0007521777812551003, 0.0007428340787922743, 0.0007336064456655786, 0.0007244934400384932, 0.0007154936379855092, 0.0007066056332690959, 0.0006978280371204831, 0.0006891594780224046, 0.0006805986014948341, 0.0006721440698835221, 0.0006637945621505801, 0.000655548773668465, 0.0006474054160159667, 0.000639363216776833, 0.0006314209193411958, 0.000623577282708801, 0.0006158310812955092, 0.0006081811047415914, 0.0006006261577226005, 0.0005931650597628107, 0.0005857966450503824, 0.0005785197622555551, 0.0005713332743505824, 0.0005642360584320709, 0.0005572270055457292, 0.0005503050205126359, 0.0005434690217586118, 0.0005367179411449284, 0.0005300507238014795, 0.0005234663279620952, 0.0005169637248014086, 0.000510541898274498, 0.0005041998449578991, 0.0004979365738928473, 0.0004917511064305921, 0.0004856424760791558, 0.00047960972835265573, 0.00047365192062198344, 0.0004677681219675267, 0.00046195741303387775, 0.0004562188858858382, 0.000450551643866909, 0.00044495480145898166, 0.00043942748414402006, 0.0004339688282675464, 0.0004285779809033675, 0.00042325409972065586, 0.0004179963528521454, 0.0004128039187641574, 0.000407675986128387, 0.0004026117536948476, 0.0003976104301669451, 0.0003926712340776963, 0.0003877933936676393, 0.00038297614676437424, 0.00037821874066318404, 0.00037352043200971057, 0.00036888048668367625, 0.0003642981796841494, 0.0003597727950164229, 0.00035530362557985567, 0.0003508899730576571, 0.00034653114780763394, 0.0003422264687544642, 0.0003379752632833412, 0.0003337768671347061, 0.0003296306243006286, 0.00032553588692224144, 0.0003214920151884716, 0.00031749837723619827, 0.00031355434905129976, 0.0003096593143713704, 0.0003058126645893262, 0.00030201379865827695, 0.0002982621229977601, 0.00029455705140076817, 0.00029089800494233337, 0.00028728441188900517, 0.00028371570760950347, 0.0002801913344865816, 0.0002767107418297004, 0.0002732733857892071, 0.000269878729271221, 0.00026652624185373366, 0.00026321539970383234, 0.00025994568549563, 0.0002567165883296486, 0.0002535276036528828, 0.000250378233179983, 0.00024726798481545294, 0.00024419637257659535, 0.00024116291651778057, 0.00023816714265531775, 0.00023520858289343641, 0.00023228677495119822, 0.00022940126229011992, 0.00022655159404299987, 0.00022373732494336464, 0.0002209580152559413, 0.00021821323070796888, 0.00021550254242124053, 0.00021282552684520834, 0.00021018176569074067, 0.00020757084586476866, 0.00020499235940579785, 0.0002024459034200292, 0.00019993108001854906, 0.00019744749625508293, 0.00019499476406460584, 0.00019257250020276138, 0.0001901803261858512, 0.00018781786823183046, 0.00018548475720184124, 0.00018318062854252208, 0.00018090512222912426, 0.0001786578827091159, 0.00017643855884676195, 0.0001742468038681941, 0.0001720822753072289, 0.0001699446349519079, 0.0001678335487915409, 0.00016574868696463173, 0.00016368972370728102, 0.00016165633730227643, 0.00015964821002888976, 0.0001576650281131164, 0.00015570648167875616, 0.00015377226469894933, 0.00015186207494833747, 0.00014997561395592874, 0.00014811258695831674, 0.00014627270285375157, 0.0001444556741566033, 0.00014266121695242833, 0.00014088905085367105, 0.00013913889895573626]}, "wrap_up": {"weight": 1.0004622049041574, "counts": [3.2905535800258785, 1.2066733197734059, 1.1288513192993133, 1.0560482942666627, 0.9879405558171883, 0.9242252907629989, 0.8646192152516652, 0.808857315260485, 0.7566916683201086, 0.7078903412286874, 0.6622363588558522, 0.6195267394515569, 0.5795715921707933, 0.5421932728016732, 0.5072255939431181, 0.4745130861205993, 0.44391030655472896, 0.4152811925094757, 0.3884984563448757, 0.36344301958463165, 0.3400034834824056, 0.31807563373287273, 0.2975619771254623, 0.2783713080806871, 0.2604183031418711, 0.24362314161930188, 0.22791115070020407, 0.21321247344663452, 0.19946175820519496, 0.1865978680476471, 0.1745636089505831, 0.16330547550559682, 0.15277341302939673, 0.14292059501612026, 0.13370321494245607, 0.12508029149985084, 0.11701348638790215, 0.10946693385878364, 0.1024070812548869, 0.09580253983064668, 0.08962394519534012, 0.08384382675633129, 0.07843648558232913, 0.07337788014360011, 0.06864551942115132, 0.06421836290961061, 0.06007672706923567, 0.056202197811108384, 0.052577548626420306, 0.04918666399585603, 0.0460144677385263, 0.04304685598190354, 0.040270634454720594, 0.03767345982404628, 0.03524378481570313, 0.03297080687404176, 0.03084442013279426, 0.0288551704834792, 0.026994213541572665, 0.025253275323576588, 0.02362461546013224, 0.02210099278163999, 0.02067563312335728, 0.019342199206851818, 0.01809476246388289, 0.016927776677450636, 0.015836053322810136, 0.014814738498822033, 0.013859291347064831, 0.012965463862767597, 0.012129282007793951, 0.011347028041709568, 0.01061522399236894, 0.009930616192536483, 0.00929016081378584, 0.008691010333363672, 0.008130500873843802, 0.007606140359286435, 0.0071155974352433635, 0.0066566911033432395, 0.006227381024375509, 0.005825758446756542, 0.005450037720047714, 0.005098548355790423, 0.004769727600363472, 0.004462113486838068, 0.0041743383349407935, 0.0039051226702223676, 0.0036532695353984, 0.0034176591685683693, 0.0031972440246530627, 0.0029910441179135765, 0.0027981426648458502, 0.0026176820080782773, 0.0024488598031488203, 0.0022909254512089045, 0.0021431767617926135, 0.0020049568308144316, 0.0018756511199137559, 0.0017546847241617196, 0.0016415198159815429, 0.00153565325391855, 0.0014366143456273368, 0.0013439627551310165, 0.0012572865450473868, 0.0011762003450781016, 0.0011003436386171762, 0.001029379159861463, 0.0009629913942963753, 0.0009008851758895964, 0.0008427843747561663, 0.0007884306694598857, 0.0007375823984928794, 0.0006900134858264643, 0.0006455124357566792, 0.0006038813925751381, 0.0005649352608846632, 0.0005285008826482623, 0.0004944162673128309, 0.00046252987158440593]}, "ready": 11.400237500000001, "ended": 11.895249999999999, "vanished": 0.4999903818812067, "left": 0.4999903818812067, "ready_seconds": 3600.31547429642}, "feedback": {"log_threshold": -2.3025762688427793, "worst": 0.9931227222546445}}');
CREATE TABLE pause_code (
    id TEXT PRIMARY KEY,
    -- the label beside the code
    pause_code_name TEXT NOT NULL DEFAULT '',
    -- the digits after *9 that give the code on an agent's phone; empty for none
    key TEXT NOT NULL DEFAULT '',
    -- seconds that a pause with the code may last; it goes on, and is shown as late; 0 for no limit
    time_limit INTEGER NOT NULL DEFAULT 0 CHECK (time_limit BETWEEN 0 AND 65000),
    -- whether the pause is paid; HALF for half of it
    billable TEXT NOT NULL DEFAULT 'NO' CHECK (billable IN ('NO', 'YES', 'HALF')),
    -- the campaigns whose agents may choose the code; empty for all
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns))
) STRICT, WITHOUT ROWID;
INSERT INTO "pause_code" VALUES('LUNCH','Lunch','',0,'NO','[]');
CREATE TABLE phone (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO "phone" VALUES('1000');
INSERT INTO "phone" VALUES('1001');
INSERT INTO "phone" VALUES('1002');
INSERT INTO "phone" VALUES('1003');
INSERT INTO "phone" VALUES('1004');
INSERT INTO "phone" VALUES('1005');
INSERT INTO "phone" VALUES('1006');
INSERT INTO "phone" VALUES('1007');
INSERT INTO "phone" VALUES('1008');
INSERT INTO "phone" VALUES('1009');
CREATE TABLE preset (
    id TEXT PRIMARY KEY,
    -- the campaign whose agents see the preset
    campaign TEXT NOT NULL REFERENCES campaign (id),
    -- the label that a toolbar shows instead of the name
    preset_name TEXT NOT NULL DEFAULT '',
    -- the number that the preset dials
    preset_number TEXT NOT NULL CHECK (preset_number <> '')
) STRICT, WITHOUT ROWID;
INSERT INTO "preset" VALUES('BILLING','TESTCAMP','','4930555124');
CREATE TABLE queue_wait ( -- one wait of one call in one in-group
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL,
    ingroup TEXT NOT NULL,
    direct TEXT NOT NULL, -- for AGENTDIRECT, the wanted agent
    priority INTEGER NOT NULL,
    place INTEGER NOT NULL, -- place in the queue at the start
    queued_at INTEGER NOT NULL, -- the arrival time that counts for its place
    entered INTEGER NOT NULL,
    ended INTEGER,
    outcome TEXT NOT NULL, -- ANSWERED, or the status of a call that left otherwise, such as DROP or TIMEOT
    agent TEXT NOT NULL, -- the agent who answered
    why TEXT NOT NULL DEFAULT '' -- why this agent was chosen
) STRICT, WITHOUT ROWID;
INSERT INTO "queue_wait" VALUES('01M8MR97RSE3FCHNPJ07FX6B3A','01M8MR97RGFQ41GZMWPFACV4BD','SALESLINE','',0,1,1795992887065299,1795992887065299,1795992887080982,'ANSWERED','1001','next_agent_call=longest_wait_time: READY for 0 s');
INSERT INTO "queue_wait" VALUES('01M8MR99MMGEVY1M88WMKX92JQ','01M8MR99MDQA8CMKVG5YWMM07V','SALESLINE','',0,1,1795992888980775,1795992888980775,1795992888988238,'ANSWERED','1002','next_agent_call=longest_wait_time: READY for 0 s');
INSERT INTO "queue_wait" VALUES('01M8MR9BN1TERMD5PG9X2QG3GD','01M8MR9BMS9QZ99Q1DFC1M97FK','SALESLINE','',0,1,1795992891041430,1795992891041430,1795992891049489,'ANSWERED','1000','next_agent_call=longest_wait_time: READY for 0 s');
CREATE TABLE receipt (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL, -- the command
    agent TEXT NOT NULL,
    call TEXT NOT NULL,
    number TEXT NOT NULL,
    ingroup TEXT NOT NULL, -- of LOCAL_CLOSER or a consultation
    to_agent TEXT NOT NULL, -- the agent for AGENTDIRECT
    caller_id TEXT NOT NULL, -- the caller id in the command
    message TEXT NOT NULL, -- the sound file of VM_MESSAGE
    status TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '', -- notes with the status
    key TEXT NOT NULL, -- idempotency key
    request TEXT NOT NULL DEFAULT '', -- fingerprint of the whole request
    "by" TEXT NOT NULL, -- the requester
    source TEXT NOT NULL, -- the program or API of the request
    requested INTEGER NOT NULL,
    ended INTEGER,
    outcome TEXT, -- completed, busy, no_answer, no_agent, declined, failed, refused, abandoned, unknown
    cause TEXT NOT NULL, -- the reason in words
    steps TEXT NOT NULL -- JSON: [[name, time], …]
) STRICT, WITHOUT ROWID;
INSERT INTO "receipt" VALUES('01M8MR94GE289G4ZEYZCYAB7KJ','DIAL','1003','01M8MR94GH33QD0A21Q3TK842S','4930555777','','','','','','','','','local:root (uid 0)','api/v1',1795992883729615,1795992883745315,'completed','','[["requested", 1795992883729615], ["begun", 1795992883729615], ["dialling", 1795992883743146], ["completed", 1795992883745315]]');
INSERT INTO "receipt" VALUES('01M8MR94Q58MWMDXDSHYGMZHQT','STATUS','1003','01M8MR94GH33QD0A21Q3TK842S','','','','','','SALE','','','','local:root (uid 0)','api/v1',1795992883941902,1795992883941902,'completed','','[["requested", 1795992883941902], ["completed", 1795992883941902]]');
INSERT INTO "receipt" VALUES('01M8MR94W1BD7Q6FXF58B2VMGP','DIAL','1003','01M8MR94W3PFHDZJZ4BYAAN7T6','4930555778','','','','','','','','','local:root (uid 0)','api/v1',1795992884099861,1795992884109934,'completed','','[["requested", 1795992884099861], ["begun", 1795992884099861], ["dialling", 1795992884107732], ["completed", 1795992884109934]]');
INSERT INTO "receipt" VALUES('01M8MR950T5WYSZJFHH8Y943RT','STATUS','1003','01M8MR94W3PFHDZJZ4BYAAN7T6','','','','','','NA','','','','local:root (uid 0)','api/v1',1795992884250939,1795992884250939,'completed','','[["requested", 1795992884250939], ["completed", 1795992884250939]]');
INSERT INTO "receipt" VALUES('01M8MR953WE8MSGQ0CNSP7P0KR','DIALLER_START','','','','','','','TESTCAMP','','','','','local:root (uid 0)','api/v1',1795992884348991,1795992884348991,'completed','','[["requested", 1795992884348991], ["completed", 1795992884348991]]');
INSERT INTO "receipt" VALUES('01M8MR95HD9E0VYE2MGRGB28P4','STATUS','1003','01M8MR95BZ80BMJ7Q0TT5WZ0B9','','','','','','SALE','','','','local:root (uid 0)','api/v1',1795992884781541,1795992884781541,'completed','','[["requested", 1795992884781541], ["completed", 1795992884781541]]');
INSERT INTO "receipt" VALUES('01M8MR95Q1F9WNDF8AK95N4W7F','STATUS','1003','01M8MR95HG1772BB2Y0ERV1B25','','','','','','NA','','','','local:root (uid 0)','api/v1',1795992884961853,1795992884961853,'completed','','[["requested", 1795992884961853], ["completed", 1795992884961853]]');
INSERT INTO "receipt" VALUES('01M8MR95SYAYR6WJ2K2N3M398J','DIALLER_STOP','','','','','','','TESTCAMP','','','','','local:root (uid 0)','api/v1',1795992885056263,1795992885056263,'completed','','[["requested", 1795992885056263], ["completed", 1795992885056263]]');
INSERT INTO "receipt" VALUES('01M8MR95XAR0NXVW1VPX1XNFY1','LOGOUT','1003','01M8MR95HG1772BB2Y0ERV1B25','','','','','','','','','','local:root (uid 0)','api/v1',1795992885162875,1795992885162875,'completed','','[["requested", 1795992885162875], ["completed", 1795992885162875]]');
INSERT INTO "receipt" VALUES('01M8MR99S2WAS8GVGGHEBVSC98','DIAL_WITH_CUSTOMER','1002','01M8MR99MDQA8CMKVG5YWMM07V','4930555123','','','','','','','','','6666','test',1795992889124204,1795992889137806,'completed','','[["requested", 1795992889124204], ["begun", 1795992889124204], ["dialling", 1795992889137352], ["completed", 1795992889137806]]');
INSERT INTO "receipt" VALUES('01M8MR9BPPSQXMJQS8RTQQECMZ','DIAL_WITH_CUSTOMER','1000','01M8MR9BMS9QZ99Q1DFC1M97FK','4930555123','','','','','','','','','6666','test',1795992891098660,1795992891110253,'completed','','[["requested", 1795992891098660], ["begun", 1795992891098660], ["dialling", 1795992891105946], ["completed", 1795992891110253]]');
INSERT INTO "receipt" VALUES('01M8MR9BREB4G92JEYVKCS3SKA','LEAVE_3WAY_CALL','1000','01M8MR9BMS9QZ99Q1DFC1M97FK','','','','','','','','','','6666','test',1795992891150557,1795992891153645,'completed','','[["requested", 1795992891150557], ["begun", 1795992891150557], ["completed", 1795992891153645]]');
INSERT INTO "receipt" VALUES('01M8MR9BZ5Y5ZTHN5S6EF8HGEJ','STATUS','1000','01M8MR9BMS9QZ99Q1DFC1M97FK','','','','','','LATER','','','','local:root (uid 0)','api/v1',1795992891365572,1795992891365572,'completed','','[["requested", 1795992891365572], ["completed", 1795992891365572]]');
INSERT INTO "receipt" VALUES('01M8MR9C2F4P1RD40A74345WSJ','LOGOUT','1000','01M8MR9BMS9QZ99Q1DFC1M97FK','','','','','','','','','','local:root (uid 0)','api/v1',1795992891471703,1795992891471703,'completed','','[["requested", 1795992891471703], ["completed", 1795992891471703]]');
CREATE TABLE recording (
    id TEXT PRIMARY KEY, -- path of the file in the folder of recordings, without .wav
    call TEXT NOT NULL,
    kind TEXT NOT NULL, -- call; handoff after the agent has left
    reason TEXT NOT NULL, -- the rule that started the recording
    agent TEXT NOT NULL,
    asked INTEGER NOT NULL,
    started INTEGER,
    ended INTEGER,
    status TEXT NOT NULL, -- running, kept, failed; expired or erased after its file was deleted
    cause TEXT NOT NULL, -- why recording or conversion failed, or the missing part of a kept file
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    length INTEGER NOT NULL, -- milliseconds
    sha256 TEXT NOT NULL,
    converted_path TEXT NOT NULL, -- the file in the configured format
    converted_bytes INTEGER NOT NULL,
    converted_sha256 TEXT NOT NULL,
    notice TEXT NOT NULL DEFAULT '', -- of recording_notice: played, failed; empty if the campaign has none
    links_revoked INTEGER NOT NULL DEFAULT 0, -- how often the signed links to it were revoked
    server TEXT NOT NULL DEFAULT 'main' -- the Asterisk that wrote the file
) STRICT, WITHOUT ROWID;
INSERT INTO "recording" VALUES('20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1','01M8MR94GH33QD0A21Q3TK842S','call','campaign_recording=ALLCALLS','1003',1795992883745315,1795992883755328,1795992883814027,'kept','','/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225443_4930555777_01M8MR94GH33QD0A21Q3TK842S-1.wav',1004,60,'527a7461855329013cda2854f0e211054a47e7ff7452aaea243a0829a241d5f1','',0,'','',0,'main');
INSERT INTO "recording" VALUES('20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1','01M8MR94W3PFHDZJZ4BYAAN7T6','call','campaign_recording=ALLCALLS','1003',1795992884109934,1795992884113983,1795992884171858,'kept','','/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225444_4930555778_01M8MR94W3PFHDZJZ4BYAAN7T6-1.wav',1004,60,'2ac0f0dc48576427574da5ce4575044ea56889dd72860aedcff5935a34490e3b','',0,'','',0,'main');
INSERT INTO "recording" VALUES('20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1','01M8MR95BZ80BMJ7Q0TT5WZ0B9','call','campaign_recording=ALLCALLS','1003',1795992884622293,1795992884628117,1795992884654842,'kept','','/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225444_81311112222_01M8MR95BZ80BMJ7Q0TT5WZ0B9-1.wav',684,40,'3751238cc92215cc35fba70a71718984040d91cf5adf66327edca2a02315322e','',0,'','',0,'main');
INSERT INTO "recording" VALUES('20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1','01M8MR95HG1772BB2Y0ERV1B25','call','campaign_recording=ALLCALLS','1003',1795992884794912,1795992884800640,1795992884835152,'kept','','/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225444_81311113333_01M8MR95HG1772BB2Y0ERV1B25-1.wav',684,40,'cafc6a133232e3f8f58fd4e54eca8db59fb1dbd4380b49cb3a195c003c84938d','',0,'','',0,'main');
INSERT INTO "recording" VALUES('20261129-225447_493012345671_01M8MR97RGFQ41GZMWPFACV4BD-1','01M8MR97RGFQ41GZMWPFACV4BD','call','campaign_recording=ALLCALLS','1001',1795992887080982,1795992887087347,NULL,'running','','',0,0,'','',0,'','',0,'main');
INSERT INTO "recording" VALUES('20261129-225448_493012345672_01M8MR99MDQA8CMKVG5YWMM07V-1','01M8MR99MDQA8CMKVG5YWMM07V','call','campaign_recording=ALLCALLS','1002',1795992888988238,1795992888992782,NULL,'running','','',0,0,'','',0,'','',0,'main');
INSERT INTO "recording" VALUES('20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1','01M8MR9BMS9QZ99Q1DFC1M97FK','call','campaign_recording=ALLCALLS','1000',1795992891049489,1795992891056109,1795992891158864,'kept','','/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-1.wav',1964,120,'f29f3c5ac43c4204612bb4ead9ac3ea36d90315083eabfe2ea9f3e9a80c4c573','',0,'','',0,'main');
INSERT INTO "recording" VALUES('20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2','01M8MR9BMS9QZ99Q1DFC1M97FK','handoff','leave_3way_start_recording=ALL_CALLS','1000',1795992891150557,1795992891158601,1795992891504753,'kept','','/tmp/keep-ioiwy_8u/lab/asterisk/recording/20261129-225451_493012345670_01M8MR9BMS9QZ99Q1DFC1M97FK-2.wav',5484,340,'4eba532f3e32ca5661a9199b02450108fbd78a96b4e701a3cc34da15a77f428a','',0,'','',0,'main');
CREATE TABLE recovery_code (
    user TEXT NOT NULL REFERENCES second_factor (user) ON DELETE CASCADE,
    hash TEXT NOT NULL CHECK (length(hash) = 64), -- SHA-256 of salt and code
    PRIMARY KEY (user, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE report_run ( -- each time that a scheduled report was sent, or is to be sent
    id INTEGER PRIMARY KEY,
    report TEXT NOT NULL REFERENCES scheduled_report (id) ON DELETE CASCADE,
    begins INTEGER NOT NULL, -- of the period
    ends INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- the user who asked for it; empty for the schedule
    asked INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, -- failed attempts
    due INTEGER NOT NULL, -- time of the next attempt
    ended INTEGER, -- empty until it is sent, or has failed for the last time
    why TEXT NOT NULL DEFAULT '' -- why the last attempt failed; empty if it did not
) STRICT;
CREATE TABLE scheduled_report (
    id TEXT PRIMARY KEY,
    -- the reports, by the names of warmline report
    reports TEXT NOT NULL DEFAULT '["day"]' CHECK (json_valid(reports)),
    -- the period of the reports: the last whole day, week from Monday, or month
    period TEXT NOT NULL DEFAULT 'DAY' CHECK (period IN ('DAY', 'WEEK', 'MONTH')),
    -- the time of day at which the reports are sent, after the end of the period
    send_time INTEGER NOT NULL DEFAULT 600 CHECK (send_time BETWEEN 0 AND 2359),
    -- only calls and sessions of this campaign's agents; empty for all
    campaign TEXT REFERENCES campaign (id),
    -- only calls in this in-group; empty for all
    ingroup TEXT REFERENCES ingroup (id),
    -- only agents of this user group, and their calls; empty for all
    user_group TEXT REFERENCES user_group (id),
    -- the addresses that get the reports by mail, at most 20; empty for none
    mail_to TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(mail_to)),
    -- Y keeps the numbers of customers in mails; stored files never have them
    mail_numbers TEXT NOT NULL DEFAULT 'N' CHECK (mail_numbers IN ('Y', 'N')),
    -- the days for which a copy stays in the folder of reports; 0 stores none
    keep_days INTEGER NOT NULL DEFAULT 90 CHECK (keep_days BETWEEN 0 AND 3660),
    -- N sends and stores nothing by itself
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;
CREATE TABLE script (
    id TEXT PRIMARY KEY,
    -- a description for administrators
    script_name TEXT NOT NULL DEFAULT '',
    -- the text that agents read; --A--first_name--B-- inserts that field of the lead or the call
    script_text TEXT NOT NULL DEFAULT '',
    -- N hides the script from agents
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;
INSERT INTO "script" VALUES('GREETING','','Hello --A--first_name--B--','Y');
CREATE TABLE second_factor (
    user TEXT PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
    salt TEXT NOT NULL CHECK (length(salt) = 32),
    key TEXT NOT NULL CHECK (length(key) = 16), -- a mark of second_factor_key, which does not reveal it
    begun INTEGER NOT NULL,
    enrolled INTEGER NOT NULL DEFAULT 0, -- when the first code was sent; 0 before, and no code is asked for
    last_step INTEGER NOT NULL DEFAULT 0 -- the 30 seconds from 1970 whose code was accepted last
) STRICT, WITHOUT ROWID;
CREATE TABLE server ( -- the servers in the settings, if there are several
    id TEXT PRIMARY KEY, -- its name
    weight INTEGER NOT NULL, -- its share of new calls, beside the weights of the others; 0: none
    draining INTEGER NOT NULL, -- 1 if it gets no new call
    since INTEGER NOT NULL, -- when it began or ceased to drain
    "by" TEXT NOT NULL -- the user who wanted that
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (
    id TEXT PRIMARY KEY,
    -- the agent API's answer to a command that is not possible; SUCCESS as in VICIdial
    api_impossible TEXT NOT NULL DEFAULT 'ERROR' CHECK (api_impossible IN ('ERROR', 'SUCCESS')),
    -- the time zone of call times, lists and reports
    timezone TEXT NOT NULL DEFAULT 'UTC',
    -- the container of numbers whose calls are hung up
    blocklist TEXT REFERENCES container (id),
    -- the hosts that webhooks may contact; a private address must be listed itself; empty for none
    webhook_hosts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(webhook_hosts)),
    -- number of phones on the line at which callers go to the fallback and dialling stops; 0 for no limit
    max_legs INTEGER NOT NULL DEFAULT 0 CHECK (max_legs BETWEEN 0 AND 10000),
    -- share of max_legs that automatic calls leave free for callers and agents; 0 for none
    dial_reserve INTEGER NOT NULL DEFAULT 15 CHECK (dial_reserve BETWEEN 0 AND 90),
    -- the dial templates and contexts that managers may choose; empty for the default template alone
    dial_ways TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dial_ways)),
    -- numbers that a person who types them reaches in spite of dial rules, and that no program dials
    emergency_numbers TEXT NOT NULL DEFAULT '["110", "112", "911", "999"]' CHECK (json_valid(emergency_numbers)),
    -- the names of WARMLINE_DATA_name variables of the dialplan that go with a call; empty for none
    call_data TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(call_data)),
    -- the SIP headers of a caller that go with a call; item x_ticket has the value of X-Ticket; empty for none
    call_data_headers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(call_data_headers)),
    -- milliseconds that a hook has for its decision; after that, the call continues without the hook
    hook_deadline INTEGER NOT NULL DEFAULT 200 CHECK (hook_deadline BETWEEN 10 AND 1000),
    -- Y lets managers and administrators without a second factor only enrol one, from their next request on
    second_factor_required TEXT NOT NULL DEFAULT 'N' CHECK (second_factor_required IN ('Y', 'N')),
    -- where the agent API takes the password alone of a person whose login takes more; empty for nowhere
    password_only_addresses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(password_only_addresses)),
    -- 0 switches the agent API off for every user
    vdc_agent_api_active TEXT NOT NULL DEFAULT '1' CHECK (vdc_agent_api_active IN ('1', '0')),
    -- days that a recording's file is kept; 0 to keep it until you delete it
    recordings_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (recordings_keep_days BETWEEN 0 AND 36500),
    -- the programs (api) and roles that may make links which play a recording without a login; empty for none
    recording_links TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(recording_links)),
    -- days that a link to a recording is valid
    recording_link_days INTEGER NOT NULL DEFAULT 7 CHECK (recording_link_days BETWEEN 1 AND 7),
    -- days that the journal keeps the contents of its rows (the rows stay); 0 to keep them permanently
    journal_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (journal_keep_days BETWEEN 0 AND 36500)
) STRICT, WITHOUT ROWID;
INSERT INTO "setting" VALUES('warmline','ERROR','Europe/Berlin',NULL,'[]',0,15,'[]','["110", "112", "911", "999"]','[]','[]',200,'N','[]','1',0,'[]',7,0);
CREATE TABLE timezone_offset ( -- the offsets of the setting's time zone, filled ten years ahead
    begins INTEGER PRIMARY KEY, -- from this time on; 0 for the first one
    seconds INTEGER NOT NULL, -- to be added to UTC
    iso TEXT NOT NULL -- the offset in ISO 8601, such as +01:00
) STRICT;
INSERT INTO "timezone_offset" VALUES(0,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(954032400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(972781200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(985482000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1004230800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1017536400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1035680400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1048986000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1067130000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1080435600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1099184400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1111885200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1130634000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1143334800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1162083600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1174784400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1193533200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1206838800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1224982800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1238288400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1256432400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1269738000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1288486800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1301187600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1319936400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1332637200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1351386000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1364691600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1382835600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1396141200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1414285200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1427590800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1445734800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1459040400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1477789200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1490490000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1509238800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1521939600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1540688400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1553994000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1572138000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1585443600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1603587600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1616893200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1635642000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1648342800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1667091600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1679792400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1698541200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1711846800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1729990800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1743296400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1761440400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1774746000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1792890000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1806195600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1824944400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1837645200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1856394000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1869094800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1887843600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1901149200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1919293200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1932598800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1950742800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1964048400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1982797200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1995498000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(2014246800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(2026947600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(2045696400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(2058397200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(2077146000000000,3600,'+01:00');
CREATE TABLE trunk (
    id TEXT PRIMARY KEY,
    -- calls at once, of callers and agents too, from which the dialler begins no more; VICIdial's max_vicidial_trunks
    lines INTEGER NOT NULL DEFAULT 23 CHECK (lines BETWEEN 1 AND 10000),
    -- calls that begin in one second, those of agents too, from which the dialler waits
    calls_per_second INTEGER NOT NULL DEFAULT 5 CHECK (calls_per_second BETWEEN 1 AND 1000)
) STRICT, WITHOUT ROWID;
INSERT INTO "trunk" VALUES('carrier',10,5);
CREATE TABLE user (
    id TEXT PRIMARY KEY,
    -- the password; pass=- prompts for it
    pass TEXT NOT NULL CHECK (pass <> ''),
    -- the role, which decides what the user may do
    role TEXT NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'supervisor', 'manager', 'admin')),
    -- the agent that the user works as; each agent belongs to one user
    agent TEXT REFERENCES agent (id),
    -- the person's name, which lists show beside the key
    full_name TEXT NOT NULL DEFAULT '',
    -- the group that bounds which agents a supervisor sees; empty for all agents
    user_group TEXT REFERENCES user_group (id),
    -- Y lets the next login only choose a new password; set to Y with each pass that an administrator gives
    force_change_password TEXT NOT NULL DEFAULT 'N' CHECK (force_change_password IN ('Y', 'N')),
    -- N refuses the login, and ends the user's sessions at once
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;
INSERT INTO "user" VALUES('ada','scrypt$16384$f123dd285897b2fb6dee7c26df8a1d35$223dda706e0be582bbe4f64d019cf20554d5200baf45e402b5eca4d7c0e8d2387347b732e2921c9cf544bc949dc8ada973b1c5828e0f94417813c87bd85c575b','admin',NULL,'Ada',NULL,'Y','Y');
INSERT INTO "user" VALUES('admin','scrypt$16384$fd79f55ab29d14e58f37228cf53157ce$584b824b1add69b543ac391d3b110e27cf1239f46c5d8f33b321daa4e0200b01fa8b8e60fa36f42bae6cb0974d557bcf3bae93bd7743301d22053bdd4107b760','admin',NULL,'Ada Administrator',NULL,'N','Y');
INSERT INTO "user" VALUES('agent','scrypt$16384$79e7bdecfbe59014f0794cffa44e781a$b36c7093ef92f6d8669636949db4a71fd22730493d2375e538a95bf5f52e872e67bcc492fc41502c58877ec551c022f49775b28d274839d781ab4eb6854db121','agent','1008','Alex Agent',NULL,'N','Y');
INSERT INTO "user" VALUES('bert','scrypt$16384$2a4b64667bbe1c4154aca4e50ff57ccd$0cb2d4d59c13fc53bac6c8589e495bbac07f5fb9ce7460b86e6fccdd449e50f8090c111a2a1136587a8d0dfb06d256c7cb0ba8a555811eda4cd1b2c7c37492ca','agent','1005','','BERLIN','Y','Y');
INSERT INTO "user" VALUES('manager','scrypt$16384$a30588f7a0dc4a698f71bb2c72254e2d$14210503ca140330131473d706611cd000beeefb561b7c53fde29941c91104b1b1429bbe434e1eb29482509f5c9a57eb790af0f4a6b7b8048204f13c5f199524','manager',NULL,'Mona Manager',NULL,'N','Y');
INSERT INTO "user" VALUES('supervisor','scrypt$16384$d0da38b6a18dc3679c91f83c8bc28630$e84e11c1860c5c10d2127ba45e691cbb211c0825468a9489c45be57a92bad64f8acabf197905690fa69f94f8225db0b852e0f84ba9d83b779ee59e714569b377','supervisor',NULL,'Sam Supervisor',NULL,'N','Y');
CREATE TABLE user_group (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show beside the key
    group_name TEXT NOT NULL DEFAULT '',
    -- the other user groups whose agents, calls and reports its supervisors see
    agent_status_viewable_groups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(agent_status_viewable_groups)),
    -- the campaigns whose lists, leads and figures its people see and change; empty for every campaign
    allowed_campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(allowed_campaigns))
) STRICT, WITHOUT ROWID;
INSERT INTO "user_group" VALUES('BERLIN','Berlin','[]','["TESTCAMP"]');
CREATE TABLE user_session (
    token TEXT PRIMARY KEY CHECK (length(token) = 64), -- SHA-256 of the token
    user TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    program TEXT NOT NULL, -- as it calls itself
    created INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    id TEXT NOT NULL DEFAULT (lower(hex(randomblob(8)))), -- by which the user names it
    address TEXT NOT NULL DEFAULT '', -- of the login
    seen INTEGER NOT NULL DEFAULT 0 -- the last request, at most 10 minutes ago; 0 before the first
) STRICT, WITHOUT ROWID;
CREATE TABLE webhook ( -- requests to other programs about calls
    id TEXT PRIMARY KEY,
    hook TEXT NOT NULL, -- the option that holds the URL
    url TEXT NOT NULL, -- the option's value
    call TEXT NOT NULL,
    agent TEXT NOT NULL,
    facts TEXT NOT NULL, -- JSON: [[name, value], …] of the variables that are in no other table
    queued INTEGER NOT NULL,
    due INTEGER NOT NULL, -- time of the next attempt
    tries TEXT NOT NULL, -- JSON: [[time, HTTP status or 0, why it failed], …]
    ended INTEGER,
    outcome TEXT -- delivered, failed, dropped
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX agent_phone ON agent (phone);
CREATE UNIQUE INDEX user_agent ON user (agent);
CREATE INDEX user_session_user ON user_session (user);
CREATE INDEX agent_custom_three ON agent (custom_three) WHERE custom_three <> '';
CREATE INDEX lead_number ON lead (list_id, phone_number);
CREATE INDEX lead_tail ON lead (substr(phone_number, -7));
CREATE INDEX lead_vendor ON lead (vendor_lead_code, list_id) WHERE vendor_lead_code <> '';
CREATE INDEX lead_email ON lead (lower(email)) WHERE email <> '';
CREATE INDEX lead_surname ON lead (last_name COLLATE NOCASE, lead_id, list_id, first_name) WHERE last_name <> '';
CREATE INDEX lead_alt_phone ON lead (alt_phone) WHERE alt_phone <> '';
CREATE INDEX lead_fresh ON lead (list_id, status, jurisdictions, time_zones, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_ranked ON lead (list_id, status, jurisdictions, time_zones, rank, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_counted ON lead (list_id, status, jurisdictions, time_zones, called_count, lead_id) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_by_last_call ON lead (list_id, status, jurisdictions, time_zones, ifnull(last_call, 0), lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_owned ON lead (list_id, status, jurisdictions, time_zones, owner, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_named ON lead (list_id, status, jurisdictions, time_zones, last_name, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_by_phone ON lead (list_id, status, jurisdictions, time_zones, phone_number, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_shuffled ON lead (list_id, status, jurisdictions, time_zones, lead_id * 2654435761 & 4294967295, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_other_number ON lead (list_id, last_call) WHERE next_number <> '' AND held_by = '';
CREATE INDEX lead_again ON lead (list_id, status, jurisdictions, time_zones, next_try) WHERE next_try IS NOT NULL AND held_by = '';
CREATE INDEX lead_held ON lead (list_id, held_by, held_until) WHERE held_by <> '';
CREATE INDEX more_number_tail ON more_number (tail);
CREATE TRIGGER more_numbers_new AFTER INSERT ON lead WHEN NEW.more_numbers <> ''
BEGIN
    INSERT OR IGNORE INTO more_number
    SELECT NEW.lead_id, substr(trim(iif(instr(value, ':'), substr(value, 1, instr(value, ':') - 1), value), '+ '), -7)
    FROM json_each('[' || replace(json_quote(NEW.more_numbers), '|', '","') || ']');
END;
CREATE TRIGGER more_numbers_changed AFTER UPDATE OF more_numbers ON lead WHEN NEW.more_numbers <> OLD.more_numbers
BEGIN
    DELETE FROM more_number WHERE lead_id = NEW.lead_id;
    INSERT OR IGNORE INTO more_number
    SELECT NEW.lead_id, substr(trim(iif(instr(value, ':'), substr(value, 1, instr(value, ':') - 1), value), '+ '), -7)
    FROM json_each('[' || replace(json_quote(NEW.more_numbers), '|', '","') || ']') WHERE NEW.more_numbers <> '';
END;
CREATE TRIGGER more_numbers_deleted AFTER DELETE ON lead WHEN OLD.more_numbers <> ''
BEGIN
    DELETE FROM more_number WHERE lead_id = OLD.lead_id;
END;
CREATE TRIGGER lead_recycled AFTER UPDATE OF status ON lead WHEN NEW.passes > 0
BEGIN
    UPDATE lead SET next_try = (
        SELECT NEW.last_call + CAST(entry ->> 1 AS INTEGER) * 60000000 FROM (
            SELECT '["' || replace(value, ':', '","') || '"]' AS entry
            FROM list JOIN campaign ON campaign.id = list.campaign, json_each(campaign.recycle)
            WHERE list.id = NEW.list_id
        )
        WHERE entry ->> 0 = NEW.status AND NEW.passes <= CAST(entry ->> 2 AS INTEGER)
    ), next_number = ifnull((
        SELECT CASE
            WHEN NEW.alt_phone <> '' AND last.source NOT IN ('alt_phone', 'address3')
                AND auto_alt_dial IN ('ALT_ONLY', 'ALT_AND_ADDR3') THEN 'alt_phone'
            WHEN NEW.address3 <> '' AND last.source <> 'address3'
                AND auto_alt_dial IN ('ADDR3_ONLY', 'ALT_AND_ADDR3') THEN 'address3'
            ELSE '' END
        FROM list JOIN campaign ON campaign.id = list.campaign, json_each(campaign.auto_alt_dial_statuses) AS wanted, (
            SELECT attempt.source FROM call LEFT JOIN attempt ON attempt.call = call.id AND attempt.origin = 'dialler'
            WHERE call.lead = NEW.lead_id AND call.lead <> 0 -- as the index call_lead, so that not all calls are read
                AND direction = 'out' AND ended_by <> 'refused' ORDER BY arrived DESC LIMIT 1
        ) AS last
        WHERE list.id = NEW.list_id AND auto_alt_dial <> 'NONE' AND wanted.value = NEW.status
    ), '')
    WHERE lead_id = NEW.lead_id;
END;
CREATE TRIGGER lead_released
AFTER UPDATE OF list_id, status, phone_code, phone_number, alt_phone, address3, time_zones, jurisdictions, passes ON lead
WHEN OLD.held_by <> '' AND NEW.held_by = OLD.held_by
BEGIN
    UPDATE lead SET held_by = '', held_until = NULL WHERE lead_id = NEW.lead_id;
END;
CREATE INDEX lead_request_lead ON lead_request (lead_id);
CREATE INDEX lead_change_at ON lead_change (at);
CREATE INDEX lead_change_lead ON lead_change (lead_id) WHERE lead_id <> 0;
CREATE INDEX lead_change_open ON lead_change (key) WHERE key <> '';
CREATE INDEX hopper_entry_order ON hopper_entry (campaign, priority DESC, id);
CREATE TRIGGER hopper_entry_called AFTER UPDATE OF passes, last_call ON lead
WHEN NEW.passes > OLD.passes OR NEW.last_call IS NOT OLD.last_call
BEGIN
    DELETE FROM hopper_entry WHERE lead_id = NEW.lead_id;
END;
CREATE TRIGGER hopper_entry_moved AFTER UPDATE OF list_id ON lead WHEN NEW.list_id <> OLD.list_id
BEGIN
    UPDATE hopper_entry SET campaign = ifnull((SELECT campaign FROM list WHERE id = NEW.list_id), '')
    WHERE lead_id = NEW.lead_id;
END;
CREATE TRIGGER hopper_entry_of_list AFTER UPDATE OF campaign ON list WHEN NEW.campaign IS NOT OLD.campaign
BEGIN
    UPDATE hopper_entry SET campaign = ifnull(NEW.campaign, '')
    WHERE (SELECT list_id FROM lead WHERE lead.lead_id = hopper_entry.lead_id) = NEW.id;
END;
CREATE INDEX call_comment_call ON call_comment (call);
CREATE INDEX call_comment_mark ON call_comment (mark) WHERE mark <> '';
CREATE INDEX dnc_number ON dnc (substr(phone_number, -7));
CREATE INDEX journal_call ON journal (call) WHERE call <> '';
CREATE INDEX journal_failed ON journal (at) WHERE kind = 'turn.failed';
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal
WHEN NEW.payload IS NOT NULL OR 
    (NEW.seq, NEW.at, NEW.kind, NEW.call, NEW.agent, NEW.payload_hash, NEW.hash)
    <> (OLD.seq, OLD.at, OLD.kind, OLD.call, OLD.agent, OLD.payload_hash, OLD.hash)
BEGIN SELECT RAISE(ABORT, 'journal is append-only; only a payload may be erased (set to NULL)'); END;
CREATE INDEX call_agc_id ON call (agc_id);
CREATE INDEX call_lead ON call (lead) WHERE lead <> 0;
CREATE INDEX call_number ON call (substr(number, -7));
CREATE TRIGGER lead_called AFTER UPDATE OF lead ON call WHEN NEW.lead <> OLD.lead AND NEW.lead <> 0
BEGIN
    UPDATE lead SET called_count = called_count + 1, last_call = NEW.arrived, passes = passes + (NEW.direction = 'out'),
        next_try = iif(NEW.direction = 'out', NULL, next_try), next_number = iif(NEW.direction = 'out', '', next_number)
    WHERE lead_id = NEW.lead;
    UPDATE lead SET status = NEW.status, "user" = NEW.last_agent WHERE lead_id = NEW.lead AND NEW.status <> '';
END;
CREATE TRIGGER lead_called_first AFTER INSERT ON call
WHEN NEW.lead <> 0 AND NEW.origin <> 'imported'
    AND NOT (NEW.ended_by = 'refused' AND NEW.status = '' AND NEW.origin = 'dialler')
BEGIN
    UPDATE lead SET called_count = called_count + 1, last_call = NEW.arrived, passes = passes + (NEW.direction = 'out'),
        next_try = iif(NEW.direction = 'out', NULL, next_try), next_number = iif(NEW.direction = 'out', '', next_number)
    WHERE lead_id = NEW.lead;
    UPDATE lead SET status = NEW.status, "user" = NEW.last_agent WHERE lead_id = NEW.lead AND NEW.status <> '';
END;
CREATE TRIGGER lead_not_called AFTER UPDATE OF ended_by ON call
WHEN NEW.ended_by = 'refused' AND OLD.ended_by <> 'refused' AND NEW.lead <> 0 AND NEW.status = '' AND NEW.origin = 'dialler'
BEGIN
    UPDATE lead SET called_count = called_count - 1, passes = max(0, passes - 1), status = status
    WHERE lead_id = NEW.lead;
END;
CREATE TRIGGER lead_status AFTER UPDATE OF status, lead ON call WHEN NEW.lead <> 0 AND NEW.lead = OLD.lead
    AND NEW.status <> '' AND (NEW.status, NEW.last_agent) <> (OLD.status, OLD.last_agent)
BEGIN
    UPDATE lead SET status = NEW.status, "user" = NEW.last_agent WHERE lead_id = NEW.lead;
END;
CREATE INDEX call_arrived ON call (arrived);
CREATE INDEX call_imported ON call (id) WHERE origin = 'imported';
CREATE INDEX call_of ON call (ifnull(agent, last_agent), ended, agent, last_agent) WHERE ended IS NOT NULL;
CREATE INDEX call_status ON call (status, ended) WHERE ended IS NOT NULL;
CREATE INDEX call_ingroup ON call (ingroup, ended) WHERE ended IS NOT NULL;
CREATE INDEX call_talk ON call (ended - connected) WHERE ended IS NOT NULL AND connected IS NOT NULL;
CREATE INDEX call_server ON call (server) WHERE ended IS NOT NULL AND server <> 'main';
CREATE INDEX call_unanswered ON call (direction, connected, ended) WHERE ended IS NOT NULL AND connected IS NULL;
CREATE INDEX leg_owner ON leg (owner);
CREATE INDEX leg_agent ON leg (owner, created) WHERE role = 'agent';
CREATE INDEX receipt_call ON receipt (call);
CREATE INDEX receipt_requested ON receipt (requested);
CREATE INDEX receipt_transfer ON receipt (kind, call) WHERE kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL', 'LEAVE_3WAY_CALL', 'BLIND_TRANSFER', 'HANGUP_XFER', 'LOCAL_CLOSER', 'LEAVE_VM');
CREATE INDEX receipt_key ON receipt ("by", key) WHERE key <> '';
CREATE INDEX recording_call ON recording (call);
CREATE INDEX agent_session_agent ON agent_session (agent, started);
CREATE INDEX agent_session_started ON agent_session (started);
CREATE INDEX agent_session_ended ON agent_session (ended);
CREATE INDEX agent_interval_session ON agent_interval (session, ended);
CREATE INDEX agent_interval_started ON agent_interval (started);
CREATE INDEX agent_interval_call ON agent_interval (call) WHERE call <> '';
CREATE INDEX agent_interval_agent ON agent_interval (agent, started) WHERE call <> '';
CREATE INDEX disposition_entry_call ON disposition_entry (call);
CREATE INDEX disposition_entry_status ON disposition_entry (status, call);
CREATE TRIGGER dnc_disposed AFTER INSERT ON disposition_entry
WHEN NEW."by" <> 'import:vicidial' AND EXISTS (SELECT 1 FROM disposition WHERE id = NEW.status AND dnc = 'Y')
BEGIN
    INSERT INTO dnc (phone_number, campaign, at, "by", why)
    SELECT digits, '', NEW.at, NEW.agent, NEW.status FROM (
        SELECT replace(replace(replace(replace(replace(replace(number, '+', ''), '-', ''), ' ', ''), '(', ''), ')', ''), '.', '')
        AS digits FROM call WHERE id = NEW.call
    )
    WHERE digits <> '' AND digits NOT GLOB '*[^0-9]*'
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER lead_disposed AFTER INSERT ON disposition_entry
WHEN NEW.undo_until = 0 AND NEW."by" <> 'import:vicidial'
BEGIN
    UPDATE lead SET status = NEW.status, "user" = NEW.agent
    WHERE lead_id = (SELECT lead FROM call WHERE id = NEW.call AND lead <> 0);
END;
CREATE TRIGGER lead_disposed_later AFTER UPDATE OF undo_until ON disposition_entry
WHEN NEW.undo_until = 0 AND OLD.undo_until <> 0
BEGIN
    UPDATE lead SET status = NEW.status, "user" = NEW.agent
    WHERE lead_id = (SELECT lead FROM call WHERE id = NEW.call AND lead <> 0);
END;
CREATE INDEX queue_wait_call ON queue_wait (call, ingroup);
CREATE INDEX queue_wait_ingroup ON queue_wait (ingroup, entered, call);
CREATE INDEX queue_wait_entered ON queue_wait (entered);
CREATE INDEX queue_wait_ended ON queue_wait (ended);
CREATE INDEX attempt_shown ON attempt (caller_id);
CREATE INDEX attempt_answered ON attempt (campaign, answered) WHERE answered IS NOT NULL;
CREATE INDEX callback_open ON callback (at) WHERE state = 'pending';
CREATE INDEX callback_of_lead ON callback (lead) WHERE lead <> 0;
CREATE TRIGGER lead_held_for_callback AFTER INSERT ON callback
WHEN NEW.call = '' AND NEW.lead <> 0 AND NEW.state = 'pending'
BEGIN
    UPDATE lead SET status = 'CBHOLD' WHERE lead_id = NEW.lead;
END;
CREATE INDEX webhook_queued ON webhook (queued);
CREATE INDEX event_hook_delivery_hook ON event_hook_delivery (hook, id);
CREATE INDEX report_run_report ON report_run (report, id);
CREATE VIEW known_agent AS
SELECT id, user_group,
    coalesce(nullif(full_name, ''), (SELECT user.full_name FROM user WHERE user.agent = agent.id), '') AS full_name
FROM agent;
CREATE VIEW v_calls AS
SELECT
    call.id AS call,
    call.agc_id AS agc_id,
    call.direction AS direction,
    call.origin AS origin,
    CASE WHEN call.never_had <> '' THEN call.never_had ELSE CASE WHEN call.ended IS NULL THEN 'live' WHEN call.connected IS NOT NULL THEN 'answered'
    WHEN call.direction = 'out' THEN 'failed'
    WHEN EXISTS (SELECT 1 FROM fallback WHERE fallback.id = call.id AND fallback.goto = '' AND fallback.reason <> 'hung up before queue' AND NOT substr(fallback.reason, 1, 23) = 'login refused at phone ') THEN 'fallback'
    ELSE 'missed' END END AS outcome,
    call.number AS number,
    call.dialled AS dialled,
    ifnull(did.did_description, '') AS did_description,
    call.ingroup AS ingroup,
    ifnull(ingroup.group_name, '') AS group_name,
    call.direct AS direct,
    ifnull(call.agent, call.last_agent) AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group,
    ifnull(session.campaign, '') AS campaign,
    ifnull(campaign.campaign_name, '') AS campaign_name,
    strftime('%Y-%m-%dT%H:%M:%f', call.arrived / 1000 / 1000.0, 'unixepoch') || '+00:00' AS arrived_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', call.arrived / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= call.arrived ORDER BY begins DESC LIMIT 1) AS arrived_local,
    strftime('%Y-%m-%dT%H:%M:%f', call.connected / 1000 / 1000.0, 'unixepoch') || '+00:00' AS connected_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', call.connected / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= call.connected ORDER BY begins DESC LIMIT 1) AS connected_local,
    strftime('%Y-%m-%dT%H:%M:%f', call."left" / 1000 / 1000.0, 'unixepoch') || '+00:00' AS left_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', call."left" / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= call."left" ORDER BY begins DESC LIMIT 1) AS left_local,
    strftime('%Y-%m-%dT%H:%M:%f', call.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', call.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= call.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    (SELECT sum(ended - entered) / 1000 / 1000.0 FROM queue_wait WHERE queue_wait.call = call.id) AS wait_seconds,
    (call.ended - call.connected) / 1000 / 1000.0 AS talk_seconds,
    (call.ended - call.arrived) / 1000 / 1000.0 AS seconds,
    call.ended_by AS ended_by,
    call.code AS status,
    ifnull(disposition.status_name, '') AS status_name,
    ifnull(disposition.sale, 'N') AS sale,
    nullif(call.lead, 0) AS lead_id,
    (SELECT count(*) FROM recording WHERE recording.call = call.id) AS recordings,
    (SELECT reason FROM fallback WHERE fallback.id = call.id AND fallback.goto = '' AND fallback.reason <> 'hung up before queue' AND NOT substr(fallback.reason, 1, 23) = 'login refused at phone ') AS fallback_reason,
    call.server AS server
FROM (
    SELECT id, agc_id, direction, origin, number, dialled, ingroup, direct, agent, last_agent, arrived, connected,
        "left", ended, ended_by, lead, ifnull((
    SELECT status FROM disposition_entry AS given WHERE given.call = call.id  ORDER BY given.id DESC LIMIT 1
), call.status) AS code, server, '' AS never_had
    FROM call
    UNION ALL
    SELECT id, '', 'in', 'caller', number, dialled, '', '', NULL, '', at, NULL, NULL, at, '', 0, '', '',
        CASE WHEN fallback.goto <> '' THEN 'dialplan' WHEN substr(fallback.reason, 1, 23) = 'login refused at phone ' THEN 'login_refused'
    WHEN fallback.goto = '' AND fallback.reason <> 'hung up before queue' AND NOT substr(fallback.reason, 1, 23) = 'login refused at phone ' THEN 'fallback' ELSE 'missed' END
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
LEFT JOIN disposition ON disposition.id = call.code;
CREATE VIEW v_agent_time AS
SELECT
    stretch.id AS interval,
    stretch.session AS session,
    stretch.agent AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group,
    ifnull(session.campaign, '') AS campaign,
    ifnull(campaign.campaign_name, '') AS campaign_name,
    session.phone AS phone,
    stretch.state AS state,
    CASE WHEN stretch.hold THEN 'hold' WHEN stretch.state = 'PAUSED' AND stretch.pause_code = 'LOST' THEN 'lost' ELSE CASE stretch.state WHEN 'PAUSED' THEN 'pause' WHEN 'READY' THEN 'wait' WHEN 'QUEUE' THEN 'wait' WHEN 'INCALL' THEN 'talk' WHEN 'DEAD' THEN 'dead' WHEN 'DISPO' THEN 'dispo' ELSE stretch.state END END AS activity,
    stretch.pause_code AS pause_code,
    ifnull(pause_code.pause_code_name, '') AS pause_code_name,
    stretch.call AS call,
    strftime('%Y-%m-%dT%H:%M:%f', stretch.started / 1000 / 1000.0, 'unixepoch') || '+00:00' AS started_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', stretch.started / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= stretch.started ORDER BY begins DESC LIMIT 1) AS started_local,
    strftime('%Y-%m-%dT%H:%M:%f', stretch.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', stretch.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= stretch.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    (stretch.ended - stretch.started) / 1000 / 1000.0 AS seconds
FROM agent_interval AS stretch
LEFT JOIN agent_session AS session ON session.id = stretch.session
LEFT JOIN known_agent AS agent ON agent.id = stretch.agent
LEFT JOIN campaign ON campaign.id = session.campaign
LEFT JOIN pause_code ON pause_code.id = stretch.pause_code;
CREATE VIEW v_transfers AS
SELECT
    moved.id AS transfer,
    moved.call AS call,
    moved.kind AS kind,
    ifnull(moved.outcome, 'pending') AS outcome,
    moved.cause AS cause,
    moved.agent AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group,
    moved.customer AS number,
    moved.to_number AS to_number,
    moved.to_ingroup AS to_ingroup,
    ifnull(target.group_name, '') AS to_group_name,
    moved.taken_by AS to_agent,
    ifnull(taker.full_name, '') AS to_full_name,
    strftime('%Y-%m-%dT%H:%M:%f', moved.requested / 1000 / 1000.0, 'unixepoch') || '+00:00' AS requested_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', moved.requested / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= moved.requested ORDER BY begins DESC LIMIT 1) AS requested_local,
    strftime('%Y-%m-%dT%H:%M:%f', moved.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', moved.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= moved.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    strftime('%Y-%m-%dT%H:%M:%f', moved.handed / 1000 / 1000.0, 'unixepoch') || '+00:00' AS left_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', moved.handed / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= moved.handed ORDER BY begins DESC LIMIT 1) AS left_local,
    (moved.handed_until - moved.handed) / 1000 / 1000.0 AS after_seconds,
    moved.given_by AS given_by,
    moved.source AS source
FROM (
    SELECT receipt.id, receipt.call, receipt.kind, receipt.outcome, receipt.cause, receipt.agent, receipt.requested,
        receipt.ended, receipt."by" AS given_by, receipt.source, ifnull(call.number, '') AS customer,
        ifnull(dial.number, receipt.number) AS to_number, ifnull(dial.ingroup, receipt.ingroup) AS to_ingroup,
        coalesce(closer.agent, dial.to_agent, receipt.to_agent) AS taken_by,
        iif(closer.id IS NOT NULL, receipt.ended, CASE WHEN receipt.kind IN ('LEAVE_3WAY_CALL', 'BLIND_TRANSFER') AND call."left" >= receipt.requested AND NOT EXISTS (
        SELECT 1 FROM receipt AS later WHERE later.call = receipt.call AND later.kind IN ('LEAVE_3WAY_CALL', 'BLIND_TRANSFER')
            AND later.outcome = 'completed' AND later.requested > receipt.requested
            AND later.requested <= call."left"
    ) THEN call."left" END) AS handed,
        iif(closer.id IS NOT NULL, closer.ended, call.ended) AS handed_until
    FROM receipt
    LEFT JOIN call ON call.id = receipt.call
    LEFT JOIN receipt AS dial ON dial.id = (
        SELECT earlier.id FROM receipt AS earlier
        WHERE earlier.call = receipt.call AND earlier.agent = receipt.agent AND earlier.requested < receipt.requested
            AND (earlier.outcome = 'completed' OR ifnull(earlier.ended, receipt.requested) >= receipt.requested)
            AND earlier.kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL') AND receipt.kind IN ('LEAVE_3WAY_CALL', 'HANGUP_XFER')
            AND receipt.outcome IS NOT 'refused' AND receipt.call <> ''
        ORDER BY earlier.requested DESC LIMIT 1
    )
    LEFT JOIN agent_interval AS closer ON closer.id = (
        SELECT stretch.id FROM agent_interval AS stretch
        WHERE stretch.call = receipt.call AND stretch.call <> '' AND stretch.agent <> receipt.agent
            AND stretch.state = 'INCALL' AND stretch.started <= receipt.ended
            AND ifnull(stretch.ended, receipt.ended) >= receipt.ended
            AND receipt.kind = 'LEAVE_3WAY_CALL' AND receipt.outcome = 'completed'
        ORDER BY stretch.started DESC LIMIT 1
    )
    WHERE receipt.kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL', 'LEAVE_3WAY_CALL', 'BLIND_TRANSFER', 'HANGUP_XFER', 'LOCAL_CLOSER', 'LEAVE_VM') AND NOT (receipt.kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL') AND EXISTS (
        SELECT 1 FROM receipt AS after
        WHERE after.call = receipt.call AND receipt.call <> '' AND receipt.id = (
        SELECT earlier.id FROM receipt AS earlier
        WHERE earlier.call = after.call AND earlier.agent = after.agent AND earlier.requested < after.requested
            AND (earlier.outcome = 'completed' OR ifnull(earlier.ended, after.requested) >= after.requested)
            AND earlier.kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL') AND after.kind IN ('LEAVE_3WAY_CALL', 'HANGUP_XFER')
            AND after.outcome IS NOT 'refused' AND after.call <> ''
        ORDER BY earlier.requested DESC LIMIT 1
    )
    ))
) AS moved
LEFT JOIN known_agent AS agent ON agent.id = moved.agent
LEFT JOIN ingroup AS target ON target.id = moved.to_ingroup
LEFT JOIN known_agent AS taker ON taker.id = moved.taken_by;
CREATE VIEW v_queue_waits AS
SELECT
    wait.id AS wait,
    wait.call AS call,
    ifnull(call.number, '') AS number,
    wait.ingroup AS ingroup,
    ifnull(ingroup.group_name, '') AS group_name,
    wait.direct AS direct,
    ifnull(wanted.full_name, '') AS direct_full_name,
    wait.priority AS priority,
    wait.place AS place,
    strftime('%Y-%m-%dT%H:%M:%f', wait.entered / 1000 / 1000.0, 'unixepoch') || '+00:00' AS entered_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', wait.entered / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= wait.entered ORDER BY begins DESC LIMIT 1) AS entered_local,
    strftime('%Y-%m-%dT%H:%M:%f', wait.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', wait.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= wait.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    (wait.ended - wait.entered) / 1000 / 1000.0 AS seconds,
    wait.ended IS NOT wait.entered AS offered,
    wait.outcome AS outcome,
    iif(wait.ended IS NULL, NULL, wait.outcome = 'ANSWERED'
        AND wait.ended - wait.entered <= ingroup.answer_sec_pct_rt_stat_one * 1000000) AS in_time,
    wait.agent AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group
FROM queue_wait AS wait
LEFT JOIN call ON call.id = wait.call
LEFT JOIN ingroup ON ingroup.id = wait.ingroup
LEFT JOIN known_agent AS wanted ON wanted.id = wait.direct
LEFT JOIN known_agent AS agent ON agent.id = wait.agent;
CREATE VIEW v_recordings AS
SELECT
    recording.id AS recording,
    recording.call AS call,
    ifnull(call.number, '') AS number,
    ifnull(call.ingroup, '') AS ingroup,
    ifnull(ingroup.group_name, '') AS group_name,
    recording.agent AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group,
    recording.kind AS kind,
    recording.reason AS reason,
    recording.notice AS notice,
    recording.status AS status,
    recording.cause AS cause,
    strftime('%Y-%m-%dT%H:%M:%f', recording.started / 1000 / 1000.0, 'unixepoch') || '+00:00' AS started_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', recording.started / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= recording.started ORDER BY begins DESC LIMIT 1) AS started_local,
    strftime('%Y-%m-%dT%H:%M:%f', recording.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', recording.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= recording.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    recording.length / 1000.0 AS seconds,
    recording.path AS path,
    recording.bytes AS bytes,
    recording.sha256 AS sha256,
    recording.converted_path AS converted_path,
    recording.server AS server
FROM recording
LEFT JOIN call ON call.id = recording.call
LEFT JOIN ingroup ON ingroup.id = call.ingroup
LEFT JOIN known_agent AS agent ON agent.id = recording.agent;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('lead',7);
INSERT INTO "sqlite_sequence" VALUES('lead_change',2);
COMMIT;
