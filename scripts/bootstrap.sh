#!/usr/bin/env bash
# Installs what building Cairn needs and is missing; a second run only looks.
#   scripts/bootstrap.sh         what `make run` needs
#   scripts/bootstrap.sh --test  and what `make test` needs besides
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

readonly RUST=1.96
readonly CARGO_LEPTOS=0.3.11
readonly NEXTEST=0.9.143
readonly CARGO_FUZZ=0.13.2
readonly BINARYEN=132.0.0
# What verifies badges from outside needs a newer one than Debian 12 has.
readonly NODE=22.23.3
WASM_BINDGEN=$(sed -n 's/^wasm-bindgen = "=\([0-9.]*\)".*/\1/p' Cargo.toml)
readonly WASM_BINDGEN

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
stop() { printf '\033[1;31mstopped:\033[0m %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
mkdir -p "$CAIRN_CACHE/tools" "$CAIRN_CACHE/node"

root() { if [ "$(id -u)" = 0 ]; then "$@"; elif have sudo; then sudo "$@"; else return 1; fi; }

apt_updated=
debian() {
  have apt-get || stop "$* missing. This machine has no apt-get: install it with your system's package manager and run this again."
  if [ -z "$apt_updated" ]; then
    root apt-get update -qq || stop "apt-get update failed: it needs root (or sudo) and a network."
    apt_updated=1
  fi
  say "installing Debian packages: $*"
  # sudo passes no environment on.
  root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$CAIRN_CACHE/apt.log" 2>&1 ||
    { tail -5 "$CAIRN_CACHE/apt.log" >&2; stop "apt-get could not install: $*"; }
}

# --- small things ------------------------------------------------------------
missing=()
have cc || missing+=(gcc libc6-dev)
have make || missing+=(make)
have curl || missing+=(curl ca-certificates)
have node || missing+=(nodejs)
have npm || missing+=(npm)
have brotli || missing+=(brotli)
[ ${#missing[@]} = 0 ] || debian "${missing[@]}"

# --- Rust with wasm32 --------------------------------------------------------
new_enough() { # is `$1 --version` at least $RUST?
  local v
  v=$("$1" --version 2>/dev/null | sed -n 's/^rustc \([0-9]*\.[0-9]*\).*/\1/p')
  [ -n "$v" ] && [ "$(printf '%s\n%s\n' "$RUST" "$v" | sort -V | head -1)" = "$RUST" ]
}
has_wasm() { # can this rustc build for the browser?
  local lib
  lib=$("$1" --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) && ls "$lib"/libstd-*.rlib >/dev/null 2>&1
}

wasm_std_from_source() {
  say "building the wasm32 standard library from Debian's source package (half a minute)"
  local src=/usr/lib/rustlib/src/rust/library scratch out
  scratch=$(mktemp -d)
  cp -rL "$src" "$scratch/library"
  (
    cd "$scratch/library"
    # The flags that rustc's own build gives to its standard library.
    RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 __CARGO_DEFAULT_LIB_METADATA=stablestd \
      RUSTFLAGS="-Cembed-bitcode=yes -Zforce-unstable-if-unmarked" CARGO_TARGET_DIR="$scratch/target" \
      /usr/bin/cargo build --quiet --release --target wasm32-unknown-unknown \
      --manifest-path sysroot/Cargo.toml --features "panic-unwind compiler-builtins-mem"
  ) || stop "the wasm32 standard library did not build (see above)."
  out=/usr/lib/rustlib/wasm32-unknown-unknown/lib
  root mkdir -p "$out"
  root cp "$scratch"/target/wasm32-unknown-unknown/release/deps/*.rlib "$out/"
  rm -rf "$scratch"
}

use_debian_rust() {
  [ -f /etc/debian_version ] || stop "Rust $RUST with the target wasm32-unknown-unknown is needed. With rustup: rustup update stable && rustup target add wasm32-unknown-unknown."
  new_enough /usr/bin/rustc && [ -d /usr/lib/rustlib/src/rust/library ] && have wasm-ld-22 && [ -x /usr/bin/cargo-clippy ] && [ -x /usr/bin/rustfmt ] ||
    debian rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web lld-22
  new_enough /usr/bin/rustc || stop "Debian's rustc is older than $RUST here. Add the bookworm-security source, or install Rust with rustup."
  has_wasm /usr/bin/rustc || wasm_std_from_source
  if have rustup; then
    rustup toolchain link cairn /usr
    echo 'export RUSTUP_TOOLCHAIN=cairn' >"$CAIRN_CACHE/toolchain.env"
  else
    echo 'export PATH="/usr/bin:$PATH"' >"$CAIRN_CACHE/toolchain.env"
  fi
  . "$CAIRN_CACHE/toolchain.env"
}

if new_enough rustc && has_wasm rustc; then
  say "Rust: the machine's own ($(rustc --version))"
elif have rustup && new_enough rustc && rustup target add wasm32-unknown-unknown >/dev/null 2>&1; then
  say "Rust: rustup's ($(rustc --version)), with wasm32 added"
elif have rustup && rustup toolchain install "$RUST" --profile minimal -c clippy -c rustfmt -t wasm32-unknown-unknown >/dev/null 2>&1; then
  echo "export RUSTUP_TOOLCHAIN=$RUST" >"$CAIRN_CACHE/toolchain.env"
  . "$CAIRN_CACHE/toolchain.env"
  say "Rust: rustup's, installed for this ($(rustc --version))"
else
  use_debian_rust
  say "Rust: Debian's ($(rustc --version))"
fi

# --- cargo's tools -----------------------------------------------------------
# Built without optimisation: a fifth of the time to install, and fast enough.
tool() { # tool NAME VERSION MINUTES [install flags…]
  local name=$1 version=$2 minutes=$3
  shift 3
  if [ "$(cat "$CAIRN_CACHE/tools/$name.version" 2>/dev/null)" = "$version" ]; then return; fi
  say "installing $name $version (once; about $minutes)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 \
    CARGO_TARGET_DIR="$CAIRN_CACHE/tools-target" \
    cargo install --quiet --root "$CAIRN_CACHE/tools" "$name@$version" "$@" || stop "$name $version could not be installed (see above)."
  echo "$version" >"$CAIRN_CACHE/tools/$name.version"
}
# wasm-bindgen-cli's lock file names a version that not every registry mirror has.
tool wasm-bindgen-cli "$WASM_BINDGEN" "one minute"
tool cargo-leptos "$CARGO_LEPTOS" "five minutes" --locked --features no_downloads
rm -rf "$CAIRN_CACHE/tools-target"

node_tool() { # node_tool PACKAGE VERSION
  [ "$(node -p "require('$CAIRN_CACHE/node/node_modules/$1/package.json').version" 2>/dev/null)" = "$2" ] && return
  say "installing $1 $2"
  npm install --silent --no-audit --no-fund --prefix "$CAIRN_CACHE/node" "$1@$2" || stop "npm could not install $1 $2."
}
node_tool binaryen "$BINARYEN" # wasm-opt; Debian's is too old

[ "${1:-}" = --test ] || exit 0

# --- what the tests need besides ---------------------------------------------
node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' || node_tool node "$NODE"
have cargo-nextest || tool cargo-nextest "$NEXTEST" "three minutes" --locked
tool cargo-fuzz "$CARGO_FUZZ" "one minute" --locked
rm -rf "$CAIRN_CACHE/tools-target"
missing=()
have g++ || missing+=(g++) # what the fuzzer is written in
have chromium || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ ${#missing[@]} = 0 ] || debian "${missing[@]}"
if [ ! -f end2end/node_modules/.package-lock.json ] || [ end2end/package-lock.json -nt end2end/node_modules/.package-lock.json ]; then
  say "installing the browser tests' packages"
  npm ci --silent --no-audit --no-fund --prefix end2end || stop "npm could not install end2end's packages."
fi
