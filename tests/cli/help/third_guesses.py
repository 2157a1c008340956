"""Command lines that a third stranger guessed, and guesses with the habits of other programs, and how each one ends.

The form is that of `tests.cli.help.stranger_guesses`.
"""

from tests.cli.help.stranger_guesses import LED, Guess

# Verbs on an entry that are none of Warmline's.
VERBS: tuple[Guess, ...] = (
    ("agent disable 1001", LED, ("  warmline agent set 1001 active=N ",)),
    ("agent enable 1001", LED, ("  warmline agent set 1001 active=Y ",)),
    ("agent suspend 1001", LED, ("  warmline agent set 1001 active=N ",)),
    ("disable agent 1001", LED, ("  warmline agent set 1001 active=N ",)),
    ("agent 1001 disable", LED, ("  warmline agent set 1001 active=N ",)),
    ("agent reset-pin 1001", LED, ("  warmline agent set 1001 pin=- ",)),
    ("reset-pin agent 1001", LED, ("  warmline agent set 1001 pin=- ",)),
    ("agent passwd 1001", LED, ("  warmline agent set 1001 pin=- ", "  warmline user password 1001 ")),
    ("user reset-password eve", LED, ("  warmline user password eve ",)),
    ("api-user change-password 6666", LED, ("  warmline api-user set 6666 pass=- ",)),
    ("user lock eve", LED, ("  warmline user set eve active=N ",)),
    ("token revoke crm", LED, ("  warmline api-token renew crm ",)),
    ("agent add-skill 1000 german", LED, (
        "  warmline agent show 1000 ", "  warmline agent set 1000 ingroups=german,OTHERS ", "  warmline ingroup list ",
    )),
    ("agent remove-skill 1000 SALESLINE", LED, (
        "  warmline agent show 1000 ", "  warmline agent set 1000 ingroups=OTHERS ",
    )),
    ("agent assign 1000 spring", LED, ("  warmline agent set 1000 campaign=spring ",)),
    ("agent set-campaign 1001 spring", LED, ("  warmline agent set 1001 campaign=spring ",)),
    ("ingroup add-member SALESLINE 1000", LED, ("  warmline agent set 1000 ingroups=SALESLINE,OTHERS ",)),
    ("list assign 101 spring", LED, ("  warmline list set 101 campaign=spring ",)),
    ("list deactivate 101", LED, ("  warmline list set 101 active=N ",)),
    ("did disable 8005550100", LED, ("  warmline did set 8005550100 did_active=N ",)),
    ("did route 8005550100 SALESLINE", LED, ("  warmline did set 8005550100 route=ingroup:SALESLINE ",)),
    ("phone disable 1001", LED, ("  warmline agent set USER active=N ",)),
    ("queue open SALESLINE", LED, ("  warmline ingroup set SALESLINE active=Y ",)),
    ('campaign rename spring "Summer Sales"', LED, (
        "  warmline campaign set spring campaign_name='Summer Sales' ", "  warmline campaign copy spring NEW ",
    )),
    ("campaign dial-level spring 2", LED, ("  warmline campaign set spring auto_dial_level=2 ",)),
    ("get agents", LED, ("  warmline agent list ",)),
    ("describe agent 1000", LED, ("  warmline agent show 1000 ",)),
    ("describe campaign dial_timeout", LED, ("  warmline campaign describe dial_timeout ",)),
    ("agent dail 1000 4930555123", LED, ("  warmline agent dial 1000 4930555123 ",)),
)  # fmt: skip
