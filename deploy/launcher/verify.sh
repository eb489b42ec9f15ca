# ./drivelens test [Maven options]: what a fresh machine needs, then every check and test.
# shellcheck shell=bash

cmd_test() {
  open_home
  find_jdk
  need_maven
  need curl curl
  need_rabbitmq
  cd -- "$ROOT" || exit
  exec mvn -B -ntp verify "$@"
}
