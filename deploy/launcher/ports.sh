# Free ports, chosen once and kept in DRIVELENS_HOME/ports.
# shellcheck shell=bash

# is_listening PORT: does any program on this machine listen there?
is_listening() { in_socket_table "$1" ' +[0-9A-F]+:[0-9A-F]{4} 0A '; }

in_socket_table() {
  local hex
  printf -v hex '%04X' "$1"
  grep -qsE "^ *[0-9]+: +[0-9A-F]+:$hex$2" /proc/net/tcp /proc/net/tcp6
}

# free_port: below the range from which the system takes ports for outgoing connections, and away
# from the ports a RabbitMQ or PostgreSQL of this machine is used to.
free_port() {
  local port
  while :; do
    port=$((26000 + RANDOM % 6700))
    in_socket_table "$port" ' ' || is_spoken_for "$port" || break
  done
  printf '%s' "$port"
}

# Chosen, but perhaps not yet bound.
is_spoken_for() {
  grep -qsE "(=|[pP]ort\":)$1([,}]|$)" "$DRIVELENS_HOME/ports" "$RUN"/*.json
}

# kept_port NAME: the port it had before.
kept_port() { sed -n "s/^$1=//p" "$DRIVELENS_HOME/ports" 2>/dev/null || true; }

# claim_port NAME: as before if nothing else listens there now; call it only while NAME is not running.
claim_port() {
  local port others
  port=$(kept_port "$1")
  if [[ -z $port ]] || is_listening "$port"; then
    port=$(free_port)
    others=$(grep -v "^$1=" "$DRIVELENS_HOME/ports" 2>/dev/null || true)
    printf '%s\n' ${others:+"$others"} "$1=$port" >"$DRIVELENS_HOME/ports.new"
    mv -- "$DRIVELENS_HOME/ports.new" "$DRIVELENS_HOME/ports"
  fi
}
