# ./drivelens fidelity: clients that nobody here wrote, against the emulator, each told that it is Google.
# shellcheck shell=bash

FIDELITY=$ROOT/deploy/fidelity

cmd_fidelity() {
  [[ $# -eq 0 ]] || die_usage "fidelity takes no arguments"
  open_home
  find_jdk
  need curl curl
  need node nodejs
  need npm npm
  need rclone rclone
  lock_home
  build
  unlock_home
  FIDELITY_TMP=$(mktemp -d)
  trap fidelity_end EXIT
  trap 'exit 130' INT TERM HUP
  fidelity_start
  say "Google's Node client and $(rclone version | head -n 1), against $(<"$FIDELITY_TMP/url")"
  fidelity_run | tee "$FIDELITY_TMP/results" | fidelity_table
  [[ -s $FIDELITY_TMP/results ]] || die "nothing was tried"
  ! grep -q '^[^	]*	FAIL' "$FIDELITY_TMP/results" || die "the emulator is not Google's equal in what failed"
}

fidelity_end() {
  local file pid
  for file in "$FIDELITY_TMP"/*.pid; do
    [[ -f $file ]] || continue
    pid=$(<"$file")
    kill "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  done
  rm -rf -- "$FIDELITY_TMP"
}

# fidelity_background NAME COMMAND...: its pid and its output in files of that name.
fidelity_background() {
  local name=$1
  shift
  "$@" </dev/null >"$FIDELITY_TMP/$name.out" 2>"$FIDELITY_TMP/$name.err" &
  printf '%s' $! >"$FIDELITY_TMP/$name.pid"
  disown
}

# fidelity_line NAME: the first line that it says.
fidelity_line() {
  local began=$SECONDS
  until [[ -s $FIDELITY_TMP/$1.out ]]; do
    if ((SECONDS - began > 60)) || ! kill -0 "$(<"$FIDELITY_TMP/$1.pid")" 2>/dev/null; then
      die "the $1 did not start: $(tail -n 3 "$FIDELITY_TMP/$1.err")"
    fi
    sleep 0.1
  done
  head -n 1 "$FIDELITY_TMP/$1.out"
}

fidelity_start() {
  local url password
  (cd "$FIDELITY_TMP" && cp "$FIDELITY"/*.js* . &&
    npm install --no-audit --no-fund --loglevel=error >npm.out 2>&1) ||
    die "npm could not install Google's Node client: $(tail -n 2 "$FIDELITY_TMP/npm.out"); see that npm reaches its registry and try again"
  fidelity_background emulator "$BUILT/drive-emulator/start" --photos "$SAMPLE_PHOTOS" --seed 20261125 \
    --service-account "$FIDELITY_TMP/own-key.json"
  url=$(fidelity_line emulator | grep -o 'http://[^ ]*/' | head -n 1)
  printf '%s' "$url" >"$FIDELITY_TMP/url"
  # As in a key from Google: clients take the token from Google's address, that is from the front.
  sed 's#"token_uri" *: *"[^"]*"#"token_uri": "https://oauth2.googleapis.com/token"#' \
    "$FIDELITY_TMP/own-key.json" >"$FIDELITY_TMP/key.json"
  password=$(random_text)
  fidelity_certificate "$password" >"$FIDELITY_TMP/keytool.out" 2>&1 ||
    die "no certificate could be made: $(tail -n 2 "$FIDELITY_TMP/keytool.out")"
  fidelity_background front node "$FIDELITY_TMP/front.js" "$url" "$FIDELITY_TMP/front.p12" "$password"
  HTTPS_PROXY=http://127.0.0.1:$(fidelity_line front)
  export HTTPS_PROXY
  export NODE_EXTRA_CA_CERTS=$FIDELITY_TMP/front.pem SSL_CERT_FILE=$FIDELITY_TMP/front.pem
  export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
  unset https_proxy HTTP_PROXY http_proxy ALL_PROXY all_proxy
  fidelity_fill
}

# Trusted by what this command starts, for as long as it runs, and by nobody else.
fidelity_certificate() {
  local keytool=$JAVA_HOME/bin/keytool store=$FIDELITY_TMP/front.p12
  "$keytool" -genkeypair -keystore "$store" -storepass "$1" -keyalg RSA -keysize 2048 -validity 2 -alias front \
    -dname 'CN=Drivelens fidelity check' -ext bc=ca:true \
    -ext san=dns:www.googleapis.com,dns:oauth2.googleapis.com || return 1
  "$keytool" -exportcert -rfc -keystore "$store" -storepass "$1" -alias front -file "$FIDELITY_TMP/front.pem"
}

fidelity_lever() { curl -sS --fail-with-body --max-time 60 -X "$1" "${@:3}" "$(<"$FIDELITY_TMP/url")emulator/$2"; }

fidelity_id() { sed -n 's/^ *{* *"id" *: *"\([^"]*\)".*/\1/p' | head -n 1; }

# The sample photos, and a tree with names that clients stumble over.
fidelity_fill() {
  local folder name sub
  folder=$(fidelity_lever GET health | sed -n 's/.*"sampleFolderId" *: *"\([^"]*\)".*/\1/p')
  for name in "it's" 'back\slash' 'Zoë & Søn' '100 % "quoted"'; do
    sub=$(fidelity_lever POST folders --data-urlencode "name=$name" -d "parent=$folder" | fidelity_id)
    fidelity_lever POST seed -d "parent=$sub" -d count=60 --data-urlencode "prefix=$name " >/dev/null
  done
  printf '%s' "$folder" >"$FIDELITY_TMP/folder"
  fidelity_lever POST drives -d 'name=Shared' | fidelity_id >"$FIDELITY_TMP/drive"
  fidelity_lever POST seed -d "parent=$(<"$FIDELITY_TMP/drive")" -d count=12 >/dev/null
}

# Lines of: client, pass or FAIL, what, detail; separated by tabs.
fidelity_run() {
  node "$FIDELITY_TMP/node-client.js" "$(<"$FIDELITY_TMP/url")" "$FIDELITY_TMP/key.json" \
    "$(<"$FIDELITY_TMP/folder")" "$(<"$FIDELITY_TMP/drive")" 2>&1 | sed 's/^/node	/'
  fidelity_rclone
}

rclone_drive() {
  rclone --config /dev/null --retries 1 --drive-service-account-file "$FIDELITY_TMP/key.json" \
    --drive-scope drive.readonly --drive-root-folder-id "$(<"$FIDELITY_TMP/folder")" "$@"
}

fidelity_rclone() {
  local copy=$FIDELITY_TMP/copy wanted=$FIDELITY_TMP/wanted
  fidelity_lever GET "tree?folder=$(<"$FIDELITY_TMP/folder")" | sed -n 's/.*"md5" *: *"\([^"]*\)".*/\1/p' | sort >"$wanted"
  fidelity_check 'lists a folder and all below it' rclone_sums
  fidelity_check 'lists by groups of folders' rclone_sums --fast-list
  fidelity_lever POST oddities -d name=emptyGroups >/dev/null
  fidelity_check 'is not misled by groups that find nothing' rclone_sums --fast-list
  fidelity_lever DELETE oddities/emptyGroups >/dev/null
  fidelity_lever POST oddities -d name=emptyPages >/dev/null
  fidelity_check 'reads on after empty pages' rclone_sums
  fidelity_lever DELETE faults >/dev/null
  fidelity_lever POST faults -d method=files.list -d status=403 -d times=3 >/dev/null
  fidelity_check 'tries again when the quota is spent' rclone_sums
  fidelity_check 'downloads everything and compares the checksums' rclone_drive copy --transfers 8 :drive: "$copy"
  fidelity_check 'has the very bytes' rclone_copied "$copy"
  fidelity_check 'finds no difference afterwards' rclone_drive check :drive: "$copy"
  fidelity_check 'lists a shared drive' rclone_shared
}

# fidelity_check WHAT COMMAND...
fidelity_check() {
  local what=$1 said
  shift
  if said=$("$@" 2>&1); then
    printf 'rclone\tpass\t%s\t%s\n' "$what" "$(tail -n 1 <<<"$said" | cut -c 1-100)"
  else
    printf 'rclone\tFAIL\t%s\t%s\n' "$what" "$(tail -n 3 <<<"$said" | tr '\n\t' '  ' | cut -c 1-300)"
  fi
}

rclone_sums() {
  rclone_drive md5sum "$@" :drive: | cut -d' ' -f1 | sort | cmp - "$FIDELITY_TMP/wanted" || return 1
  printf '%d files' "$(wc -l <"$FIDELITY_TMP/wanted")"
}

rclone_copied() {
  find "$1" -type f -exec md5sum {} + | sed 's/^\\//' | cut -d' ' -f1 | sort | cmp - "$FIDELITY_TMP/wanted" || return 1
  printf '%d files' "$(wc -l <"$FIDELITY_TMP/wanted")"
}

rclone_shared() {
  local files
  files=$(rclone --config /dev/null --drive-service-account-file "$FIDELITY_TMP/key.json" \
    --drive-scope drive.readonly --drive-team-drive "$(<"$FIDELITY_TMP/drive")" lsf :drive: | wc -l)
  printf '%d files' "$files"
  ((files == 13))
}

fidelity_table() {
  local client result what detail
  while IFS=$'\t' read -r client result what detail; do
    printf '  %-7s %-5s %-50s %s\n' "$client" "$result" "$what" "$detail"
  done
}
