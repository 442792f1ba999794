#!/usr/bin/env bash
# Measures the release build on SQLite and on a PostgreSQL of its own, and prints
# both as one JSON list. Arguments go to `cairn bench`. The database is named by a
# variable: an argument, and a password in it, could be seen by every user.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/postgres.sh
trap postgres_stop EXIT

cairn="$CARGO_TARGET_DIR/release/cairn"
# What is acknowledged is on the disk, as in production.
POSTGRES_OPTIONS="" postgres_start
echo "["
env -u CAIRN_BENCH_DATABASE_URL "$cairn" bench "$@" --json
echo ","
CAIRN_BENCH_DATABASE_URL="$CAIRN_TEST_POSTGRES/postgres" "$cairn" bench "$@" --json
echo "]"
