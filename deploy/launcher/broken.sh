# ./drivelens broken [NAME...]: breaks one rule of the system at a time, in a copy, and expects its test to fail.
# shellcheck shell=bash

BROKEN=$ROOT/system-tests/src/test/broken

# Each patch begins with "Breaks: ...", "Module: ..." and "Test: ..."; git ignores what stands before the first file.
cmd_broken() {
  local patch copy survived=0
  local -a patches=()
  for patch in "${@:-*}"; do
    compgen -G "$BROKEN/$patch.patch" >/dev/null || die_usage "there is no patch '$patch'; there are: $(names_in "$BROKEN" .patch)"
    mapfile -t -O "${#patches[@]}" patches < <(compgen -G "$BROKEN/$patch.patch" | sort)
  done
  open_home
  find_jdk
  need_maven
  need curl curl
  need git git
  need_rabbitmq
  copy=$ROOT/target/broken
  mkdir -p -- "$copy"
  say "Building a copy; all that Maven says is in $LOGS/broken.log"
  : >"$LOGS/broken.log"
  broken_copy "$copy"
  for patch in "${patches[@]}"; do
    broken_try "$copy" "$patch" || survived=$((survived + 1))
  done
  ((survived == 0)) || die "$survived of ${#patches[@]} did not fail; see $LOGS/broken.log"
}

# What Maven built is copied along, so that only the broken module is compiled again.
broken_copy() {
  tar -C "$ROOT" --exclude=./target --exclude=./.git --exclude=./.drivelens --exclude=node_modules -cf - . | tar -C "$1" -xf -
  broken_maven "$1" test-compile >>"$LOGS/broken.log" 2>&1 || die "the copy does not compile; see $LOGS/broken.log"
}

broken_maven() {
  (cd -- "$1" && exec mvn -B -ntp -Dspotless.check.skip -Dcheckstyle.skip "${@:2}")
}

# The copy lies within a repository, which is none of its business.
broken_apply() {
  (cd -- "$1" && GIT_CEILING_DIRECTORIES=${1%/*} git apply "${@:2}") >>"$LOGS/broken.log" 2>&1
}

broken_field() { sed -n "s/^$1: //p" "$2"; }

# broken_try COPY PATCH: whether the test fails, and by itself, not by the compiler.
broken_try() {
  local copy=$1 patch=$2 name test module verdict outcome=1
  name=${patch##*/}
  name=${name%.patch}
  module=$(broken_field Module "$patch")
  test=$(broken_field Test "$patch")
  printf '\n===== %s\n' "$name" >>"$LOGS/broken.log"
  if ! broken_apply "$copy" "$patch"; then
    verdict='does not apply any more'
  elif ! broken_maven "$copy" test-compile -pl "$module" -am >>"$LOGS/broken.log" 2>&1; then
    verdict='does not compile'
  elif broken_maven "$copy" verify -pl "$module" -am -Dtest="$test" -Dsurefire.failIfNoSpecifiedTests=false \
    >>"$LOGS/broken.log" 2>&1; then
    verdict='SURVIVED: no test noticed'
  else
    verdict='red, as it must be'
    outcome=0
  fi
  broken_apply "$copy" -R "$patch" || true
  printf '  %-26s %-60s %s\n' "$verdict" "$(broken_field Breaks "$patch")" "$test"
  return "$outcome"
}
