# ./drivelens status: 0 when everything is healthy, 1 when something is not, 3 when nothing runs.
# shellcheck shell=bash

cmd_status() {
  local name pid health healthy=0 workers=0
  [[ $# -eq 0 ]] || die_usage "status takes no arguments"
  if [[ ! -d $RUN || -z $(known_processes) ]]; then
    say "Nothing is running in $DRIVELENS_HOME"
    return 3
  fi
  recall_settings
  read_settings
  printf '%-20s %8s %7s %11s  %-10s %s\n' NAME PID PORT MANAGEMENT HEALTH UP
  for name in $(known_processes | sort -V); do
    pid=$(pid_of "$name")
    health=$(health_word "$name" "$pid")
    [[ $health == healthy || $name == aot-training ]] || healthy=1
    [[ $name != sync-worker-* || -z $pid ]] || ((workers += 1))
    printf '%-20s %8s %7s %11s  %-10s %s\n' "$name" "${pid:--}" "$(port_word "$name" port)" \
      "$(port_word "$name" managementPort)" "$health" "$([[ -z $pid ]] || duration "$(seconds_up "$name")")"
  done
  printf '\nsync-workers: %d\n' "$workers"
  ! is_running rabbitmq || queue_depths
  ! is_running api-service || print_addresses
  return "$healthy"
}

health_word() {
  if [[ -z $2 ]]; then
    printf 'ended'
  elif is_healthy "$1"; then
    printf 'healthy'
  else
    printf 'not ready'
  fi
}

port_word() {
  local port
  port=$(process_field "$1" "$2")
  [[ -z $port || $port == 0 || $port == null ]] && port=-
  printf '%s' "$port"
}

queue_depths() {
  rabbitmq_api 'queues/drivelens?columns=name,messages' | tr '{' '\n' |
    sed -n 's/.*"messages":\([0-9]*\).*"name":"\([^"]*\)".*/\2 \1/p' | sort |
    awk 'NR == 1 { print "messages waiting or being handled:" } { printf "  %-28s %d\n", $1, $2 }' || true
}
