#!/bin/sh
# The buttons of a CRM, by curl: dial a customer for an agent, bring a third party, leave, give the disposition.
#
# Install: make a token, and write its line into a file that only the user of the CRM can read:
#   warmline api-token create crm scopes=agents:read,agents:write,calls:read,calls:write
#   echo 'Authorization: Bearer TOKEN' > /etc/crm.header; chmod 600 /etc/crm.header
#
# Set WARMLINE to the address of the app, and CRM_HEADER to the file, if they are others. Each line is a button:
#   crm.sh 1000 show
#   crm.sh 1000 dial 4930555124
#   crm.sh 1000 conference 4930555123
#   crm.sh 1000 leave
#   crm.sh 1000 disposition SALE
#
# The answer is JSON: the agent, or the receipt of the command. A command that is refused has the exit code 22.
set -eu
agent=${WARMLINE:-http://127.0.0.1:8089}/api/v1/agents/$1
word=$(printf %s "${3:-}" | tr -cd '0-9A-Za-z_+*#')
ask() { curl -sS --fail-with-body -H "@${CRM_HEADER:-/etc/crm.header}" "$@"; }
case $2 in
  show) ask "$agent" ;;
  dial) ask --json "{\"number\": \"$word\"}" "$agent/dial" ;;
  conference) ask --json "{\"kind\": \"PARK_CUSTOMER_DIAL\", \"number\": \"$word\"}" "$agent/transfers" ;;
  leave) ask --json '{"kind": "LEAVE_3WAY_CALL"}' "$agent/transfers" ;;
  disposition) ask --json "{\"status\": \"$word\"}" "$agent/disposition" ;;
  *) echo "no button $2; allowed: show, dial, conference, leave, disposition" >&2; exit 2 ;;
esac
