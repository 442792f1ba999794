#!/usr/bin/env bash
# Serves from a debug build, and builds and serves anew on every change.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

# What the browser gets lies there in its debug form from now on: not what
# scripts/build.sh left, and not to be taken for it.
rm -f target/site.built
echo "the first build takes ten minutes, each one after a change about one; then http://127.0.0.1:3000" >&2
exec cargo leptos watch -- serve
