# ./drivelens up [--detach]
# shellcheck shell=bash

cmd_up() {
  local detach=false began=$SECONDS
  case ${1:-} in
    '') ;;
    --detach | -d) detach=true ;;
    *) die_usage "up knows only --detach, not '$1'" ;;
  esac
  read_settings
  open_home
  lock_home
  check_api_port
  find_jdk
  need_everything
  is_built || need_node
  undo_on_failure
  build
  keep_settings
  start_everything
  trap - EXIT
  say "Up after $(duration $((SECONDS - began)))."
  print_addresses
  if $detach; then
    say "Stop it with: ./drivelens down"
  else
    say "Ctrl-C stops everything."
    unlock_home
    follow
  fi
}

check_api_port() {
  is_running api-service || ! is_listening "$API_PORT" ||
    die "port $API_PORT is in use by another program; choose another one: API_PORT=8081 ./drivelens up"
}

# A start that fails or is interrupted ends what it started; the logs stay.
undo_on_failure() {
  trap 'exit 130' INT TERM HUP
  trap undo EXIT
}

undo() {
  trap '' INT TERM HUP
  trap - EXIT
  ((${#launched[@]} > 0)) || return 0
  say "Stopping what was started"
  stop_in_order "${launched[@]}"
}

start_everything() {
  local services=(api-service scheduler-service)
  say "Starting in $DRIVELENS_HOME"
  start_rabbitmq
  ! uses_emulator || start_emulator
  start_postgres
  await_all 60 postgres rabbitmq
  start_service api-service api-service
  start_workers "$SYNC_WORKERS"
  start_service scheduler-service scheduler-service
  mapfile -t -O 2 services < <(worker_names "$SYNC_WORKERS")
  ! uses_emulator || services+=(drive-emulator)
  stop_surplus_workers "$SYNC_WORKERS"
  await_all 180 "${services[@]}"
  note_scrape_targets
  create_first_event
  start_training
}

print_addresses() {
  cat <<EOF

  Dashboard             $(login_url)
  API, to try out       $(api_url)/swagger-ui/index.html
    admin token         $(admin_token)
  API health            http://$MANAGEMENT_HOST:$(process_field api-service managementPort)/actuator/health
  RabbitMQ UI           http://127.0.0.1:$(kept_port rabbitmq-management)/  (user drivelens, password $(secret rabbitmq-password))
EOF
  ! uses_emulator || printf '  Drive emulator        http://127.0.0.1:%s/emulator/health\n' "$(kept_port drive-emulator)"
  [[ -z ${DRIVELENS_PHOTOS:-} || ! -f $DRIVELENS_HOME/photos-event ]] ||
    printf '  Your photos           %s/events/%s  (%s)\n' "$(api_url)" "$(<"$DRIVELENS_HOME/photos-event")" "$DRIVELENS_PHOTOS"
  printf '  Processes and logs    ./drivelens status, ./drivelens logs\n\n'
}

# Opens the dashboard once, within ten minutes, without a token being pasted.
login_url() {
  local url
  url=$(api POST /admin/login-links '{}' 2>/dev/null | sed -n 's/.*"url" *: *"\([^"]*\)".*/\1/p') || true
  if [[ -n $url ]]; then
    printf '%s%s  (once, within 10 minutes; ./drivelens status prints another)' "$(api_url)" "$url"
  else
    printf '%s/app/' "$(api_url)"
  fi
}

# Until Ctrl-C, or until everything was stopped from elsewhere.
follow() {
  local name gone=' '
  trap 'exit 0' INT TERM HUP
  trap stop_all EXIT
  while :; do
    sleep 1
    if [[ -z $(known_processes) ]]; then
      trap - EXIT
      say "Stopped from elsewhere."
      return
    fi
    for name in $(known_processes); do
      if [[ $name != aot-training && $gone != *" $name "* ]] && ! is_running "$name" && [[ -f $RUN/$name.json ]]; then
        gone+="$name "
        say "$name has ended; see ./drivelens logs $name. \"./drivelens up\" in another terminal starts it again."
      fi
    done
  done
}

stop_all() {
  trap '' INT TERM HUP
  trap - EXIT
  say
  lock_home 30
  mapfile -t launched < <(known_processes)
  stop_in_order "${launched[@]}"
}
