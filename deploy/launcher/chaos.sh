# ./drivelens chaos [--seeds N | --seeds FIRST-LAST | --seed N] [NAME]: what the services withstand, on private servers.
# shellcheck shell=bash

TRIALS=$ROOT/system-tests/src/test/java/org/drivelens/chaos

cmd_chaos() {
  local seeds='' class=''
  while (($#)); do
    case $1 in
      --seeds | --seed)
        [[ -z $seeds ]] || die_usage "chaos takes one of --seeds and --seed"
        seeds=$(seed_range "$1" "${2:-}")
        [[ -n $seeds ]] || die_usage "--seeds takes a number, from 1, or two as in 11-20; --seed takes one"
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
    -Dsurefire.failIfNoSpecifiedTests=false -Dtest.forks=1 -Dtest.excluded=bench $2
}

# seed_range OPTION VALUE: the setting for it; nothing if the value is none.
seed_range() {
  case $1:$2 in
    --seed:*-*) ;;
    --seed:*) ! is_number "$2" || printf -- '-Ddrivelens.chaos.seeds=%s-%s' "$2" "$2" ;;
    *:*-*) ! { is_number "${2%-*}" && is_number "${2#*-}"; } || printf -- '-Ddrivelens.chaos.seeds=%s' "$2" ;;
    *) ! is_number "$2" || printf -- '-Ddrivelens.chaos.seeds=1-%s' "$2" ;;
  esac
}

is_number() {
  [[ $1 =~ ^[1-9][0-9]{0,8}$ ]]
}
