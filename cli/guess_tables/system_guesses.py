"""Words for the machine, Asterisk, phones and trunks; the form is that of `live_guesses`."""

CONTACTS = "! asterisk -rx 'pjsip show contacts' # Phones and trunks that Asterisk can reach, with their round trip."
REGISTERED = "! asterisk -rx 'pjsip show registrations' # Whether each trunk is registered at its provider."
CONSOLE = "! asterisk -rvvv # Asterisk's console; `exit` ends it."
PHONE = "! asterisk -rx 'pjsip show endpoint {1:PHONE}' # Its state, its address and its channels."
TRUNK = "! asterisk -rx 'pjsip show endpoint {1:TRUNK}' # Its state, its address and its channels."
SOUND = (
    "! asterisk -rx 'pjsip show channelstats' # Packet loss, jitter and codec of each channel.",
    "call list # Show the agent and the customer of each call.",
    "! asterisk -rx 'rtp set debug on' # Print each RTP packet, with its address; `off` ends it.",
    "doctor # Its check `phones' sound` is about settings that lead to one-way audio.",
)
PEERS = (CONTACTS, REGISTERED, "phone list", "trunk list")
CAPTURE = (
    "! timeout {--duration:60s} tcpdump -i any -w {--to:capture.pcap} 'udp or tcp port 5060' "
    "# Write all SIP and RTP packets into a file.",
    "! asterisk -rx 'pjsip show endpoint {--trunk:TRUNK}' # The address of the trunk, to filter by `host ADDRESS`.",
    "! asterisk -rx 'pjsip set logger on' # Print SIP messages in Asterisk's console; `off` ends it.",
)
SPACE = (
    "! df -h # The space of each disk.",
    "! du -sh /var/lib/warmline /var/spool/asterisk/recording /var/log/asterisk # Database, recordings and logs.",
    "doctor # Its check `recording folder` is about their space.",
)
FREED = (
    "! du -sh /var/lib/warmline /var/spool/asterisk/recording /var/log/asterisk # What takes the space.",
    "privacy sweep --dry-run # What has reached its age limit; without --dry-run it is deleted.",
    "setting describe recordings_keep_days # The age limit of recordings. No command frees a given amount.",
    "db vacuum # Give back unused space of the database file.",
    "! journalctl --vacuum-size=1G # Delete old entries of the machine's log.",
)
RENEWED = (
    "certificate create # Renew it now, for the same hosts and with the same root.",
    "! systemctl reload warmline # All processes take the new certificate.",
)
EXPIRES = (
    "certificate show # Hosts, days left and fingerprint.",
    "doctor # Its check `certificate` is about the one that is used.",
)
INSTALLED = (
    "! cd /opt/warmline && .venv/bin/pip install -r packaging/requirements-run.lock "
    "&& .venv/bin/pip install --no-deps --no-build-isolation -e . # Install what it needs."
)
UPGRADED = (
    "! systemctl stop warmline.target # First stop Warmline. Calls in progress go on.",
    "! git -C /opt/warmline pull # Get the newer version.",
    INSTALLED,
    "db migrate --backup /var/backups/warmline-before.db # Update the database, and keep a copy.",
    "install # Update the units and the links.",
    "! systemctl daemon-reload && systemctl restart warmline-guard && systemctl start warmline.target",
)
BACK = (
    "! systemctl stop warmline.target # First stop Warmline.",
    "db restore FILE # The backup that `db migrate` made before the upgrade.",
    "! git -C /opt/warmline checkout VERSION # The previous version.",
    INSTALLED,
    "! systemctl start warmline.target",
    "config undo last # Only to undo a change of the configuration.",
)
BUNDLE = (
    "config export ./bundle # The configuration; it has no secrets.",
    "! warmline doctor --json > bundle/doctor.json",
    "! journalctl -u 'warmline*' --since -1d --no-pager > bundle/warmline.log # It has telephone numbers.",
    "! tar czf {--to:bundle.tgz} bundle # No command makes a bundle; these lines do.",
)
OTHER_TRUNK = (
    "campaign set CAMPAIGN dial_template='PJSIP/{number}@{--to:OTHER-TRUNK}' # Dial through the other trunk.",
    "setting show # The setting dial_ways must name the new way, too.",
)
ACCOUNT = (
    "agent status {1:USER}",
    "agent show {1:USER} # Its account, phone and in-groups.",
    "! asterisk -rx 'pjsip show contacts' # Whether its phone is registered.",
    "session list --all # Who is logged in, and where.",
    "doctor # Its check `phones` compares Asterisk's endpoints.",
)

