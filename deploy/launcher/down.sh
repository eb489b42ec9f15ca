# ./drivelens down
# shellcheck shell=bash

cmd_down() {
  local names
  [[ $# -eq 0 ]] || die_usage "down takes no arguments"
  mapfile -t names < <(known_processes)
  if ((${#names[@]} == 0)); then
    say "Nothing is running in $DRIVELENS_HOME"
    return
  fi
  lock_home 20
  say "Stopping what runs in $DRIVELENS_HOME"
  stop_in_order "${names[@]}"
}

# stop_in_order NAME...: those that use the others first; every wait has an end. Only what a run file
# names is touched. INT ends PostgreSQL without waiting for clients; the broker's port mapper goes last.
stop_in_order() {
  local broker
  stop_training
  stop_some TERM 15 'api-service|sync-worker-.*|scheduler-service|build' "$@"
  stop_some TERM 20 'rabbitmq|drive-emulator' "$@" &
  broker=$!
  stop_some INT 20 postgres "$@"
  wait "$broker"
  stop_some TERM 5 epmd "$@"
}

# stop_some SIGNAL SECONDS PATTERN NAME...: those of the names that fit.
stop_some() {
  local chosen
  mapfile -t chosen < <(printf '%s\n' "${@:4}" | grep -xE -- "$3" || true)
  stop_processes "$1" "$2" "${chosen[@]}"
}
