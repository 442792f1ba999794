#!/usr/bin/env bash
# Changes what comes from outside at random, at each target or at those named.
#   scripts/fuzz.sh SECONDS [TARGET…]   so long, and on from what was learned before
#   scripts/fuzz.sh brief [TARGET…]     the same few thousand changes each time
# What it finds stands in fuzz/artifacts; what it learns is kept outside the checkout.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

how=$1
shift
if [ $# -gt 0 ]; then targets=("$@"); else mapfile -t targets < <(cargo fuzz list); fi

# Other flags than everything else is built with, so other output. No sanitizer:
# it would need a nightly compiler, and nothing here is unsafe.
export CARGO_TARGET_DIR="$CARGO_TARGET_DIR/fuzz"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for target in "${targets[@]}"; do
  if [ "$how" = brief ]; then
    learned="$scratch/$target"
    limit=(-runs=20000 -seed=1)
  else
    learned="$CAIRN_CACHE/fuzz/$target"
    limit=(-max_total_time="$how")
  fi
  mkdir -p "$learned"
  cargo fuzz run --sanitizer none "$target" "$learned" "fuzz/seeds/$target" -- \
    "${limit[@]}" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -verbosity=0 -print_final_stats=1
done
