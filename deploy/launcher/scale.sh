# ./drivelens scale N
# shellcheck shell=bash

cmd_scale() {
  [[ $# -eq 1 ]] || die_usage "scale takes one argument, the number of sync-workers"
  is_worker_count "$1" || die_usage "scale takes the number of sync-workers, from 0 to 32"
  is_running api-service || die "nothing is running in $DRIVELENS_HOME; start with: ./drivelens up"
  recall_settings
  read_settings
  lock_home 20
  find_jdk
  start_workers "$1"
  stop_surplus_workers "$1"
  mapfile -t workers < <(worker_names "$1")
  await_all 180 "${workers[@]}"
  note_scrape_targets
  say "$((10#$1)) sync-workers are running"
}
