# Processes that outlive this script. Each writes DRIVELENS_HOME/run/NAME.json before it becomes its
# program, so that a launcher that dies at any moment leaves nothing that "down" cannot find.
# shellcheck shell=bash

launched=() # by this command

# launch NAME PORT MANAGEMENT_PORT COMMAND...: in a session of its own, so that Ctrl-C reaches only us.
# COMMAND is a program or a function that ends in "become PROGRAM...".
launch() {
  local name=$1 port=$2 management=$3
  shift 3
  launched+=("$name")
  rotate_log "$name"
  (
    exec 9>&- # a service must not hold our lock
    trap - INT TERM HUP EXIT
    cd -- "$LOGS" || exit
    note_process "$name" "$BASHPID" "$port" "$management"
    "$@"
  ) </dev/null >"$LOGS/$name.log" 2>&1 &
  while kill -0 $! 2>/dev/null && [[ $(process_field "$name" pid) != "$!" ]]; do sleep 0.01; done
}

become() { exec setsid "$@"; }

note_process() {
  local file=$RUN/$1.json
  (
    umask 077
    printf '{"name":"%s","pid":%d,"startTicks":%s,"bootId":"%s","startedAt":"%s","port":%s,"managementPort":%s}\n' \
      "$1" "$2" "$(start_ticks "$2")" "$(boot_id)" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$3" "$4" >"$file.new"
    mv -- "$file.new" "$file"
  )
}

boot_id() { cat /proc/sys/kernel/random/boot_id; }

# start_ticks PID: when the process began, in clock ticks since boot; nothing when it is gone or a zombie.
start_ticks() {
  local stat fields
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
  read -ra fields <<<"${stat##*) }" # after the program's name, which may hold spaces
  [[ ${fields[0]} == Z ]] || printf '%s' "${fields[19]}"
}

# process_field NAME FIELD
process_field() {
  sed -n "s/.*\"$2\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$RUN/$1.json" 2>/dev/null || true
}

# pid_of NAME: its pid while it runs. A pid that was given to another program since is never taken for ours.
pid_of() {
  local pid ticks
  [[ -f $RUN/$1.json ]] || return 0
  pid=$(process_field "$1" pid)
  ticks=$(process_field "$1" startTicks)
  [[ -n $pid && -n $ticks && $(process_field "$1" bootId) == "$(boot_id)" ]] || return 0
  [[ $(start_ticks "$pid") != "$ticks" ]] || printf '%s' "$pid"
}

is_running() { [[ -n $(pid_of "$1") ]]; }

# known_processes [PATTERN]: names with a run file, running or not.
known_processes() {
  local file name
  for file in "$RUN"/*.json; do
    name=${file##*/}
    name=${name%.json}
    # shellcheck disable=SC2053 # a pattern on purpose
    [[ ! -f $file || $name != ${1:-*} ]] || printf '%s\n' "$name"
  done
}

seconds_up() {
  local up
  read -r up _ </proc/uptime
  printf '%d' $((${up%.*} - $(process_field "$1" startTicks) / $(getconf CLK_TCK)))
}

send_signal() {
  local pid
  pid=$(pid_of "$2")
  [[ -z $pid ]] || kill "-$1" "$pid" 2>/dev/null || true
}

# stop_processes SIGNAL SECONDS NAME...: all at once; KILL for what has not ended in time.
stop_processes() {
  local signal=$1 patience=$2 name began waiting
  shift 2
  began=$SECONDS
  for name; do send_signal "$signal" "$name"; done
  while :; do
    waiting=()
    for name; do
      if is_running "$name"; then
        waiting+=("$name")
      elif [[ -f $RUN/$name.json ]]; then
        rm -f -- "$RUN/$name.json"
        say "  $name stopped"
      fi
    done
    ((${#waiting[@]} > 0)) || return 0
    ((SECONDS - began < patience)) || break
    progress $((SECONDS - began)) "stopping ${waiting[*]}"
    sleep 0.1
  done
  disown -a # else the shell has its own words for each
  for name in "${waiting[@]}"; do
    say "  $name did not stop within $patience s and is killed"
    send_signal KILL "$name"
  done
  stop_processes KILL 10 "${waiting[@]}"
}

# The last three logs of a process are kept.
rotate_log() {
  local log=$LOGS/$1.log n
  for n in 2 1; do
    [[ ! -f $log.$n ]] || mv -f -- "$log.$n" "$log.$((n + 1))"
  done
  [[ ! -f $log ]] || mv -f -- "$log" "$log.1"
}
