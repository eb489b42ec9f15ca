# Who is healthy, and waiting for it.
# shellcheck shell=bash

is_healthy() {
  case $1 in
    postgres) postgres_is_ready ;;
    rabbitmq) rabbitmq_is_ready ;;
    epmd) can_connect "$(kept_port epmd)" ;;
    drive-emulator) answers "http://127.0.0.1:$(process_field "$1" port)/emulator/health" ;;
    aot-training) true ;;
    *) answers "http://$MANAGEMENT_HOST:$(process_field "$1" managementPort)/actuator/health/readiness" ;;
  esac
}

answers() { curl -sf -o /dev/null --max-time 3 "$1" 2>/dev/null; }

# await NAME SECONDS
await() { await_all "$2" "$1"; }

# await_all SECONDS NAME...: until all are healthy; the culprit's last words when one is not.
await_all() {
  local patience=$1 began=$SECONDS name waiting
  shift
  waiting=("$@")
  while :; do
    for name in "${waiting[@]}"; do
      shift
      if is_healthy "$name"; then
        [[ $name == epmd ]] || say "  $name is healthy$(after $((SECONDS - began)))"
      elif ! is_running "$name"; then
        show_log "$name"
        die "$name ended before it was healthy; all it said is in $LOGS/$name.log"
      else
        set -- "$@" "$name"
      fi
    done
    waiting=("$@")
    ((${#waiting[@]} > 0)) || return 0
    if ((SECONDS - began >= patience)); then
      show_log "${waiting[0]}"
      die "${waiting[*]} not healthy after $patience s"
    fi
    progress $((SECONDS - began)) "waiting for ${waiting[*]}"
    sleep 0.2
  done
}

after() { (($1 < 2)) || printf ' after %s' "$(duration "$1")"; }
