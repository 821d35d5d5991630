#!/bin/sh
# Keeps the proxies of a Toxiproxy as they should be: makes them when it starts, and resets it when
# a run of chaos has stopped to renew its lease. The lease is a proxy of that name whose upstream
# changes with every heartbeat. Ends when Toxiproxy does not answer: then the task is replaced.
#   TOXIPROXY  address of its API
#   PROXIES    JSON for POST /populate: [{"name":..,"listen":..,"upstream":..,"enabled":true}]
#   LEASE      seconds without a heartbeat after which it is reset
#   EVERY      seconds between two looks
#   VERSION    what Toxiproxy must be; left out: any
set -eu
: "${TOXIPROXY:=http://127.0.0.1:8474}" "${PROXIES:=[]}" "${LEASE:=60}" "${EVERY:=5}" "${VERSION:=}"

api() { # method, path, body
  curl --silent --max-time 5 --request "$1" --data "${3:-}" "$TOXIPROXY$2"
}

tries=0
until version=$(api GET /version); do
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || { echo 'lease: Toxiproxy does not answer'; exit 1; }
  sleep 1
done
case $version in
  *"$VERSION"*) ;;
  *) echo "lease: Toxiproxy must be $VERSION: $version"; exit 1 ;;
esac
api POST /populate "$PROXIES" >/dev/null
echo "lease: proxies made; reset after $LEASE s without a heartbeat"

last=
age=0
while sleep "$EVERY"; do
  lease=$(api GET /proxies/leakguard-lease) || { echo 'lease: Toxiproxy does not answer'; exit 1; }
  case $lease in
    *'"upstream"'*) ;;
    *) last= age=0; continue ;;
  esac
  if [ "$lease" != "$last" ]; then
    last=$lease
    age=0
    continue
  fi
  age=$((age + EVERY))
  [ "$age" -ge "$LEASE" ] || continue
  echo "lease: expired, resetting: $lease"
  # A reset that gets no answer is that of a server whose connections are stuck.
  api POST /reset >/dev/null || { echo 'lease: the reset got no answer'; exit 1; }
  # A run may have been killed between deleting a proxy and making it anew.
  api POST /populate "$PROXIES" >/dev/null
  api DELETE /proxies/leakguard-lease >/dev/null
  last=
  age=0
done
