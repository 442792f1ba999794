#!/usr/bin/env bash
# Loads the demo (only what is missing) and serves it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
cairn="$CARGO_TARGET_DIR/release/cairn"
"$cairn" demo
exec "$cairn" serve
