#!/bin/sh
# Mail the calls, the agents and the missed callers of yesterday.
#
# Install: save it as /usr/local/bin/report.sh with the mode 0755, and add a line to /etc/cron.d/report. A program that is
# called sendmail must be there. The user must be able to read Warmline's database, such as Asterisk's user:
#
#   15 6 * * * asterisk REPORT_TO=boss@example.com /usr/local/bin/report.sh
#
# For other days: report.sh 2026-11-20. `warmline scheduled-report` mails reports without cron, with files for a
# spreadsheet.
set -eu
PATH=$PATH:/usr/local/bin:/usr/sbin
day=${1:-yesterday}
text=$(for report in day agents missed; do
  printf '%s\n\n' "$report"
  warmline report "$report" --day "$day"
  printf '\n'
done)
printf 'To: %s\nSubject: Calls of %s\nContent-Type: text/plain; charset=utf-8\n\n%s\n' "$REPORT_TO" "$day" "$text" |
  sendmail -t -i
