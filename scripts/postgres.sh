# Sourced: starts a PostgreSQL of its own on a free port, in a temporary folder,
# and stops it when the script ends. Sets CAIRN_TEST_POSTGRES.

postgres_start() {
  local bin as=() port
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
  POSTGRES_DIR=$(mktemp -d)
  # PostgreSQL refuses to run as root.
  if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || useradd --system postgres
    chown postgres "$POSTGRES_DIR"
    as=(runuser -u postgres --)
  fi
  port=$(free_port)
  "${as[@]}" "$bin/initdb" -D "$POSTGRES_DIR/data" -U cairn --auth=trust -E UTF8 --no-sync >/dev/null
  # Durability is not what is tested here, and tests make hundreds of databases.
  "${as[@]}" "$bin/pg_ctl" -D "$POSTGRES_DIR/data" -w -l "$POSTGRES_DIR/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$POSTGRES_DIR -c max_connections=300 ${POSTGRES_OPTIONS--c fsync=off -c full_page_writes=off}" \
    start >/dev/null || { cat "$POSTGRES_DIR/log" >&2; return 1; }
  POSTGRES_STOP=("${as[@]}" "$bin/pg_ctl" -D "$POSTGRES_DIR/data" -m immediate stop)
  export CAIRN_TEST_POSTGRES="postgres://cairn@127.0.0.1:$port"
}

postgres_stop() {
  [ -n "${POSTGRES_DIR:-}" ] || return 0
  "${POSTGRES_STOP[@]}" >/dev/null 2>&1 || true
  rm -rf "$POSTGRES_DIR"
}

free_port() {
  node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}
