# JDK 25, wherever it is.
# shellcheck shell=bash

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" "$(java_on_path)" /usr/lib/jvm/* /opt/java/* /opt/*jdk* \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/*; do
    if is_jdk_25 "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  die "JDK 25 was not found; install it (for example Temurin 25) and set JAVA_HOME to it"
}

is_jdk_25() {
  [[ -n $1 && -x $1/bin/java && -x $1/bin/javac ]] || return 1
  if [[ -f $1/release ]]; then
    grep -qE '^JAVA_VERSION="25([.+"-]|$)' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -qE 'version "25([.+"-]|$)'
  fi
}

java_on_path() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f -- "$java")
  printf '%s' "${java%/bin/java}"
}