SYSTEM_GUESSES: dict[str, tuple[str, ...]] = {
    "sip, pjsip, sip show, pjsip show, peer, sip peer, endpoint, sip status, sip registration, pjsip endpoint": PEERS,
    "sip show registry, sip registry, registration, registry, trunk registration, trunk registry": (
        REGISTERED,
        CONTACTS,
    ),
    "phone registration, phone registered, phone ping, phone reachable, phone online": (CONTACTS, PHONE),
    "phone status": (PHONE, CONTACTS, "agent status # The states of agents."),
    "phone test, phone call, phone ring, phone echo, phone echo-test, phone check, test phone, echo, ring": (
        "! asterisk -rx 'channel originate PJSIP/{1:PHONE} application Echo' "
        "# Ring the phone; you hear yourself if sound goes both ways.",
        PHONE,
    ),
    "debug audio, debug rtp, debug media, debug call, audio debug": SOUND,
    "rtp, rtp stat, audio, media, jitter, one-way, quality, mos, codec, packet-loss": SOUND,
    "call quality, call audio, call rtp, call debug, call jitter": SOUND,
    "pcap, tcpdump, sngrep, capture, sniff, packet, sip trace, sip capture, sip debug, trace, trunk trace, "
    "trunk capture, trunk debug, trunk pcap, wireshark": CAPTURE,
    "trunk test, trunk call, trunk check, test trunk": (
        TRUNK,
        "! asterisk -rx 'channel originate PJSIP/{--call:NUMBER}@{1:TRUNK} application Echo' "
        "# Call the number; who answers hears an echo.",
        REGISTERED,
    ),
    "trunk status, trunk state, trunk health, trunk ping": (
        "trunk show {1:TRUNK} # Its limits in Warmline.",
        TRUNK,
        REGISTERED,
        "trunk list",
        "dial status",
        "doctor",
    ),
    "trunk register, trunk re-register, trunk reregister, trunk restart, trunk reconnect, trunk refresh": (
        "! asterisk -rx 'pjsip send register {1:TRUNK}' # The name is that of the registration, see the next line.",
        REGISTERED,
    ),
    "trunk failover, trunk fallback, trunk switch, trunk swap, trunk use, trunk replace, failover": OTHER_TRUNK,
    "asterisk console, asterisk cli, console, cli, asterisk shell": (CONSOLE,),
    "phone unregister, phone deregister, phone kick": (PHONE, CONTACTS),
    "doctor disk, doctor space": SPACE,
    "df, du, disk, disk-usage, disk usage, space, storage, disk space": SPACE,
    "cleanup, clean, clean-up, free, free-space, purge, tidy, disk clean, disk free": FREED,
    "certificate renew, certificate refresh, certificate reload, certificate update, certificate rotate": RENEWED,
    "certificate status, certificate check, certificate expiry, certificate list, certificate expire": EXPIRES,
    "rollback, downgrade, roll-back, upgrade rollback": BACK,
    "upgrade": UPGRADED,
    "support-bundle, support, bundle, support bundle, diagnostic, debug-bundle, sosreport, collect": BUNDLE,
    "agent diagnose, agent check, agent debug, agent test, agent health, agent troubleshoot, agent doctor": ACCOUNT,
}
