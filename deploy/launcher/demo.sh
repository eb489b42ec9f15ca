# On the first start: an event for the emulator's folder, made through the API like any other. The folder
# is that of the sample photos, or the one that stands for DRIVELENS_PHOTOS, each with an event of its own.
# shellcheck shell=bash

create_first_event() {
  local folder path
  uses_emulator || return 0
  if [[ -n ${DRIVELENS_PHOTOS:-} ]]; then
    folder=$(emulator_health directoryFolderId)
    path=$(json_text "$DRIVELENS_PHOTOS")
    [[ -n $folder && $(emulator_health path) == "${path%%\"*}" ]] ||
      die "the running Drive emulator does not serve $DRIVELENS_PHOTOS; ./drivelens down, then up again"
    create_event "$folder" "${DRIVELENS_PHOTOS##*/}" "The photos in $DRIVELENS_PHOTOS" \
      "$DRIVELENS_HOME/photos-event-$folder"
    cp -- "$DRIVELENS_HOME/photos-event-$folder" "$DRIVELENS_HOME/photos-event"
  else
    folder=$(emulator_health sampleFolderId)
    [[ -n $folder || -f $DRIVELENS_HOME/demo-event ]] || return 0
    create_event "$folder" "Sample photos" "Made at the first start, from the emulator's sample folder" \
      "$DRIVELENS_HOME/demo-event"
  fi
}

# create_event FOLDER NAME DESCRIPTION MARKER: once; the marker keeps its id.
create_event() {
  local answer marker=$4
  [[ ! -f $marker ]] || return 0
  answer=$(api POST /events "$(event_json "$1" "$2" "$3")") ||
    die "the event '$2' could not be created: ${answer:-no answer}"
  sed -n 's/.*"id" *: *"\([0-9a-f-]\{36\}\)".*/\1/p' <<<"$answer" | head -n 1 >"$marker"
  say "  event '$2' created: $(api_url)/events/$(<"$marker")"
}

event_json() {
  printf '{"name":"%s","description":"%s","googleDriveUrl":"https://drive.google.com/drive/folders/%s"}' \
    "$(json_text "${2:0:100}")" "$(json_text "$3")" "$1"
}

# json_text TEXT: for between the quotes of a JSON string.
json_text() {
  local text=${1//[[:cntrl:]]/ }
  text=${text//\\/\\\\}
  printf '%s' "${text//\"/\\\"}"
}

# emulator_health FIELD
emulator_health() {
  curl -sf --max-time 5 "http://127.0.0.1:$(kept_port drive-emulator)/emulator/health" |
    sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"
}

api_url() { printf 'http://%s:%s' "$API_HOST" "$(api_port)"; }

# As it runs, whatever API_PORT says now.
api_port() {
  local port
  port=$(process_field api-service port)
  printf '%s' "${port:-$API_PORT}"
}

# api METHOD PATH BODY: the token stays off the command line.
api() {
  curl -sS --fail-with-body --max-time 30 -X "$1" -H 'Content-Type: application/json' -d "$3" -K - "$(api_url)$2" \
    <<<"header = \"Authorization: Bearer $(admin_token)\""
}
