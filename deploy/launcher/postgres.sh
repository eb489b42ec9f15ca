# The private PostgreSQL: the binaries that the tests use too, its data under DRIVELENS_HOME.
# shellcheck shell=bash

PG_SOFTWARE=$DRIVELENS_HOME/postgres/software
PG_DATA=$DRIVELENS_HOME/postgres/data

start_postgres() {
  is_running postgres && return
  claim_port postgres
  unpack_postgres
  choose_postgres_user
  [[ -f $PG_DATA/PG_VERSION ]] || create_cluster
  check_cluster_version
  remove_stale_pid_file
  launch postgres "$(kept_port postgres)" 0 run_postgres
}

unpack_postgres() {
  local archive stamp=$PG_SOFTWARE/.unpacked
  archive=$(find "$BUILT/postgres" -name '*.txz' -print -quit)
  [[ -n $archive ]] || die "the build left no PostgreSQL archive in $BUILT/postgres"
  [[ ! -f $stamp || $archive -nt $stamp ]] || return 0
  rm -rf -- "$PG_SOFTWARE"
  mkdir -p -- "$PG_SOFTWARE"
  tar -xJf "$archive" -C "$PG_SOFTWARE" --no-same-owner
  touch -r "$archive" -- "$stamp"
}

# PostgreSQL refuses to run as root. In a user namespace of its own it does not see that it is, and its
# files stay root's. Where namespaces are refused (many containers) it runs as nobody, with the one
# capability that lets nobody reach a home that is closed to others. Who made the data goes on with it.
choose_postgres_user() {
  local owner=65534 only
  AS_POSTGRES=()
  ((EUID == 0)) || return 0
  if [[ -d $PG_DATA ]]; then
    owner=$(stat -c %u "$PG_DATA")
  elif unshare --user true 2>/dev/null; then
    owner=0
  fi
  if ((owner == 0)); then
    AS_POSTGRES=(unshare --user)
  else
    only='-all,+dac_override'
    AS_POSTGRES=(setpriv --reuid="$owner" --regid="$owner" --clear-groups --inh-caps="$only"
      --ambient-caps="$only" --bounding-set="$only" --securebits=+no_setuid_fixup)
  fi
}

# Made beside its place and moved there whole, so that an interrupted start begins anew.
create_cluster() {
  local new=$PG_DATA.new
  secret postgres-password >/dev/null
  rm -rf -- "$new"
  mkdir -m 700 -- "$new"
  [[ ${AS_POSTGRES[0]:-} != setpriv ]] || chown 65534:65534 "$new"
  (
    exec 9>&-
    "${AS_POSTGRES[@]}" "$PG_SOFTWARE/bin/initdb" -D "$new" -U drivelens --pwfile="$SECRETS/postgres-password" \
      --auth=scram-sha-256 -E UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 &&
      "${AS_POSTGRES[@]}" "$PG_SOFTWARE/bin/postgres" --single -D "$new" postgres <<<'CREATE DATABASE drivelens'
  ) >"$LOGS/postgres-create.log" 2>&1 || {
    show_log postgres-create
    die "the database could not be created"
  }
  mv -- "$new" "$PG_DATA"
}

check_cluster_version() {
  local version
  version=$("$PG_SOFTWARE/bin/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
  [[ $(<"$PG_DATA/PG_VERSION") == "$version" ]] ||
    die "$PG_DATA belongs to PostgreSQL $(<"$PG_DATA/PG_VERSION"), but this is $version; move it away to begin anew"
}

# After a crash the pid in this file may have gone to any other program, and PostgreSQL would wait for it.
remove_stale_pid_file() {
  local pid file=$PG_DATA/postmaster.pid
  [[ -f $file ]] || return 0
  read -r pid <"$file" || return 0
  tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF -- "$PG_DATA" || rm -f -- "$file"
}

run_postgres() {
  become "${AS_POSTGRES[@]}" "$PG_SOFTWARE/bin/postgres" -D "$PG_DATA" \
    -c listen_addresses=127.0.0.1 -c port="$(kept_port postgres)" -c unix_socket_directories= \
    -c max_connections=200 -c shared_buffers=128MB -c client_connection_check_interval=1s \
    -c timezone=UTC -c log_timezone=UTC -c log_checkpoints=off
}

postgres_is_ready() {
  local pid
  pid=$(pid_of postgres)
  [[ -n $pid && $(head -n 1 "$PG_DATA/postmaster.pid" 2>/dev/null) == "$pid" ]] &&
    grep -q '^ready' "$PG_DATA/postmaster.pid" 2>/dev/null
}
