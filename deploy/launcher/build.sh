# target/drivelens is built when it is missing or older than what it is built from.
# shellcheck shell=bash

MODULES=api-service,sync-worker,scheduler-service,drive-emulator,test-support
BUILD_STAMP=$BUILT/.built
WEB=$ROOT/api-service/src/main/web

is_built() {
  [[ -f $BUILD_STAMP ]] || return 1
  # Directories too: one is newer when a file in it was removed. Not so src/main/web, into which npm installs.
  [[ -z $(find "$ROOT/pom.xml" "$ROOT"/*/pom.xml "$ROOT"/*/service.properties "$ROOT"/*/src/main \
    "$ROOT/deploy/service" \( -name node_modules -o -name schema.d.ts \) -prune -o \
    ! -path "$WEB" -newer "$BUILD_STAMP" -print -quit) ]]
}

need_maven() {
  local version
  need mvn maven
  version=$(mvn -v 2>/dev/null | sed -n 's/\x1b\[[0-9;]*m//g; s/^Apache Maven \([0-9.]*\).*/\1/p')
  [[ $(printf '%s\n' 3.8.7 "$version" | sort -V | head -n 1) == 3.8.7 ]] ||
    die "Maven $version is too old; install Maven 3.8.7 or newer"
}

# Formatting, lengths and tests are for "./drivelens test"; a start only needs the jars.
build() {
  local began=$SECONDS maven stamp=$RUN/build-began
  is_built && return
  if runs_from_build; then
    is_running api-service || die "another instance runs from $BUILT, which must be built anew; stop it first"
    say "The sources are newer than what is running: ./drivelens down and up again to use them"
    return
  fi
  need_maven
  touch -- "$stamp" # what changes from here on asks for the next build
  say "Building Drivelens with $JAVA_HOME (log: $LOGS/build.log)"
  launch build null 0 run_build
  maven=$!
  while kill -0 "$maven" 2>/dev/null; do
    progress $((SECONDS - began)) "$(build_doing)"
    sleep 1
  done
  wait "$maven" || {
    clear_progress
    grep -E '^\[ERROR\]' "$LOGS/build.log" | head -n 25 >&2 || true
    die "the build failed; all of it is in $LOGS/build.log"
  }
  rm -f -- "$RUN/build.json"
  touch -r "$stamp" -- "$BUILD_STAMP"
  say "Built in $(duration $((SECONDS - began)))"
}

run_build() {
  cd -- "$ROOT" || exit
  local options=()
  [[ ${DRIVELENS_DASHBOARD:-true} != false ]] || options=(-Dweb.skip)
  become mvn -B -T1C -P 'jars-only,!format' -pl "$MODULES" -am package "${options[@]}"
}

# The dashboard is built with Node 20.19 or newer; what a distribution installs may be older.
need_node() {
  [[ ${DRIVELENS_DASHBOARD:-true} != false ]] || return 0
  need node nodejs
  need npm npm
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Node $(node --version) is too old for the dashboard; install Node 20.19 or newer, or leave the dashboard out: DRIVELENS_DASHBOARD=false ./drivelens up"
}

# A jar must not be replaced under a JVM that reads it.
runs_from_build() { grep -qsF -- "$BUILT/" /proc/[0-9]*/cmdline; }

# One line on what Maven is at, from its log.
build_doing() {
  local line
  line=$(tail -n 1 -- "$LOGS/build.log" | sed 's/\x1b\[[0-9;]*m//g; s/^\[INFO\] *//; s/^-* *//')
  case $line in
    Download*) line="downloading ${line##*/}" ;;
  esac
  printf '%s' "${line:-Maven is at work}"
}
