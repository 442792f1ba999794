#!/usr/bin/env bash
# Starts a server of its own with the demo in a temporary folder, and meets it in
# a real browser and with outside verifiers. Arguments go to Playwright.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/postgres.sh

cairn=${CAIRN_TEST_BINARY:-$CARGO_TARGET_DIR/debug/cairn}
data=$(mktemp -d)
port=$(free_port)
export CAIRN_DATA_DIR=$data CAIRN_BIND=127.0.0.1:$port CAIRN_LOG=warn
export CAIRN_TEST_URL=http://127.0.0.1:$port CAIRN_TEST_BINARY=$cairn CAIRN_TEST_DATA=$data

server=
finish() {
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  rm -rf "$data"
}
trap finish EXIT

"$cairn" demo --json >"$data/demo.json"
export CAIRN_TEST_DEMO=$data/demo.json
"$cairn" serve &
server=$!
curl --silent --fail --retry 60 --retry-delay 1 --retry-connrefused "$CAIRN_TEST_URL/readyz" >/dev/null

cd end2end
npx --no-install tsc
npx --no-install playwright test "$@"
