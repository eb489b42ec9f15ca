# Programs that Drivelens needs from the system: installed where we may, else named in one sentence.
# shellcheck shell=bash

# need PROGRAM PACKAGE
need() { command -v -- "$1" >/dev/null || install_package "$2" "the program $1"; }

install_package() {
  local package=$1 what=$2 log=$LOGS/install.log
  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    die "$what is missing; install the package $package (Debian, Ubuntu: sudo apt-get install --no-install-recommends $package) and try again"
  fi
  say "Installing $package"
  apt_install "$package" >"$log" 2>&1 || {
    { apt-get -q update && apt_install "$package"; } >>"$log" 2>&1 9>&-
  } || {
    show_log install
    die "$package could not be installed; install it by hand and try again"
  }
}

# A package's service must not be started: only our own private one is wanted. Debian asks policy-rc.d.
apt_install() (
  exec 9>&-
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f -- "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q -y -o DPkg::Lock::Timeout=120 install --no-install-recommends "$1"
  # Nor at the next boot of the machine.
  if [[ $1 == rabbitmq-server && -d /run/systemd/system ]]; then
    systemctl disable rabbitmq-server || true
  fi
)

need_everything() {
  need curl curl
  need tar tar
  need xz xz-utils
  need setsid util-linux
  need_rabbitmq
}

need_rabbitmq() {
  [[ -n $(rabbitmq_program) ]] || install_package rabbitmq-server "the message broker RabbitMQ"
  [[ -n $(rabbitmq_program) ]] || die "RabbitMQ is installed, but its rabbitmq-server was not found"
}

# The plain program: the one in /usr/sbin on Debian changes to a system user and cannot run privately.
rabbitmq_program() {
  local file
  for file in /usr/lib/rabbitmq/bin/rabbitmq-server /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server \
    /opt/rabbitmq*/sbin/rabbitmq-server /usr/local/lib/rabbitmq*/sbin/rabbitmq-server \
    /usr/local/sbin/rabbitmq-server; do
    [[ ! -x $file ]] || { printf '%s' "$file" && return; }
  done
}
