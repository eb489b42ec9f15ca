# Our own processes: emulator, API, workers, scheduler.
# shellcheck shell=bash

SAMPLE_PHOTOS=$ROOT/deploy/sample-photos

start_emulator() {
  is_running drive-emulator && return
  claim_port drive-emulator
  mkdir -p -- "$DRIVELENS_HOME/drive-emulator"
  correct_token_address
  launch drive-emulator "$(kept_port drive-emulator)" 0 run_emulator
}

emulator_key_file() { printf '%s' "$SECRETS/drive-service-account.json"; }

# The key file names the emulator's token address: it follows when the port had to change.
correct_token_address() {
  local file
  file=$(emulator_key_file)
  [[ ! -f $file ]] ||
    sed -i "s#\(\"token_uri\"[^\"]*\"http://[^\":/]*\):[0-9]*#\1:$(kept_port drive-emulator)#" "$file"
}

# Names of files beyond ASCII need a locale.
run_emulator() {
  local photos=(--photos "$SAMPLE_PHOTOS")
  [[ -z ${DRIVELENS_PHOTOS:-} ]] || photos=(--directory "$DRIVELENS_PHOTOS")
  export LC_ALL=C.UTF-8
  become "$BUILT/drive-emulator/start" --bind 127.0.0.1 --port "$(kept_port drive-emulator)" \
    --data "$DRIVELENS_HOME/drive-emulator" --service-account "$(emulator_key_file)" "${photos[@]}"
}

# start_service NAME MODULE: NAME tells the workers apart.
start_service() {
  local name=$1 module=$2 port=null management
  is_running "$name" && return
  management=$(free_port)
  [[ $module != api-service ]] || port=$API_PORT
  launch "$name" "$port" "$management" run_service "$module" "$management"
}

run_service() {
  service_environment "$2"
  use_trained_cache "$1"
  become "$BUILT/$1/start"
}

# Everything by environment: a command line can be read by everybody on the machine.
service_environment() {
  export DRIVELENS_MANAGEMENT_PORT=$1 DRIVELENS_BIND API_PORT JAVA_HOME
  export SPRING_DATASOURCE_URL SPRING_DATASOURCE_USERNAME=drivelens SPRING_DATASOURCE_PASSWORD
  SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1:$(kept_port postgres)/drivelens
  SPRING_DATASOURCE_PASSWORD=$(secret postgres-password)
  export SPRING_RABBITMQ_HOST=127.0.0.1 SPRING_RABBITMQ_PORT SPRING_RABBITMQ_USERNAME=drivelens
  export SPRING_RABBITMQ_PASSWORD SPRING_RABBITMQ_VIRTUAL_HOST=drivelens
  SPRING_RABBITMQ_PORT=$(kept_port rabbitmq)
  SPRING_RABBITMQ_PASSWORD=$(secret rabbitmq-password)
  export DRIVELENS_RABBITMQ_UI=${DRIVELENS_RABBITMQ_UI:-http://127.0.0.1:$(kept_port rabbitmq-management)}
  export DRIVELENS_ADMIN_TOKEN GOOGLE_APPLICATION_CREDENTIALS
  DRIVELENS_ADMIN_TOKEN=$(admin_token)
  if uses_emulator; then
    export DRIVELENS_DRIVE_ROOT_URL
    DRIVELENS_DRIVE_ROOT_URL=http://127.0.0.1:$(kept_port drive-emulator)/
    GOOGLE_APPLICATION_CREDENTIALS=$(emulator_key_file)
  fi
}

worker_names() {
  local n
  for ((n = 1; n <= 10#$1; n++)); do printf 'sync-worker-%d\n' "$n"; done
}

start_workers() {
  local name
  while read -r name; do start_service "$name" sync-worker; done < <(worker_names "$1")
}

# Workers beyond the wanted number; each finishes or hands on what it holds.
stop_surplus_workers() {
  local surplus
  mapfile -t surplus < <(comm -23 <(known_processes 'sync-worker-*' | sort) <(worker_names "$1" | sort))
  stop_processes TERM 15 "${surplus[@]}"
}

# Where Prometheus finds whom to ask (file_sd_configs): management ports change with each start.
note_scrape_targets() {
  local name targets=()
  for name in $(known_processes '*-service') $(known_processes 'sync-worker-*'); do
    targets+=("$(printf '{"targets": ["%s:%s"], "labels": {"service": "%s"}}' \
      "$MANAGEMENT_HOST" "$(process_field "$name" managementPort)" "$name")")
  done
  (IFS=, && printf '[%s]\n' "${targets[*]}") >"$DRIVELENS_HOME/prometheus-targets.json.new"
  mv -- "$DRIVELENS_HOME/prometheus-targets.json.new" "$DRIVELENS_HOME/prometheus-targets.json"
}
