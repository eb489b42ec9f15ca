# The private RabbitMQ with its management UI: own name, cookie, ports, port mapper and data.
# shellcheck shell=bash

RABBIT_HOME=$DRIVELENS_HOME/rabbitmq

start_rabbitmq() {
  is_running rabbitmq && return
  local port
  stop_processes TERM 5 epmd # left by a crash; a new one may get a new port
  for port in rabbitmq rabbitmq-management rabbitmq-distribution epmd; do claim_port "$port"; done
  (umask 077 && mkdir -p -- "$RABBIT_HOME/data" "$RABBIT_HOME/log" && configure_rabbitmq)
  # Our own port mapper, started first: Erlang would start one that nobody ends.
  launch epmd "$(kept_port epmd)" 0 run_epmd
  await epmd 10
  launch rabbitmq "$(kept_port rabbitmq)" "$(kept_port rabbitmq-management)" run_rabbitmq
}

configure_rabbitmq() {
  cat >"$RABBIT_HOME/rabbitmq.conf" <<EOF
listeners.tcp.local = 127.0.0.1:$(kept_port rabbitmq)
management.tcp.ip = 127.0.0.1
management.tcp.port = $(kept_port rabbitmq-management)
default_vhost = drivelens
default_user = drivelens
default_pass = $(secret rabbitmq-password)
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 512MB
log.file.level = warning
EOF
  printf '[rabbitmq_management].\n' >"$RABBIT_HOME/enabled_plugins"
  if [[ ! -f $RABBIT_HOME/.erlang.cookie ]]; then
    random_text >"$RABBIT_HOME/.erlang.cookie"
    chmod 400 "$RABBIT_HOME/.erlang.cookie"
  fi
}

epmd_program() {
  local file
  for file in "$(command -v epmd || true)" /usr/lib/erlang/erts-*/bin/epmd /usr/lib64/erlang/erts-*/bin/epmd \
    /usr/local/lib/erlang/erts-*/bin/epmd; do
    [[ ! -x $file ]] || { printf '%s' "$file" && return; }
  done
  die "epmd, a part of Erlang, was not found; reinstall Erlang"
}

run_epmd() { become "$(epmd_program)" -port "$(kept_port epmd)" -address 127.0.0.1; }

# RUNNING_UNDER_SYSTEMD lets the script become the broker instead of watching it.
run_rabbitmq() {
  export HOME=$RABBIT_HOME RABBITMQ_CONF_ENV_FILE=/dev/null RUNNING_UNDER_SYSTEMD=true
  export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT RABBITMQ_NODENAME=drivelens@localhost
  ERL_EPMD_PORT=$(kept_port epmd)
  export RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT RABBITMQ_DIST_PORT
  RABBITMQ_NODE_PORT=$(kept_port rabbitmq)
  RABBITMQ_DIST_PORT=$(kept_port rabbitmq-distribution)
  export RABBITMQ_CONFIG_FILE=$RABBIT_HOME/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$RABBIT_HOME/enabled_plugins
  export RABBITMQ_MNESIA_BASE=$RABBIT_HOME/data RABBITMQ_LOG_BASE=$RABBIT_HOME/log
  export RABBITMQ_PID_FILE=$RABBIT_HOME/pid
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"
  become "$(rabbitmq_program)"
}

rabbitmq_is_ready() { [[ -n $(rabbitmq_api overview) ]] && can_connect "$(kept_port rabbitmq)"; }

# rabbitmq_api PATH: the answer of the management API; the password stays off the command line.
rabbitmq_api() {
  curl -sf --max-time 3 -K - "http://127.0.0.1:$(kept_port rabbitmq-management)/api/$1" \
    <<<"user = \"drivelens:$(secret rabbitmq-password)\""
}

can_connect() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
