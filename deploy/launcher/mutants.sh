# ./drivelens mutants: changes the pure classes one operation at a time, and expects their tests to notice (PIT).
# shellcheck shell=bash

# Of a hundred changes, how many must be noticed.
NOTICED_AT_LEAST=85

cmd_mutants() {
  local module outcome=0
  (($# == 0)) || die_usage "mutants takes no arguments"
  open_home
  find_jdk
  need_maven
  cd -- "$ROOT" || exit
  rm -rf -- {common,sync-worker,api-service}/target/pit-reports
  say "Changing the pure classes one operation at a time; all that Maven says is in $LOGS/mutants.log"
  mvn -B -ntp -P 'mutants,!format' -Dcheckstyle.skip -Dweb.skip -pl common,sync-worker,api-service -am \
    process-test-classes >"$LOGS/mutants.log" 2>&1 || {
    grep -E '^\[ERROR\]' "$LOGS/mutants.log" | head -n 5 >&2 || true
    die "PIT did not get through; see $LOGS/mutants.log"
  }
  for module in common sync-worker api-service; do
    mutants_of "$module" || outcome=1
  done
  ((outcome == 0)) || die "less than $NOTICED_AT_LEAST % were noticed in a module"
}

# Columns: file, class, mutator, method, line, status, test.
mutants_of() {
  awk -F, -v module="$1" -v least="$NOTICED_AT_LEAST" '
    { all++ }
    $6 ~ /KILLED|TIMED_OUT|MEMORY_ERROR/ { killed++; next }
    { sub(/.*\./, "", $3); survivors = survivors sprintf("    %s:%s %s\n", $1, $5, $3) }
    END {
      printf "  %-12s %d of %d noticed (%d %%)\n%s", module, killed, all, 100 * killed / all, survivors
      exit 100 * killed / all < least
    }
  ' "$ROOT/$1/target/pit-reports/mutations.csv"
}
