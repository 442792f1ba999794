#!/usr/bin/env bash
# Kills the server again and again under fifty learners who are being assessed, on
# SQLite and on a PostgreSQL of its own, and looks whether anything was lost or
# done twice.
#   scripts/fault.sh [ROUNDS]    a hundred, if not said
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/postgres.sh
trap postgres_stop EXIT

export CAIRN_FAULT_ROUNDS=${1:-100}
# The same packages as in the tests, so that nothing is built again.
killed=(cargo nextest run --workspace -E 'package(server) and test(/^killed::/)')
"${killed[@]}"
# Only the process dies here, not the machine: what was committed is there with or without fsync.
postgres_start
"${killed[@]}"
