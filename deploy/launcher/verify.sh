# ./drivelens test [Maven options]: what a fresh machine needs, then every check and test.
# shellcheck shell=bash

cmd_test() {
  open_home
  find_jdk
  need_maven
  need curl curl
  need_rabbitmq
  need_node
  # They read the ZIPs that we write.
  need unzip unzip
  need 7z p7zip-full
  # Looks at the dashboard as a person does.
  need chromium chromium
  cd -- "$ROOT" || exit
  # Modules side by side: their tests mostly wait for their services.
  exec mvn -B -ntp -T 1C verify "$@"
}
