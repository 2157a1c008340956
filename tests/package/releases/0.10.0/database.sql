BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'warmline','third','2026-11-27 03:30:51.361238+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'warmline','fourth','2026-11-27 03:30:51.361238+00:00');
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
    -- on_hook rings the phone for each call; nailed_up keeps it on the line
    phone_mode TEXT NOT NULL DEFAULT 'nailed_up' CHECK (phone_mode IN ('nailed_up', 'on_hook')),
    -- seconds that an on_hook phone rings for a call
    on_hook_ring_time INTEGER NOT NULL DEFAULT 15 CHECK (on_hook_ring_time BETWEEN 1 AND 300),
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
    -- ranks by which next_agent_call=inbound_group_rank chooses; the highest is first; 0 if not named
    ingroup_ranks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_ranks)),
    -- the agent's share of an in-group's calls with next_agent_call=ingroup_grade_random; 1 if not named
    ingroup_grades TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_grades)),
    -- the extension that AGENTEXT stands for
    custom_five TEXT NOT NULL DEFAULT '',
    -- the mailbox that AGENTVMAIL stands for
    voicemail_id TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "agent" VALUES('1000','','Y',NULL,'','1000','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1001','','Y',NULL,'','1001','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1002','','Y',NULL,'','1002','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1003','','Y',NULL,'','1003','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1004','','Y',NULL,'','1004','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1005','','Y',NULL,'','1005','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1006','','Y',NULL,'','1006','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1007','','Y',NULL,'','1007','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1008','Alex Agent','Y',NULL,'','1008','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1009','','Y',NULL,'','1009','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
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
INSERT INTO "agent_interval" VALUES('01M8DGWN8245TF26J69G2PMZ4N','01M8DGWN7X3V5GNQK9QHCR97CD','1003','PAUSED','LOGIN',0,'',1795750253826430,1795750255574420);
INSERT INTO "agent_interval" VALUES('01M8DGWPYPT7NXBQ9K0Q86XBE6','01M8DGWN7X3V5GNQK9QHCR97CD','1003','READY','',0,'',1795750255574420,1795750255780669);
INSERT INTO "agent_interval" VALUES('01M8DGWQ54PMB4AX7SKN5NAVB4','01M8DGWN7X3V5GNQK9QHCR97CD','1003','QUEUE','',0,'01M8DGWQ54PMB4AX7SKN5NAVB3',1795750255780669,1795750255798227);
INSERT INTO "agent_interval" VALUES('01M8DGWQ5P1TFT6JCVX7VYVQ23','01M8DGWN7X3V5GNQK9QHCR97CD','1003','INCALL','',0,'01M8DGWQ54PMB4AX7SKN5NAVB3',1795750255798227,1795750255873064);
INSERT INTO "agent_interval" VALUES('01M8DGWQ81VDEX0W7X0MKG61YA','01M8DGWN7X3V5GNQK9QHCR97CD','1003','DISPO','',0,'01M8DGWQ54PMB4AX7SKN5NAVB3',1795750255873064,1795750256036559);
INSERT INTO "agent_interval" VALUES('01M8DGWQD4WZKHG5CQAZNMXAKY','01M8DGWN7X3V5GNQK9QHCR97CD','1003','READY','',0,'',1795750256036559,1795750256237410);
INSERT INTO "agent_interval" VALUES('01M8DGWQKDP599T1CEPHVA3JPK','01M8DGWN7X3V5GNQK9QHCR97CD','1003','QUEUE','',0,'01M8DGWQKDP599T1CEPHVA3JPJ',1795750256237410,1795750256248019);
INSERT INTO "agent_interval" VALUES('01M8DGWQKR8FAP2Y41XNEJ6346','01M8DGWN7X3V5GNQK9QHCR97CD','1003','INCALL','',0,'01M8DGWQKDP599T1CEPHVA3JPJ',1795750256248019,1795750256312997);
INSERT INTO "agent_interval" VALUES('01M8DGWQNR08RMRF92715R4GZJ','01M8DGWN7X3V5GNQK9QHCR97CD','1003','DISPO','',0,'01M8DGWQKDP599T1CEPHVA3JPJ',1795750256312997,1795750256448267);
INSERT INTO "agent_interval" VALUES('01M8DGWQT02VA0Y3QD87HBXJVP','01M8DGWN7X3V5GNQK9QHCR97CD','1003','READY','',0,'',1795750256448267,1795750256823225);
INSERT INTO "agent_interval" VALUES('01M8DGWR5QV850J41M5QZXJSPV','01M8DGWN7X3V5GNQK9QHCR97CD','1003','QUEUE','',0,'01M8DGWR5B21TPKA1EFMCB1MS8',1795750256823225,1795750256829160);
INSERT INTO "agent_interval" VALUES('01M8DGWR5X2PB0E4Z3X3ZYZA31','01M8DGWN7X3V5GNQK9QHCR97CD','1003','INCALL','',0,'01M8DGWR5B21TPKA1EFMCB1MS8',1795750256829160,1795750256875303);
INSERT INTO "agent_interval" VALUES('01M8DGWR7B7DN4844D1NXXPVYB','01M8DGWN7X3V5GNQK9QHCR97CD','1003','DISPO','',0,'01M8DGWR5B21TPKA1EFMCB1MS8',1795750256875303,1795750257014422);
INSERT INTO "agent_interval" VALUES('01M8DGWRBPPPJ7FZM0FE2CTQ6E','01M8DGWN7X3V5GNQK9QHCR97CD','1003','READY','',0,'',1795750257014422,1795750257028087);
INSERT INTO "agent_interval" VALUES('01M8DGWRC4DP46TRAX7TTZM8FW','01M8DGWN7X3V5GNQK9QHCR97CD','1003','QUEUE','',0,'01M8DGWRBSNJTT43QX0KAJVTWA',1795750257028087,1795750257036312);
INSERT INTO "agent_interval" VALUES('01M8DGWRCCFN2JYCYYFRWJHDFC','01M8DGWN7X3V5GNQK9QHCR97CD','1003','INCALL','',0,'01M8DGWRBSNJTT43QX0KAJVTWA',1795750257036312,1795750257073382);
INSERT INTO "agent_interval" VALUES('01M8DGWRDHQCR53NREKT1CQCVA','01M8DGWN7X3V5GNQK9QHCR97CD','1003','DISPO','',0,'01M8DGWRBSNJTT43QX0KAJVTWA',1795750257073382,1795750257222590);
INSERT INTO "agent_interval" VALUES('01M8DGWRJ6813BBVGRGN6KKDDT','01M8DGWN7X3V5GNQK9QHCR97CD','1003','READY','',0,'',1795750257222590,1795750257466803);
INSERT INTO "agent_interval" VALUES('01M8DGWRWTK971N6P37XDANK07','01M8DGWRWMTD9BKKCSNDWR1H9V','1001','PAUSED','LOGIN',0,'',1795750257562374,1795750259310775);
INSERT INTO "agent_interval" VALUES('01M8DGWTKEYBPFYV3PZ68VNF4P','01M8DGWRWMTD9BKKCSNDWR1H9V','1001','READY','',0,'',1795750259310775,1795750259405744);
INSERT INTO "agent_interval" VALUES('01M8DGWTPDN9MF67M65H2863E3','01M8DGWRWMTD9BKKCSNDWR1H9V','1001','QUEUE','',0,'01M8DGWTP3Z53RR3XFWHZN3014',1795750259405744,1795750259425707);
INSERT INTO "agent_interval" VALUES('01M8DGWTQ1R2W8NTQEP3SSENJ7','01M8DGWRWMTD9BKKCSNDWR1H9V','1001','INCALL','',0,'01M8DGWTP3Z53RR3XFWHZN3014',1795750259425707,NULL);
INSERT INTO "agent_interval" VALUES('01M8DGWTSB9RJ1DZZC7ZSFDXBN','01M8DGWTS4P2HGDV9YADFSJ1FH','1002','PAUSED','LOGIN',0,'',1795750259499503,1795750261248189);
INSERT INTO "agent_interval" VALUES('01M8DGWWG0XKKEFYR66XQZGX0W','01M8DGWTS4P2HGDV9YADFSJ1FH','1002','READY','',0,'',1795750261248189,1795750261326423);
INSERT INTO "agent_interval" VALUES('01M8DGWWJESS7D6TA8P0GQFPR3','01M8DGWTS4P2HGDV9YADFSJ1FH','1002','QUEUE','',0,'01M8DGWWJ7WHAR1GCA0PY4ESRD',1795750261326423,1795750261335195);
INSERT INTO "agent_interval" VALUES('01M8DGWWJQ8YQ2HDNC4A94DDJK','01M8DGWTS4P2HGDV9YADFSJ1FH','1002','INCALL','',0,'01M8DGWWJ7WHAR1GCA0PY4ESRD',1795750261335195,NULL);
INSERT INTO "agent_interval" VALUES('01M8DGWWSXWX1VVM0RSQRR9DFE','01M8DGWWSRKB27X6FR5QCX0QBG','1000','PAUSED','LOGIN',0,'',1795750261565732,1795750263314511);
INSERT INTO "agent_interval" VALUES('01M8DGWYGJJAKDBVW54296F181','01M8DGWWSRKB27X6FR5QCX0QBG','1000','READY','',0,'',1795750263314511,1795750263414479);
INSERT INTO "agent_interval" VALUES('01M8DGWYKPZ99C8R9BPBPKRFC8','01M8DGWWSRKB27X6FR5QCX0QBG','1000','QUEUE','',0,'01M8DGWYKACGD0ERPTQFP7GEQ9',1795750263414479,1795750263423822);
INSERT INTO "agent_interval" VALUES('01M8DGWYKZ313GYTKR1WXEVXHX','01M8DGWWSRKB27X6FR5QCX0QBG','1000','INCALL','',0,'01M8DGWYKACGD0ERPTQFP7GEQ9',1795750263423822,1795750263515647);
INSERT INTO "agent_interval" VALUES('01M8DGWYPVEJZC6BKANXX3R2A2','01M8DGWWSRKB27X6FR5QCX0QBG','1000','DISPO','',0,'01M8DGWYKACGD0ERPTQFP7GEQ9',1795750263515647,1795750263687150);
INSERT INTO "agent_interval" VALUES('01M8DGWYW7758ZX7X08986HCP9','01M8DGWWSRKB27X6FR5QCX0QBG','1000','READY','',0,'',1795750263687150,1795750263833068);
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
INSERT INTO "agent_session" VALUES('01M8DGWN7X3V5GNQK9QHCR97CD','1003','1003',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600051',1795750253826430,1795750257466803);
INSERT INTO "agent_session" VALUES('01M8DGWRWMTD9BKKCSNDWR1H9V','1001','1001',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600051',1795750257562374,NULL);
INSERT INTO "agent_session" VALUES('01M8DGWTS4P2HGDV9YADFSJ1FH','1002','1002',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600052',1795750259499503,NULL);
INSERT INTO "agent_session" VALUES('01M8DGWWSRKB27X6FR5QCX0QBG','1000','1000',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600053',1795750261565732,1795750263833068);
CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    -- the permissions of the program that holds the token
    scopes TEXT NOT NULL CHECK (scopes <> '') CHECK (json_valid(scopes)),
    -- the bearer token, which create and renew generate
    token TEXT NOT NULL CHECK (token <> '')
) STRICT, WITHOUT ROWID;
INSERT INTO "api_token" VALUES('crm','["agents:read", "calls:read"]','f5eef052d6d446bff417bc7d4ca5df725ab56478cda3594185842ed12ebe23ca');
CREATE TABLE api_user (
    id TEXT PRIMARY KEY,
    -- the password; pass=- prompts for it
    pass TEXT NOT NULL CHECK (pass <> ''),
    -- the API functions that the user may call
    functions TEXT NOT NULL DEFAULT '["ALL_FUNCTIONS"]' CHECK (json_valid(functions)),
    -- N rejects the user, even with the right password
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- N denies the user every API function
    api_access TEXT NOT NULL DEFAULT 'Y' CHECK (api_access IN ('Y', 'N')),
    -- the user group that answers show; its allowed_campaigns bound the user
    user_group TEXT NOT NULL DEFAULT 'ADMIN',
    -- the addresses and networks that the user may connect from; empty for any
    addresses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(addresses))
) STRICT, WITHOUT ROWID;
INSERT INTO "api_user" VALUES('6666','scrypt$16384$8ae3a3049c30a90fd7fac215ee6b65ef$f2da87bd05852c5645446866401a52ef2e6b60d78bece0e1622fcea55a46b53c88a1e007f50937ee5780130649a7cda7328ee7d0975235eb3bce4664d782a23b','["ALL_FUNCTIONS"]','Y','Y','ADMIN','[]');
CREATE TABLE asterisk ( -- one run of Asterisk; its calls are over when the app finds another run
    id TEXT PRIMARY KEY,
    started INTEGER NOT NULL, -- as Asterisk reports it
    seen INTEGER NOT NULL, -- first connection of the app
    ended INTEGER -- when the app found another run
) STRICT, WITHOUT ROWID;
INSERT INTO "asterisk" VALUES('1795750251661000',1795750251661000,1795750252890506,NULL);
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
INSERT INTO "attempt" VALUES('01M8DGWR5B21TPKA1EFMCB1MS8','TESTCAMP','dialler','200','list',0,'Asia/Tokyo',1796482800000000,'4930999888',1,0,100,0,1795750256821521,NULL,1795750256821521,'1003',NULL,0,NULL,0,'','',NULL);
INSERT INTO "attempt" VALUES('01M8DGWRBSNJTT43QX0KAJVTWA','TESTCAMP','dialler','200','list',0,'Asia/Tokyo',1796482800000000,'4930999888',1,0,100,0,1795750257027508,NULL,1795750257027508,'1003',NULL,0,NULL,0,'','',NULL);
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
    origin TEXT NOT NULL DEFAULT 'caller', -- caller, agent (dialled by hand), callback, adopted, dialler
    data TEXT NOT NULL DEFAULT '[]' -- JSON of the names and values that the dialplan passed with it
) STRICT, WITHOUT ROWID;
INSERT INTO "call" VALUES('01M8DGWQ54PMB4AX7SKN5NAVB3','M0001795750255780669','ended',1795750255780669,'4930555777','','','',NULL,'1003',1795750255798227,NULL,1795750255876872,'customer','SALE','[]',1,'out','agent','[]');
INSERT INTO "call" VALUES('01M8DGWQKDP599T1CEPHVA3JPJ','M0001795750256237410','ended',1795750256237410,'4930555778','','','',NULL,'1003',1795750256248019,NULL,1795750256315895,'customer','NA','[]',2,'out','agent','[]');
INSERT INTO "call" VALUES('01M8DGWR5B21TPKA1EFMCB1MS8','V0001795750256811479','ended',1795750256811479,'81311112222','','','',NULL,'1003',1795750256829160,NULL,1795750256880562,'customer','SALE','[]',3,'out','dialler','[]');
INSERT INTO "call" VALUES('01M8DGWRBSNJTT43QX0KAJVTWA','V0001795750257017930','ended',1795750257017930,'81311113333','','','',NULL,'1003',1795750257036312,NULL,1795750257078098,'customer','NA','[]',4,'out','dialler','[]');
INSERT INTO "call" VALUES('01M8DGWTP3Z53RR3XFWHZN3014','Y0001795750259405744','talking',1795750259405744,'493012345671','8005550100','SALESLINE','','1001','1001',1795750259425707,NULL,NULL,'','','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',5,'in','caller','[]');
INSERT INTO "call" VALUES('01M8DGWWJ7WHAR1GCA0PY4ESRD','Y0001795750261326423','three_way',1795750261326423,'493012345672','8005550100','SALESLINE','','1002','1002',1795750261335195,NULL,NULL,'','','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',6,'in','caller','[]');
INSERT INTO "call" VALUES('01M8DGWYKACGD0ERPTQFP7GEQ9','Y0001795750263414479','ended',1795750263414479,'493012345670','8005550100','SALESLINE','',NULL,'1000',1795750263423822,1795750263515647,1795750263864016,'customer','LATER','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',7,'in','caller','[]');
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
    -- the days with other times
    ct_holidays TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ct_holidays)),
    -- the time zone of these times; empty for the setting timezone
    timezone TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "call_time" VALUES('ALLDAY',0,2400,0,0,0,0,0,0,0,0,0,0,0,0,0,0,'[]','');
