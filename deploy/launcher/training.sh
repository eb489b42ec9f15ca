# The second start is faster: after the first, each service is started once more in the background, up
# to the point where it would begin its work, and the JVM writes down the classes it then holds.
# Without these files, or with stale ones, everything works, only slower.
# shellcheck shell=bash

CACHES=$DRIVELENS_HOME/aot

cache_of() { printf '%s' "$CACHES/$1.aot"; }

is_trained() {
  [[ $(cache_of "$1") -nt $BUILT/$1/$1.jar && $(cache_of "$1") -nt $BUILD_STAMP ]]
}

use_trained_cache() {
  ! is_trained "$1" || export DRIVELENS_AOT_CACHE="$CACHES/$1.aot"
}

start_training() {
  local module untrained=()
  if [[ ${DRIVELENS_AOT:-true} != true ]] || is_running aot-training; then return; fi
  for module in api-service sync-worker scheduler-service; do
    is_trained "$module" || untrained+=("$module")
  done
  ((${#untrained[@]} == 0)) || launch aot-training null 0 train "${untrained[@]}"
}

# Neither the API's port nor a management port is needed: the run ends before anything listens.
train() {
  mkdir -p -- "$CACHES"
  service_environment 0
  export API_PORT=0 CACHES BUILT RUN given=${DRIVELENS_JAVA_OPTIONS:-}
  cd -- "$CACHES" || exit # the option that names the new file is split at blanks: a plain name has none
  # shellcheck disable=SC2016 # for the inner shell
  become nice -n 19 bash -c '
    for module; do
      cache=$CACHES/$module.aot
      rm -f -- "$cache" aot-training.new
      DRIVELENS_JAVA_OPTIONS="$given -XX:AOTCacheOutput=aot-training.new -Dspring.context.exit=onRefresh" \
        timeout --foreground 300 "$BUILT/$module/start" || true
      [[ ! -s aot-training.new ]] || mv -- aot-training.new "$cache"
    done
    rm -f -- "$RUN/aot-training.json"' train "$@"
}

# Its JVMs are its children: the whole session is ended, and not asked: asked, a JVM writes its cache first.
stop_training() {
  local pid
  pid=$(pid_of aot-training)
  [[ -z $pid ]] || kill -KILL -- "-$pid" 2>/dev/null || true
  [[ ! -f $RUN/aot-training.json ]] || stop_processes TERM 5 aot-training
}
