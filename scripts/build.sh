#!/usr/bin/env bash
# Builds the release binary: first what the browser gets, then the server that
# carries it inside.
#   scripts/build.sh            everything, optimised
#   scripts/build.sh site       only what the browser gets
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

# Built anew, it would be packed into the server anew as well, unchanged or not.
built=target/site.built
sources=(app domain style .cargo Cargo.toml Cargo.lock scripts/build.sh)
if [ ! -f "$built" ] || [ ! -d target/site/pkg ] || [ -n "$(find "${sources[@]}" -newer "$built" -print -quit)" ]; then
  say "building what the browser gets (three minutes from cold, seconds after)"
  mkdir -p target
  touch "$built.begun"
  cargo leptos --log wasm build --release --frontend-only
  # Packed once, as small as it gets, rather than at every request.
  find target/site -type f \( -name '*.css' -o -name '*.js' -o -name '*.wasm' -o -name '*.svg' \) \
    -exec brotli --force --keep --quality=11 {} +
  mv "$built.begun" "$built"
fi
[ "${1:-}" = site ] && exit 0

say "building the server (a quarter of an hour and more from cold, minutes after a change)"
cargo build --quiet --release -p server
say "built $CARGO_TARGET_DIR/release/cairn"