INSERT INTO "call_time" VALUES('OFFICE',900,1800,0,0,0,0,0,0,0,0,0,0,0,0,0,0,'[]','');
CREATE TABLE callback ( -- customers to call back
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL, -- the call in which it was promised
    number TEXT NOT NULL,
    ingroup TEXT NOT NULL,
    campaign TEXT NOT NULL DEFAULT '', -- campaign of the agent who promised it
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
INSERT INTO "callback" VALUES('01M8DGWYW7758ZX7X08986HCP8','01M8DGWYKACGD0ERPTQFP7GEQ9','493012345670','SALESLINE','TESTCAMP','',1795753863679018,1795750263687150,'LATER','','local:root (uid 0)','pending',NULL,'');
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
    -- seconds without a disposition until the call gets DISMX and the agent is PAUSED; 0 for never
    dispo_max INTEGER NOT NULL DEFAULT 0 CHECK (dispo_max BETWEEN 0 AND 86400),
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
    transfer_url TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "campaign" VALUES('TESTCAMP','','Y','ALLCALLS',0,'FULLDATE_CUSTPHONE','wav','---NONE---','N','ALL_CALLS',NULL,'DISABLED','N',NULL,'N','DISABLED','CONTINUE','SUPPORTLINE','[]','DISABLED','vm-goodbye','INGROUP','INGROUP','vm-goodbye','CANCEL','NONE',5,0,'',20,5,240,'N','PJSIP/{number}@trunk','','',20,'CAMPAIGN','4930999888','CAMPAIGN','PREVIEW_AND_SKIP','[]','[]','Y','["00", "011"]',0,NULL,0,0,0,'PROGRESSIVE','1','20',1,'3','AUTO','Y',1,50,'longest_wait_time',2,'MESSAGE',NULL,'vm-nobodyavail','9','OFF','N','N','READY','TRUSTED','N',0,0,0,0,600,'Warmline login','','','N','[]',NULL,NULL,'DISABLED','Y','ALLDAY','["NEW"]','["NA:60:3", "AB:10:3", "ADCT:10:3", "ERI:60:3", "DROP:4320:1"]','DOWN','LEAD_ASCEND',0,'','NONE','["NA", "AB", "ADC"]',72,7,NULL,'N',0,3,3,0,'SKIP','N','','','');
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
INSERT INTO "config_journal" VALUES(1,1795750251450513,'lab','create','ingroup','SUPPORTLINE','{}','{}','0608140708bf7144cbbddecc8bc68eca81369603abd6ade84f3163a08f81cc5c');
INSERT INTO "config_journal" VALUES(2,1795750251450513,'lab','create','ingroup','SALESLINE','{}','{"default_xfer_group": "SUPPORTLINE"}','5cbd99d728b9e4b9214957458f571871c5c69c6e03d5f1433a33a475f44b5043');
INSERT INTO "config_journal" VALUES(3,1795750251450513,'lab','create','ingroup','CLOSEDLINE','{}','{"active": "N"}','45585ced73d4c3c5f5edd08e7d722bd392a513e2bba799e84f12ec339795d508');
INSERT INTO "config_journal" VALUES(4,1795750251450513,'lab','create','campaign','TESTCAMP','{}','{"default_xfer_group": "SUPPORTLINE", "dial_template": "PJSIP/{number}@trunk", "dial_timeout": 20, "login_state": "READY", "phone_login": "TRUSTED"}','9c9cecf8a31e509d2051daaa4e6345d3b729440c4b2be8292fb69ecbe39f009e');
INSERT INTO "config_journal" VALUES(5,1795750251450513,'lab','create','phone','1000','{}','{}','5b9c2c89352df9a0fc75d695cc57371bff664d44f612188ecf0eefb4830ae88b');
INSERT INTO "config_journal" VALUES(6,1795750251450513,'lab','create','phone','1001','{}','{}','9030595198d45603df0cdee512d971a121c9a12f4373328d8b1b4b9a232aa030');
INSERT INTO "config_journal" VALUES(7,1795750251450513,'lab','create','phone','1002','{}','{}','b8fa2f5f33df478e3669fefa928188dbcfd33a763a5813fc22f7a00fdce14924');
INSERT INTO "config_journal" VALUES(8,1795750251450513,'lab','create','phone','1003','{}','{}','703812346176af4d5e728445d1baf3090234d988b38f67136e3c68ef930f4158');
INSERT INTO "config_journal" VALUES(9,1795750251450513,'lab','create','phone','1004','{}','{}','30b24e57cbc8b0735d96b47a7c8cb8730b283102ae2cfe902580798213d4d292');
INSERT INTO "config_journal" VALUES(10,1795750251450513,'lab','create','phone','1005','{}','{}','df30dbf802198b024eefd4f397a9fb3c48b3f412afe1d04c3f3124de134661b2');
INSERT INTO "config_journal" VALUES(11,1795750251450513,'lab','create','phone','1006','{}','{}','abb6a1f80aeb29cb20724fd62123618157bdc2e5ce03340bcf9f7e1e643b256d');
INSERT INTO "config_journal" VALUES(12,1795750251450513,'lab','create','phone','1007','{}','{}','0f1de332109aad3f4fdee69c52dca7a66cfed663d2e4ea7e4bd0965e53c3e6f8');
INSERT INTO "config_journal" VALUES(13,1795750251450513,'lab','create','phone','1008','{}','{}','77aaab2888780021be8f08fe68cea7d8ab72274ba5cd4bfa81ddd2339be527b2');
INSERT INTO "config_journal" VALUES(14,1795750251450513,'lab','create','phone','1009','{}','{}','14f0e3417a03d97e09ea317e924cb79ae1d5678380022cf7386721fcba75240f');
INSERT INTO "config_journal" VALUES(15,1795750251450513,'lab','create','agent','1000','{}','{"phone": "1000", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','adbd76171408c183bd3d2ae01bfd4d4de350ed9a46f7d1b5e6d8fc17ad9ec716');
INSERT INTO "config_journal" VALUES(16,1795750251450513,'lab','create','agent','1001','{}','{"phone": "1001", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','00f3dea78df74743eec719d15a6e5dacee701d9e6b8fa46fe24f9135bad06e56');
INSERT INTO "config_journal" VALUES(17,1795750251450513,'lab','create','agent','1002','{}','{"phone": "1002", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','f5eb73bd5f729092a1cfb1911a5f55fc01b87a95f0df358082b81f802758c47d');
INSERT INTO "config_journal" VALUES(18,1795750251450513,'lab','create','agent','1003','{}','{"phone": "1003", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','cbb697745cc1cfd383f436569cfc0bf8f6e27c9b25b7b1f535709d967d4777ca');
INSERT INTO "config_journal" VALUES(19,1795750251450513,'lab','create','agent','1004','{}','{"phone": "1004", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','36b419c3f59c45d5ffab5808a53e404619c7c191b8736e67a464a670af4f6dd1');
INSERT INTO "config_journal" VALUES(20,1795750251450513,'lab','create','agent','1005','{}','{"phone": "1005", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','3f3d9801ea237cf681bb3a58d8a1ca723f1b46f61475379aae3ba21bc5a555f4');
INSERT INTO "config_journal" VALUES(21,1795750251450513,'lab','create','agent','1006','{}','{"phone": "1006", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','07dcae877939cf729f15c08f7ffeb1293c8c7e5853cb1f43e00db33110aad977');
INSERT INTO "config_journal" VALUES(22,1795750251450513,'lab','create','agent','1007','{}','{"phone": "1007", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','8ed06394525660cecd302f38421a21ef9ecaaca3cb0dc6dce0e0e829e548a864');
INSERT INTO "config_journal" VALUES(23,1795750251450513,'lab','create','agent','1008','{}','{"phone": "1008", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"], "full_name": "Alex Agent"}','0817e7cf29e7b514cdabf0c795c1eeef0cdb99470bdd5f1e8e4d0cf1c3ab8583');
INSERT INTO "config_journal" VALUES(24,1795750251450513,'lab','create','agent','1009','{}','{"phone": "1009", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','358b5fd9e81e137688be5176d294bd6e7bf61b06b9451fa38a21f8c5dac425f0');
INSERT INTO "config_journal" VALUES(25,1795750251450513,'lab','create','did','8005550100','{}','{"route": "ingroup:SALESLINE"}','16787cc2144bf3e297062115b8783d2eac9995718cf91df702230f2e06b3d4bd');
INSERT INTO "config_journal" VALUES(26,1795750251450513,'lab','create','did','8005550101','{}','{"route": "ingroup:SUPPORTLINE"}','700577b09b61ef5b6f805f7475110376d737b8304a7b793c04a0f4829b854fcf');
INSERT INTO "config_journal" VALUES(27,1795750251450513,'lab','create','did','8005550102','{}','{"route": "agent:1000"}','31c83b06481aca653e0680cfbf5ef6929e86531606b65366549465e184d8f72f');
INSERT INTO "config_journal" VALUES(28,1795750251450513,'lab','create','api-user','6666','{}','{"pass": "changed", "functions": ["ALL_FUNCTIONS"]}','19ae7c7fc22c8de119082454e5683834c037b39522413a4909ff100856c26978');
INSERT INTO "config_journal" VALUES(29,1795750251651811,'lab','create','user','agent','{}','{"role": "agent", "agent": "1008", "full_name": "Alex Agent", "force_change_password": "N", "pass": "changed"}','59bd8131b1d7b511fa14270df3a67a43adce68bbae7189bcc8d2458b9c23009b');
INSERT INTO "config_journal" VALUES(30,1795750251651811,'lab','create','user','supervisor','{}','{"role": "supervisor", "full_name": "Sam Supervisor", "force_change_password": "N", "pass": "changed"}','416470ce4a6d5b093e691ab5f521bf4754a4534419b49dcc89487cd8508ce0ca');
INSERT INTO "config_journal" VALUES(31,1795750251651811,'lab','create','user-group','BERLIN','{}','{"group_name": "Berlin", "allowed_campaigns": ["TESTCAMP"]}','7f197911e4731a8518f337f658ffb703c4231fff6c8ab45f4f7b48e0a203dc0a');
INSERT INTO "config_journal" VALUES(32,1795750251651811,'lab','create','user','ada','{}','{"pass": "changed", "role": "admin", "full_name": "Ada", "force_change_password": "Y"}','d29251dbc4bddd1f7603d372e5188d73689c1ca23c60a7c338f360d30d18cd66');
INSERT INTO "config_journal" VALUES(33,1795750251651811,'lab','create','user','bert','{}','{"pass": "changed", "role": "agent", "agent": "1005", "user_group": "BERLIN", "force_change_password": "Y"}','8190a24fbc78880952e2258dfeb142252706a792fe1e1ff5b51632d9faf6e760');
INSERT INTO "config_journal" VALUES(34,1795750251651811,'lab','create','call-time','OFFICE','{}','{"ct_default_start": 900, "ct_default_stop": 1800}','57d690e552e139d04acb2b8265878970c818609a83d08cf5260fbed58c38b356');
INSERT INTO "config_journal" VALUES(35,1795750251651811,'lab','create','call-time','ALLDAY','{}','{"ct_default_start": 0, "ct_default_stop": 2400}','d1e17157dca2bee218d7400173b484327bcf10c53ae2b807691e34b9378a8de7');
INSERT INTO "config_journal" VALUES(36,1795750251651811,'lab','create','holiday','XMAS26','{}','{"holiday_date": "2026-12-25"}','ab599b0b440b7fcbca7ea6f9f5aed1d00af94d294b933273e03c16101a5fa8f1');
INSERT INTO "config_journal" VALUES(37,1795750251651811,'lab','create','container','PARTNERS','{}','{"type": "PHONE_NUMBERS", "entries": ["8500", "5551234"]}','f690fd35199ce137e5bbb0c74ec61e674e6f2589c762f3694aea7fb6afd79616');
INSERT INTO "config_journal" VALUES(38,1795750251651811,'lab','create','preset','BILLING','{}','{"campaign": "TESTCAMP", "preset_number": "4930555124"}','e5196eb263448d08959585520adae2e8a652885ec06f21bda7ee44742d2e17db');
INSERT INTO "config_journal" VALUES(39,1795750251651811,'lab','create','trunk','carrier','{}','{"lines": 10}','9abc219d52ee4c84d29eae50c06603c3570c17f96411abdf899641d17899717b');
INSERT INTO "config_journal" VALUES(40,1795750251651811,'lab','create','cid-group','EAST','{}','{"caller_ids": ["212:12125550199", "FL:13055550199", "18005550199"]}','d1b7ec0c4b543ac5fa00e795d6ff4ab4428a4d168599928d59cc40b35e749a7e');
INSERT INTO "config_journal" VALUES(41,1795750251651811,'lab','create','group-alias','SALES','{}','{"caller_id_number": "8005550100"}','184258846a0bc1221ba943ae32486573611f7e0cb33015f1839ed65a12877dac');
INSERT INTO "config_journal" VALUES(42,1795750251651811,'lab','create','list','101','{}','{"list_name": "Autumn"}','dd9f36f0366b16f7fdfa296b25d62b6fb2bd61667c46558da7bcb2bddc249bf0');
INSERT INTO "config_journal" VALUES(43,1795750251651811,'lab','create','list','200','{}','{"campaign": "TESTCAMP", "country": "JP"}','0789fdb8a231f93d14cd844e27ffaa590a3a03c667fc931fa1894fd81af7e4c8');
INSERT INTO "config_journal" VALUES(44,1795750251651811,'lab','create','script','GREETING','{}','{"script_text": "Hello --A--first_name--B--"}','fc3198f15e544357d7e09fabd442b5872b6ac06df5d6bbaafc1585a5abcbf474');
INSERT INTO "config_journal" VALUES(45,1795750251651811,'lab','create','disposition','LATER','{}','{"status_name": "Call later", "scheduled_callback": "Y"}','1f042ea1ce9b2ba0fe4be975cdc8073f368b1c284b9df021c2df35948ecb9995');
INSERT INTO "config_journal" VALUES(46,1795750251651811,'lab','create','pause-code','LUNCH','{}','{"pause_code_name": "Lunch"}','728655ec48cf463cc48e623217b0198517ab09f04de61c34dddabb68c437c8dc');
INSERT INTO "config_journal" VALUES(47,1795750251651811,'lab','set','setting','warmline','{"timezone": "UTC"}','{"timezone": "Europe/Berlin"}','4b3a28876e41110cd4596149673585ada4c93a618780d438aeeee0cb02e275ba');
INSERT INTO "config_journal" VALUES(48,1795750251651811,'lab','set','campaign','TESTCAMP','{"campaign_recording": "ONDEMAND", "leave_3way_start_recording": "DISABLED", "dial_method": "MANUAL", "campaign_cid": "0000000000", "safe_harbor_audio": "", "local_call_time": ""}','{"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS", "dial_method": "PROGRESSIVE", "campaign_cid": "4930999888", "safe_harbor_audio": "vm-nobodyavail", "local_call_time": "ALLDAY"}','47582cc8a71e3da1aaffefa8b5d447315ebd66fc9230ca4a827ede2ac1e05847');
INSERT INTO "config_journal" VALUES(49,1795750253768376,'root','create','api-token','crm','{}','{"scopes": ["agents:read", "calls:read"], "token": "changed"}','7e500f5cccfbb013ba0e037b022b3cfbccd057d782b9f6071b458a5bb02499de');
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
INSERT INTO "dialler" VALUES('TESTCAMP',0,1795750257344270,'local:root (uid 0)',0,'');
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
INSERT INTO "disposition_entry" VALUES('01M8DGWQD4WZKHG5CQAZNMXAKX','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','SALE',1795750256036559,'local:root (uid 0)','',0,0);
INSERT INTO "disposition_entry" VALUES('01M8DGWQT02VA0Y3QD87HBXJVN','01M8DGWQKDP599T1CEPHVA3JPJ','1003','NA',1795750256448267,'local:root (uid 0)','',0,0);
INSERT INTO "disposition_entry" VALUES('01M8DGWRBPPPJ7FZM0FE2CTQ6D','01M8DGWR5B21TPKA1EFMCB1MS8','1003','SALE',1795750257014422,'local:root (uid 0)','',0,0);
INSERT INTO "disposition_entry" VALUES('01M8DGWRJ6813BBVGRGN6KKDDS','01M8DGWRBSNJTT43QX0KAJVTWA','1003','NA',1795750257222590,'local:root (uid 0)','',0,0);
INSERT INTO "disposition_entry" VALUES('01M8DGWYW7758ZX7X08986HCP7','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','LATER',1795750263687150,'local:root (uid 0)','',0,0);
CREATE TABLE dnc ( -- numbers that must not be dialled
    phone_number TEXT NOT NULL, -- digits only
    campaign TEXT NOT NULL, -- the campaign whose agents must not dial it; empty for all agents
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- the user who added it
    why TEXT NOT NULL, -- a disposition's code, or a reason in words
    PRIMARY KEY (phone_number, campaign)
) STRICT, WITHOUT ROWID;
INSERT INTO "dnc" VALUES('8005551234','',1795750253610555,'root','');
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
    -- when Warmline answers the call: before any prompt, when it finds an agent, or never
    answer_signal TEXT NOT NULL DEFAULT 'START' CHECK (answer_signal IN ('START', 'ROUTE', 'NONE')),
    -- seconds within which a call must be connected to an agent to count for the service level
    answer_sec_pct_rt_stat_one INTEGER NOT NULL DEFAULT 20 CHECK (answer_sec_pct_rt_stat_one BETWEEN 1 AND 3600),
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
    -- the action for a call that no_agent_no_queue turns away
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
    transfer_url TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "ingroup" VALUES('AGENTDIRECT','','Y',NULL,'DISABLED',99,'[]','N','',0,'N','longest_wait_time','START',20,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','');
INSERT INTO "ingroup" VALUES('CLOSEDLINE','','N',NULL,'DISABLED',0,'[]','N','',0,'N','longest_wait_time','START',20,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','');
INSERT INTO "ingroup" VALUES('SALESLINE','','Y','SUPPORTLINE','DISABLED',0,'[]','N','',0,'N','longest_wait_time','START',20,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','');
INSERT INTO "ingroup" VALUES('SUPPORTLINE','','Y',NULL,'DISABLED',0,'[]','N','',0,'N','longest_wait_time','START',20,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','');
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
INSERT INTO "journal" VALUES(1,1795750252860121,'app.started','','','{"core":13,"base":"01M8DGWM9WY35BYZ93VG367J37","input":{}}','6dfac778417c9bf9a7be63ed9f57b9d23ba37be3aacc9a7164d0636109651284','4a43ae9faa5224aa340ce42e94a9d5573173d8355c7bc3cf1366f846178ed095');
INSERT INTO "journal" VALUES(2,1795750252863611,'config.changed','','','{"core":13,"base":"01M8DGWM9ZVAVQZ0EHPZNGZ95T","input":{"rules":{"campaigns":{"TESTCAMP":{"id":"TESTCAMP","campaign_name":"","active":"Y","campaign_recording":"ALLCALLS","allcalls_delay":0,"campaign_rec_filename":"FULLDATE_CUSTPHONE","recording_format":"wav","recording_notice":"---NONE---","agent_recordings":"N","leave_3way_start_recording":"ALL_CALLS","leave_3way_start_recording_exception":"DISABLED","leave_3way_stop_recording":"DISABLED","three_way_record_stop":"N","three_way_record_stop_exception":"DISABLED","hangup_xfer_record_start":"N","dead_stop_recording":"DISABLED","park_recording":"CONTINUE","default_xfer_group":"SUPPORTLINE","transfer_no_dispo":"DISABLED","am_message_exten":"vm-goodbye","leave_unanswered_action":"INGROUP","blind_unanswered_action":"INGROUP","unanswered_message":"vm-goodbye","customer_gone_while_dialing":"CANCEL","customer_3way_hangup_action":"NONE","customer_3way_hangup_seconds":5,"park_max_seconds":0,"park_ivr":"","agent_rescue_seconds":20,"browser_grace_seconds":5,"left_max_minutes":240,"continue_after_hangup":"N","dial_template":"PJSIP/{number}@trunk","dial_prefix":"","three_way_dial_prefix":"","dial_timeout":20,"three_way_call_cid":"CAMPAIGN","campaign_cid":"4930999888","manual_dial_cid":"CAMPAIGN","manual_preview_dial":"PREVIEW_AND_SKIP","dial_allow":[],"dial_deny":[],"deny_star_codes":"Y","international_prefixes":["00","011"],"follow_redirects":0,"dial_call_time_id":"","daily_limit_manual":0,"manual_calls_at_once":0,"callback_useronly_move_minutes":0,"dial_method":"PROGRESSIVE","auto_dial_level":"1","adaptive_maximum_level":"20","dial_level_threshold_agents":1,"adaptive_dropped_percentage":"3","drop_window":"AUTO","give_up":"Y","dial_weight":1,"queue_priority":50,"next_agent_call":"longest_wait_time","drop_call_seconds":2,"drop_action":"MESSAGE","drop_inbound_group":"---NONE---","safe_harbor_audio":"vm-nobodyavail","safe_harbor_optout":"9","amd":"OFF","amd_send_to_vmx":"N","pause_after_each_call":"N","login_state":"READY","phone_login":"TRUSTED","agent_pause_codes_active":"N","wrapup_seconds":0,"dispo_max":0,"dead_max":0,"pause_max":0,"lost_max":600,"phone_caller_name":"Warmline login","phone_caller_number":"","phone_headers":"","feature_keys":"N","feature_numbers":[],"manual_dial_list_id":"998","campaign_script":"","agent_lead_search":"DISABLED","agent_lead_list":"Y","cid_group":"","preview_seconds":0,"preview_expiry":"SKIP","next_dial_my_callbacks":"N","start_call_url":"","dispo_call_url":"","transfer_url":""}},"ingroups":{"AGENTDIRECT":{"id":"AGENTDIRECT","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":99,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"CLOSEDLINE":{"id":"CLOSEDLINE","group_name":"","active":"N","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SALESLINE":{"id":"SALESLINE","group_name":"","active":"Y","default_xfer_group":"SUPPORTLINE","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SUPPORTLINE":{"id":"SUPPORTLINE","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""}},"agents":{"1000":{"id":"1000","full_name":"","active":"Y","user_group":"","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1001":{"id":"1001","full_name":"","active":"Y","user_group":"","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1002":{"id":"1002","full_name":"","active":"Y","user_group":"","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1003":{"id":"1003","full_name":"","active":"Y","user_group":"","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1004":{"id":"1004","full_name":"","active":"Y","user_group":"","phone":"1004","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1005":{"id":"1005","full_name":"","active":"Y","user_group":"","phone":"1005","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1006":{"id":"1006","full_name":"","active":"Y","user_group":"","phone":"1006","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1007":{"id":"1007","full_name":"","active":"Y","user_group":"","phone":"1007","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1008":{"id":"1008","full_name":"Alex Agent","active":"Y","user_group":"","phone":"1008","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1009":{"id":"1009","full_name":"","active":"Y","user_group":"","phone":"1009","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""}},"call_times":{"ALLDAY":{"id":"ALLDAY","ct_default_start":0,"ct_default_stop":2400,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_holidays":[],"timezone":""},"OFFICE":{"id":"OFFICE","ct_default_start":900,"ct_default_stop":1800,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_holidays":[],"timezone":""}},"holidays":{"XMAS26":{"id":"XMAS26","holiday_name":"","holiday_date":"2026-12-25","holiday_status":"ACTIVE","ct_default_start":2400,"ct_default_stop":2400}},"containers":{"PARTNERS":["8500","5551234"]},"group_aliases":{"SALES":{"id":"SALES","group_alias_name":"","caller_id_number":"8005550100","active":"Y"}},"dispositions":{"A":{"id":"A","status_name":"Answering machine","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":9,"key":"9","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"AA":{"id":"AA","status_name":"Answering machine, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AB":{"id":"AB","status_name":"Busy, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADAIR":{"id":"ADAIR","status_name":"Nobody spoke, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADC":{"id":"ADC","status_name":"Disconnected, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADCT":{"id":"ADCT","status_name":"Disconnected for a time","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AFAX":{"id":"AFAX","status_name":"Fax machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AFTHRS":{"id":"AFTHRS","status_name":"Came when it was closed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AL":{"id":"AL","status_name":"Message played to a machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ALTNUM":{"id":"ALTNUM","status_name":"Another number of the lead is next","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AM":{"id":"AM","status_name":"Sent to the machine message","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"B":{"id":"B","status_name":"Busy","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":10,"key":"01","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"CALLBK":{"id":"CALLBK","status_name":"Call back","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":3,"key":"3","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"CBHOLD":{"id":"CBHOLD","status_name":"Waits for its callback","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"CLOSOP":{"id":"CLOSOP","status_name":"In-group closed while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DAIR":{"id":"DAIR","status_name":"Nobody spoke","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DC":{"id":"DC","status_name":"Number out of service","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":11,"key":"02","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"DCMX":{"id":"DCMX","status_name":"Dead call ended by dead_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DEC":{"id":"DEC","status_name":"Sale declined","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DISMX":{"id":"DISMX","status_name":"No code within dispo_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DNC":{"id":"DNC","status_name":"Do not call","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","place":5,"key":"5","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"DNCC":{"id":"DNCC","status_name":"On the do-not-call list of a campaign","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DNCL":{"id":"DNCL","status_name":"On the do-not-call list","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DROP":{"id":"DROP","status_name":"Hung up while waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ERI":{"id":"ERI","status_name":"Error on the agent''s side","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"HOLDTO":{"id":"HOLDTO","status_name":"Left by hold_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"INCALL":{"id":"INCALL","status_name":"In a call","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"IQNANQ":{"id":"IQNANQ","status_name":"No agents any more while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"IVRXFR":{"id":"IVRXFR","status_name":"Sent to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LATER":{"id":"LATER","status_name":"Call later","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LRERR":{"id":"LRERR","status_name":"No line for it","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LSMERG":{"id":"LSMERG","status_name":"Merged with another lead","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"MAXCAL":{"id":"MAXCAL","status_name":"Too many calls","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"MLINAT":{"id":"MLINAT","status_name":"Other leads of the account set aside","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"N":{"id":"N","status_name":"Not answered","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NA":{"id":"NA","status_name":"No answer","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":8,"key":"8","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"NANQUE":{"id":"NANQUE","status_name":"No agents to wait for","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NEW":{"id":"NEW","status_name":"Not called yet","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NI":{"id":"NI","status_name":"Not interested","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"Y","customer_contact":"Y","unworkable":"N","completed":"Y","place":2,"key":"2","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"NP":{"id":"NP","status_name":"No offer made","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"OTHER":{"id":"OTHER","status_name":"Other","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":7,"key":"7","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PAUSMX":{"id":"PAUSMX","status_name":"Paused longer than pause_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PDROP":{"id":"PDROP","status_name":"Dropped before it was routed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PM":{"id":"PM","status_name":"Message played","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PU":{"id":"PU","status_name":"Answered, then dropped","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QCFAIL":{"id":"QCFAIL","status_name":"To be called again after a check","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QUEUE":{"id":"QUEUE","status_name":"On its way to an agent","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QVMAIL":{"id":"QVMAIL","status_name":"Left a voicemail instead of waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"RAXFER":{"id":"RAXFER","status_name":"Handed over from outside","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"RQXFER":{"id":"RQXFER","status_name":"Sent back into the queue","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SALE":{"id":"SALE","status_name":"Sale","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"Y","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","place":1,"key":"1","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"SVYCLM":{"id":"SVYCLM","status_name":"Survey led to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYEXT":{"id":"SVYEXT","status_name":"Survey led to an extension","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYHU":{"id":"SVYHU","status_name":"Survey ended by hanging up","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYREC":{"id":"SVYREC","status_name":"Survey was recorded","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYVM":{"id":"SVYVM","status_name":"Survey led to voicemail","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"TIMEOT":{"id":"TIMEOT","status_name":"Waited for drop_call_seconds","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"WAITTO":{"id":"WAITTO","status_name":"Left by wait_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"WRONG":{"id":"WRONG","status_name":"Wrong number","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"Y","place":6,"key":"6","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"XDROP":{"id":"XDROP","status_name":"Its one agent did not come","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"XFER":{"id":"XFER","status_name":"Handed over","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":4,"key":"4","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]}},"pause_codes":{"LUNCH":{"id":"LUNCH","pause_code_name":"Lunch","key":"","billable":"NO","campaigns":[]}},"trunks":{"carrier":{"id":"carrier","lines":10,"calls_per_second":5}},"cid_groups":{"EAST":{"id":"EAST","cid_group_name":"","caller_ids":["212:12125550199","FL:13055550199","18005550199"]}},"api_impossible":"ERROR","timezone":"Europe/Berlin","webhook_hosts":[],"max_legs":0,"dial_reserve":15,"emergency_numbers":["110","112","911","999"],"hook_deadline":200,"vdc_agent_api_active":"1"}}}','9306f6febee9ce986f537cae9e53e3bbcbd0fd65524239b755b8809647e7ca45','6d7c0a37ae9f0dd7954aff098648ebec4d19f4da5183161d18ce17e7ea63da4b');
INSERT INTO "journal" VALUES(3,1795750252889607,'app.reconciling','','','{"core":13,"base":"01M8DGWMASRTH25RM3GQ8WA0KA","input":{}}','078d80079602ffa16a513ad68f310b5fcce0936d337044b70b01c0902858e8dd','2ba8a96b98c040eb456869fbe56ad2de796f5cf938ff265f2332e61b9ff4c1f5');
INSERT INTO "journal" VALUES(4,1795750252890506,'asterisk.connected','','','{"core":13,"base":"01M8DGWMATPA80DFHNXRPK956N","input":{"started":1795750251661000}}','5dda7537632b703ffcf1c80f59addd89e16f8c5b45cf10e45e7eb807d8da239c','d96dcc0102c3b9393b618790611d0a4ace1e782eeeb2c9878676d754013b2cf5');
INSERT INTO "journal" VALUES(5,1795750252892520,'app.reconciled','','','{"core":13,"base":"01M8DGWMAWFJ2CNQ4EH7SJ34YD","input":{}}','0f4196b65e0c1f66466ea7c551a4aebd3ae8ccacc8f491cce51d9fcfa3c01c70','2a6dd1eb8ff2dc282e15155af08fa28aa0f5e0bdff565f2a531cbc96396ea4b5');
INSERT INTO "journal" VALUES(6,1795750253826430,'leg.arrived','','1003','{"core":13,"base":"01M8DGWN8245TF26J69G2PMZ4M","input":{"leg":"1795750253.0","args":["login","1003"],"number":"1003","dialled":"s","call":"","session":"01M8DGWN7X3V5GNQK9QHCR97CD","up":false,"why":["phone: 1003 is agent 1003''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.answer",{"leg":"1795750253.0"}],["channel.play",{"leg":"1795750253.0","media":"sound:agent-loginok","play":"login-1795750253.0"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','d330050bbb679e2dbaf16701ab38a27989e4bbb4455c1d4250c2e5ca237dcf45','054810a97a040305f1dba0e1b67365caba4dbd00e97aa742638a5af2ac1ac9ff');
INSERT INTO "journal" VALUES(7,1795750253829275,'leg.answered','','1003','{"core":13,"base":"01M8DGWN85334CNBPKNDK81HKK","input":{"leg":"1795750253.0"}}','a0e4013bf2b91ec0ba3af630725baccc2edba7b2f52da261733b8e5cc03cc6dd','56c2881a345ab93a24cc6f970b1bcd496c3f068063b029984f20306ac8872e70');
INSERT INTO "journal" VALUES(8,1795750253875650,'config.changed','','','{"core":13,"base":"01M8DGWN9KH1JE55XMMD97HMGR","input":{"rules":{"campaigns":{"TESTCAMP":{"id":"TESTCAMP","campaign_name":"","active":"Y","campaign_recording":"ALLCALLS","allcalls_delay":0,"campaign_rec_filename":"FULLDATE_CUSTPHONE","recording_format":"wav","recording_notice":"---NONE---","agent_recordings":"N","leave_3way_start_recording":"ALL_CALLS","leave_3way_start_recording_exception":"DISABLED","leave_3way_stop_recording":"DISABLED","three_way_record_stop":"N","three_way_record_stop_exception":"DISABLED","hangup_xfer_record_start":"N","dead_stop_recording":"DISABLED","park_recording":"CONTINUE","default_xfer_group":"SUPPORTLINE","transfer_no_dispo":"DISABLED","am_message_exten":"vm-goodbye","leave_unanswered_action":"INGROUP","blind_unanswered_action":"INGROUP","unanswered_message":"vm-goodbye","customer_gone_while_dialing":"CANCEL","customer_3way_hangup_action":"NONE","customer_3way_hangup_seconds":5,"park_max_seconds":0,"park_ivr":"","agent_rescue_seconds":20,"browser_grace_seconds":5,"left_max_minutes":240,"continue_after_hangup":"N","dial_template":"PJSIP/{number}@trunk","dial_prefix":"","three_way_dial_prefix":"","dial_timeout":20,"three_way_call_cid":"CAMPAIGN","campaign_cid":"4930999888","manual_dial_cid":"CAMPAIGN","manual_preview_dial":"PREVIEW_AND_SKIP","dial_allow":[],"dial_deny":[],"deny_star_codes":"Y","international_prefixes":["00","011"],"follow_redirects":0,"dial_call_time_id":"","daily_limit_manual":0,"manual_calls_at_once":0,"callback_useronly_move_minutes":0,"dial_method":"PROGRESSIVE","auto_dial_level":"1","adaptive_maximum_level":"20","dial_level_threshold_agents":1,"adaptive_dropped_percentage":"3","drop_window":"AUTO","give_up":"Y","dial_weight":1,"queue_priority":50,"next_agent_call":"longest_wait_time","drop_call_seconds":2,"drop_action":"MESSAGE","drop_inbound_group":"---NONE---","safe_harbor_audio":"vm-nobodyavail","safe_harbor_optout":"9","amd":"OFF","amd_send_to_vmx":"N","pause_after_each_call":"N","login_state":"READY","phone_login":"TRUSTED","agent_pause_codes_active":"N","wrapup_seconds":0,"dispo_max":0,"dead_max":0,"pause_max":0,"lost_max":600,"phone_caller_name":"Warmline login","phone_caller_number":"","phone_headers":"","feature_keys":"N","feature_numbers":[],"manual_dial_list_id":"998","campaign_script":"","agent_lead_search":"DISABLED","agent_lead_list":"Y","cid_group":"","preview_seconds":0,"preview_expiry":"SKIP","next_dial_my_callbacks":"N","start_call_url":"","dispo_call_url":"","transfer_url":""}},"ingroups":{"AGENTDIRECT":{"id":"AGENTDIRECT","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":99,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"CLOSEDLINE":{"id":"CLOSEDLINE","group_name":"","active":"N","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SALESLINE":{"id":"SALESLINE","group_name":"","active":"Y","default_xfer_group":"SUPPORTLINE","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SUPPORTLINE":{"id":"SUPPORTLINE","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""}},"agents":{"1000":{"id":"1000","full_name":"","active":"Y","user_group":"","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1001":{"id":"1001","full_name":"","active":"Y","user_group":"","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1002":{"id":"1002","full_name":"","active":"Y","user_group":"","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1003":{"id":"1003","full_name":"","active":"Y","user_group":"","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1004":{"id":"1004","full_name":"","active":"Y","user_group":"","phone":"1004","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1005":{"id":"1005","full_name":"","active":"Y","user_group":"","phone":"1005","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1006":{"id":"1006","full_name":"","active":"Y","user_group":"","phone":"1006","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1007":{"id":"1007","full_name":"","active":"Y","user_group":"","phone":"1007","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1008":{"id":"1008","full_name":"Alex Agent","active":"Y","user_group":"","phone":"1008","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1009":{"id":"1009","full_name":"","active":"Y","user_group":"","phone":"1009","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""}},"call_times":{"ALLDAY":{"id":"ALLDAY","ct_default_start":0,"ct_default_stop":2400,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_holidays":[],"timezone":""},"OFFICE":{"id":"OFFICE","ct_default_start":900,"ct_default_stop":1800,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_holidays":[],"timezone":""}},"holidays":{"XMAS26":{"id":"XMAS26","holiday_name":"","holiday_date":"2026-12-25","holiday_status":"ACTIVE","ct_default_start":2400,"ct_default_stop":2400}},"containers":{"PARTNERS":["8500","5551234"]},"group_aliases":{"SALES":{"id":"SALES","group_alias_name":"","caller_id_number":"8005550100","active":"Y"}},"dispositions":{"A":{"id":"A","status_name":"Answering machine","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":9,"key":"9","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"AA":{"id":"AA","status_name":"Answering machine, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AB":{"id":"AB","status_name":"Busy, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADAIR":{"id":"ADAIR","status_name":"Nobody spoke, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADC":{"id":"ADC","status_name":"Disconnected, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ADCT":{"id":"ADCT","status_name":"Disconnected for a time","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AFAX":{"id":"AFAX","status_name":"Fax machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AFTHRS":{"id":"AFTHRS","status_name":"Came when it was closed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AL":{"id":"AL","status_name":"Message played to a machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ALTNUM":{"id":"ALTNUM","status_name":"Another number of the lead is next","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"AM":{"id":"AM","status_name":"Sent to the machine message","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"B":{"id":"B","status_name":"Busy","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":10,"key":"01","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"CALLBK":{"id":"CALLBK","status_name":"Call back","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":3,"key":"3","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"CBHOLD":{"id":"CBHOLD","status_name":"Waits for its callback","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"CLOSOP":{"id":"CLOSOP","status_name":"In-group closed while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DAIR":{"id":"DAIR","status_name":"Nobody spoke","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DC":{"id":"DC","status_name":"Number out of service","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","place":11,"key":"02","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"DCMX":{"id":"DCMX","status_name":"Dead call ended by dead_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DEC":{"id":"DEC","status_name":"Sale declined","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DISMX":{"id":"DISMX","status_name":"No code within dispo_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DNC":{"id":"DNC","status_name":"Do not call","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","place":5,"key":"5","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"DNCC":{"id":"DNCC","status_name":"On the do-not-call list of a campaign","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DNCL":{"id":"DNCL","status_name":"On the do-not-call list","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"DROP":{"id":"DROP","status_name":"Hung up while waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"ERI":{"id":"ERI","status_name":"Error on the agent''s side","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"HOLDTO":{"id":"HOLDTO","status_name":"Left by hold_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"INCALL":{"id":"INCALL","status_name":"In a call","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"IQNANQ":{"id":"IQNANQ","status_name":"No agents any more while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"IVRXFR":{"id":"IVRXFR","status_name":"Sent to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LATER":{"id":"LATER","status_name":"Call later","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LRERR":{"id":"LRERR","status_name":"No line for it","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"LSMERG":{"id":"LSMERG","status_name":"Merged with another lead","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"MAXCAL":{"id":"MAXCAL","status_name":"Too many calls","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"MLINAT":{"id":"MLINAT","status_name":"Other leads of the account set aside","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"N":{"id":"N","status_name":"Not answered","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NA":{"id":"NA","status_name":"No answer","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":8,"key":"8","direction":"OUTBOUND","reached":"NO","notes_required":"N","campaigns":[],"ingroups":[]},"NANQUE":{"id":"NANQUE","status_name":"No agents to wait for","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NEW":{"id":"NEW","status_name":"Not called yet","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"NI":{"id":"NI","status_name":"Not interested","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"Y","customer_contact":"Y","unworkable":"N","completed":"Y","place":2,"key":"2","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"NP":{"id":"NP","status_name":"No offer made","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"OTHER":{"id":"OTHER","status_name":"Other","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":7,"key":"7","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PAUSMX":{"id":"PAUSMX","status_name":"Paused longer than pause_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PDROP":{"id":"PDROP","status_name":"Dropped before it was routed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PM":{"id":"PM","status_name":"Message played","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"PU":{"id":"PU","status_name":"Answered, then dropped","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QCFAIL":{"id":"QCFAIL","status_name":"To be called again after a check","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QUEUE":{"id":"QUEUE","status_name":"On its way to an agent","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"QVMAIL":{"id":"QVMAIL","status_name":"Left a voicemail instead of waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"RAXFER":{"id":"RAXFER","status_name":"Handed over from outside","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"RQXFER":{"id":"RQXFER","status_name":"Sent back into the queue","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SALE":{"id":"SALE","status_name":"Sale","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"Y","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","place":1,"key":"1","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"SVYCLM":{"id":"SVYCLM","status_name":"Survey led to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYEXT":{"id":"SVYEXT","status_name":"Survey led to an extension","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYHU":{"id":"SVYHU","status_name":"Survey ended by hanging up","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYREC":{"id":"SVYREC","status_name":"Survey was recorded","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"SVYVM":{"id":"SVYVM","status_name":"Survey led to voicemail","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"TIMEOT":{"id":"TIMEOT","status_name":"Waited for drop_call_seconds","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"WAITTO":{"id":"WAITTO","status_name":"Left by wait_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"WRONG":{"id":"WRONG","status_name":"Wrong number","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"Y","place":6,"key":"6","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]},"XDROP":{"id":"XDROP","status_name":"Its one agent did not come","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","place":100,"key":"","direction":"BOTH","reached":"BOTH","notes_required":"N","campaigns":[],"ingroups":[]},"XFER":{"id":"XFER","status_name":"Handed over","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","place":4,"key":"4","direction":"BOTH","reached":"YES","notes_required":"N","campaigns":[],"ingroups":[]}},"pause_codes":{"LUNCH":{"id":"LUNCH","pause_code_name":"Lunch","key":"","billable":"NO","campaigns":[]}},"trunks":{"carrier":{"id":"carrier","lines":10,"calls_per_second":5}},"cid_groups":{"EAST":{"id":"EAST","cid_group_name":"","caller_ids":["212:12125550199","FL:13055550199","18005550199"]}},"api_impossible":"ERROR","timezone":"Europe/Berlin","webhook_hosts":[],"max_legs":0,"dial_reserve":15,"emergency_numbers":["110","112","911","999"],"hook_deadline":200,"vdc_agent_api_active":"1"}}}','241b553a2fdad99c182d1334b155d8fcaeb25e923075023be20ec6cc35881727','f640f84fa19542e38ec1cd8409dd64f7d67c118e3ad88975d9b82cb62d1f0800');
INSERT INTO "journal" VALUES(9,1795750255574420,'leg.prompt_finished','','1003','{"core":13,"base":"01M8DGWPYPT7NXBQ9K0Q86XBE5","input":{"leg":"1795750253.0","ok":true,"play":"login-1795750253.0"},"asked":[["channel.play_silence",{"leg":"1795750253.0","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','8f6652974ee020445d7d3c3ffb5e34c92dc8f5fa5c7d299f746a35cb10bf7fc3','a33cc9b87b31ca1d479bcbc89096c463078bb996f7a554989add270b4b60d879');
INSERT INTO "journal" VALUES(10,1795750255778065,'command.requested','','1003','{"core":13,"base":"01M8DGWQ5203XVK5MG88YKBAEC","input":{"receipt":"01M8DGWQ511RV1A4HX8Q4YNRED","command":{"kind":"DIAL","agent":"1003","number":"4930555777","lead":1},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["dial.check",{"check":"01M8DGWQ511RV1A4HX8Q4YNRED","agent":"1003","campaign":"TESTCAMP","number":"4930555777","readings":["4930555777"],"at":1795750255778065,"since":0,"callback":"","leads":"","lead":0}]]}','f77ed8abadd00fbb072692b4a1b14daf1ea0d9d8e3ef8e675448e330c1ac1ce0','5b356b00b9e86bfaa9742cbf41a403587c3abf1901b8e64a7b78c3d954054d92');
INSERT INTO "journal" VALUES(11,1795750255780669,'dial.checked','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ54PMB4AX7SKN5NAVB2","input":{"check":"01M8DGWQ511RV1A4HX8Q4YNRED","agent":"1003","facts":{"listed":"","dialled":0,"callback":null,"problem":"","lead":null}},"asked":[["bridge.create",{"bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"}],["channel.play_silence",{"leg":"1795750253.0","on":false}],["bridge.add",{"leg":"1795750253.0","bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"}]],"events":[["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}],["command.started",{"id":"01M8DGWQ511RV1A4HX8Q4YNRED","kind":"DIAL","number":"4930555777","by":"local:root (uid 0)","source":"api/v1","step":"begun"}],["call.dialing",{"agc_id":"M0001795750255780669","state":"dialing_out","arrived":1795750255780669,"customer":"4930555777","lead":1}]]}','c0d8932e437f022602d06fea32a773788bc668f61c2f7e1b7bf5f89ba87966ad','8bfbdd545071133b78280ff48ca179ff8968cedb1859c3883f0045cf1591bdc3');
INSERT INTO "journal" VALUES(12,1795750255786358,'leg.joined','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ5AVNFFJNV52V7F0MZB","input":{"leg":"1795750253.0","bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"},"asked":[["channel.create",{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","endpoint":"PJSIP/4930555777@trunk","caller":"4930999888","call":"01M8DGWQ54PMB4AX7SKN5NAVB3","name":"","headers":[]}]]}','642cf9fb637dfe008ad449dfca82ddfec259e7161cee1c7a0b79389491aef6b9','632751ff6516c414fd3317307f1d5a24ca3d488870f388db25e748f4ca241b46');
INSERT INTO "journal" VALUES(13,1795750255789450,'leg.arrived','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ5DYP4NBSG9R4HBRN61","input":{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","args":["made"],"number":"","dialled":"s","call":"01M8DGWQ54PMB4AX7SKN5NAVB3","session":"","up":false,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.deafen",{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","on":true}],["bridge.add",{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"}],["channel.dial",{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","timeout":20}]]}','e01a3673a66c1b1155f275f0aa03091fc34cbb2a3fead1fe41d4e4ff57325d71','b9d14905be5f3aeb10a66d976c10233b2d7ffc20765fa2ccd34522d2c70ecff3');
INSERT INTO "journal" VALUES(14,1795750255791332,'leg.joined','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ5FE2PCGR5RFVMP4ZW6","input":{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"}}','7b54c28e4546b08aef8051cbabda4264e12753ed1816863d2472382d635486ee','606745e2806a57c8dde689d0ab30aa92137adaec13314d934f70c2bd158a0a9a');
INSERT INTO "journal" VALUES(15,1795750255794351,'action.completed','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ5JD2D5CTV0AFJ3BM8A","input":{"action":{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M8DGWQ511RV1A4HX8Q4YNRED","why":"","refused":false,"of":""}]],"events":[["command.dialing",{"id":"01M8DGWQ511RV1A4HX8Q4YNRED","kind":"DIAL","requested":1795750255780669,"number":"4930555777","by":"local:root (uid 0)","source":"api/v1","step":"dialling"}]]}','398c3ff73eb737c9ad0cb7ce73ba391fd73bea530267e7b41c6af61fbc74fe17','a332bcc6d5049c586bc6142b7132754b69a0b5dda4b39d47e277f70643ad64e4');
INSERT INTO "journal" VALUES(16,1795750255798227,'leg.answered','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ5P1TFT6JCVX7VYVQ22","input":{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC"},"asked":[["channel.deafen",{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","on":false}],["recording.start",{"name":"20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1","bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"}]],"events":[["command.completed",{"id":"01M8DGWQ511RV1A4HX8Q4YNRED","kind":"DIAL","requested":1795750255780669,"number":"4930555777","by":"local:root (uid 0)","source":"api/v1","ended":1795750255798227,"outcome":"completed"}],["call.connected",{"agc_id":"M0001795750255780669","state":"talking","arrived":1795750255780669,"customer":"4930555777","lead":1,"connected":1795750255798227}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','1b84b40e857c065fe64c61614e67f2fc44af0137041b4055479df7bae17bcdf3','e4868c501af894415045d743f76267137a7789085c47b3ddb33e67f29840319b');
INSERT INTO "journal" VALUES(17,1795750255808384,'recording_file.started','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ609E6AQCY3TBZQ9FR0","input":{"name":"20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1"},"events":[["recording.started",{"id":"20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750255808384}]]}','605b3d3c9ca3885083532ebd9b558aafe8b0fb8d0721b2c3fccf06384705517b','3de677896556ba3017753b4205935b92c6e70585da3e8baeff1ff8f9a8388758');
INSERT INTO "journal" VALUES(18,1795750255870637,'leg.left','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ7Y8GJ166KCGMPHT3RN","input":{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"}}','9a4213a24ef92a69a64c38332b7c3ef1c15db60e66ae31b06318f7ecbc82287b','5b401334731aafa136684ee7dd39e753d71b5fccd3eef1df63be0df08c534641');
INSERT INTO "journal" VALUES(19,1795750255873064,'leg.destroyed','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ81VDEX0W7X0MKG61Y9","input":{"leg":"01M8DGWQ5AVNFFJNV52V7F0MZC","cause":16},"asked":[["recording.stop",{"name":"20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1"}],["bridge.remove",{"leg":"1795750253.0","bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"}]],"events":[["call.ended",{"agc_id":"M0001795750255780669","state":"ended","arrived":1795750255780669,"customer":"4930555777","agent":null,"lead":1,"connected":1795750255798227,"ended":1795750255873064,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','13b9d1bae3bf3c0fda1c68f681142e3ead3e1fddc2b9f6d5d1c14ddb2964be9c','0b10e56aaa04a5d3169f4e98b3bce3f8c6e249af7c8177441a0c3c1cf97dad1e');
INSERT INTO "journal" VALUES(20,1795750255875499,'recording_file.finished','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ837EXB6AK9AANKA8JD","input":{"name":"20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1"},"asked":[["recording.measure",{"name":"20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1"}]],"events":[["recording.finished",{"id":"20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750255808384,"ended":1795750255875499}]]}','de1083c287c2a3229a76f414031ebdc9fc2299ab49893625c50c8970c4e0936a','e2afbf903f4416fb7a5441959c6977071e357f0a963f24df63617d655e019581');
INSERT INTO "journal" VALUES(21,1795750255876872,'leg.left','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ848TFTDGP7E6FC68PD","input":{"leg":"1795750253.0","bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"},"asked":[["channel.play_silence",{"leg":"1795750253.0","on":true}],["bridge.destroy",{"bridge":"room-01M8DGWQ54PMB4AX7SKN5NAVB3"}]]}','5b110f5e1061432cba1a88b7a886aaf85f77328c439a19b474feb628cf02c307','5a57ed8cfa28abe88e99c39102c531b067abd9fd3f24eef19b9160675b34cca0');
INSERT INTO "journal" VALUES(22,1795750255879711,'recording_file.measured','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQ87Z0J1BPHWMHN8C9EB","input":{"name":"20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1","path":"/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1.wav","bytes":1324,"length":80,"sha256":"4298c318f2c6e2e2b0179306495d325a53cd8fbcd93777a7d0b3f4f5924868b8","mended":false},"events":[["recording.kept",{"id":"20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795750255808384,"ended":1795750255875499,"bytes":1324,"length_ms":80}]]}','1f50ddf98c3314f2db23708493291f54c5cd89b3a1d8a484e2b08bc98a835d56','12ad262647d1f44aa756bcc4d4346c3cc8b4af7e44f86264542f9779e40470a8');
INSERT INTO "journal" VALUES(23,1795750256036559,'command.requested','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQD4WZKHG5CQAZNMXAKW","input":{"receipt":"01M8DGWQD4R3J62C3V0MAKF8MQ","command":{"kind":"STATUS","agent":"1003","status":"SALE","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8DGWQD4R3J62C3V0MAKF8MQ","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8DGWQD4R3J62C3V0MAKF8MQ","kind":"STATUS","status":"SALE","by":"local:root (uid 0)","source":"api/v1","ended":1795750256036559,"outcome":"completed"}],["disposition.entered",{"status":"SALE","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"SALE"}]]}','d21fa3b4748b7b6bb2ae40737fcf7f1c57f3411c5e29d6938c062d7c2c53911c','c0cb0c13cba535fbd2a3e1e45a3544cc2f716756a312c944b6a240d8d7d7c54f');
INSERT INTO "journal" VALUES(24,1795750256235688,'command.requested','01M8DGWQ54PMB4AX7SKN5NAVB3','1003','{"core":13,"base":"01M8DGWQKBM3XWATAG4GYSDRAY","input":{"receipt":"01M8DGWQKBC8WK254DB3MZXV3B","command":{"kind":"DIAL","agent":"1003","number":"4930555778","lead":2},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["dial.check",{"check":"01M8DGWQKBC8WK254DB3MZXV3B","agent":"1003","campaign":"TESTCAMP","number":"4930555778","readings":["4930555778"],"at":1795750256235688,"since":0,"callback":"","leads":"","lead":0}]]}','4e346731e6139a521fcd8bdba0dc09e98fba5aad211e0b16e7826aee3986866d','b096f5c9e955aa93ee1fb37a00a7439443b4feecb2991ee913759abfa6a44e9c');
INSERT INTO "journal" VALUES(25,1795750256237410,'dial.checked','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQKDP599T1CEPHVA3JPH","input":{"check":"01M8DGWQKBC8WK254DB3MZXV3B","agent":"1003","facts":{"listed":"","dialled":0,"callback":null,"problem":"","lead":null}},"asked":[["bridge.create",{"bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"}],["channel.play_silence",{"leg":"1795750253.0","on":false}],["bridge.add",{"leg":"1795750253.0","bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"}]],"events":[["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8DGWQ54PMB4AX7SKN5NAVB3","last_status":"SALE"}],["command.started",{"id":"01M8DGWQKBC8WK254DB3MZXV3B","kind":"DIAL","number":"4930555778","by":"local:root (uid 0)","source":"api/v1","step":"begun"}],["call.dialing",{"agc_id":"M0001795750256237410","state":"dialing_out","arrived":1795750256237410,"customer":"4930555778","lead":2}]]}','29fcd59c77fe4a4d4109cf1ea1ef9546041d4d4893447a97f36ad65640b015d5','72d3b2c159121974b6730c06b9d1089c83c3a2469abc90d5c0c1a9912fc6c881');
INSERT INTO "journal" VALUES(26,1795750256240496,'leg.joined','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQKGRQGFTXCP1KHE8N38","input":{"leg":"1795750253.0","bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"},"asked":[["channel.create",{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","endpoint":"PJSIP/4930555778@trunk","caller":"4930999888","call":"01M8DGWQKDP599T1CEPHVA3JPJ","name":"","headers":[]}]]}','c88902a326ac44e0984655a8f524d34d601efffb904019f771beaf6c5a9bcf40','9e2a0dedb726806d114b7ccc821ca3240c64c3357e37ece8a8aebb7b4e9da0bc');
INSERT INTO "journal" VALUES(27,1795750256242652,'leg.arrived','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQKJ0EWF0JCP5MYH3ZQX","input":{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","args":["made"],"number":"","dialled":"s","call":"01M8DGWQKDP599T1CEPHVA3JPJ","session":"","up":false,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.deafen",{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","on":true}],["bridge.add",{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"}],["channel.dial",{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","timeout":20}]]}','0df4afc042fc9481ebcb5781148954635986b993daadca41090780b117942702','c3e765280a1ba5cb9e30cdd330a22635efbf5648f0193d34bfecb51a8b76017b');
INSERT INTO "journal" VALUES(28,1795750256244284,'leg.joined','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQKM36B83HSQ1E5CAD8N","input":{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"}}','811179b1336bc0cc87e3548caee42032b6ac28c2903e1a1dd2ecd51251bce64d','49ac9ddec04af555c2cd857ede6b4abaf2f72555f443af349a956ae9e8548238');
INSERT INTO "journal" VALUES(29,1795750256246842,'action.completed','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQKPDJJ2E7Q2ST14YDWP","input":{"action":{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M8DGWQKBC8WK254DB3MZXV3B","why":"","refused":false,"of":""}]],"events":[["command.dialing",{"id":"01M8DGWQKBC8WK254DB3MZXV3B","kind":"DIAL","requested":1795750256237410,"number":"4930555778","by":"local:root (uid 0)","source":"api/v1","step":"dialling"}]]}','c5f279e2b00db9416a6687c22fe2c6e1f876ab4acdaf596d74f211921da52dc1','88df7a61546e151c9d59426e48994ea4471fa9cf61cd52e16f64f2aa0591de49');
INSERT INTO "journal" VALUES(30,1795750256248019,'leg.answered','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQKR8FAP2Y41XNEJ6345","input":{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39"},"asked":[["channel.deafen",{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","on":false}],["recording.start",{"name":"20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1","bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"}]],"events":[["command.completed",{"id":"01M8DGWQKBC8WK254DB3MZXV3B","kind":"DIAL","requested":1795750256237410,"number":"4930555778","by":"local:root (uid 0)","source":"api/v1","ended":1795750256248019,"outcome":"completed"}],["call.connected",{"agc_id":"M0001795750256237410","state":"talking","arrived":1795750256237410,"customer":"4930555778","lead":2,"connected":1795750256248019}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8DGWQ54PMB4AX7SKN5NAVB3","last_status":"SALE"}]]}','28bc1fe891a635516c5d5bdc8cb2f67aee038677bfd058dd2e495ea82ab9f5f3','ecd816896e583971543aa9d55e678f711ed31d6a2cedf9ddd3dc2d81931087b6');
INSERT INTO "journal" VALUES(31,1795750256253599,'recording_file.started','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQKXVMTYNFH8F2DYENJF","input":{"name":"20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1"},"events":[["recording.started",{"id":"20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750256253599}]]}','469808c74cca886ceb5c4837bc8259852596901b4c042370841f90a9e21eb391','6d57d357e8acb8f580e4216c693e82aa7cd571f4168f43bf70908c49b632305f');
INSERT INTO "journal" VALUES(32,1795750256311643,'leg.left','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQNQ3W1GCE04FB8CEEVE","input":{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"}}','466f33c218f9823d510ef2c171ca46a733f51abd87ad49cdc41bbf54d6d64c84','7b077b18c866ee07062810f3cba560060b7020dfa876b55e898b88ae38c1161a');
INSERT INTO "journal" VALUES(33,1795750256312997,'leg.destroyed','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQNR08RMRF92715R4GZH","input":{"leg":"01M8DGWQKGRQGFTXCP1KHE8N39","cause":16},"asked":[["recording.stop",{"name":"20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1"}],["bridge.remove",{"leg":"1795750253.0","bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"}]],"events":[["call.ended",{"agc_id":"M0001795750256237410","state":"ended","arrived":1795750256237410,"customer":"4930555778","agent":null,"lead":2,"connected":1795750256248019,"ended":1795750256312997,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','183c3e56e1d69d56e9ff6bdebfce202436c64f458af28c53837333eea0adc520','edce0004b54cd4775fe3546db40977f4276acdba3cd4c4883d87ab4d5266707f');
INSERT INTO "journal" VALUES(34,1795750256315040,'recording_file.finished','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQNVXDF0ESB2B33RC6K1","input":{"name":"20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1"},"asked":[["recording.measure",{"name":"20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1"}]],"events":[["recording.finished",{"id":"20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750256253599,"ended":1795750256315040}]]}','a5205dc07cb706e8f687882b2aa1086ad21e97b8e6f107e95121c063d67d3723','f494e9254269a20b42712e1ac8526de9d27f37e70db5d36798ba70c9e5d01b47');
INSERT INTO "journal" VALUES(35,1795750256315895,'leg.left','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQNVAYSTP6S10CBJ43QH","input":{"leg":"1795750253.0","bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"},"asked":[["channel.play_silence",{"leg":"1795750253.0","on":true}],["bridge.destroy",{"bridge":"room-01M8DGWQKDP599T1CEPHVA3JPJ"}]]}','22e20bcc67ac5b99dfb8f2e9f60c9292cb51b78877928da59240b031d96b6cce','f78201e7099444cfea7a4cb900c03c68c89585c52796e67d2d31bcc64881ce3d');
INSERT INTO "journal" VALUES(36,1795750256317254,'recording_file.measured','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQNXKZ03SE9M98MVMWGY","input":{"name":"20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1","path":"/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1.wav","bytes":1004,"length":60,"sha256":"b894116ca9dc99c667340512c1bb183cb1d9d29a2544d7ccd43cf5d09641224b","mended":false},"events":[["recording.kept",{"id":"20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795750256253599,"ended":1795750256315040,"bytes":1004,"length_ms":60}]]}','c2aa09d0a3a0429d96e0a2956445dac5560724bab224816b01e1fc7a21cdbabd','d5db32f4ecf07c762663ce65549a815e7ebc2b034c60d4a11bbf21346eb096b8');
INSERT INTO "journal" VALUES(37,1795750256448267,'command.requested','01M8DGWQKDP599T1CEPHVA3JPJ','1003','{"core":13,"base":"01M8DGWQT02VA0Y3QD87HBXJVM","input":{"receipt":"01M8DGWQT0KRHSSJEY1VWA4VN8","command":{"kind":"STATUS","agent":"1003","status":"NA","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8DGWQT0KRHSSJEY1VWA4VN8","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8DGWQT0KRHSSJEY1VWA4VN8","kind":"STATUS","status":"NA","by":"local:root (uid 0)","source":"api/v1","ended":1795750256448267,"outcome":"completed"}],["disposition.entered",{"status":"NA","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"NA"}]]}','6f00f5580a0dbf59dc46dd7500bd5b5b0c5e2d2dceb08294d4aa4229a87d42a4','feada94d7566f4a856061563e25fd81543290b2d5e1904c0ec20744b203f29d6');
INSERT INTO "journal" VALUES(38,1795750256553956,'command.requested','','','{"core":13,"base":"01M8DGWQX9THAW4YPS3PNXNHZK","input":{"receipt":"01M8DGWQX9ZK7K66B4PRNPN112","command":{"kind":"DIALLER_START","campaign":"TESTCAMP"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8DGWQX9ZK7K66B4PRNPN112","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8DGWQX9ZK7K66B4PRNPN112","kind":"DIALLER_START","by":"local:root (uid 0)","source":"api/v1","ended":1795750256553956,"outcome":"completed"}],["dialler.started",{"campaign":"TESTCAMP","running":true,"by":"local:root (uid 0)"}]]}','e8aae347ea69cfad65a39b71e7903f188fc2895e70da63b555dbe5fc42edc517','3986845c8b2b653b3f3fa7ffc1800b8d7ea8e6cd3fb63ec68ef5dd8f9467fd22');
INSERT INTO "journal" VALUES(39,1795750256811479,'pacing.decided','01M8DGWR5B21TPKA1EFMCB1MS8','','{"core":13,"base":"01M8DGWR5B21TPKA1EFMCB1MS7","input":{"campaign":"TESTCAMP","begin":[{"lead":3,"list_id":"200","number":"81311112222","caller_id":"4930999888","zones":"Asia/Tokyo","open_until":1796482800000000,"source":"list","passes":0,"due_callback":null}],"give_up":[],"ready":1,"in_flight":0,"threshold":100,"risk":0},"asked":[["channel.originate",{"leg":"01M8DGWR5B21TPKA1EFMCB1MS9","endpoint":"PJSIP/81311112222@trunk","caller":"4930999888","call":"01M8DGWR5B21TPKA1EFMCB1MS8","timeout":43,"harbour":"vm-nobodyavail","number":"81311112222","optout":"9"}]],"events":[["call.calling",{"agc_id":"V0001795750256811479","state":"calling","arrived":1795750256811479,"customer":"81311112222","agent":null,"lead":3}]]}','2aca78e80ab9b0ce29cb086d9dd103c093d400ac0c9167ad1c4d58673a5a9840','3830171cfc8ea3020814fce0558951fb0e4083ce1a40005ce836234ad4687ba7');
INSERT INTO "journal" VALUES(40,1795750256821521,'leg.answered','01M8DGWR5B21TPKA1EFMCB1MS8','','{"core":13,"base":"01M8DGWR5ND84TMY8Q5DZZ0KP8","input":{"leg":"01M8DGWR5B21TPKA1EFMCB1MS9"}}','65065e4aea7198d707b9f25e627d289883e3c2f8d813655f57d3601684a72101','5272f82b98da2620c19636d35885a8ed73a73e5ce3ceda560bf24b63bf165436');
INSERT INTO "journal" VALUES(41,1795750256823225,'leg.arrived','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWR5QV850J41M5QZXJSPT","input":{"leg":"01M8DGWR5B21TPKA1EFMCB1MS9","args":["auto"],"number":"4930999888","dialled":"s","call":"01M8DGWR5B21TPKA1EFMCB1MS8","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["bridge.create",{"bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"}],["bridge.add",{"leg":"01M8DGWR5B21TPKA1EFMCB1MS9","bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"}],["channel.play_silence",{"leg":"1795750253.0","on":false}],["bridge.add",{"leg":"1795750253.0","bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"}]],"events":[["call.ringing",{"agc_id":"V0001795750256811479","state":"ringing_agent","arrived":1795750256811479,"customer":"81311112222","lead":3}],["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8DGWQKDP599T1CEPHVA3JPJ","last_status":"NA"}]]}','3d1ac300e61a3a9adc0026249541a23d002b808aa8c825feb1050116dbfb60bd','fda580cc7213f34e10975a9efaf984a78511a43f0dac5173c2848371eda8a87c');
INSERT INTO "journal" VALUES(42,1795750256827603,'leg.joined','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWR5V5JC7VCX8BASH7TSR","input":{"leg":"01M8DGWR5B21TPKA1EFMCB1MS9","bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"}}','14fd7da3779a72d5c36b34c4f9369fca602b31591bb1ab060b78512f995117c9','bf33e0e34509b7a44421ec4b96bce6323adb605b30851aab654b88c657fda195');
INSERT INTO "journal" VALUES(43,1795750256829160,'leg.joined','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWR5X2PB0E4Z3X3ZYZA30","input":{"leg":"1795750253.0","bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"},"asked":[["channel.whisper",{"leg":"01M8DGWR5X2PB0E4Z3X3ZYZA32","to":"1795750253.0"}],["recording.start",{"name":"20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1","bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"}]],"events":[["call.connected",{"agc_id":"V0001795750256811479","state":"talking","arrived":1795750256811479,"customer":"81311112222","lead":3,"connected":1795750256829160}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8DGWQKDP599T1CEPHVA3JPJ","last_status":"NA"}]]}','7d8b51f1f539916765c7b3a83d089f8fcc03c8e61b3368b6aab67df0d5601eb4','5f8e496dd782b190734acc891d8b97dab0eee2a3dc346b356ade01bcc3371b6f');
INSERT INTO "journal" VALUES(44,1795750256832440,'leg.arrived','','1003','{"core":13,"base":"01M8DGWR6021J77HQ6XP9HKFJC","input":{"leg":"01M8DGWR5X2PB0E4Z3X3ZYZA32","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8DGWR5X2PB0E4Z3X3ZYZA32","media":"sound:beep","play":""}]]}','2384ce28f669458043ca4df267fabdd944beda828173ba97ea89896eb384f737','ec1b37403cdbea3b2aa4d7ba9c88b41c09def4b3248268a32af4b68709acc5df');
INSERT INTO "journal" VALUES(45,1795750256834136,'recording_file.started','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWR62472YTFY85CGNQ63T","input":{"name":"20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1"},"events":[["recording.started",{"id":"20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750256834136}]]}','c6222dccd21cac90b1f1d2f10739a3776234ac94beb0d4d44267fdfaddb478c7','10d6ac294c5a3706c1fa5c57db89a3822421bc134508664001bffbd285ab3828');
INSERT INTO "journal" VALUES(46,1795750256871538,'leg.left','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWR77FQZZTTCNJ0H79VMV","input":{"leg":"01M8DGWR5B21TPKA1EFMCB1MS9","bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"}}','b3db5773d09308fa5460a40290954a241d910ab6b8fcaf256c51dbbb879111f2','2965486b679d475d32e46d4ce20425c726c706ff4e64c0a06e902bce02916d1c');
INSERT INTO "journal" VALUES(47,1795750256875303,'leg.destroyed','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWR7B7DN4844D1NXXPVYA","input":{"leg":"01M8DGWR5B21TPKA1EFMCB1MS9","cause":16},"asked":[["recording.stop",{"name":"20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1"}],["bridge.remove",{"leg":"1795750253.0","bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"}]],"events":[["call.ended",{"agc_id":"V0001795750256811479","state":"ended","arrived":1795750256811479,"customer":"81311112222","agent":null,"lead":3,"connected":1795750256829160,"ended":1795750256875303,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','79d236c3fe047a68147a3a5a2386b93811c470dd1e0f2a5b2f714d7cd2149cde','bd2cc0f08d3290a30479c346645aec4571cc6064d40fa0c62a1cb1c77d5410ca');
INSERT INTO "journal" VALUES(48,1795750256878484,'recording_file.finished','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWR7EV7EFG3RYZHYD1MR5","input":{"name":"20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1"},"asked":[["recording.measure",{"name":"20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1"}]],"events":[["recording.finished",{"id":"20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750256834136,"ended":1795750256878484}]]}','b3cd355b7389bc2fc6d6341d5be1423b80339d4dc3bc792f4ba2fd01199aece7','ecc1455c0aef8ad3a2a06c027a8b7e5c8df84da17364c9cdf106139f04ec92a6');
INSERT INTO "journal" VALUES(49,1795750256880562,'leg.left','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWR7GNDH0CDKYFVB8BGH0","input":{"leg":"1795750253.0","bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"},"asked":[["channel.play_silence",{"leg":"1795750253.0","on":true}],["bridge.destroy",{"bridge":"room-01M8DGWR5B21TPKA1EFMCB1MS8"}]]}','5b3779668280d4e612c5147b1fa5e90f04e65474a609f38ccf36e8957fa4097c','195bb744f1e76feb0b40713d8c9f421f111cb4d42817101c837379021cbac45c');
INSERT INTO "journal" VALUES(50,1795750256883766,'recording_file.measured','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWR7K2KGZC19EYSNB32GF","input":{"name":"20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1","path":"/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1.wav","bytes":684,"length":40,"sha256":"b463a0a72914925063d4a0f8a40e07ca802dbab6143be33bfafc36c77d89aa97","mended":false},"events":[["recording.kept",{"id":"20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795750256834136,"ended":1795750256878484,"bytes":684,"length_ms":40}]]}','570720efe0193ba5aa58e9bc76768d71457c400051c9816fb693acc50da42a03','bd816a112bb433e5f1e8fc99188d17e74e5c879519e2a6e563c5f0951b098b0f');
INSERT INTO "journal" VALUES(51,1795750257014422,'command.requested','01M8DGWR5B21TPKA1EFMCB1MS8','1003','{"core":13,"base":"01M8DGWRBPPPJ7FZM0FE2CTQ6C","input":{"receipt":"01M8DGWRBPG697DBA3XK24G4MP","command":{"kind":"STATUS","agent":"1003","status":"SALE","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8DGWRBPG697DBA3XK24G4MP","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8DGWRBPG697DBA3XK24G4MP","kind":"STATUS","status":"SALE","by":"local:root (uid 0)","source":"api/v1","ended":1795750257014422,"outcome":"completed"}],["disposition.entered",{"status":"SALE","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"SALE"}]]}','f45802a85e2242620aae776d6facac63a86dc52e25d713079b8deee51d9da3fe','b8769d77182d7e7ee271f347a4b3ba4812bd58257ad943fd496776fd6f6af5c8');
INSERT INTO "journal" VALUES(52,1795750257017930,'pacing.decided','01M8DGWRBSNJTT43QX0KAJVTWA','','{"core":13,"base":"01M8DGWRBSNJTT43QX0KAJVTW9","input":{"campaign":"TESTCAMP","begin":[{"lead":4,"list_id":"200","number":"81311113333","caller_id":"4930999888","zones":"Asia/Tokyo","open_until":1796482800000000,"source":"list","passes":0,"due_callback":null}],"give_up":[],"ready":1,"in_flight":0,"threshold":100,"risk":0},"asked":[["channel.originate",{"leg":"01M8DGWRBSNJTT43QX0KAJVTWB","endpoint":"PJSIP/81311113333@trunk","caller":"4930999888","call":"01M8DGWRBSNJTT43QX0KAJVTWA","timeout":43,"harbour":"vm-nobodyavail","number":"81311113333","optout":"9"}]],"events":[["call.calling",{"agc_id":"V0001795750257017930","state":"calling","arrived":1795750257017930,"customer":"81311113333","agent":null,"lead":4}]]}','7581c36b99176988d08b7447d1cb0e46fd953e5178767563a111199a72fbf67f','fa60b81616e4fe1a4367b2de6029b6db425cb45850b89ed16f53c28f5c06f450');
INSERT INTO "journal" VALUES(53,1795750257027508,'leg.answered','01M8DGWRBSNJTT43QX0KAJVTWA','','{"core":13,"base":"01M8DGWRC3S5SXC09MHG3NZ6SF","input":{"leg":"01M8DGWRBSNJTT43QX0KAJVTWB"}}','a99c949691eefe1c12e3ccc4a8a3186221f02f30522983f1c467c1d6cd32e86e','64e3f40f666ff7c991d0ceac8a992ccc15c78d113fd313f45937436f2f4e0367');
INSERT INTO "journal" VALUES(54,1795750257028087,'leg.arrived','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRC4DP46TRAX7TTZM8FV","input":{"leg":"01M8DGWRBSNJTT43QX0KAJVTWB","args":["auto"],"number":"4930999888","dialled":"s","call":"01M8DGWRBSNJTT43QX0KAJVTWA","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["bridge.create",{"bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"}],["bridge.add",{"leg":"01M8DGWRBSNJTT43QX0KAJVTWB","bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"}],["channel.play_silence",{"leg":"1795750253.0","on":false}],["bridge.add",{"leg":"1795750253.0","bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"}]],"events":[["call.ringing",{"agc_id":"V0001795750257017930","state":"ringing_agent","arrived":1795750257017930,"customer":"81311113333","lead":4}],["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8DGWR5B21TPKA1EFMCB1MS8","last_status":"SALE"}]]}','4edff36bbcb944e6fe4daa9533a017fe24751c3bdb94eb94260bd58bafeb6d27','d51c7a11d5f26405bb5cd12299b285ef69d55e87950cfeb8c481f7e19d2657f7');
INSERT INTO "journal" VALUES(55,1795750257034343,'leg.joined','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRCA02347V3S1KASJR5K","input":{"leg":"1795750253.0","bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"}}','a38d7a56f4df316b0f11fe43c96241db0f1014cec0f773b4d550fd813b4810d2','bedc48fad6b8b05f9b5f0610083ab34330a05b06eea48f61e244e4926ccb39b8');
INSERT INTO "journal" VALUES(56,1795750257036312,'leg.joined','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRCCFN2JYCYYFRWJHDFB","input":{"leg":"01M8DGWRBSNJTT43QX0KAJVTWB","bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"},"asked":[["channel.whisper",{"leg":"01M8DGWRCCFN2JYCYYFRWJHDFD","to":"1795750253.0"}],["recording.start",{"name":"20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1","bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"}]],"events":[["call.connected",{"agc_id":"V0001795750257017930","state":"talking","arrived":1795750257017930,"customer":"81311113333","lead":4,"connected":1795750257036312}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M8DGWR5B21TPKA1EFMCB1MS8","last_status":"SALE"}]]}','de44bd8cefda191ef6abac099a5bab03eceaa01dc889aada6ec4d15ddf1481c8','4d9bf160569ec008e29d576d3a38de0d0e3ac2481633580cde0ee58812a00457');
INSERT INTO "journal" VALUES(57,1795750257039785,'leg.arrived','','1003','{"core":13,"base":"01M8DGWRCFYFANPW59WQDZZDBC","input":{"leg":"01M8DGWRCCFN2JYCYYFRWJHDFD","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8DGWRCCFN2JYCYYFRWJHDFD","media":"sound:beep","play":""}]]}','8986d14a80bb29bb01f38a7744a8063145ce5835cd76660bf215fc40ca3fcb9f','b1ba69e39988b0a0348108748c3c99c4818f0830cae474d3cdd3a6d94c6ba5e3');
INSERT INTO "journal" VALUES(58,1795750257041069,'recording_file.started','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRCHBYV6QS2NT842EZVF","input":{"name":"20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1"},"events":[["recording.started",{"id":"20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750257041069}]]}','3242da80f5ca0b1b20241b42fe0761df30081e5b2dc73a7f13945d7d30d06e0b','d3a90df99a8ebfb9a2c93afc9a3382d1c026dbceda6f16736d2a5f25ac6a8bc1');
INSERT INTO "journal" VALUES(59,1795750257071826,'leg.left','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRDFS1G1MGT52DE3P9KV","input":{"leg":"01M8DGWRBSNJTT43QX0KAJVTWB","bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"}}','ca1171b0394fcdc57cd07792cb7797c1f030e8f47992d7d3ef6474e91abef3ed','585583be909c36e386a2f7ea7fae1df1c3d05330df724d3d2dcdad56ca143bc5');
INSERT INTO "journal" VALUES(60,1795750257073382,'leg.destroyed','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRDHQCR53NREKT1CQCV9","input":{"leg":"01M8DGWRBSNJTT43QX0KAJVTWB","cause":16},"asked":[["recording.stop",{"name":"20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1"}],["bridge.remove",{"leg":"1795750253.0","bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"}]],"events":[["call.ended",{"agc_id":"V0001795750257017930","state":"ended","arrived":1795750257017930,"customer":"81311113333","agent":null,"lead":4,"connected":1795750257036312,"ended":1795750257073382,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','3eff15dbf79cb8593dd1af7188e0f12949081e16e4ea7e083bba0b2dee03e152','af31d678000dc41c86f4a2eba24bc2472c1a405071d138dd9ae78f6cb0adc1ec');
INSERT INTO "journal" VALUES(61,1795750257076312,'recording_file.finished','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRDMZ387BTFREHDW1KDP","input":{"name":"20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1"},"asked":[["recording.measure",{"name":"20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1"}]],"events":[["recording.finished",{"id":"20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750257041069,"ended":1795750257076312}]]}','84374340500c805fe36d5315c0f886f64898ced7b04b7204a3ef4f821fce137b','b600f8973b26df93c8b4495d245726f15db8ace458b3b94ceb156d85c42238b0');
INSERT INTO "journal" VALUES(62,1795750257078098,'leg.left','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRDP9RTTAWNK4MVXJPTB","input":{"leg":"1795750253.0","bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"},"asked":[["channel.play_silence",{"leg":"1795750253.0","on":true}],["bridge.destroy",{"bridge":"room-01M8DGWRBSNJTT43QX0KAJVTWA"}]]}','8fcb936a44160cca189dbcd7615c0b2bb79039fc8c799e4ed942e34e21aca791','7ca2bd00c2fb706934e7da9dce2590e0c9e698e751d14854beebe2145f030298');
INSERT INTO "journal" VALUES(63,1795750257080406,'recording_file.measured','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRDRRVMG9TTHBS7NPKTB","input":{"name":"20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1","path":"/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1.wav","bytes":684,"length":40,"sha256":"387d7aec1faaf10a38cdbaeaab8008c49d3145ffb53951698f7a13f447876bb3","mended":false},"events":[["recording.kept",{"id":"20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795750257041069,"ended":1795750257076312,"bytes":684,"length_ms":40}]]}','9dfcba8dc9e3f4fe9168f84ea0b4b9b9c0f5238be2a26ae0c78440e16f189a8a','9798d117261a607689ad246315c1293a302d1cd51babfdc2b5958d5fa9897cb2');
INSERT INTO "journal" VALUES(64,1795750257222590,'command.requested','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRJ6813BBVGRGN6KKDDR","input":{"receipt":"01M8DGWRJ6RV2V733CZ3T1YQX1","command":{"kind":"STATUS","agent":"1003","status":"NA","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8DGWRJ6RV2V733CZ3T1YQX1","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8DGWRJ6RV2V733CZ3T1YQX1","kind":"STATUS","status":"NA","by":"local:root (uid 0)","source":"api/v1","ended":1795750257222590,"outcome":"completed"}],["disposition.entered",{"status":"NA","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"NA"}]]}','0363cd87420dfbd2ce11762c1f169b577a251133c2c5e8b9d4f2cebad4a82f07','4aa9e03c77614250fae0f7c15825e3dd576beeb5430878ce5d8830c8eb336472');
INSERT INTO "journal" VALUES(65,1795750257257458,'leg.prompt_finished','','1003','{"core":13,"base":"01M8DGWRK9Z0AK3NRZ2N4XP6T7","input":{"leg":"01M8DGWR5X2PB0E4Z3X3ZYZA32","ok":true,"play":"bbbca8b5-f588-430a-bc4a-9d0d3d2ba03f"},"asked":[["channel.hang_up",{"leg":"01M8DGWR5X2PB0E4Z3X3ZYZA32"}]]}','8bc607fa02cb548307aff7c7073ba704c175119ad372fa9c7d920587f90f0930','a1b0d04f3f6d3b0362405f8837b33d8ebbfd4ac42296923a945435ff524bcf3d');
INSERT INTO "journal" VALUES(66,1795750257260051,'leg.destroyed','','1003','{"core":13,"base":"01M8DGWRKCQ65YVPWZM5F58MXB","input":{"leg":"01M8DGWR5X2PB0E4Z3X3ZYZA32","cause":0}}','6839d18620bb1c3178afb5b3ddd57e9e48539578702201414c904688d03c5c6c','7faf5c16dc6bc07a3668f40133815ae445169b10295c54b6f515c51b5fec3240');
INSERT INTO "journal" VALUES(67,1795750257344270,'command.requested','','','{"core":13,"base":"01M8DGWRP0R6ZPSSSPVJ9HEAXF","input":{"receipt":"01M8DGWRP0BQ9VFCH7YP3N65N0","command":{"kind":"DIALLER_STOP","campaign":"TESTCAMP"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8DGWRP0BQ9VFCH7YP3N65N0","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8DGWRP0BQ9VFCH7YP3N65N0","kind":"DIALLER_STOP","by":"local:root (uid 0)","source":"api/v1","ended":1795750257344270,"outcome":"completed"}],["dialler.stopped",{"campaign":"TESTCAMP","by":"local:root (uid 0)"}]]}','649c4ec6ae61db0b71f47c71ccc429bfefd41b826a1c92e000696ca88daec90b','a320b2423bc96fd45d22055a01839ebc4ba81b25b2bfcb1d807ccfe20224fd88');
INSERT INTO "journal" VALUES(68,1795750257464677,'leg.prompt_finished','','1003','{"core":13,"base":"01M8DGWRSRMCC221RTXYMVJXA3","input":{"leg":"01M8DGWRCCFN2JYCYYFRWJHDFD","ok":true,"play":"4a769774-fe48-4ce1-9eca-1ffc10d08233"},"asked":[["channel.hang_up",{"leg":"01M8DGWRCCFN2JYCYYFRWJHDFD"}]]}','93423bf93f4fa760305108004c91ec8586aa82a1451fb039db25581b9452bd49','c32da0868fd0a4d073b0ae4043a548c066a838cca97452b44d502f116d21dd44');
INSERT INTO "journal" VALUES(69,1795750257466803,'command.requested','01M8DGWRBSNJTT43QX0KAJVTWA','1003','{"core":13,"base":"01M8DGWRSTK1GBY18PD561GY2A","input":{"receipt":"01M8DGWRSTVFPXG122ZE8FTKJN","command":{"kind":"LOGOUT","agent":"1003"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["channel.hang_up",{"leg":"1795750253.0"}],["command.answer",{"receipt":"01M8DGWRSTVFPXG122ZE8FTKJN","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8DGWRSTVFPXG122ZE8FTKJN","kind":"LOGOUT","by":"local:root (uid 0)","source":"api/v1","ended":1795750257466803,"outcome":"completed"}],["agent.logged_out",{"state":"LOGGED_OUT","since":1795750257222590,"call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"NA"}]]}','f79fe32fb80e492bcfbdbfa15f1c5fc16c420df1a546f1f27cd018c388357290','20086bb75f12dfeec2b46caca0db75bc8f83c2072f6195fe6b91026a0acec3ae');
INSERT INTO "journal" VALUES(70,1795750257471498,'leg.destroyed','','1003','{"core":13,"base":"01M8DGWRSZJ41Q9BC8APM46CGD","input":{"leg":"01M8DGWRCCFN2JYCYYFRWJHDFD","cause":0}}','14e0783916f973ac495fe5bdc3a516b9cc5fb480fdac6efb3f31eca360544259','7ab3fa194d3454d0f42c8ac2fb97030a47325587d3a9d4915c0e55307eddfa9a');
INSERT INTO "journal" VALUES(71,1795750257473618,'leg.released','','1003','{"core":13,"base":"01M8DGWRT1ZJ6ZSNJC4XR4DTY3","input":{"leg":"1795750253.0","harbour":false,"answered":0,"message_at":0}}','4952e9edd6ff65f6b2e31bd2daee8bd50837f8518c4ae67a126bf35542ca883e','de68b0c5e1fa6e178c5f91be8e252cc1f19808ccd3a61d92f86982df88512c73');
INSERT INTO "journal" VALUES(72,1795750257562374,'leg.arrived','','1001','{"core":13,"base":"01M8DGWRWTK971N6P37XDANK06","input":{"leg":"1795750257.15","args":["login","1001"],"number":"1001","dialled":"s","call":"","session":"01M8DGWRWMTD9BKKCSNDWR1H9V","up":false,"why":["phone: 1001 is agent 1001''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.answer",{"leg":"1795750257.15"}],["channel.play",{"leg":"1795750257.15","media":"sound:agent-loginok","play":"login-1795750257.15"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','ab9d8492391e1efa6c937231e6d1be9ba482463566cfd8ebcbbd50a4d5598aaf','fd2656e965a578a0eb06d845afe2519349058c811847fad49b28d803652aff5b');
INSERT INTO "journal" VALUES(73,1795750257564852,'leg.answered','','1001','{"core":13,"base":"01M8DGWRWW4B7QWYPC598J4RNG","input":{"leg":"1795750257.15"}}','ea0cd2174f34980efd4b09a71646cccc06a7c97fa30f3187daec5c90e79a58a6','cceb29156668e640fd8d27df67ed03b939d670b9c04d48e6019d6536420ad382');
INSERT INTO "journal" VALUES(74,1795750259310775,'leg.prompt_finished','','1001','{"core":13,"base":"01M8DGWTKEYBPFYV3PZ68VNF4N","input":{"leg":"1795750257.15","ok":true,"play":"login-1795750257.15"},"asked":[["channel.play_silence",{"leg":"1795750257.15","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','eb6dd12ad58edd027c67ff7e6ddcc4c11df2486ecc1ea666517e7ad05e27e89c','b6b9c1a18c56ac37c27bf6dc92bb5c650a5a38e26ced7911f04ed8b9b4902e38');
INSERT INTO "journal" VALUES(75,1795750259405744,'leg.arrived','01M8DGWTP3Z53RR3XFWHZN3014','1001','{"core":13,"base":"01M8DGWTPDN9MF67M65H2863E1","input":{"leg":"1795750259.16","args":["ingroup","SALESLINE"],"number":"493012345671","dialled":"8005550100","call":"01M8DGWTP3Z53RR3XFWHZN3014","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":"trunk"},"asked":[["lead.find",{"call":"01M8DGWTP3Z53RR3XFWHZN3014","number":"493012345671","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795750259.16"}],["bridge.create",{"bridge":"room-01M8DGWTP3Z53RR3XFWHZN3014"}],["bridge.add",{"leg":"1795750259.16","bridge":"room-01M8DGWTP3Z53RR3XFWHZN3014"}],["channel.play_silence",{"leg":"1795750257.15","on":false}],["bridge.add",{"leg":"1795750257.15","bridge":"room-01M8DGWTP3Z53RR3XFWHZN3014"}]],"events":[["call.ringing",{"agc_id":"Y0001795750259405744","state":"ringing_agent","arrived":1795750259405744,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','21ca9d7a883a692567dc1d5c1adb67feac6ca2bf36d2f0c4ed13b85bd8d61c7d','1b540341cab00fc2f45f10e74ae85a60704d387158f2a116f142a94612c8bc5e');
INSERT INTO "journal" VALUES(76,1795750259410027,'leg.answered','01M8DGWTP3Z53RR3XFWHZN3014','1001','{"core":13,"base":"01M8DGWTPJRYQ2VVF90FBPKJ8A","input":{"leg":"1795750259.16"}}','323dc8b3c9e60016c7304f6692e15094f50e24ac67a7699aa3f5bddead8f4ea6','bf7fd727deb6706a43f5360c4eae4f497c50e466467c036fbf7f3bab3a536ec4');
INSERT INTO "journal" VALUES(77,1795750259425415,'leg.joined','01M8DGWTP3Z53RR3XFWHZN3014','1001','{"core":13,"base":"01M8DGWTQ119EDDKBJM4KB58PJ","input":{"leg":"1795750259.16","bridge":"room-01M8DGWTP3Z53RR3XFWHZN3014"}}','13aa4fd39e411a6db97cce370bb38aef53721fabbd7e2cb1832c6e01e0ccf092','4618ab7c26cf0fa95abf75772558b7bcb36db4a3909b3bd3353eb18b81fb462b');
INSERT INTO "journal" VALUES(78,1795750259425707,'leg.joined','01M8DGWTP3Z53RR3XFWHZN3014','1001','{"core":13,"base":"01M8DGWTQ1R2W8NTQEP3SSENJ6","input":{"leg":"1795750257.15","bridge":"room-01M8DGWTP3Z53RR3XFWHZN3014"},"asked":[["channel.whisper",{"leg":"01M8DGWTQ1R2W8NTQEP3SSENJ8","to":"1795750257.15"}],["recording.start",{"name":"20261127-033059_493012345671_01M8DGWTP3Z53RR3XFWHZN3014-1","bridge":"room-01M8DGWTP3Z53RR3XFWHZN3014"}]],"events":[["call.connected",{"agc_id":"Y0001795750259405744","state":"talking","arrived":1795750259405744,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100","connected":1795750259425707}],["agent.in_call",{"state":"INCALL","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','890596f61fbc5eb196d76dd32507cef6e2bfdfa289087d16ef5fc8afb5eceb53','cf8f41386a47f421ca36d9ff3d165e6269df829ce0fb696707721d7b1a6b4fd4');
INSERT INTO "journal" VALUES(79,1795750259426450,'lead.found','01M8DGWTP3Z53RR3XFWHZN3014','1001','{"core":13,"base":"01M8DGWTQ2ST5YJ7BRFNQ2Q6VW","input":{"call":"01M8DGWTP3Z53RR3XFWHZN3014","lead":5},"events":[["call.updated",{"agc_id":"Y0001795750259405744","state":"talking","since":1795750259425707,"arrived":1795750259405744,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795750259425707}]]}','0018d9178487d1f96713e4ba81abf8bf87ef204f4b23d677390deec0f794b980','3a786b049a94b0aae55fe6ca9194d63c9b31befc3199e179588d3d6828a82538');
INSERT INTO "journal" VALUES(80,1795750259430616,'leg.arrived','','1001','{"core":13,"base":"01M8DGWTQ6GBJBEPAPFMNQ1JY8","input":{"leg":"01M8DGWTQ1R2W8NTQEP3SSENJ8","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8DGWTQ1R2W8NTQEP3SSENJ8","media":"sound:beep","play":""}]]}','26f4072afe88b4e91b997773408254bd2596490e5d64c4c8550afb0fc6ca7032','00d5108a6be028c65b51e44bace6bc49ab6c1da6059e3681c3d9bc616b8f8960');
INSERT INTO "journal" VALUES(81,1795750259432187,'recording_file.started','01M8DGWTP3Z53RR3XFWHZN3014','1001','{"core":13,"base":"01M8DGWTQ82YY5CV7DP4YRFTSG","input":{"name":"20261127-033059_493012345671_01M8DGWTP3Z53RR3XFWHZN3014-1"},"events":[["recording.started",{"id":"20261127-033059_493012345671_01M8DGWTP3Z53RR3XFWHZN3014-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750259432187}]]}','b0290751b43589a9678ad19b2064bdb426d7aaaaa55496786832375d71b1b379','26642c600ea095758ae50ddeaa822e8bcba68bfccb959a2c19f8d074bbb42235');
INSERT INTO "journal" VALUES(82,1795750259499503,'leg.arrived','','1002','{"core":13,"base":"01M8DGWTSB9RJ1DZZC7ZSFDXBM","input":{"leg":"1795750259.20","args":["login","1002"],"number":"1002","dialled":"s","call":"","session":"01M8DGWTS4P2HGDV9YADFSJ1FH","up":false,"why":["phone: 1002 is agent 1002''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.answer",{"leg":"1795750259.20"}],["channel.play",{"leg":"1795750259.20","media":"sound:agent-loginok","play":"login-1795750259.20"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','e1a4c93e238cb0d5ee7ce7eca3291fe82a6c090ed879b01ae435400dfa9c0f60','016b99694e67b41d22358cfe76a711487ae0b42fdb9bd0ae649f38e6eb278b43');
INSERT INTO "journal" VALUES(83,1795750259502211,'leg.answered','','1002','{"core":13,"base":"01M8DGWTSE2VT516BS0RZ4XK1C","input":{"leg":"1795750259.20"}}','a8efcba8f6294c5df9c6c2cfe0a410f8845a659b19c6ddde632c0a5ec7847055','ecd4ada8e5fd386338763653a3bf3d5b58013a5c600cbe7d6ca85e64eab3e4e1');
INSERT INTO "journal" VALUES(84,1795750259855796,'leg.prompt_finished','','1001','{"core":13,"base":"01M8DGWV4FW52A1JNH6VC12A38","input":{"leg":"01M8DGWTQ1R2W8NTQEP3SSENJ8","ok":true,"play":"b0633ede-61e2-411e-a536-bec1bfa85443"},"asked":[["channel.hang_up",{"leg":"01M8DGWTQ1R2W8NTQEP3SSENJ8"}]]}','5121d9edc2c7c38776c1b4b04445677ea6d73843ba2b9b57372a8eaf382097d2','043521bc3a4f1826faf92f0452cdedb764849086d036ba1a5c068e4bcd4f4ec6');
INSERT INTO "journal" VALUES(85,1795750259858202,'leg.destroyed','','1001','{"core":13,"base":"01M8DGWV4JDYG0HPCTVQVAH9RS","input":{"leg":"01M8DGWTQ1R2W8NTQEP3SSENJ8","cause":0}}','7a36046397b2b067843bd40261fada9a9babb67140c6d78abf5c115566b6cfb6','9d18ee3baab56d6d1d170f66c0006363f6c3d5d6adbbead2c76535e666df7cb9');
INSERT INTO "journal" VALUES(86,1795750261248189,'leg.prompt_finished','','1002','{"core":13,"base":"01M8DGWWG0XKKEFYR66XQZGX0V","input":{"leg":"1795750259.20","ok":true,"play":"login-1795750259.20"},"asked":[["channel.play_silence",{"leg":"1795750259.20","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','34a2a0e7ff4e8a2491f69cf019f075c3b7d1f51f3cf2c738ba29f187fb63e555','1adb864af481a3198c6f9d229837a1a5f5720d13647820b239de86d77fbea1c1');
INSERT INTO "journal" VALUES(87,1795750261326423,'leg.arrived','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWJESS7D6TA8P0GQFPR1","input":{"leg":"1795750261.21","args":["ingroup","SALESLINE"],"number":"493012345672","dialled":"8005550100","call":"01M8DGWWJ7WHAR1GCA0PY4ESRD","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":"trunk"},"asked":[["lead.find",{"call":"01M8DGWWJ7WHAR1GCA0PY4ESRD","number":"493012345672","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795750261.21"}],["bridge.create",{"bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD"}],["bridge.add",{"leg":"1795750261.21","bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD"}],["channel.play_silence",{"leg":"1795750259.20","on":false}],["bridge.add",{"leg":"1795750259.20","bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD"}]],"events":[["call.ringing",{"agc_id":"Y0001795750261326423","state":"ringing_agent","arrived":1795750261326423,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','ac42576bf820df3d2dd32a386058e96cb03c9a3c29d137323cf20b291528f846','c7b530c7127956ad4ac1d9382464e19ba1f301ac24e33e63dd67d96001458898');
INSERT INTO "journal" VALUES(88,1795750261330254,'leg.answered','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWJJ4PVGW1PCMQVRSE0J","input":{"leg":"1795750261.21"}}','dcfe2d2ce27a781c3913d796a82ecd6f740f79b8116981d60449184ed605db85','00af44728f5bc65c56483bb925a88f0e033510d4808ecd5321a0d1083911fd77');
INSERT INTO "journal" VALUES(89,1795750261333105,'lead.found','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWJN8RRA2GQD37VH43DG","input":{"call":"01M8DGWWJ7WHAR1GCA0PY4ESRD","lead":6},"events":[["call.updated",{"agc_id":"Y0001795750261326423","state":"ringing_agent","since":1795750261326423,"arrived":1795750261326423,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100","lead":6}]]}','a36562856ed7d2dfe6a48207d9dbeba8926aec09259941eadfca402112be14d0','4a2f3aa907c6e01b8ffbde9c0b068772b93a181c05b68ed9f3b66104facd0418');
INSERT INTO "journal" VALUES(90,1795750261334882,'leg.joined','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWJPAS4AGQSFBCN0GNGK","input":{"leg":"1795750259.20","bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD"}}','1a4ebe8484309a40a06740ee6305cfbeea3262171046aa06baa85be4b10e800c','4a9cfa0088ee6e1184c9de531f57970826b13f29f7976ba9b14a0688ad077cdd');
INSERT INTO "journal" VALUES(91,1795750261335195,'leg.joined','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWJQ8YQ2HDNC4A94DDJJ","input":{"leg":"1795750261.21","bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD"},"asked":[["channel.whisper",{"leg":"01M8DGWWJQ8YQ2HDNC4A94DDJM","to":"1795750259.20"}],["recording.start",{"name":"20261127-033101_493012345672_01M8DGWWJ7WHAR1GCA0PY4ESRD-1","bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD"}]],"events":[["call.connected",{"agc_id":"Y0001795750261326423","state":"talking","arrived":1795750261326423,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100","lead":6,"connected":1795750261335195}],["agent.in_call",{"state":"INCALL","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','9a4fe4d7b510b2ffe1fef726d0972f0c3149dfc9292c17d938d63f26920653d1','ef2cbc9592c6db7d659d662eebeffbd4a9fa662b4d41bbfdf9720a35517a01cd');
INSERT INTO "journal" VALUES(92,1795750261337669,'leg.arrived','','1002','{"core":13,"base":"01M8DGWWJSK38JT9NKHFTJJ3XM","input":{"leg":"01M8DGWWJQ8YQ2HDNC4A94DDJM","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8DGWWJQ8YQ2HDNC4A94DDJM","media":"sound:beep","play":""}]]}','bfc0bf1b76c9d50134d702adc286f1549e337cab476db1d010c0739e60288a15','c4fd980df61f1ad082fd0a830e61f3dd59e9f265eec3bf097768a5ad6b8d652d');
INSERT INTO "journal" VALUES(93,1795750261339592,'recording_file.started','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWJV4ERX6BC3WGZWHBKM","input":{"name":"20261127-033101_493012345672_01M8DGWWJ7WHAR1GCA0PY4ESRD-1"},"events":[["recording.started",{"id":"20261127-033101_493012345672_01M8DGWWJ7WHAR1GCA0PY4ESRD-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750261339592}]]}','9705ffc037ea3313ba5f84829a71f2144a045d09070b19fd59e61ea5c37b50a4','187903b3e17685090eaa7b5ea794a4c868e19950513657667763ced94a2dcfea');
INSERT INTO "journal" VALUES(94,1795750261491399,'command.requested','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWQKC3GRGJ99MA9TNS7G","input":{"receipt":"01M8DGWWQK45SFKVR3HBGTRT8J","command":{"kind":"DIAL_WITH_CUSTOMER","agent":"1002","call":"01M8DGWWJ7WHAR1GCA0PY4ESRD","number":"4930555123"},"by":"6666","source":"test"},"asked":[["dial.check",{"check":"01M8DGWWQK45SFKVR3HBGTRT8J","agent":"1002","campaign":"TESTCAMP","number":"4930555123","readings":["4930555123"],"at":1795750261491399,"since":0,"callback":"","leads":"","lead":0}]]}','5c8de2e8e37084c030a43b662781435c68d68e0878fc9ad63eebb26c8b71f33c','d9e1483d1ce4f2954ca07137a32e6942e1770c5fa9dd68477869186cfe71e5bc');
INSERT INTO "journal" VALUES(95,1795750261493145,'dial.checked','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWQNZYVBX4MNCYMZHFRF","input":{"check":"01M8DGWWQK45SFKVR3HBGTRT8J","agent":"1002","facts":{"listed":"","dialled":0,"callback":null,"problem":"","lead":null}},"asked":[["channel.create",{"leg":"01M8DGWWQNZYVBX4MNCYMZHFRG","endpoint":"PJSIP/4930555123@trunk","caller":"4930999888","call":"01M8DGWWJ7WHAR1GCA0PY4ESRD","name":"","headers":[]}]],"events":[["command.started",{"id":"01M8DGWWQK45SFKVR3HBGTRT8J","kind":"DIAL_WITH_CUSTOMER","number":"4930555123","by":"6666","source":"test","step":"begun"}],["call.updated",{"agc_id":"Y0001795750261326423","state":"talking","since":1795750261335195,"arrived":1795750261326423,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":6,"connected":1795750261335195}]]}','9791398e53aebbf9f8d66dc9f474a5562775a8df85416eeb16a358c32631b25e','856a5db81244ed7562479fd87949a4f5651080c783994d8e1fbca433f51ac6aa');
INSERT INTO "journal" VALUES(96,1795750261497675,'leg.arrived','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWQSMTQRYVQ9K8W8QCYK","input":{"leg":"01M8DGWWQNZYVBX4MNCYMZHFRG","args":["made"],"number":"","dialled":"s","call":"01M8DGWWJ7WHAR1GCA0PY4ESRD","session":"","up":false,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.deafen",{"leg":"01M8DGWWQNZYVBX4MNCYMZHFRG","on":true}],["bridge.add",{"leg":"01M8DGWWQNZYVBX4MNCYMZHFRG","bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD"}],["channel.dial",{"leg":"01M8DGWWQNZYVBX4MNCYMZHFRG","timeout":20}]]}','e0bf8a47e70b3d3cae1d2504e74b985fa551c9b274c67a571a37e3dfb1817609','cabdce1003a4388e7cb697c4f14a3659fc708de5af2d8bce3735a4a0fd11a79f');
INSERT INTO "journal" VALUES(97,1795750261499554,'leg.joined','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWQVPNWD0PQR0XG7P8YR","input":{"leg":"01M8DGWWQNZYVBX4MNCYMZHFRG","bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD"}}','202996dadba38c95d80cf662dcc1c6d176b37a0af1ef12107e577e41be1c26e7','21be5d888fdc39e52e6b04efa169cfd4e920b338722c73affcc797a3993c79d2');
INSERT INTO "journal" VALUES(98,1795750261501621,'action.completed','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWQXFE0C86X4G1VDEPX5","input":{"action":{"leg":"01M8DGWWQNZYVBX4MNCYMZHFRG","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M8DGWWQK45SFKVR3HBGTRT8J","why":"","refused":false,"of":""}]],"events":[["call.third_dialing",{"agc_id":"Y0001795750261326423","state":"dialing","arrived":1795750261326423,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":6,"connected":1795750261335195}],["command.dialing",{"id":"01M8DGWWQK45SFKVR3HBGTRT8J","kind":"DIAL_WITH_CUSTOMER","requested":1795750261493145,"number":"4930555123","by":"6666","source":"test","step":"dialling"}]]}','0352aa7f34885ea1bb95fc1b6881118493a8d7ef42a4025f2e6d30bb53bc544f','7affdaec13aadfdb3f2aec9980ca225b6ffbe7ea136da415f750c64ca35f1bd7');
INSERT INTO "journal" VALUES(99,1795750261505751,'leg.answered','01M8DGWWJ7WHAR1GCA0PY4ESRD','1002','{"core":13,"base":"01M8DGWWR1P0DM1EW8QBRYXY79","input":{"leg":"01M8DGWWQNZYVBX4MNCYMZHFRG"},"asked":[["channel.deafen",{"leg":"01M8DGWWQNZYVBX4MNCYMZHFRG","on":false}]],"events":[["command.completed",{"id":"01M8DGWWQK45SFKVR3HBGTRT8J","kind":"DIAL_WITH_CUSTOMER","requested":1795750261493145,"number":"4930555123","by":"6666","source":"test","ended":1795750261505751,"outcome":"completed"}],["call.three_way",{"agc_id":"Y0001795750261326423","state":"three_way","arrived":1795750261326423,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":6,"connected":1795750261335195}],["agent.three_way",{"state":"3-WAY","since":1795750261335195,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','1f794d4c550c11839c4471fd27cc0a1090794610fa93c920eb3223c5cda28271','80ff6ae742fe26ef04633fafe31d1a8b88cc9ad1608ec6c94ad897ceaa99f27f');
INSERT INTO "journal" VALUES(100,1795750261565732,'leg.arrived','','1000','{"core":13,"base":"01M8DGWWSXWX1VVM0RSQRR9DFD","input":{"leg":"1795750261.26","args":["login","1000"],"number":"1000","dialled":"s","call":"","session":"01M8DGWWSRKB27X6FR5QCX0QBG","up":false,"why":["phone: 1000 is agent 1000''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.answer",{"leg":"1795750261.26"}],["channel.play",{"leg":"1795750261.26","media":"sound:agent-loginok","play":"login-1795750261.26"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','92e55b578764226f3f7d1d3c11f83680da78d5836141484b2f80b52146d329fe','8cb59ab69ece739f67f4aa864c86bce4f9307fab5a8509ab14c7693e4d6c9ecc');
INSERT INTO "journal" VALUES(101,1795750261569008,'leg.answered','','1000','{"core":13,"base":"01M8DGWWT105GJ9128XJHWSMGE","input":{"leg":"1795750261.26"}}','7a3937039d267f1a7421456378868eeb51be8024b6003dc5e221a160521708ec','6c52c124efc24300a44710542dca58b85e704d98f94a3930ff82a6e1470ae6b8');
INSERT INTO "journal" VALUES(102,1795750261762666,'leg.prompt_finished','','1002','{"core":13,"base":"01M8DGWX02J2RVNAGE3SD5VH8F","input":{"leg":"01M8DGWWJQ8YQ2HDNC4A94DDJM","ok":true,"play":"0c2ceec5-68f3-487a-98dd-fdad02e9c954"},"asked":[["channel.hang_up",{"leg":"01M8DGWWJQ8YQ2HDNC4A94DDJM"}]]}','95eb7e874036d04e9db431a3c63e4b643a3f0302837f566878e15cb8c9a1f958','7d96a0bc2335853aa6e5725a997eff017058b58bb6d8db52f97715492b341c32');
INSERT INTO "journal" VALUES(103,1795750261764448,'leg.destroyed','','1002','{"core":13,"base":"01M8DGWX04HHV9WGZ3NCF1QCW8","input":{"leg":"01M8DGWWJQ8YQ2HDNC4A94DDJM","cause":0}}','8fd4b4656167cb68bda43ff388e7d219ea960e5c5bbe2ffbdefc505d524d1972','285fd275b0b79f95b6891e3882db03ca75e6c9a561201c820d29b34e18a67bb2');
INSERT INTO "journal" VALUES(104,1795750263314511,'leg.prompt_finished','','1000','{"core":13,"base":"01M8DGWYGJJAKDBVW54296F180","input":{"leg":"1795750261.26","ok":true,"play":"login-1795750261.26"},"asked":[["channel.play_silence",{"leg":"1795750261.26","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','b55e76e727b6aa1951f014e72f9c97bd6c9592680faa46c845243d6c950d722b','43536ed885701fdbf6079af0ab4d3b4cf463cfa7154a99b0c6e3883d391312c6');
INSERT INTO "journal" VALUES(105,1795750263414479,'leg.arrived','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYKPZ99C8R9BPBPKRFC6","input":{"leg":"1795750263.27","args":["ingroup","SALESLINE"],"number":"493012345670","dialled":"8005550100","call":"01M8DGWYKACGD0ERPTQFP7GEQ9","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":"trunk"},"asked":[["lead.find",{"call":"01M8DGWYKACGD0ERPTQFP7GEQ9","number":"493012345670","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795750263.27"}],["bridge.create",{"bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}],["bridge.add",{"leg":"1795750263.27","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}],["channel.play_silence",{"leg":"1795750261.26","on":false}],["bridge.add",{"leg":"1795750261.26","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}]],"events":[["call.ringing",{"agc_id":"Y0001795750263414479","state":"ringing_agent","arrived":1795750263414479,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','339770fb247c52825439998d400fe59f28def6065900beba01705b4946ef78ef','254ae3c8b2b2fc340483dcdc040c4333a7a78c50faefa3dc1781eb16e9066cce');
INSERT INTO "journal" VALUES(106,1795750263420856,'leg.answered','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYKW7ZA7S59TVG3MX95S","input":{"leg":"1795750263.27"}}','b4d0eb8e64284f9d330ff6ddb1e977ade99c30144793f8619ba038460e41f3d8','6922e99e53d1f40411a9aba918089af7708cb60054a8f94f9a5bf5385d89bb7b');
INSERT INTO "journal" VALUES(107,1795750263421485,'lead.found','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYKXJ93BS7HYGEGM4YYE","input":{"call":"01M8DGWYKACGD0ERPTQFP7GEQ9","lead":7},"events":[["call.updated",{"agc_id":"Y0001795750263414479","state":"ringing_agent","since":1795750263414479,"arrived":1795750263414479,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100","lead":7}]]}','9cee915007a77821006323e6c5af8ff88bf72c28b3fc9169bae6eae83cd79f56','00e7b1efdc5a916d74730802df3f364fb1520232996864abcb5880b7e2fe18ad');
INSERT INTO "journal" VALUES(108,1795750263423614,'leg.joined','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYKZB58KHAHPAPA83MKY","input":{"leg":"1795750261.26","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}}','b0bf5478906a219113c3f22b5ffb3ac0543e41b907f95f0f7b11ecce691bdffe','6f6fdc319909bcffc2744f31c15c39675c29dabb91500b1672863bed437741da');
INSERT INTO "journal" VALUES(109,1795750263423822,'leg.joined','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYKZ313GYTKR1WXEVXHW","input":{"leg":"1795750263.27","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"},"asked":[["channel.whisper",{"leg":"01M8DGWYKZ313GYTKR1WXEVXHY","to":"1795750261.26"}],["recording.start",{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}]],"events":[["call.connected",{"agc_id":"Y0001795750263414479","state":"talking","arrived":1795750263414479,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795750263423822}],["agent.in_call",{"state":"INCALL","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','db7f91638fd0711c8326b34277c560ad6f8a2db16abada818686abd34060a34f','5270d5ea95a22d81293391bb3dbf8e7633ea78db3bacaadf956886bd8ce4a1bc');
INSERT INTO "journal" VALUES(110,1795750263427072,'leg.arrived','','1000','{"core":13,"base":"01M8DGWYM3N4T9QVGDKA801KJ5","input":{"leg":"01M8DGWYKZ313GYTKR1WXEVXHY","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.play",{"leg":"01M8DGWYKZ313GYTKR1WXEVXHY","media":"sound:beep","play":""}]]}','9c37585331b3d18fa1ccebab0cce298dbf662fdf0e50730f9df8cfffced92e8e','caf753927cd168bd597503750cd3b77d327aecce501815f4a3235de70ca295ea');
INSERT INTO "journal" VALUES(111,1795750263429236,'recording_file.started','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYM5AGJ8J6K31SAM7CSD","input":{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1"},"events":[["recording.started",{"id":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750263429236}]]}','54798b240adfca134323469861a6ff919a541da2b3b23f4dc79f2369718c9632','ab22fbc8bc882690a422c91ab2701eb065025c153264cbeb6cf0690863269811');
INSERT INTO "journal" VALUES(112,1795750263452327,'command.requested','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYMWGQGJK01QT3J2C50Q","input":{"receipt":"01M8DGWYMWPK7HT9ASM31YX0EZ","command":{"kind":"DIAL_WITH_CUSTOMER","agent":"1000","call":"01M8DGWYKACGD0ERPTQFP7GEQ9","number":"4930555123"},"by":"6666","source":"test"},"asked":[["dial.check",{"check":"01M8DGWYMWPK7HT9ASM31YX0EZ","agent":"1000","campaign":"TESTCAMP","number":"4930555123","readings":["4930555123"],"at":1795750263452327,"since":0,"callback":"","leads":"","lead":0}]]}','391dcece5695690e4d1f7765e11083ef0b20a1d501e27618d9bf48adeb854641','066432f8fa3dc3a96bc6d31c9e7f4bb0b8885f840b17560ce8b309c2cc1f3e58');
INSERT INTO "journal" VALUES(113,1795750263454590,'dial.checked','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYMYKY2V94CPK5J7BF2K","input":{"check":"01M8DGWYMWPK7HT9ASM31YX0EZ","agent":"1000","facts":{"listed":"","dialled":0,"callback":null,"problem":"","lead":null}},"asked":[["channel.create",{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","endpoint":"PJSIP/4930555123@trunk","caller":"4930999888","call":"01M8DGWYKACGD0ERPTQFP7GEQ9","name":"","headers":[]}]],"events":[["command.started",{"id":"01M8DGWYMWPK7HT9ASM31YX0EZ","kind":"DIAL_WITH_CUSTOMER","number":"4930555123","by":"6666","source":"test","step":"begun"}],["call.updated",{"agc_id":"Y0001795750263414479","state":"talking","since":1795750263423822,"arrived":1795750263414479,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795750263423822}]]}','53eedc978a5e5fda132d21feee445dcdb018a978f4e61e3632f67d0fac2937d5','9115093304918344767157cb34e44d0340dacbd9c3787675d5c8307681930968');
INSERT INTO "journal" VALUES(114,1795750263458514,'leg.arrived','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYN2ZQ067BBNANSM7ABF","input":{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","args":["made"],"number":"","dialled":"s","call":"01M8DGWYKACGD0ERPTQFP7GEQ9","session":"","up":false,"why":[],"data":[],"after":false,"priority":0,"caller_name":"","answered":0,"trunk":""},"asked":[["channel.deafen",{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","on":true}],["bridge.add",{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}],["channel.dial",{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","timeout":20}]]}','dedd2929f1b1d7b8cc5f3f3fd42800e18f44eddfcec3a9a7eb71c1188bd75e0f','a026d9cbc7d41c039dbaa75dc0d76f4d01f3189018e5654a2e4e1cd9aa464294');
INSERT INTO "journal" VALUES(115,1795750263461122,'leg.joined','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYN5BKF6PW17MQAKTCPK","input":{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}}','04278acce0aaee901be37bc562e043b1d5de4695a9e78209f03a0691b3a227b3','255fbc8332c4e6ec65a6bf6a08df21a9ef46373bdf2551a27730cf271016a2e9');
INSERT INTO "journal" VALUES(116,1795750263463205,'action.completed','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYN7RN1SEKHXM1RNCWNX","input":{"action":{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M8DGWYMWPK7HT9ASM31YX0EZ","why":"","refused":false,"of":""}]],"events":[["call.third_dialing",{"agc_id":"Y0001795750263414479","state":"dialing","arrived":1795750263414479,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795750263423822}],["command.dialing",{"id":"01M8DGWYMWPK7HT9ASM31YX0EZ","kind":"DIAL_WITH_CUSTOMER","requested":1795750263454590,"number":"4930555123","by":"6666","source":"test","step":"dialling"}]]}','4edff91c1a5cf788f1fc8fa22dc34170df97ff0e5bfb5d31e16c82f42089ff31','b4c1180adee65bacaaf50127c6ce360eece25fd449c7a964eccf57530030955d');
INSERT INTO "journal" VALUES(117,1795750263468174,'leg.answered','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYNCBPBJFQVGW1555CDA","input":{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M"},"asked":[["channel.deafen",{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","on":false}]],"events":[["command.completed",{"id":"01M8DGWYMWPK7HT9ASM31YX0EZ","kind":"DIAL_WITH_CUSTOMER","requested":1795750263454590,"number":"4930555123","by":"6666","source":"test","ended":1795750263468174,"outcome":"completed"}],["call.three_way",{"agc_id":"Y0001795750263414479","state":"three_way","arrived":1795750263414479,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795750263423822}],["agent.three_way",{"state":"3-WAY","since":1795750263423822,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','80d6704d11cff2cb50533ca870503fa1b384617187ff43c9f5ca6c2e16fdc616','dad9402b7190c066897d826238ed1aaac4993fe9e42829b4d4d4d258824afb75');
INSERT INTO "journal" VALUES(118,1795750263512620,'command.requested','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYPR5FG8QRVA5PSW2WDG","input":{"receipt":"01M8DGWYPRJNH3NY7H4H7PZ8R3","command":{"kind":"LEAVE_3WAY_CALL","agent":"1000","call":"01M8DGWYKACGD0ERPTQFP7GEQ9"},"by":"6666","source":"test"},"asked":[["bridge.remove",{"leg":"1795750261.26","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}],["recording.start",{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}],["recording.stop",{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1"}]],"events":[["command.started",{"id":"01M8DGWYPRJNH3NY7H4H7PZ8R3","kind":"LEAVE_3WAY_CALL","by":"6666","source":"test","step":"begun"}]]}','c769d864ec8db6361d67aa1e7e8971fc8509ff5fae518ecea3a6c92fccd6f612','f0b6b756d7f4a5fb2668b11c3bd0632900e097a002b2b389629cc15f48a996da');
INSERT INTO "journal" VALUES(119,1795750263515647,'leg.left','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYPVEJZC6BKANXX3R2A1","input":{"leg":"1795750261.26","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"},"asked":[["channel.play_silence",{"leg":"1795750261.26","on":true}],["command.answer",{"receipt":"01M8DGWYPRJNH3NY7H4H7PZ8R3","why":"","refused":false,"of":""}]],"events":[["call.handed_off",{"agc_id":"Y0001795750263414479","state":"handed_off","arrived":1795750263414479,"customer":"493012345670","agent":null,"third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795750263423822,"left":1795750263515647}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}],["command.completed",{"id":"01M8DGWYPRJNH3NY7H4H7PZ8R3","kind":"LEAVE_3WAY_CALL","requested":1795750263512620,"by":"6666","source":"test","ended":1795750263515647,"outcome":"completed"}]]}','9a1fec3d0c449967e0932a8c69abfbc9bbf353c57360a1509888464f56742113','41558bcc88c0f0ad11875c69cfd89c5e09a20712125b8257a45561f7fa5c687b');
INSERT INTO "journal" VALUES(120,1795750263519620,'recording_file.started','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYPZX82P0XD6MRRYRDRK","input":{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2"},"events":[["recording.started",{"id":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","started":1795750263519620}]]}','fb4ab93ff31457b8641c198b796d18dae5b485a08698d752939e73985cec53d1','fa0b143910f6cf6c154d1591353cc633a1a3b40e7743d5bd05dea62151b98fd5');
INSERT INTO "journal" VALUES(121,1795750263521827,'recording_file.finished','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYQ15GXY1MGGSFGYDDZZ","input":{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1"},"asked":[["recording.measure",{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1"}]],"events":[["recording.finished",{"id":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795750263429236,"ended":1795750263521827}]]}','79b59628437a8e0de2749a34f8626a77063135373fdc97265b6a9c4fcf748113','0c77844f45baa1a601b5be8fa69b3eb5525fcfb4e813ab188512f3bace549198');
INSERT INTO "journal" VALUES(122,1795750263526391,'recording_file.measured','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYQ6AFJCXF546TDCQ8Y2","input":{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1","path":"/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1.wav","bytes":1644,"length":100,"sha256":"475803c3a53223ecfada501c9de76ba1d0b0c445f13132e5ea32126842414ced","mended":false},"events":[["recording.kept",{"id":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795750263429236,"ended":1795750263521827,"bytes":1644,"length_ms":100}]]}','bee592e57fb2c002605790c82fc75b28510588afd6b88de0cabd4979ac112f5d','7173ae0d9334c5ed97b5eaacd5e36a5959618ec285dbbe3b2d4c12e2637178a5');
INSERT INTO "journal" VALUES(123,1795750263687150,'command.requested','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWYW7758ZX7X08986HCP6","input":{"receipt":"01M8DGWYW76PEEGKXPE1JKVARW","command":{"kind":"STATUS","agent":"1000","status":"LATER","amends":true,"callback":{"id":"","call":"","number":"","ingroup":"","campaign":"","agent":"","at":1795753863679018,"made":0,"status":"","comments":"","by":"","state":"pending","ended":null,"done_in":""}},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M8DGWYW76PEEGKXPE1JKVARW","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8DGWYW76PEEGKXPE1JKVARW","kind":"STATUS","status":"LATER","by":"local:root (uid 0)","source":"api/v1","ended":1795750263687150,"outcome":"completed"}],["disposition.entered",{"status":"LATER","by":"local:root (uid 0)"}],["call.updated",{"agc_id":"Y0001795750263414479","state":"handed_off","since":1795750263515647,"arrived":1795750263414479,"customer":"493012345670","agent":null,"third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795750263423822,"left":1795750263515647,"status":"LATER"}],["agent.ready",{"state":"READY","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"LATER"}]]}','b006c90c735048b17078e3d518abe002ceec318228d87f1e64b8450762787291','acb1d1e8aa01e26afe8d5f96f7e7ec33e774dae7aaaf9c1d7f461f6bc0a72145');
INSERT INTO "journal" VALUES(124,1795750263833068,'command.requested','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWZ0S8NMYQYDREEQ069CM","input":{"receipt":"01M8DGWZ0RSRTR2EHXQNET7YE3","command":{"kind":"LOGOUT","agent":"1000"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["channel.hang_up",{"leg":"1795750261.26"}],["command.answer",{"receipt":"01M8DGWZ0RSRTR2EHXQNET7YE3","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M8DGWZ0RSRTR2EHXQNET7YE3","kind":"LOGOUT","by":"local:root (uid 0)","source":"api/v1","ended":1795750263833068,"outcome":"completed"}],["agent.logged_out",{"state":"LOGGED_OUT","since":1795750263687150,"call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"LATER"}]]}','90cc1404223802abbab8be16dc3433d2ceb862c753fc277381cea6ae95eadc38','bbc28b420f3c366a14c20604ea2ca6bbb367280c2e59901b3b18733ec2585d72');
INSERT INTO "journal" VALUES(125,1795750263837637,'leg.released','','1000','{"core":13,"base":"01M8DGWZ0XSPV3E8ECQBZ2ER46","input":{"leg":"1795750261.26","harbour":false,"answered":0,"message_at":0}}','e12a77def565ca85d1e1089763a8e4f48311c37771c1cfcd8a29963d74a9540e','d93c7a07495d17bdec4320c39afde67517a45ca4314c7cc4bc7f12b8dd77c1dc');
INSERT INTO "journal" VALUES(126,1795750263846833,'leg.prompt_finished','','1000','{"core":13,"base":"01M8DGWZ16HHNPN8XKQ6ZHMX6K","input":{"leg":"01M8DGWYKZ313GYTKR1WXEVXHY","ok":false,"play":"8a6807ec-c50d-45c7-b38f-42aa4ab2a34b"},"asked":[["channel.hang_up",{"leg":"01M8DGWYKZ313GYTKR1WXEVXHY"}]]}','747765764a9e1226c47e511019982e929e89c46d70a369bdc8092238d2e9372b','b183b7c9488c33fde9075553d84408f992adc36c86f86d79280df9cb6129ae7c');
INSERT INTO "journal" VALUES(127,1795750263849767,'leg.destroyed','','1000','{"core":13,"base":"01M8DGWZ19J77WJ1XKNRC3W8A6","input":{"leg":"01M8DGWYKZ313GYTKR1WXEVXHY","cause":0}}','29547fcbb305888dd7927977fb3f942fcefc729608b78824fa2bfc778201c199','9c298495b4776549f9af0bcad4936788202dac455d6b1efc639e5c54fa52a429');
INSERT INTO "journal" VALUES(128,1795750263859239,'leg.left','01M8DGWYKACGD0ERPTQFP7GEQ9','','{"core":13,"base":"01M8DGWZ1K9B3Y0TX4ZPJHF8Q7","input":{"leg":"1795750263.27","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}}','37c1318f0768d7c1338d68b1e329696385b09f642cb53dac6e0b0ecdb924ef89','80ba9872ecda7cdf5e7ff452ffed6a80576d1f1ac9e9bba51a2110f53b921fa5');
INSERT INTO "journal" VALUES(129,1795750263863244,'leg.released','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWZ1QSVRBZBWP1JV505QZ","input":{"leg":"1795750263.27","harbour":false,"answered":0,"message_at":0},"asked":[["recording.stop",{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2"}],["channel.hang_up",{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M"}]],"events":[["call.ended",{"agc_id":"Y0001795750263414479","state":"ended","arrived":1795750263414479,"customer":"493012345670","agent":null,"ingroup":"SALESLINE","dialled":"8005550100","lead":7,"connected":1795750263423822,"left":1795750263515647,"ended":1795750263863244,"ended_by":"customer","status":"LATER"}]]}','d235dfae5dffba268aa1575518cd0e2e88703ac3851990b4545abade744956d4','af96c3812dd6b5a464c634189acc6e92f7045ad294fd65c3a4d88ad6d411db17');
INSERT INTO "journal" VALUES(130,1795750263863755,'leg.left','01M8DGWYKACGD0ERPTQFP7GEQ9','','{"core":13,"base":"01M8DGWZ1QXN176YTV66R3DBM6","input":{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}}','e9755d6749723cc8f3fa27c5337dc83e984c5fd9acd3e5254aeecef5f1ca1e1e','549c5b524a7af1fd31f5aabd216fe7a00d66556225d1baf37bf999ecb4962d23');
INSERT INTO "journal" VALUES(131,1795750263863884,'recording_file.finished','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWZ1QDRJBGA48HNPG37RJ","input":{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2"},"asked":[["recording.measure",{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2"}]],"events":[["recording.finished",{"id":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","started":1795750263519620,"ended":1795750263863884}]]}','51276f526e371bfd8a4376b0b13decb0c6eb3f24d73f20f9012a9557aee8fdde','759b79724c3b45ca7fbf9a4fbbbe0a4248a26c88b3cf96e8d9d0addbe50217be');
INSERT INTO "journal" VALUES(132,1795750263864016,'leg.destroyed','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWZ1RZ9GTJAZNK8741KD6","input":{"leg":"01M8DGWYMYKY2V94CPK5J7BF2M","cause":16},"asked":[["bridge.destroy",{"bridge":"room-01M8DGWYKACGD0ERPTQFP7GEQ9"}]]}','e3d0ea3a70d562e6cec606e799521a26b314cbe4a88fe14fb4f328290e7bf9c8','392b86671e452f7f96787e87101d84ef8ece94f1f1294580fe2f08d886e431b8');
INSERT INTO "journal" VALUES(133,1795750263868798,'recording_file.measured','01M8DGWYKACGD0ERPTQFP7GEQ9','1000','{"core":13,"base":"01M8DGWZ1W071RF1MHN62NYZ4E","input":{"name":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2","path":"/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2.wav","bytes":5484,"length":340,"sha256":"2620f7e2d1a482c463ce66ceeee0d9c2d29badb46e878c2efaf7e1e26ec89ab3","mended":false},"events":[["recording.kept",{"id":"20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","status":"kept","started":1795750263519620,"ended":1795750263863884,"bytes":5484,"length_ms":340}]]}','60f489580e37c8fba6ec24ca9bb5be449a6f766b251c0100d556b6a5b31f90e4','9c81c1ac3ecf1f89376a6276539389208f5079d563c604553a5cc937740bb147');
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
    held_until INTEGER -- when that limit allows its next call
) STRICT;
INSERT INTO "lead" VALUES(1,'101',1795750253156126,1795750253156126,'SALE','1003','','','','','4930555777','','Grace','','Hopper','','','','','','','','','','','','','','',1,1795750255780669,0,'','','',1,NULL,'','',NULL);
INSERT INTO "lead" VALUES(2,'101',1795750253156126,1795750253156126,'NA','1003','','','','','4930555778','','Alan','','Turing','','','','','','','','','','','','','','',1,1795750256237410,0,'','','',1,NULL,'','',NULL);
INSERT INTO "lead" VALUES(3,'200',1795750253416708,1795750253416708,'SALE','1003','','','','81','311112222','','Ada','','','','','','','','','','','','','','','','',1,1795750256811479,0,'','Asia/Tokyo','JP',1,NULL,'','',NULL);
INSERT INTO "lead" VALUES(4,'200',1795750253416708,1795750253416708,'NA','1003','','','','81','311113333','','Emmy','','','','','','','','','','','','','','','','',1,1795750257017930,0,'','Asia/Tokyo','JP',1,1795753857017930,'','',NULL);
INSERT INTO "lead" VALUES(5,'999',1795750259411043,1795750259411043,'INBND','','','','','','493012345671','','','','','','','','','','','','','','','','','','',1,1795750259405744,0,'','','',0,NULL,'','',NULL);
INSERT INTO "lead" VALUES(6,'999',1795750261328920,1795750261328920,'INBND','','','','','','493012345672','','','','','','','','','','','','','','','','','','',1,1795750261326423,0,'','','',0,NULL,'','',NULL);
INSERT INTO "lead" VALUES(7,'999',1795750263418339,1795750263418339,'LATER','1000','','','','','493012345670','','','','','','','','','','','','','','','','','','',1,1795750263414479,0,'','','',0,NULL,'','',NULL);
CREATE TABLE lead_request ( -- requests that created leads, to detect repetitions
    "by" TEXT NOT NULL, -- the requester
    key TEXT NOT NULL, -- idempotency key
    request TEXT NOT NULL, -- fingerprint of the whole request
    lead_id INTEGER NOT NULL REFERENCES lead (lead_id) ON DELETE CASCADE,
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
    PRIMARY KEY (id, owner) -- a channel that was sent into the dialplan may return with another call
) STRICT, WITHOUT ROWID;
INSERT INTO "leg" VALUES('01M8DGWQ5AVNFFJNV52V7F0MZC','01M8DGWQ54PMB4AX7SKN5NAVB3','customer','4930555777',1795750255786358,1795750255798227,1795750255873064,16);
INSERT INTO "leg" VALUES('01M8DGWQKGRQGFTXCP1KHE8N39','01M8DGWQKDP599T1CEPHVA3JPJ','customer','4930555778',1795750256240496,1795750256248019,1795750256312997,16);
INSERT INTO "leg" VALUES('01M8DGWR5B21TPKA1EFMCB1MS9','01M8DGWR5B21TPKA1EFMCB1MS8','customer','81311112222',1795750256811479,1795750256821521,1795750256875303,16);
INSERT INTO "leg" VALUES('01M8DGWR5X2PB0E4Z3X3ZYZA32','1003','whisper','',1795750256829160,NULL,1795750257260051,0);
INSERT INTO "leg" VALUES('01M8DGWRBSNJTT43QX0KAJVTWB','01M8DGWRBSNJTT43QX0KAJVTWA','customer','81311113333',1795750257017930,1795750257027508,1795750257073382,16);
INSERT INTO "leg" VALUES('01M8DGWRCCFN2JYCYYFRWJHDFD','1003','whisper','',1795750257036312,NULL,1795750257471498,0);
INSERT INTO "leg" VALUES('01M8DGWTQ1R2W8NTQEP3SSENJ8','1001','whisper','',1795750259425707,NULL,1795750259858202,0);
INSERT INTO "leg" VALUES('01M8DGWWJQ8YQ2HDNC4A94DDJM','1002','whisper','',1795750261335195,NULL,1795750261764448,0);
INSERT INTO "leg" VALUES('01M8DGWWQNZYVBX4MNCYMZHFRG','01M8DGWWJ7WHAR1GCA0PY4ESRD','third','4930555123',1795750261493145,1795750261505751,NULL,NULL);
INSERT INTO "leg" VALUES('01M8DGWYKZ313GYTKR1WXEVXHY','1000','whisper','',1795750263423822,NULL,1795750263849767,0);
INSERT INTO "leg" VALUES('01M8DGWYMYKY2V94CPK5J7BF2M','01M8DGWYKACGD0ERPTQFP7GEQ9','third','4930555123',1795750263454590,1795750263468174,1795750263864016,16);
INSERT INTO "leg" VALUES('1795750253.0','1003','agent','1003',1795750253826430,1795750253829275,1795750257473618,0);
INSERT INTO "leg" VALUES('1795750257.15','1001','agent','1001',1795750257562374,1795750257564852,NULL,NULL);
INSERT INTO "leg" VALUES('1795750259.16','01M8DGWTP3Z53RR3XFWHZN3014','customer','493012345671',1795750259405744,1795750259410027,NULL,NULL);
INSERT INTO "leg" VALUES('1795750259.20','1002','agent','1002',1795750259499503,1795750259502211,NULL,NULL);
INSERT INTO "leg" VALUES('1795750261.21','01M8DGWWJ7WHAR1GCA0PY4ESRD','customer','493012345672',1795750261326423,1795750261330254,NULL,NULL);
INSERT INTO "leg" VALUES('1795750261.26','1000','agent','1000',1795750261565732,1795750261569008,1795750263837637,0);
INSERT INTO "leg" VALUES('1795750263.27','01M8DGWYKACGD0ERPTQFP7GEQ9','customer','493012345670',1795750263414479,1795750263420856,1795750263863244,0);
CREATE TABLE line ( -- the latest waits of an in-group's queue
    id TEXT PRIMARY KEY, -- the in-group
    waits TEXT NOT NULL -- JSON list of the last answered calls' waits in microseconds
) STRICT, WITHOUT ROWID;
INSERT INTO "line" VALUES('SALESLINE','[19963, 8772, 9343]');
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
    reset_times TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reset_times))
) STRICT, WITHOUT ROWID;
INSERT INTO "list" VALUES('101','Autumn','Y',NULL,'',NULL,'',0,'','[]');
INSERT INTO "list" VALUES('200','','Y','TESTCAMP','JP',NULL,'',0,'','[]');
INSERT INTO "list" VALUES('998','made by agents','Y',NULL,'',NULL,'',0,'','[]');
INSERT INTO "list" VALUES('999','callers','Y',NULL,'',NULL,'',0,'','[]');
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
INSERT INTO "meta" VALUES('fingerprint','3106e1ac2a09df3e');
INSERT INTO "meta" VALUES('schema','4');
CREATE TABLE open_state (
    kind TEXT NOT NULL, -- the name of the record's table below
    id TEXT NOT NULL,
    format INTEGER NOT NULL, -- format of the body
    body TEXT NOT NULL, -- JSON
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
INSERT INTO "open_state" VALUES('agent_interval','01M8DGWTQ1R2W8NTQEP3SSENJ7',4,'{"hold":false,"ended":null,"id":"01M8DGWTQ1R2W8NTQEP3SSENJ7","session":"01M8DGWRWMTD9BKKCSNDWR1H9V","agent":"1001","state":"INCALL","pause_code":"","call":"01M8DGWTP3Z53RR3XFWHZN3014","started":1795750259425707}');
INSERT INTO "open_state" VALUES('agent_interval','01M8DGWWJQ8YQ2HDNC4A94DDJK',4,'{"hold":false,"ended":null,"id":"01M8DGWWJQ8YQ2HDNC4A94DDJK","session":"01M8DGWTS4P2HGDV9YADFSJ1FH","agent":"1002","state":"INCALL","pause_code":"","call":"01M8DGWWJ7WHAR1GCA0PY4ESRD","started":1795750261335195}');
INSERT INTO "open_state" VALUES('agent_session','01M8DGWRWMTD9BKKCSNDWR1H9V',4,'{"id":"01M8DGWRWMTD9BKKCSNDWR1H9V","agent":"1001","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"conf_exten":"8600051","leg":"1795750257.15","on_hook":false,"browser":false,"adopted":false,"state":"INCALL","since":1795750259425707,"interval":"01M8DGWTQ1R2W8NTQEP3SSENJ7","started":1795750257562374,"ended":null,"pause_code":"","after_call":{"pause":false,"pause_code":"","logout":false,"status":"","callback":null,"by":"","notes":"","draft":""},"missed":0,"phone_loss":{"called_back":false,"lost_since":0,"was_ready":false,"pause_code":"","recall_until":0,"away_since":0,"rescue_until":0,"page_away_since":0},"login":"","muted":false,"call":"01M8DGWTP3Z53RR3XFWHZN3014","last":{"call":"","status":"","promised":null,"number":"493012345671","notes":"","ingroup":"SALESLINE","outbound":false,"talked":true,"lead_call":""},"undoable":null,"previewed":null,"dial_checks":[],"hold":false,"ready_since":1795750259310775,"calls":1,"taken":[["SALESLINE",1]],"talk_times":{"call_started":1795750259425707,"call_finished":0,"inbound_started":1795750259425707,"inbound_finished":0},"typed":{"text":"","since":0,"line":""},"help":{"call":"","since":0}}');
INSERT INTO "open_state" VALUES('agent_session','01M8DGWTS4P2HGDV9YADFSJ1FH',4,'{"id":"01M8DGWTS4P2HGDV9YADFSJ1FH","agent":"1002","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"conf_exten":"8600052","leg":"1795750259.20","on_hook":false,"browser":false,"adopted":false,"state":"INCALL","since":1795750261335195,"interval":"01M8DGWWJQ8YQ2HDNC4A94DDJK","started":1795750259499503,"ended":null,"pause_code":"","after_call":{"pause":false,"pause_code":"","logout":false,"status":"","callback":null,"by":"","notes":"","draft":""},"missed":0,"phone_loss":{"called_back":false,"lost_since":0,"was_ready":false,"pause_code":"","recall_until":0,"away_since":0,"rescue_until":0,"page_away_since":0},"login":"","muted":false,"call":"01M8DGWWJ7WHAR1GCA0PY4ESRD","last":{"call":"","status":"","promised":null,"number":"493012345672","notes":"","ingroup":"SALESLINE","outbound":false,"talked":true,"lead_call":""},"undoable":null,"previewed":null,"dial_checks":[],"hold":false,"ready_since":1795750261248189,"calls":1,"taken":[["SALESLINE",1]],"talk_times":{"call_started":1795750261335195,"call_finished":0,"inbound_started":1795750261335195,"inbound_finished":0},"typed":{"text":"","since":0,"line":""},"help":{"call":"","since":0}}');
INSERT INTO "open_state" VALUES('asterisk','1795750251661000',4,'{"id":"1795750251661000","started":1795750251661000,"seen":1795750252890506,"ended":null}');
INSERT INTO "open_state" VALUES('call','01M8DGWTP3Z53RR3XFWHZN3014',4,'{"id":"01M8DGWTP3Z53RR3XFWHZN3014","agc_id":"Y0001795750259405744","direction":"in","origin":"caller","state":"talking","since":1795750259425707,"arrived":1795750259405744,"number":"493012345671","caller_name":"","dialled":"8005550100","data":[],"lead":5,"ingroup":"SALESLINE","direct":"","customer":"1795750259.16","agent":"1001","third":null,"ivr":null,"consultation":{"closer":null,"closer_group":"","asked_group":"","asked_agent":"","asked_at":0,"unanswered":"","gone_at":null},"parking":{"customer_place":"room","third_place":"room","since":null,"remind_at":null,"found_outside":[],"fallback_at":null},"commands":{"target":null,"pending":null,"dialling":null,"queue":[],"before":null,"leaving":null},"asked_bridges":{"room":true,"spot":false,"spot_music":"","third_spot":false,"ivr":false,"doubtful":[]},"audio":{"tone":null,"tone_media":"tone:425/1000,0/4000","tones":0,"music":false,"had_music":false,"files":"","plays":0,"paused":false,"playing":"","undone":[]},"prompts":{"welcoming":false,"saying":[],"playing":"","plays":0,"unplayed":"","prompt_at":null,"offer":"","offer_until":null,"offered":[],"message":"","vm_message":""},"recording":{"running":"20261127-033059_493012345671_01M8DGWTP3Z53RR3XFWHZN3014-1","files":1,"track":"call","track_reason":"campaign_recording=ALLCALLS","after_leave":null,"after_leave_reason":"","start_at":null,"muted":false,"notices":0,"notice_playing":"","noticed":"","notice":""},"queueing":{"queued_at":1795750259405744,"priority":0,"drop_at":null,"wait":null,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active","in-group: in-group SALESLINE is active"],"exit":"","after":false,"overflows":0,"rung":[],"line_since":1795750259405744,"close_at":null,"preferred":"","prefer_until":null},"outcome":{"last_agent":"1001","callback":null,"campaign":"TESTCAMP","connected":1795750259425707,"left":null,"ended_by":"","status":""},"hooks":{"priority":0,"question":"","until":null,"choice":""},"attempt":{"list_id":"","source":"","passes":0,"zones":"","open_until":0,"caller_id":"","ready":0,"in_flight":0,"threshold":0,"risk":0,"ringing":null,"cause":null,"answered":null,"agent":"","drop_at":null,"dropped":null,"message_at":null,"opted_out":false,"amd":{"detector":"","verdict":"","cause":"","at":null,"agent_leg":"","speech":"","silent_by":null}},"ended":null}');
INSERT INTO "open_state" VALUES('call','01M8DGWWJ7WHAR1GCA0PY4ESRD',4,'{"id":"01M8DGWWJ7WHAR1GCA0PY4ESRD","agc_id":"Y0001795750261326423","direction":"in","origin":"caller","state":"three_way","since":1795750261505751,"arrived":1795750261326423,"number":"493012345672","caller_name":"","dialled":"8005550100","data":[],"lead":6,"ingroup":"SALESLINE","direct":"","customer":"1795750261.21","agent":"1002","third":"01M8DGWWQNZYVBX4MNCYMZHFRG","ivr":null,"consultation":{"closer":null,"closer_group":"","asked_group":"","asked_agent":"","asked_at":0,"unanswered":"","gone_at":null},"parking":{"customer_place":"room","third_place":"room","since":null,"remind_at":null,"found_outside":[],"fallback_at":null},"commands":{"target":null,"pending":null,"dialling":null,"queue":[],"before":null,"leaving":null},"asked_bridges":{"room":true,"spot":false,"spot_music":"","third_spot":false,"ivr":false,"doubtful":[]},"audio":{"tone":null,"tone_media":"tone:425/1000,0/4000","tones":0,"music":false,"had_music":false,"files":"","plays":0,"paused":false,"playing":"","undone":[]},"prompts":{"welcoming":false,"saying":[],"playing":"","plays":0,"unplayed":"","prompt_at":null,"offer":"","offer_until":null,"offered":[],"message":"","vm_message":""},"recording":{"running":"20261127-033101_493012345672_01M8DGWWJ7WHAR1GCA0PY4ESRD-1","files":1,"track":"call","track_reason":"campaign_recording=ALLCALLS","after_leave":null,"after_leave_reason":"","start_at":null,"muted":false,"notices":0,"notice_playing":"","noticed":"","notice":""},"queueing":{"queued_at":1795750261326423,"priority":0,"drop_at":null,"wait":null,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active","in-group: in-group SALESLINE is active"],"exit":"","after":false,"overflows":0,"rung":[],"line_since":1795750261326423,"close_at":null,"preferred":"","prefer_until":null},"outcome":{"last_agent":"1002","callback":null,"campaign":"TESTCAMP","connected":1795750261335195,"left":null,"ended_by":"","status":""},"hooks":{"priority":0,"question":"","until":null,"choice":""},"attempt":{"list_id":"","source":"","passes":0,"zones":"","open_until":0,"caller_id":"","ready":0,"in_flight":0,"threshold":0,"risk":0,"ringing":null,"cause":null,"answered":null,"agent":"","drop_at":null,"dropped":null,"message_at":null,"opted_out":false,"amd":{"detector":"","verdict":"","cause":"","at":null,"agent_leg":"","speech":"","silent_by":null}},"ended":null}');
INSERT INTO "open_state" VALUES('dialler','TESTCAMP',4,'{"id":"TESTCAMP","running":false,"since":1795750257344270,"by":"local:root (uid 0)","begins_at":0,"halted":"","halt":0,"drops":{"first_day":"2026-11-27","windows":[{"kind":"PERIOD","begins":1795734000000000,"ends":1798326000000000,"answered":1,"dropped":0,"dropped_by_fault":0},{"kind":"DAY","begins":1795734000000000,"ends":1795820400000000,"answered":1,"dropped":0,"dropped_by_fault":0}]},"above":false,"idle":""}');
INSERT INTO "open_state" VALUES('leg','01M8DGWWQNZYVBX4MNCYMZHFRG',4,'{"id":"01M8DGWWQNZYVBX4MNCYMZHFRG","role":"third","owner":"01M8DGWWJ7WHAR1GCA0PY4ESRD","trunk":"trunk","number":"4930555123","page":"","replaces":"","created":1795750261493145,"phase":5,"bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":true,"dialling":{"asked":true,"timeout":20,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795750261505751,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795750257.15',4,'{"id":"1795750257.15","role":"agent","owner":"1001","trunk":"","number":"1001","page":"","replaces":"","created":1795750257562374,"phase":5,"bridge":"room-01M8DGWTP3Z53RR3XFWHZN3014","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795750257564852,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795750259.16',4,'{"id":"1795750259.16","role":"customer","owner":"01M8DGWTP3Z53RR3XFWHZN3014","trunk":"trunk","number":"493012345671","page":"","replaces":"","created":1795750259405744,"phase":5,"bridge":"room-01M8DGWTP3Z53RR3XFWHZN3014","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795750259410027,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795750259.20',4,'{"id":"1795750259.20","role":"agent","owner":"1002","trunk":"","number":"1002","page":"","replaces":"","created":1795750259499503,"phase":5,"bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795750259502211,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795750261.21',4,'{"id":"1795750261.21","role":"customer","owner":"01M8DGWWJ7WHAR1GCA0PY4ESRD","trunk":"trunk","number":"493012345672","page":"","replaces":"","created":1795750261326423,"phase":5,"bridge":"room-01M8DGWWJ7WHAR1GCA0PY4ESRD","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795750261330254,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('line','SALESLINE',4,'{"id":"SALESLINE","waits":[19963,8772,9343]}');
INSERT INTO "open_state" VALUES('recording','20261127-033059_493012345671_01M8DGWTP3Z53RR3XFWHZN3014-1',4,'{"id":"20261127-033059_493012345671_01M8DGWTP3Z53RR3XFWHZN3014-1","call":"01M8DGWTP3Z53RR3XFWHZN3014","kind":"call","reason":"campaign_recording=ALLCALLS","agent":"1001","asked":1795750259425707,"started":1795750259432187,"stopping":false,"muted":false,"muting":false,"mute_asks":0,"mute_receipts":[],"ended":null,"status":"running","cause":"","path":"","bytes":0,"length":0,"sha256":"","format":"wav","converted_path":"","converted_bytes":0,"converted_sha256":"","notice":""}');
INSERT INTO "open_state" VALUES('recording','20261127-033101_493012345672_01M8DGWWJ7WHAR1GCA0PY4ESRD-1',4,'{"id":"20261127-033101_493012345672_01M8DGWWJ7WHAR1GCA0PY4ESRD-1","call":"01M8DGWWJ7WHAR1GCA0PY4ESRD","kind":"call","reason":"campaign_recording=ALLCALLS","agent":"1002","asked":1795750261335195,"started":1795750261339592,"stopping":false,"muted":false,"muting":false,"mute_asks":0,"mute_receipts":[],"ended":null,"status":"running","cause":"","path":"","bytes":0,"length":0,"sha256":"","format":"wav","converted_path":"","converted_bytes":0,"converted_sha256":"","notice":""}');
CREATE TABLE pacing ( -- the learnt answer rate, ring times, talk times and wrap-ups of a campaign
    campaign TEXT PRIMARY KEY,
    at INTEGER NOT NULL, -- when it was kept; after a week it counts half
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
INSERT INTO "pacing" VALUES('TESTCAMP',1795750257346244,'{"outcomes": {"answers": 11.951588967559315, "ended": 21.905485758591606, "answered": {"weight": 1.000173301810164, "counts": [2.0012599489613816, 0.001, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 1.3636363636363635, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001]}, "unanswered": {"weight": 1.0, "counts": [0.001, 0.001, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 8.0, 8.0, 8.0, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001]}}, "spread": {"answers": 0.0, "answers_now": 2, "calls": 0.0, "calls_now": 2, "half_minute": 59858341, "half_minutes": 0.0, "squares": 0.0}, "times": {"talk": {"weight": 1.0004622049041574, "counts": [2.249137270780605, 0.24535776931097653, 0.24230988615021598, 0.239299864402156, 0.23632723374476416, 0.233391529698459, 0.23049229355350365, 0.22762907229836316, 0.2248014185488767, 0.22200889047840455, 0.21925105174875226, 0.21652747144200069, 0.21383772399319323, 0.21118138912381568, 0.20855805177613984, 0.205967302048371, 0.203408735130588, 0.2008819512415072, 0.19838655556600804, 0.1959221581934356, 0.19348837405668728, 0.19108482287204076, 0.18871112907973275, 0.18636692178527925, 0.18405183470152187, 0.18176550609139142, 0.17950757871139533, 0.17727769975578012, 0.17507552080142874, 0.17290069775339534, 0.17075289079115707, 0.1686317643155011, 0.1665369868961064, 0.1644682312197343, 0.16242517403910472, 0.16040749612237448, 0.15841488220326605, 0.15644702093179808, 0.1545036048256465, 0.1525843302220875, 0.15068889723055978, 0.14881700968580658, 0.146968375101586, 0.14514270462498313, 0.1433397129912728, 0.14155911847934632, 0.1398006428676868, 0.1380640113908993, 0.13634895269678537, 0.13465519880393684, 0.1329824850598582, 0.13133055009962646, 0.12969913580503922, 0.12808798726429815, 0.12649685273216527, 0.12492548359062772, 0.12337363431006776, 0.12184106241087345, 0.12032752842556782, 0.11883279586138773, 0.11735663116332673, 0.11589880367765093, 0.11445908561584561, 0.11303725201903925, 0.11163308072283384, 0.1102463523226127, 0.10887685013924009, 0.1075243601852105, 0.10618867113122432, 0.10486957427314203, 0.10356686349939803, 0.10228033525878755, 0.10100978852864873, 0.09975502478347664, 0.09851584796387702, 0.09729206444595517, 0.09608348301104686, 0.09488991481583886, 0.09371117336288037, 0.09254707447141186, 0.0913974362486214, 0.09026207906119299, 0.08914082550725899, 0.08803350038866675, 0.08693993068361605, 0.08585994551961629, 0.08479337614678784, 0.08374005591149536, 0.08269982023030864, 0.0816725065642876, 0.08065795439358148, 0.07965600519234783, 0.0786665024039912, 0.07768929141667713, 0.07672421953921149, 0.07577113597714291, 0.0748298918092305, 0.0739003399641569, 0.07298233519755004, 0.07207573406930345, 0.07118039492114425, 0.07029617785451081, 0.06942294470868471, 0.06856055903921021, 0.06770888609657466, 0.06686779280514532, 0.066037147742386, 0.06521682111831573, 0.06440668475522937, 0.06360661206767149, 0.06281647804265822, 0.062036159220141274, 0.06126553367371612, 0.06050448099157113, 0.05975288225767983, 0.05901062003320967, 0.058277578338176705, 0.05755364263332785, 0.056838699802231885, 0.05613263813362024, 0.0554353473039193, 0.05474671836001921, 0.0540666437022469, 0.05339501706755012, 0.05273173351290461, 0.05207668939890331, 0.05142978237357265, 0.05079091135637259, 0.05015997652240478, 0.04953687928682171, 0.04892152228941016, 0.04831380937938834, 0.04771364560037794, 0.047120937175564315, 0.04653559149305486, 0.045957517091392286, 0.04538662364527768, 0.04482282195144738, 0.04426602391473855, 0.043716142534326874, 0.04317309189012797, 0.04263678712937258, 0.04210714445335273, 0.04158408110431888, 0.04106751535256248, 0.04055736648363284, 0.04005355478573003, 0.03955600153725314, 0.03906462899449237, 0.03857936037949039, 0.038100119868038074, 0.03762683257783006, 0.0371594245567658, 0.03669782277138822, 0.03624195509548178, 0.03579175029879367, 0.03534713803590939, 0.034908048835257666, 0.0344744140882558, 0.034046166038594894, 0.03362323777164611, 0.033205563204003474, 0.032793077073171584, 0.03238571492734821, 0.031983413115372894, 0.03158610877676771, 0.03119373983191953, 0.030806244972386432, 0.03042356365130422, 0.030045636073941506, 0.029672403188342744, 0.029303806676110322, 0.028939788943291855, 0.028580293111372113, 0.02822526300840067, 0.027874643160197277, 0.02752837878169878, 0.02718641576839348, 0.026848700687860938, 0.026515180771437552, 0.02618580390595371, 0.02586051862560501, 0.02553927410390705, 0.025222020145745927, 0.02490870717954896, 0.024599286249525065, 0.024293709008024467, 0.023991927707984195, 0.023693895195458503, 0.023399564902263914, 0.023108890838691998, 0.022821827586327614, 0.02253833029095681, 0.022258354655547152, 0.02198185693333854, 0.021708793920997838, 0.02143912295187317, 0.021172801889329518, 0.020909789120155953, 0.02065004354807526, 0.020393524587311307, 0.020140192156253844, 0.019890006671197946, 0.019642929040149526, 0.0193989206567291, 0.01915794339412774, 0.018919959599158487, 0.01868493208637051, 0.01845282413223487, 0.018223599469413543, 0.0179972222810848, 0.0177736571953524, 0.017552869279719163, 0.017334824035621088, 0.01711948739304775, 0.016906825705208794, 0.01669680574328314, 0.016489394691225345, 0.016284560140635562, 0.01608227008569968, 0.015882492918183888, 0.01568519742249891, 0.015490352770824445, 0.015297928518284709, 0.015107894598200555, 0.014920221317384491, 0.014734879351503832, 0.014551839740501449, 0.014371073884063279, 0.014192553537158842, 0.01401625080561908, 0.013842138141783311, 0.013670188340195177, 0.013500374533346737, 0.013332670187486684, 0.013167049098468386, 0.01300348538765983, 0.012841953497899905, 0.012682428189500355, 0.01252488453630865, 0.012369297921807632, 0.012215644035271783, 0.012063898867970407, 0.01191403870941049, 0.011766040143638967, 0.011619880045577596, 0.011475535577413903, 0.011332984185032091, 0.011192203594485584, 0.011053171808522028, 0.010915867103141325, 0.010780268024203343, 0.010646353384077822, 0.010514102258327579, 0.010383493982447367, 0.010254508148626745, 0.010127124602567206, 0.010001323440330945, 0.009877085005229741, 0.00975438988475616, 0.00963321890754723, 0.00951355314039129, 0.009395373885269509, 0.009278662676431848, 0.00916340127751561, 0.00904957167869161, 0.008937156093853788, 0.008826136957838793, 0.008716496923679984, 0.008608218859899874, 0.008501285847829776, 0.008395681178969272, 0.008291388352374557, 0.008188391072078416, 0.00808667324454726, 0.007986218976162585, 0.007887012570741009, 0.007789038527080128, 0.007692281536535728, 0.0075967264806318935, 0.007502358428696093, 0.007409162635528127, 0.007317124539096553, 0.00722622975826058, 0.007136464090526651, 0.007047813509825848, 0.006960264164324603, 0.006873802374260385, 0.0067884146298014675, 0.006704087588940005, 0.006620808075403703, 0.006538563076599058, 0.006457339741578472, 0.006377125379029569, 0.006297907455295945, 0.006219673592415195, 0.006142411566187056, 0.006066109304263406, 0.005990754884259708, 0.0059163365318954525, 0.005842842619150843, 0.005770261662452689, 0.005698582320879386, 0.0056277933943871955, 0.005557883822063167, 0.00548884268039361, 0.005420659181559831, 0.0053533226717520505, 0.005286822629502752, 0.005221148664045772, 0.00515629051368989, 0.005092238044217129, 0.005028981247299433, 0.00496651023893277, 0.0049048152578957255, 0.004843886664221489, 0.0047837149376932925, 0.004724290676357129, 0.004665604595050291, 0.004607647523954123, 0.004550410407157604, 0.004493884301245282, 0.004438060373897421, 0.004382929902512975, 0.004328484272842631, 0.004274714977646338, 0.004221613615362149, 0.004169171888794079, 0.004117381603816542, 0.0040662346680910705, 0.004015723089805315, 0.003965838976422442, 0.003916574533447924, 0.003867922063213146, 0.0038198739636697426, 0.0037724227272048494, 0.00372556093946607, 0.00367928127820355, 0.0036335765121268612, 0.0035884394997724722, 0.0035438631883906446, 0.0034998406128420798, 0.0034563648945095185, 0.0034134292402241903, 0.0033710269412021154, 0.0033291513719979973, 0.003287795989468968, 0.003246954331752143, 0.0032066200172560858, 0.003166786743661401, 0.0031274482869383252, 0.0030885985003729216, 0.0030502313136067383, 0.0030123407316895445, 0.0029749208341400823, 0.0029379657740235057, 0.002901469777036418, 0.0028654271406048856, 0.0028298322329942463, 0.0027946794924271767, 0.002759963426216573, 0.0027256786099065164, 0.002691819686424478, 0.00265838136524546, 0.002625358421563008, 0.002592745695475275, 0.0025605380911774417, 0.0025287305761656498, 0.0024973181804514855, 0.002466295995783678, 0.0024356591748828788, 0.0024054029306835867, 0.0023755225355858584, 0.0023460133207177034, 0.002316870675203725, 0.0022880900454464934, 0.002259666934413991, 0.0022315969009371536, 0.002203875559016605, 0.0021764985771358797, 0.0021494616775858885, 0.002122760635796181, 0.0020963912796744325, 0.0020703494889555765, 0.002044631194556383, 0.0020192323779411395, 0.0019941490704931952, 0.0019693773528944164, 0.00194491335451406, 0.0019207532528021758, 0.0018968932726938503, 0.0018733296860186203, 0.0018500588109180392, 0.0018270770112708938, 0.0018043806961238508, 0.0017819663191316094, 0.0017598303780021543, 0.0017379694139495715, 0.0017163800111540985, 0.001695058796227205, 0.0016740024376858675, 0.0016532076454312157, 0.0016326711702345162, 0.0016123898032300785, 0.0015923603754127227, 0.0015725797571437133, 0.0015530448576612024, 0.0015337526245972656, 0.0015147000435015816, 0.0014958841373692924, 0.0014773019661768437, 0.0014589506264222132, 0.001440827250671125, 0.001422929007109542, 0.0014052530991001677, 0.0013877967647465614, 0.001370557276460932, 0.00135353194053809, 0.0013367180967348985, 0.0013201131178538182, 0.0013037144093332002, 0.001287519408841465, 0.0012715255858767455, 0.0012557304413719425, 0.001240131507303302, 0.0012247263463057746, 0.00120951255129155, 0.0011944877450741596, 0.0011796495799973328, 0.0011649957375673044, 0.001150523928091455, 0.001136231890320142, 0.001122117391093285, 0.0011081782249919118, 0.0010944122139927397, 0.0010808172071285864, 0.00106739108015199, 0.0010541317352032176, 0.0010410371004828528, 0.0010281051299274035, 0.0010153338028901643, 0.0010027211238253578, 0.000990265121976145, 0.000977963851067059, 0.0009658153889993346, 0.0009538178375511144, 0.0009419693220805506, 0.0009302679912329657, 0.0009187120166517706, 0.0009072995926922602, 0.0008960289361400163, 0.0008848982859320249, 0.0008739059028814965, 0.0008630500694063823, 0.0008523290892604573, 0.0008417412872687921, 0.0008312850090658012, 0.0008209586208366738, 0.0008107605090624387, 0.000800689080267189, 0.0007907427607697307, 0.000780919996437434, 0.0007712192524433111, 0.0007616390130265552, 0.0007521777812551003, 0.0007428340787922743, 0.0007336064456655786, 0.0007244934400384932, 0.0007154936379855092, 0.0007066056332690959, 0.0006978280371204831, 0.0006891594780224046, 0.0006805986014948341, 0.0006721440698835221, 0.0006637945621505801, 0.000655548773668465, 0.0006474054160159667, 0.000639363216776833, 0.0006314209193411958, 0.000623577282708801, 0.0006158310812955092, 0.0006081811047415914, 0.0006006261577226005, 0.0005931650597628107, 0.0005857966450503824, 0.0005785197622555551, 0.0005713332743505824, 0.0005642360584320709, 0.0005572270055457292, 0.0005503050205126359, 0.0005434690217586118, 0.0005367179411449284, 0.0005300507238014795, 0.0005234663279620952, 0.0005169637248014086, 0.000510541898274498, 0.0005041998449578991, 0.0004979365738928473, 0.0004917511064305921, 0.0004856424760791558, 0.00047960972835265573, 0.00047365192062198344, 0.0004677681219675267, 0.00046195741303387775, 0.0004562188858858382, 0.000450551643866909, 0.00044495480145898166, 0.00043942748414402006, 0.0004339688282675464, 0.0004285779809033675, 0.00042325409972065586, 0.0004179963528521454, 0.0004128039187641574, 0.000407675986128387, 0.0004026117536948476, 0.0003976104301669451, 0.0003926712340776963, 0.0003877933936676393, 0.00038297614676437424, 0.00037821874066318404, 0.00037352043200971057, 0.00036888048668367625, 0.0003642981796841494, 0.0003597727950164229, 0.00035530362557985567, 0.0003508899730576571, 0.00034653114780763394, 0.0003422264687544642, 0.0003379752632833412, 0.0003337768671347061, 0.0003296306243006286, 0.00032553588692224144, 0.0003214920151884716, 0.00031749837723619827, 0.00031355434905129976, 0.0003096593143713704, 0.0003058126645893262, 0.00030201379865827695, 0.0002982621229977601, 0.00029455705140076817, 0.00029089800494233337, 0.00028728441188900517, 0.00028371570760950347, 0.0002801913344865816, 0.0002767107418297004, 0.0002732733857892071, 0.000269878729271221, 0.00026652624185373366, 0.00026321539970383234, 0.00025994568549563, 0.0002567165883296486, 0.0002535276036528828, 0.000250378233179983, 0.00024726798481545294, 0.00024419637257659535, 0.00024116291651778057, 0.00023816714265531775, 0.00023520858289343641, 0.00023228677495119822, 0.00022940126229011992, 0.00022655159404299987, 0.00022373732494336464, 0.0002209580152559413, 0.00021821323070796888, 0.00021550254242124053, 0.00021282552684520834, 0.00021018176569074067, 0.00020757084586476866, 0.00020499235940579785, 0.0002024459034200292, 0.00019993108001854906, 0.00019744749625508293, 0.00019499476406460584, 0.00019257250020276138, 0.0001901803261858512, 0.00018781786823183046, 0.00018548475720184124, 0.00018318062854252208, 0.00018090512222912426, 0.0001786578827091159, 0.00017643855884676195, 0.0001742468038681941, 0.0001720822753072289, 0.0001699446349519079, 0.0001678335487915409, 0.00016574868696463173, 0.00016368972370728102, 0.00016165633730227643, 0.00015964821002888976, 0.0001576650281131164, 0.00015570648167875616, 0.00015377226469894933, 0.00015186207494833747, 0.00014997561395592874, 0.00014811258695831674, 0.00014627270285375157, 0.0001444556741566033, 0.00014266121695242833, 0.00014088905085367105, 0.00013913889895573626]}, "wrap_up": {"weight": 1.0004622049041574, "counts": [3.2905535800258785, 1.2066733197734059, 1.1288513192993133, 1.0560482942666627, 0.9879405558171883, 0.9242252907629989, 0.8646192152516652, 0.808857315260485, 0.7566916683201086, 0.7078903412286874, 0.6622363588558522, 0.6195267394515569, 0.5795715921707933, 0.5421932728016732, 0.5072255939431181, 0.4745130861205993, 0.44391030655472896, 0.4152811925094757, 0.3884984563448757, 0.36344301958463165, 0.3400034834824056, 0.31807563373287273, 0.2975619771254623, 0.2783713080806871, 0.2604183031418711, 0.24362314161930188, 0.22791115070020407, 0.21321247344663452, 0.19946175820519496, 0.1865978680476471, 0.1745636089505831, 0.16330547550559682, 0.15277341302939673, 0.14292059501612026, 0.13370321494245607, 0.12508029149985084, 0.11701348638790215, 0.10946693385878364, 0.1024070812548869, 0.09580253983064668, 0.08962394519534012, 0.08384382675633129, 0.07843648558232913, 0.07337788014360011, 0.06864551942115132, 0.06421836290961061, 0.06007672706923567, 0.056202197811108384, 0.052577548626420306, 0.04918666399585603, 0.0460144677385263, 0.04304685598190354, 0.040270634454720594, 0.03767345982404628, 0.03524378481570313, 0.03297080687404176, 0.03084442013279426, 0.0288551704834792, 0.026994213541572665, 0.025253275323576588, 0.02362461546013224, 0.02210099278163999, 0.02067563312335728, 0.019342199206851818, 0.01809476246388289, 0.016927776677450636, 0.015836053322810136, 0.014814738498822033, 0.013859291347064831, 0.012965463862767597, 0.012129282007793951, 0.011347028041709568, 0.01061522399236894, 0.009930616192536483, 0.00929016081378584, 0.008691010333363672, 0.008130500873843802, 0.007606140359286435, 0.0071155974352433635, 0.0066566911033432395, 0.006227381024375509, 0.005825758446756542, 0.005450037720047714, 0.005098548355790423, 0.004769727600363472, 0.004462113486838068, 0.0041743383349407935, 0.0039051226702223676, 0.0036532695353984, 0.0034176591685683693, 0.0031972440246530627, 0.0029910441179135765, 0.0027981426648458502, 0.0026176820080782773, 0.0024488598031488203, 0.0022909254512089045, 0.0021431767617926135, 0.0020049568308144316, 0.0018756511199137559, 0.0017546847241617196, 0.0016415198159815429, 0.00153565325391855, 0.0014366143456273368, 0.0013439627551310165, 0.0012572865450473868, 0.0011762003450781016, 0.0011003436386171762, 0.001029379159861463, 0.0009629913942963753, 0.0009008851758895964, 0.0008427843747561663, 0.0007884306694598857, 0.0007375823984928794, 0.0006900134858264643, 0.0006455124357566792, 0.0006038813925751381, 0.0005649352608846632, 0.0005285008826482623, 0.0004944162673128309, 0.00046252987158440593]}, "ready": 11.400237500000001, "ended": 11.895249999999999, "vanished": 0.49998993043542217, "left": 0.49998993043542217, "ready_seconds": 3600.3302817181525}, "feedback": {"log_threshold": -2.3025762687393456, "worst": 0.9913364415340957}}');
CREATE TABLE pause_code (
    id TEXT PRIMARY KEY,
    -- the label beside the code
    pause_code_name TEXT NOT NULL DEFAULT '',
    -- the digits after *9 that give the code on an agent's phone; empty for none
    key TEXT NOT NULL DEFAULT '',
    -- whether the pause is paid; HALF for half of it
    billable TEXT NOT NULL DEFAULT 'NO' CHECK (billable IN ('NO', 'YES', 'HALF')),
    -- the campaigns whose agents may choose the code; empty for all
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns))
) STRICT, WITHOUT ROWID;
INSERT INTO "pause_code" VALUES('LUNCH','Lunch','','NO','[]');
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
INSERT INTO "queue_wait" VALUES('01M8DGWTPDN9MF67M65H2863E2','01M8DGWTP3Z53RR3XFWHZN3014','SALESLINE','',0,1,1795750259405744,1795750259405744,1795750259425707,'ANSWERED','1001','next_agent_call=longest_wait_time: READY for 0 s');
INSERT INTO "queue_wait" VALUES('01M8DGWWJESS7D6TA8P0GQFPR2','01M8DGWWJ7WHAR1GCA0PY4ESRD','SALESLINE','',0,1,1795750261326423,1795750261326423,1795750261335195,'ANSWERED','1002','next_agent_call=longest_wait_time: READY for 0 s');
INSERT INTO "queue_wait" VALUES('01M8DGWYKPZ99C8R9BPBPKRFC7','01M8DGWYKACGD0ERPTQFP7GEQ9','SALESLINE','',0,1,1795750263414479,1795750263414479,1795750263423822,'ANSWERED','1000','next_agent_call=longest_wait_time: READY for 0 s');
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
INSERT INTO "receipt" VALUES('01M8DGWQ511RV1A4HX8Q4YNRED','DIAL','1003','01M8DGWQ54PMB4AX7SKN5NAVB3','4930555777','','','','','','','','','local:root (uid 0)','api/v1',1795750255780669,1795750255798227,'completed','','[["requested", 1795750255780669], ["begun", 1795750255780669], ["dialling", 1795750255794351], ["completed", 1795750255798227]]');
INSERT INTO "receipt" VALUES('01M8DGWQD4R3J62C3V0MAKF8MQ','STATUS','1003','01M8DGWQ54PMB4AX7SKN5NAVB3','','','','','','SALE','','','','local:root (uid 0)','api/v1',1795750256036559,1795750256036559,'completed','','[["requested", 1795750256036559], ["completed", 1795750256036559]]');
INSERT INTO "receipt" VALUES('01M8DGWQKBC8WK254DB3MZXV3B','DIAL','1003','01M8DGWQKDP599T1CEPHVA3JPJ','4930555778','','','','','','','','','local:root (uid 0)','api/v1',1795750256237410,1795750256248019,'completed','','[["requested", 1795750256237410], ["begun", 1795750256237410], ["dialling", 1795750256246842], ["completed", 1795750256248019]]');
INSERT INTO "receipt" VALUES('01M8DGWQT0KRHSSJEY1VWA4VN8','STATUS','1003','01M8DGWQKDP599T1CEPHVA3JPJ','','','','','','NA','','','','local:root (uid 0)','api/v1',1795750256448267,1795750256448267,'completed','','[["requested", 1795750256448267], ["completed", 1795750256448267]]');
INSERT INTO "receipt" VALUES('01M8DGWQX9ZK7K66B4PRNPN112','DIALLER_START','','','','','','','TESTCAMP','','','','','local:root (uid 0)','api/v1',1795750256553956,1795750256553956,'completed','','[["requested", 1795750256553956], ["completed", 1795750256553956]]');
INSERT INTO "receipt" VALUES('01M8DGWRBPG697DBA3XK24G4MP','STATUS','1003','01M8DGWR5B21TPKA1EFMCB1MS8','','','','','','SALE','','','','local:root (uid 0)','api/v1',1795750257014422,1795750257014422,'completed','','[["requested", 1795750257014422], ["completed", 1795750257014422]]');
INSERT INTO "receipt" VALUES('01M8DGWRJ6RV2V733CZ3T1YQX1','STATUS','1003','01M8DGWRBSNJTT43QX0KAJVTWA','','','','','','NA','','','','local:root (uid 0)','api/v1',1795750257222590,1795750257222590,'completed','','[["requested", 1795750257222590], ["completed", 1795750257222590]]');
INSERT INTO "receipt" VALUES('01M8DGWRP0BQ9VFCH7YP3N65N0','DIALLER_STOP','','','','','','','TESTCAMP','','','','','local:root (uid 0)','api/v1',1795750257344270,1795750257344270,'completed','','[["requested", 1795750257344270], ["completed", 1795750257344270]]');
INSERT INTO "receipt" VALUES('01M8DGWRSTVFPXG122ZE8FTKJN','LOGOUT','1003','01M8DGWRBSNJTT43QX0KAJVTWA','','','','','','','','','','local:root (uid 0)','api/v1',1795750257466803,1795750257466803,'completed','','[["requested", 1795750257466803], ["completed", 1795750257466803]]');
INSERT INTO "receipt" VALUES('01M8DGWWQK45SFKVR3HBGTRT8J','DIAL_WITH_CUSTOMER','1002','01M8DGWWJ7WHAR1GCA0PY4ESRD','4930555123','','','','','','','','','6666','test',1795750261493145,1795750261505751,'completed','','[["requested", 1795750261493145], ["begun", 1795750261493145], ["dialling", 1795750261501621], ["completed", 1795750261505751]]');
INSERT INTO "receipt" VALUES('01M8DGWYMWPK7HT9ASM31YX0EZ','DIAL_WITH_CUSTOMER','1000','01M8DGWYKACGD0ERPTQFP7GEQ9','4930555123','','','','','','','','','6666','test',1795750263454590,1795750263468174,'completed','','[["requested", 1795750263454590], ["begun", 1795750263454590], ["dialling", 1795750263463205], ["completed", 1795750263468174]]');
INSERT INTO "receipt" VALUES('01M8DGWYPRJNH3NY7H4H7PZ8R3','LEAVE_3WAY_CALL','1000','01M8DGWYKACGD0ERPTQFP7GEQ9','','','','','','','','','','6666','test',1795750263512620,1795750263515647,'completed','','[["requested", 1795750263512620], ["begun", 1795750263512620], ["completed", 1795750263515647]]');
INSERT INTO "receipt" VALUES('01M8DGWYW76PEEGKXPE1JKVARW','STATUS','1000','01M8DGWYKACGD0ERPTQFP7GEQ9','','','','','','LATER','','','','local:root (uid 0)','api/v1',1795750263687150,1795750263687150,'completed','','[["requested", 1795750263687150], ["completed", 1795750263687150]]');
INSERT INTO "receipt" VALUES('01M8DGWZ0RSRTR2EHXQNET7YE3','LOGOUT','1000','01M8DGWYKACGD0ERPTQFP7GEQ9','','','','','','','','','','local:root (uid 0)','api/v1',1795750263833068,1795750263833068,'completed','','[["requested", 1795750263833068], ["completed", 1795750263833068]]');
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
    notice TEXT NOT NULL DEFAULT '' -- of recording_notice: played, failed; empty if the campaign has none
) STRICT, WITHOUT ROWID;
INSERT INTO "recording" VALUES('20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1','01M8DGWQ54PMB4AX7SKN5NAVB3','call','campaign_recording=ALLCALLS','1003',1795750255798227,1795750255808384,1795750255875499,'kept','','/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033055_4930555777_01M8DGWQ54PMB4AX7SKN5NAVB3-1.wav',1324,80,'4298c318f2c6e2e2b0179306495d325a53cd8fbcd93777a7d0b3f4f5924868b8','',0,'','');
INSERT INTO "recording" VALUES('20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1','01M8DGWQKDP599T1CEPHVA3JPJ','call','campaign_recording=ALLCALLS','1003',1795750256248019,1795750256253599,1795750256315040,'kept','','/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033056_4930555778_01M8DGWQKDP599T1CEPHVA3JPJ-1.wav',1004,60,'b894116ca9dc99c667340512c1bb183cb1d9d29a2544d7ccd43cf5d09641224b','',0,'','');
INSERT INTO "recording" VALUES('20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1','01M8DGWR5B21TPKA1EFMCB1MS8','call','campaign_recording=ALLCALLS','1003',1795750256829160,1795750256834136,1795750256878484,'kept','','/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033056_81311112222_01M8DGWR5B21TPKA1EFMCB1MS8-1.wav',684,40,'b463a0a72914925063d4a0f8a40e07ca802dbab6143be33bfafc36c77d89aa97','',0,'','');
INSERT INTO "recording" VALUES('20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1','01M8DGWRBSNJTT43QX0KAJVTWA','call','campaign_recording=ALLCALLS','1003',1795750257036312,1795750257041069,1795750257076312,'kept','','/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033057_81311113333_01M8DGWRBSNJTT43QX0KAJVTWA-1.wav',684,40,'387d7aec1faaf10a38cdbaeaab8008c49d3145ffb53951698f7a13f447876bb3','',0,'','');
INSERT INTO "recording" VALUES('20261127-033059_493012345671_01M8DGWTP3Z53RR3XFWHZN3014-1','01M8DGWTP3Z53RR3XFWHZN3014','call','campaign_recording=ALLCALLS','1001',1795750259425707,1795750259432187,NULL,'running','','',0,0,'','',0,'','');
INSERT INTO "recording" VALUES('20261127-033101_493012345672_01M8DGWWJ7WHAR1GCA0PY4ESRD-1','01M8DGWWJ7WHAR1GCA0PY4ESRD','call','campaign_recording=ALLCALLS','1002',1795750261335195,1795750261339592,NULL,'running','','',0,0,'','',0,'','');
INSERT INTO "recording" VALUES('20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1','01M8DGWYKACGD0ERPTQFP7GEQ9','call','campaign_recording=ALLCALLS','1000',1795750263423822,1795750263429236,1795750263521827,'kept','','/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-1.wav',1644,100,'475803c3a53223ecfada501c9de76ba1d0b0c445f13132e5ea32126842414ced','',0,'','');
INSERT INTO "recording" VALUES('20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2','01M8DGWYKACGD0ERPTQFP7GEQ9','handoff','leave_3way_start_recording=ALL_CALLS','1000',1795750263512620,1795750263519620,1795750263863884,'kept','','/tmp/keep-a5g4fdqp/lab/asterisk/recording/20261127-033103_493012345670_01M8DGWYKACGD0ERPTQFP7GEQ9-2.wav',5484,340,'2620f7e2d1a482c463ce66ceeee0d9c2d29badb46e878c2efaf7e1e26ec89ab3','',0,'','');
CREATE TABLE recovery_code (
    user TEXT NOT NULL REFERENCES second_factor (user) ON DELETE CASCADE,
    hash TEXT NOT NULL CHECK (length(hash) = 64), -- SHA-256 of salt and code
    PRIMARY KEY (user, hash)
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
    -- 0 switches the agent API off for every user
    vdc_agent_api_active TEXT NOT NULL DEFAULT '1' CHECK (vdc_agent_api_active IN ('1', '0')),
    -- days that a recording's file is kept; 0 to keep it until you delete it
    recordings_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (recordings_keep_days BETWEEN 0 AND 36500),
    -- days that the journal keeps the contents of its rows (the rows stay); 0 to keep them permanently
    journal_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (journal_keep_days BETWEEN 0 AND 36500)
) STRICT, WITHOUT ROWID;
INSERT INTO "setting" VALUES('warmline','ERROR','Europe/Berlin',NULL,'[]',0,15,'[]','["110", "112", "911", "999"]','[]','[]',200,'N','1',0,0);
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
INSERT INTO "user" VALUES('ada','scrypt$16384$bdcd352add42f7ecc6a14f0f785b602a$f8d927471448ec105ebe610bd67f87b04cf189c936f2e80d18d36e9f2042fab68ac133c4559aca135e40c840bc30b1c0f4a8d19bef4c0cb0bd2ae47333274de4','admin',NULL,'Ada',NULL,'Y','Y');
INSERT INTO "user" VALUES('agent','scrypt$16384$2a5485490e16e4ea3c91ddfe4eacce88$c471c78b1bdf802108f7d09fbb3cf725263a9d7b9135e77d4cc6124e2c1bb214490df5d3d86d422b0e4b7d594b06d7661b13b1250cfdae278c000f0abc019a82','agent','1008','Alex Agent',NULL,'N','Y');
INSERT INTO "user" VALUES('bert','scrypt$16384$92811779561dd89e22a426041f99a6c9$28aca56ca0ac8bea04383cd23aebbb8682e7f16a9fe47cadb0b7263ae092b6712080d1a31fc24b0bc2f434cbcf1dba1fcfa468e604e493364f92dbf6a6350cc3','agent','1005','','BERLIN','Y','Y');
INSERT INTO "user" VALUES('supervisor','scrypt$16384$cf797d37c853f4161f33e92e54736c3c$9ffdb7881a34c719ef54806e3d657174f956f03dd65adb6d25d69754570f09f7b522dc4b09ef192b22beeac7919a81604051432274f8e79f88c9b19a72ed61db','supervisor',NULL,'Sam Supervisor',NULL,'N','Y');
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
WHEN NEW.lead <> 0 AND NOT (NEW.ended_by = 'refused' AND NEW.status = '' AND NEW.origin = 'dialler')
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
CREATE INDEX leg_owner ON leg (owner);
CREATE INDEX leg_agent ON leg (owner, created) WHERE role = 'agent';
CREATE INDEX receipt_call ON receipt (call);
CREATE INDEX receipt_requested ON receipt (requested);
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
CREATE TRIGGER dnc_disposed AFTER INSERT ON disposition_entry
WHEN EXISTS (SELECT 1 FROM disposition WHERE id = NEW.status AND dnc = 'Y')
BEGIN
    INSERT INTO dnc (phone_number, campaign, at, "by", why)
    SELECT digits, '', NEW.at, NEW.agent, NEW.status FROM (
        SELECT replace(replace(replace(replace(replace(replace(number, '+', ''), '-', ''), ' ', ''), '(', ''), ')', ''), '.', '')
        AS digits FROM call WHERE id = NEW.call
    )
    WHERE digits <> '' AND digits NOT GLOB '*[^0-9]*'
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER lead_disposed AFTER INSERT ON disposition_entry WHEN NEW.undo_until = 0
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
CREATE INDEX queue_wait_call ON queue_wait (call);
CREATE INDEX queue_wait_ingroup ON queue_wait (ingroup, entered);
CREATE INDEX queue_wait_entered ON queue_wait (entered);
CREATE INDEX queue_wait_ended ON queue_wait (ended);
CREATE INDEX attempt_shown ON attempt (caller_id);
CREATE INDEX attempt_answered ON attempt (campaign, answered) WHERE answered IS NOT NULL;
CREATE INDEX callback_open ON callback (at) WHERE state = 'pending';
CREATE INDEX webhook_queued ON webhook (queued);
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
    CASE WHEN call.ended IS NULL THEN 'live' WHEN call.connected IS NOT NULL THEN 'answered'
    WHEN call.direction = 'out' THEN 'failed'
    WHEN EXISTS (SELECT 1 FROM fallback WHERE fallback.id = call.id AND fallback.goto = '' AND fallback.reason <> 'hung up before queue') THEN 'fallback'
    ELSE 'missed' END AS outcome,
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
    (SELECT reason FROM fallback WHERE fallback.id = call.id AND fallback.goto = '' AND fallback.reason <> 'hung up before queue') AS fallback_reason
FROM (
    SELECT id, agc_id, direction, origin, number, dialled, ingroup, direct, agent, last_agent, arrived, connected,
        "left", ended, ended_by, lead, ifnull((
    SELECT status FROM disposition_entry AS given WHERE given.call = call.id  ORDER BY given.id DESC LIMIT 1
), call.status) AS code
    FROM call
    UNION ALL
    SELECT id, '', 'in', 'caller', number, dialled, '', '', NULL, '', at, NULL, NULL, at, '', 0, ''
    FROM fallback WHERE fallback.goto = '' AND fallback.reason <> 'hung up before queue' AND id NOT IN (SELECT id FROM call)
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
    recording.converted_path AS converted_path
FROM recording
LEFT JOIN call ON call.id = recording.call
LEFT JOIN ingroup ON ingroup.id = call.ingroup
LEFT JOIN known_agent AS agent ON agent.id = recording.agent;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('lead',7);
COMMIT;
