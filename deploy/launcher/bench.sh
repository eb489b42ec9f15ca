# ./drivelens bench engine [NAME]: figures of the sync engine, each beside its limit in the same run.
# shellcheck shell=bash

BENCHES=$ROOT/system-tests/src/test/java/org/drivelens/bench
FIGURES=$ROOT/system-tests/target/bench/figures.txt

cmd_bench() {
  local class='org.drivelens.bench.*Bench'
  if (($# < 1 || $# > 2)) || [[ $1 != engine ]]; then
    die_usage "bench takes 'engine' and perhaps one of: $(names_in "$BENCHES" Bench.java)"
  fi
  if (($# == 2)); then
    class=$(class_in "$BENCHES" Bench.java "$2")
    [[ -n $class ]] || die_usage "there is no bench '$2'; there are: $(names_in "$BENCHES" Bench.java)"
  fi
  open_home
  find_jdk
  need_maven
  need curl curl
  need_rabbitmq
  cd -- "$ROOT" || exit
  rm -f -- "$FIGURES"
  say "Building what is not built yet, then measuring; all of it is in $LOGS/bench.log"
  run_bench "$class" 2>&1 | tee "$LOGS/bench.log" | sed -un 's/^bench: /  /p' || true
  [[ -f $FIGURES ]] || {
    grep -E '^\[ERROR\]' "$LOGS/bench.log" | head -n 25 >&2 || true
    die "nothing was measured; all of it is in $LOGS/bench.log"
  }
  say
  cat -- "$FIGURES"
  ! grep -qE '^\[ERROR\] (Tests run|Failed to execute)' "$LOGS/bench.log" ||
    die "a bench failed; see $LOGS/bench.log"
  ! grep -q '  MISSED *$' "$FIGURES" || die "a bound was missed"
}

# The services are packaged on the way: they run as users run them, at full speed.
run_bench() {
  mvn -B -ntp -P '!format' -Dcheckstyle.skip -pl system-tests -am package -Dtest="$1" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dtest.forks=1 -Dtest.excluded=none -Dtest.heap=3g \
    -Dtest.jvm='-XX:+UseSerialGC -Ddrivelens.bench=true'
}
