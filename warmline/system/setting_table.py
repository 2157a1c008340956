"""The table of the settings of a machine, in its TOML file: each with its default, the possible values and its meaning.

The options of the whole system, in the database, are in warmline/options/setting_options.py.
"""

LOG_STYLES = ("logfmt", "json", "text")

# Each setting: default, possible values and meaning; docs/reference/generated/settings.md is generated from this table.
SETTING_TABLE: "dict[str, tuple[str | int, str, str]]" = {
    "db": (
        "/var/lib/warmline/warmline.db",
        "path of a file, or postgresql://USER@HOST/NAME",
        "the database with the configuration, the journal and the records of all calls. With an address, the files "
        "next to it are in the folder that has `spool`",
    ),
    "recordings": (
        "/var/spool/asterisk/recording",
        "path of a folder",
        "the folder in which Asterisk stores recordings: `recording` in the `astspooldir` of `asterisk.conf`",
    ),
    "spool": (
        "/var/lib/warmline/spool",
        "path of a folder",
        "the folder for notes about calls that took the fallback, and of promised callbacks; the app reads them",
    ),
    "mail_server": (
        "",
        "HOST:PORT, or the path of a program such as `/usr/sbin/sendmail`; may be empty",
        "the server or program that sends the mails of scheduled reports; empty: no mail is sent",
    ),
    "mail_from": ("", "address of mail; may be empty", "the sender of mails; empty: `warmline` at this machine's name"),
    "mail_login": (
        "",
        "NAME:PASSWORD; may be empty",
        "the login at `mail_server`, which is sent only over TLS or to loopback; empty: none",
    ),
    "run": (
        "/run/warmline",
        "path of a folder",
        "the folder for the heartbeats of the app and the AGI process, and for the sockets `calls-local` (the command "
        "line), `calls-api` and `calls-workers`",
    ),
    "listen_host": (
        "127.0.0.1",
        "address of this machine, or 0.0.0.0",
        "the address at which the API process serves the APIs; any address but loopback needs `tls_certificate`",
    ),
    "listen_port": (8089, "1 to 65535", "the TCP port of the agent API, the JSON API and `/metrics`"),
    "tls_certificate": (
        "",
        "path of a PEM file; may be empty",
        "the certificate of the API process, followed by its intermediate certificates; empty: plain HTTP",
    ),
    "tls_key": (
        "",
        "path of a PEM file without a passphrase; may be empty",
        "the private key of `tls_certificate`; empty: the certificate's file holds the key, too",
    ),
    "api_rate": (
        200,
        "0 or more",
        "the requests that a user or a token may send each second from one address; 0: no limit",
    ),
    "trusted_proxies": (
        "",
        "addresses and networks, separated by commas; may be empty",
        "the reverse proxies whose header `X-Forwarded-For` names the client, such as `127.0.0.1`; empty: none",
    ),
    "workspace_frames": (
        "",
        "origins such as `https://crm.example.com`, separated by commas; may be empty",
        "the sites whose pages may show the workspace in a frame, such as a CRM; empty: none",
    ),
    "api_origins": (
        "",
        "origins such as `https://crm.example.com`, separated by commas; may be empty",
        "the sites whose pages may call the JSON API in a browser, with a token; empty: none",
    ),
    "server_ip": ("127.0.0.1", "text", "the value of `server_ip` in answers of the agent API and in webhooks"),
    "ari_url": ("http://127.0.0.1:8088/ari", "URL", "the address of Asterisk's REST interface (ARI)"),
    "ari_user": ("warmline", "name", "the user for ARI, as in `ari.conf`"),
    "ari_password": ("", "text", "the password of `ari_user`, as in `ari.conf`; `warmline install` creates one"),
    "ari_app": (
        "warmline",
        "name",
        "the name of the application in Asterisk; two apps at one Asterisk need two names",
    ),
    "browser_sip": (
        "",
        "HOST:PORT with an address of loopback; may be empty",
        "the address at which Asterisk takes SIP over UDP for browser phones, such as 127.0.0.1:5060; empty: none",
    ),
    "browser_password": (
        "",
        "text; may be empty",
        "the password of the endpoint `warmline-browser`, as in `pjsip.conf`; `warmline install` creates one",
    ),
    "turn_urls": (
        "",
        "addresses of TURN servers, separated by commas; may be empty",
        "the TURN servers for browser phones in networks that block UDP, such as "
        "`turn:turn.example.com:3478?transport=tcp`; empty: none",
    ),
    "turn_secret": (
        "",
        "text; may be empty",
        "the secret that Warmline shares with the TURN servers: `static-auth-secret` of coturn",
    ),
    "fastagi": (
        "",
        "HOST:PORT with an address of loopback; may be empty",
        "the address of FastAGI, which the AGI process serves; empty: the dialplan runs the AGI scripts as processes",
    ),
    "queue_log": (
        "",
        "path of a file; may be empty",
        "the file to which the worker process appends lines in the format of Asterisk's `queue_log`; empty: none",
    ),
    "speech_command": (
        "",
        "a program and its arguments, with `{voice}` and `{file}`; may be empty",
        "the program with which scripts say texts. It gets the text on its standard input, and writes a WAV file: "
        "`/opt/piper/piper --model /opt/voices/{voice}.onnx --output_file {file}`; empty: `espeak-ng`, if installed",
    ),
    "speech_voice": ("en", "name", "the voice of texts that scripts say without naming one"),
    "webhook_secret": ("", "text; may be empty", "the key that signs webhooks; empty: webhooks are not signed"),
    "webhook_secrets": (
        "",
        "NAME=VALUE, separated by blanks; may be empty",
        "the secrets of webhook addresses: `{secret:NAME}` in an address is replaced by the value; empty: none",
    ),
    "second_factor_key": (
        "",
        "text of 32 characters or more; may be empty",
        "the key from which second factors are made; a new installation has one; empty: no user can enrol",
    ),
    "asterisk": (
        "asterisk",
        "command, with arguments",
        "the command that runs Asterisk; Warmline appends `-rx` and a command of Asterisk's console",
    ),
    "log": (LOG_STYLES[0], ", ".join(LOG_STYLES), "the format of the log"),
    "guard_spot_seconds": (
        30,
        "seconds, 0 or more",
        "the time that a caller waits for a stopped app, with music, before the guard sends the call to the fallback",
    ),
    "gate": ("", "HOST:PORT; may be empty", "the address at which the guard passes the app on to ARI; empty: none"),
    "gate_certificate": ("", "path of a PEM file; may be empty", "the certificate of `gate`; empty: no TLS"),
    "gate_key": ("", "path of a PEM file; may be empty", "the key of `gate_certificate`; empty: in the same file"),
    "server_lost_seconds": (
        5,
        "seconds, 0 or more",
        "with several servers, the time without a connection after which the calls of a server have ended; 0: never",
    ),
    "front": (
        "",
        "HOST:PORT with a loopback or private address; may be empty",
        "the address at which the front of several servers answers the app, such as 127.0.0.1:8448; empty: no front",
    ),
}

# Settings of former versions, which are read and have no effect: what to do without them.
REMOVED = {
    "hooks": "Python hooks were removed in 0.12: an AGI script of your own decides before Warmline, and event hooks "
    "send what happened; see docs/how-to/from-python-hooks.md",
    "reports": "scheduled reports are mailed, and not stored since 0.12; delete the files of this folder if nobody "
    "needs them",
}
