# On the first start: an event for the emulator's sample folder, made through the API like any other.
# shellcheck shell=bash

create_demo_event() {
  local folder answer marker=$DRIVELENS_HOME/demo-event
  if [[ -f $marker ]] || ! uses_emulator; then return; fi
  folder=$(curl -sf --max-time 5 "http://127.0.0.1:$(kept_port drive-emulator)/emulator/health" |
    sed -n 's/.*"sampleFolderId" *: *"\([^"]*\)".*/\1/p')
  [[ -n $folder ]] || die "the Drive emulator names no sample folder"
  answer=$(api POST /events "{\"name\":\"Sample photos\",\"description\":\"Made at the first start, from the emulator's sample folder\",\"googleDriveUrl\":\"https://drive.google.com/drive/folders/$folder\"}") ||
    die "the demo event could not be created: ${answer:-no answer}"
  sed -n 's/.*"id" *: *"\([0-9a-f-]\{36\}\)".*/\1/p' <<<"$answer" | head -n 1 >"$marker"
  say "  demo event created: $(api_url)/events/$(<"$marker")"
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
