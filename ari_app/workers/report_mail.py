"""Sends scheduled reports by mail: through a server over SMTP, or with a program such as sendmail."""

import smtplib
import socket
import ssl
import subprocess
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import localtime

from warmline.store.scheduled_reports.report_files import ReportFile
from warmline.store.scheduled_reports.report_mails import DueReport
from warmline.system import loopback
from warmline.system.settings import Settings

WITHIN = 30.0  # seconds, for each step of the sending
OVER_TLS = 465  # the port at which TLS begins with the connection


class MailError(Exception):
    """A mail that could not be handed over; the text says why, without the login."""


def message(settings: Settings, due: DueReport, files: Sequence[ReportFile]) -> EmailMessage:
    """Return the mail: the sums as text, and each report as a file for a spreadsheet.

    Its id is that of the period: a reader shows it once if the server took it and its answer was lost.
    """
    mail, host, period = EmailMessage(), socket.getfqdn(), due.period
    addresses = due.options["mail_to"]
    assert isinstance(addresses, tuple | list)
    mail["From"] = settings.mail_from or f"warmline@{host}"
    mail["To"] = ", ".join(map(str, addresses))
    mail["Subject"] = f"{due.report}: {period}"
    mail["Date"] = localtime()
    mail["Message-ID"] = f"<report-{due.report}-{period.first}-{period.last}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer of an absent reader
    parts = [f"{one.summary}\n{'-' * len(one.summary)}\n{one.sums}\n" for one in files]
    mail.set_content("\n".join((f"Reports of {period}, in the time zone {due.zone}.\n", *parts)))
    for one in files:
        mail.add_attachment(one.text, subtype="csv", filename=f"{period.first}-{one.name}.csv")
    return mail


def send(settings: Settings, mail: EmailMessage) -> None:
    """Hand a mail over. Raises MailError."""
    if not settings.mail_server:
        raise MailError("the setting mail_server is empty; set it, and restart warmline-workers")
    try:
        if settings.mail_server.startswith("/"):
            _to_program(settings.mail_server, mail)
        else:
            _to_server(settings, mail)
    except smtplib.SMTPRecipientsRefused as error:
        refused = ", ".join(f"{address} ({_answer(*answer)})" for address, answer in error.recipients.items())
        raise MailError(f"{settings.mail_server} refused {refused}") from None
    except smtplib.SMTPResponseException as error:
        raise MailError(f"{settings.mail_server} answered {_answer(error.smtp_code, error.smtp_error)}") from None
    except (OSError, smtplib.SMTPException, subprocess.SubprocessError, ValueError) as error:
        raise MailError(f"{settings.mail_server}: {error}") from None


def _to_program(program: str, mail: EmailMessage) -> None:
    """Give the mail to a program as its input; the addresses are in its head (-t), and a lone dot is text (-i)."""
    done = subprocess.run(
        [program, "-t", "-i"], input=mail.as_bytes(), capture_output=True, timeout=WITHIN, check=False
    )
    if done.returncode:
        raise MailError(f"{program} ended with {done.returncode}: {done.stderr.decode(errors='replace').strip()}")


def _to_server(settings: Settings, mail: EmailMessage) -> None:
    if not (place := loopback.host_and_port(settings.mail_server)):
        raise MailError(f"mail_server is {settings.mail_server}; allowed: HOST:PORT, or the path of a program")
    context, is_private = ssl.create_default_context(), loopback.is_local(place[0])
    if place[1] == OVER_TLS:
        opened: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=WITHIN, context=context)
    else:
        opened = smtplib.SMTP(*place, timeout=WITHIN)
    with opened as server:
        server.ehlo()
        if place[1] != OVER_TLS and not is_private and server.has_extn("starttls"):
            server.starttls(context=context)
        if settings.mail_login:
            if not is_private and not isinstance(server.sock, ssl.SSLSocket):
                raise MailError(f"{settings.mail_server} has no TLS, so the login was not sent")
            user, _, password = settings.mail_login.partition(":")
            server.login(user, password)
        if refused := server.send_message(mail):
            raise smtplib.SMTPRecipientsRefused(refused)


def _answer(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}".strip()
