#!/usr/bin/env bash
# Everything that must hold before a change lands (`all`), or what is quick (`quick`).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/postgres.sh

# Warnings are errors here, and only here: while working they are advice.
readonly CLIPPY_FLAGS=(-D warnings)
# What the islands may weigh together, brotli'd.
readonly WASM_BUDGET=$((150 * 1024))

started=$SECONDS
step() { printf '\n\033[1m==> %s\033[0m (%d s so far)\n' "$*" $((SECONDS - started)); }
trap postgres_stop EXIT

step "format"
cargo fmt --all --check

step "lints"
cargo clippy --quiet --workspace --all-targets -- "${CLIPPY_FLAGS[@]}"

if [ "$1" = quick ]; then
  step "unit tests"
  cargo nextest run --workspace --lib
  exit 0
fi

step "lints for the browser"
# Where and as cargo-leptos builds it below, so that what both need is built once.
for_browser=(--target-dir "$CARGO_TARGET_DIR/front" --profile wasm-release --target wasm32-unknown-unknown)
cargo clippy --quiet "${for_browser[@]}" -p app --lib --no-default-features --features hydrate -- "${CLIPPY_FLAGS[@]}"
# The rules need neither a clock, nor chance, nor a machine.
cargo clippy --quiet "${for_browser[@]}" -p domain --lib -- "${CLIPPY_FLAGS[@]}"

step "documentation"
RUSTDOCFLAGS="-D warnings -A rustdoc::private_intra_doc_links" \
  cargo doc --quiet --workspace --no-deps --document-private-items

# Before the tests: they follow every link of a page, its style sheet and scripts too.
step "what the browser gets"
scripts/build.sh site
weight=$(cat target/site/pkg/*.wasm.br target/site/pkg/cairn.js.br | wc -c)
echo "islands: $weight bytes brotli'd, of $WASM_BUDGET"
[ "$weight" -le "$WASM_BUDGET" ] || { echo "the islands are too heavy" >&2; exit 1; }

step "what comes from outside, changed at random"
scripts/fuzz.sh brief

step "tests on SQLite"
cargo nextest run --workspace

step "tests on PostgreSQL"
postgres_start
# The same packages as above, so that nothing is built again.
cargo nextest run --workspace -E 'package(service) + package(server) + package(app)'

step "browser tests"
# The server is the one that the tests above were built with.
scripts/end2end.sh

step "done"
