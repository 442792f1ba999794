#!/usr/bin/env bash
# Changes what comes from outside at random, for so many seconds at each target.
#   scripts/fuzz.sh SECONDS [TARGET…]
# What it finds stands in fuzz/artifacts; what it learns is kept outside the checkout.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

seconds=$1
shift
if [ $# -gt 0 ]; then targets=("$@"); else mapfile -t targets < <(cargo fuzz list); fi

# Other flags than everything else is built with, so other output. No sanitizer:
# it would need a nightly compiler, and nothing here is unsafe.
export CARGO_TARGET_DIR="$CARGO_TARGET_DIR/fuzz"
for target in "${targets[@]}"; do
  learned="$CAIRN_CACHE/fuzz/$target"
  mkdir -p "$learned"
  cargo fuzz run --sanitizer none "$target" "$learned" "fuzz/seeds/$target" -- \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -verbosity=0 -print_final_stats=1
done
