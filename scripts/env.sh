# Sourced at the checkout's root by the Makefile and every script: where tools and
# build output live, and which Rust toolchain is used. Nothing here changes the machine.

CAIRN_CACHE=${CAIRN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cairn}
export CAIRN_CACHE

# Outside the checkout, so that a fresh clone builds in seconds after the first.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CAIRN_CACHE/target}
# The bootstrap writes this when the toolchain is not the machine's default one.
if [ -f "$CAIRN_CACHE/toolchain.env" ]; then
  . "$CAIRN_CACHE/toolchain.env"
fi

# Before what the machine has: its Node.js may be too old.
export PATH="$CAIRN_CACHE/tools/bin:$CAIRN_CACHE/node/node_modules/.bin:$PATH"

# Cargo goes by the times of files: what another checkout has built after these
# files were written would pass for theirs.
if [ "$(cat "$CARGO_TARGET_DIR/checkout" 2>/dev/null)" != "$PWD" ]; then
  mkdir -p "$CARGO_TARGET_DIR"
  find app domain entity migration server service style -type f -exec touch -c {} +
  printf '%s' "$PWD" > "$CARGO_TARGET_DIR/checkout"
fi
