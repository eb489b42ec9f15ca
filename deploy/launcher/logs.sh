# ./drivelens logs [service]
# shellcheck shell=bash

cmd_logs() {
  local files
  (($# <= 1)) || die_usage "logs takes at most one name"
  mapfile -t files < <(log_files "${1:-}")
  ((${#files[@]} > 0)) || die "there is no log${1:+ of $1} in $LOGS"
  exec tail -n 40 -F -- "${files[@]}"
}

# A name, or the beginning of several: sync-worker stands for all workers.
log_files() {
  if [[ -n $1 && -f $LOGS/$1.log ]]; then
    printf '%s\n' "$LOGS/$1.log"
  else
    find "$LOGS" -name "$1*.log" ! -name 'build.log' ! -name 'aot-training.log' ! -name 'install.log' 2>/dev/null | sort
  fi
}
