"""Where things are: one frozen record from one TOML file and the environment.

The AGI scripts load this, so nothing heavier than `os` is imported until a TOML file has to be read.
"""

import os
from collections import namedtuple

DEFAULT_FILE = "/etc/warmline/warmline.toml"

_DEFAULTS = {
    "db": "/var/lib/warmline/warmline.db",
    "recordings": "/var/spool/asterisk/recording",
    "spool": "/var/lib/warmline/spool",
    "run": "/run/warmline",
    "listen_host": "127.0.0.1",
    "listen_port": 8089,
    "server_ip": "127.0.0.1",
    "ari_url": "http://127.0.0.1:8088/ari",
    "ari_user": "warmline",
    "ari_password": "",
    "ari_app": "warmline",
}

Settings = namedtuple("Settings", list(_DEFAULTS))
