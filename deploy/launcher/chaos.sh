# ./drivelens chaos [--seeds N | --seed N] [NAME]: what the services withstand, on private servers.
# shellcheck shell=bash

TRIALS=$ROOT/system-tests/src/test/java/org/drivelens/chaos

cmd_chaos() {
  local seeds='' class=''
  while (($#)); do
    case $1 in
      --seeds | --seed)
        is_number "${2:-}" || die_usage "$1 takes a number, from 1"
        [[ -z $seeds ]] || die_usage "chaos takes one of --seeds and --seed"
        seeds=-Ddrivelens.chaos.${1#--}=$2
        shift 2
        ;;
      -*) die_usage "chaos knows no option '$1'" ;;
      *)
        [[ -z $class ]] || die_usage "chaos takes one name"
        class=$(class_in "$TRIALS" Test.java "$1")
        [[ -n $class ]] || die_usage "there is no '$1'; there are: $(names_in "$TRIALS" Test.java)"
        shift
        ;;
    esac
  done
  # Seeds are of the convergence test alone.
  [[ -n $class || -z $seeds ]] || class=ConvergenceTest
  open_home
  find_jdk
  need_maven
  need curl curl
  need_rabbitmq
  cd -- "$ROOT" || exit
  say "Building what is not built yet, then breaking things; all of it is in $LOGS/chaos.log"
  if run_chaos "${class:-org.drivelens.chaos.*Test}" "$seeds" 2>&1 | tee "$LOGS/chaos.log" |
    sed -un 's/^chaos: /  /p; s/^.*\(again: \.\/drivelens chaos --seed [0-9]*\).*/  \1/p'; then
    say "everything converged"
  else
    grep -E '^\[ERROR\]' "$LOGS/chaos.log" | head -n 25 >&2 || true
    die "something did not converge; see $LOGS/chaos.log"
  fi
}

# The services are packaged on the way: they run as users run them.
run_chaos() {
  # shellcheck disable=SC2086 # no seeds, no argument
  mvn -B -ntp -P '!format' -Dcheckstyle.skip -pl system-tests -am package -Dtest="$1" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dtest.excluded=bench $2
}

is_number() {
  [[ $1 =~ ^[1-9][0-9]{0,8}$ ]]
}
