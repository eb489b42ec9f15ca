# Where things are, what the environment says, and the secrets that are made once.
# shellcheck shell=bash

DRIVELENS_HOME=$(realpath -m -- "${DRIVELENS_HOME:-$ROOT/.drivelens}")
export DRIVELENS_HOME
BUILT=$ROOT/target/drivelens
RUN=$DRIVELENS_HOME/run
LOGS=$DRIVELENS_HOME/log
SECRETS=$DRIVELENS_HOME/secrets

# What "up" was told is kept for "scale", which must start workers with the same settings.
KEPT_SETTINGS='^(DRIVELENS_.*|SPRING_.*|GOOGLE_.*|LOGGING_.*|MANAGEMENT_.*|SERVER_.*|API_PORT|SYNC_WORKERS|JAVA_TOOL_OPTIONS)$'

open_home() {
  [[ $(uname -s) == Linux ]] || die "this launcher runs on Linux only; elsewhere use a virtual machine or a container with Linux"
  mkdir -p -- "$DRIVELENS_HOME" 2>/dev/null || true
  [[ -d $DRIVELENS_HOME && -w $DRIVELENS_HOME ]] ||
    die "cannot write to $DRIVELENS_HOME; set DRIVELENS_HOME to a directory of yours"
  chmod 700 -- "$DRIVELENS_HOME"
  (umask 077 && mkdir -p -- "$RUN" "$LOGS" "$SECRETS")
}

# One command at a time changes what runs in a home. The lock ends with its process, however that dies.
lock_home() {
  exec 9>>"$DRIVELENS_HOME/lock"
  flock -w "${1:-0}" 9 ||
    die "another ./drivelens is at work in $DRIVELENS_HOME; wait for it, or end it with Ctrl-C"
}

unlock_home() { exec 9>&-; }

# secret NAME: its text, made at the first call and kept.
secret() {
  local file=$SECRETS/$1
  [[ -s $file ]] || (umask 077 && random_text >"$file.new" && mv -- "$file.new" "$file")
  printf '%s' "$(<"$file")"
}

random_text() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

admin_token() {
  if [[ -n ${DRIVELENS_ADMIN_TOKEN:-} ]]; then
    printf '%s' "$DRIVELENS_ADMIN_TOKEN"
  else
    secret admin-token
  fi
}

read_settings() {
  API_PORT=${API_PORT:-8080}
  SYNC_WORKERS=${SYNC_WORKERS:-2}
  DRIVELENS_BIND=${DRIVELENS_BIND:-127.0.0.1}
  if [[ ! $API_PORT =~ ^[1-9][0-9]{0,4}$ ]] || ((API_PORT > 65535)); then
    die "API_PORT is '$API_PORT'; it must be a port from 1 to 65535"
  fi
  is_worker_count "$SYNC_WORKERS" || die "SYNC_WORKERS is '$SYNC_WORKERS'; it must be a number from 0 to 32"
  if [[ -n ${GOOGLE_APPLICATION_CREDENTIALS:-} ]]; then
    [[ -r $GOOGLE_APPLICATION_CREDENTIALS ]] ||
      die "GOOGLE_APPLICATION_CREDENTIALS names '$GOOGLE_APPLICATION_CREDENTIALS', which cannot be read"
    GOOGLE_APPLICATION_CREDENTIALS=$(realpath -- "$GOOGLE_APPLICATION_CREDENTIALS")
  elif [[ -n ${DRIVELENS_DRIVE_ROOT_URL:-} ]]; then
    die "DRIVELENS_DRIVE_ROOT_URL needs GOOGLE_APPLICATION_CREDENTIALS, a service-account file for that Drive"
  fi
  if [[ -n ${DRIVELENS_PHOTOS:-} ]]; then
    uses_emulator || die "DRIVELENS_PHOTOS is for the Drive emulator; with GOOGLE_APPLICATION_CREDENTIALS there is none"
    [[ -d $DRIVELENS_PHOTOS && -r $DRIVELENS_PHOTOS && -x $DRIVELENS_PHOTOS ]] ||
      die "DRIVELENS_PHOTOS is '$DRIVELENS_PHOTOS', which is not a directory that can be read"
    DRIVELENS_PHOTOS=$(realpath -- "$DRIVELENS_PHOTOS")
  fi
  # The workers know the whole rule; this is the slip that is made, told before anything is built.
  [[ -z ${DRIVELENS_PUBLIC_URL:-} || $DRIVELENS_PUBLIC_URL == https://* || ${DRIVELENS_PUSH_ALLOW_HTTP:-} == true ]] ||
    die "DRIVELENS_PUBLIC_URL must begin with https://, since Google posts to nothing else; leave it out to go without push"
  API_HOST=$(host_of "$DRIVELENS_BIND")
  MANAGEMENT_HOST=$(host_of "${DRIVELENS_MANAGEMENT_BIND:-127.0.0.1}")
}

# host_of ADDRESS: as it stands in a URL; what is bound to every address is reached on loopback.
host_of() {
  case $1 in
    0.0.0.0 | ::) printf '127.0.0.1' ;;
    *:*) printf '[%s]' "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}

is_worker_count() { [[ $1 =~ ^[0-9]{1,2}$ ]] && ((10#$1 <= 32)); }

uses_emulator() { [[ -z ${GOOGLE_APPLICATION_CREDENTIALS:-} ]]; }

keep_settings() {
  local name
  (
    umask 077
    while read -r name; do
      [[ ! $name =~ $KEPT_SETTINGS || $name == DRIVELENS_HOME ]] ||
        printf '[[ -v %s ]] || export %s=%q\n' "$name" "$name" "${!name}"
    done < <(compgen -e) >"$RUN/settings.new"
    mv -- "$RUN/settings.new" "$RUN/settings"
  )
}

recall_settings() {
  # shellcheck source=/dev/null
  [[ ! -f $RUN/settings ]] || source "$RUN/settings"
}
