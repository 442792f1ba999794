#!/usr/bin/env bash
# Measures the release build on SQLite and on a PostgreSQL of its own, and prints
# both as one JSON list. Arguments go to `cairn bench`.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/postgres.sh
trap postgres_stop EXIT

cairn="$CARGO_TARGET_DIR/release/cairn"
# What is acknowledged is on the disk, as in production.
POSTGRES_OPTIONS="" postgres_start
echo "["
"$cairn" bench "$@" --json
echo ","
"$cairn" bench "$@" --json --database-url "$CAIRN_TEST_POSTGRES/postgres"
echo "]"
