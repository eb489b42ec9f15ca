# What a person reads: lines, a line that is rewritten on a terminal, and last words.
# shellcheck shell=bash

say() { clear_progress; printf '%s\n' "$*"; }

die() { clear_progress; printf 'drivelens: %s\n' "$*" >&2; exit 1; }

die_usage() { printf 'drivelens: %s\n' "$*" >&2; exit 2; }

# progress SECONDS TEXT: rewritten in place on a terminal, else a line every 15 seconds.
progress() {
  if [[ -t 1 ]]; then
    printf '\r\033[K  %4d s  %.*s' "$1" "$((${COLUMNS:-100} - 14))" "$2"
  elif (($1 > 0 && $1 % 15 == 0 && $1 != ${last_progress:-0})); then
    last_progress=$1
    printf '  %4d s  %s\n' "$1" "$2"
  fi
}

clear_progress() { [[ ! -t 1 ]] || printf '\r\033[K'; }

# show_log NAME: the last lines of a log, for the one who has to find out why.
show_log() {
  clear_progress
  printf -- '--- the last lines of %s\n' "$LOGS/$1.log" >&2
  tail -n "${2:-25}" -- "$LOGS/$1.log" >&2 || true
  printf -- '---\n' >&2
}

# duration SECONDS: 42 s, 3 min 12 s, 5 h 3 min
duration() {
  if (($1 < 60)); then
    printf '%d s' "$1"
  elif (($1 < 3600)); then
    printf '%d min %d s' $(($1 / 60)) $(($1 % 60))
  else
    printf '%d h %d min' $(($1 / 3600)) $(($1 % 3600 / 60))
  fi
}
