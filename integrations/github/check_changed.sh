#!/usr/bin/env bash
# Checks the plans that differ from the commit BASE and writes what they change to REPORT.
#
# FILES: Git pathspecs, one a line. Without BASE, as in a push, all plans are checked and nothing is
# compared. Exit code 1: the session would refuse one of them.
set -euo pipefail

scripts="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../scripts" && pwd)"
before="$(mktemp)"
trap 'rm -f "$before"' EXIT
: >"$REPORT"
mapfile -t specs < <(grep -v '^[[:space:]]*$' <<<"$FILES")

if [ -n "${BASE:-}" ]; then
  # What this branch has changed, not what the other one has since.
  BASE="$(git merge-base "$BASE" HEAD)"
  mapfile -d '' -t plans < <(git diff --name-only --diff-filter=d -z "$BASE" -- "${specs[@]}")
else
  mapfile -d '' -t plans < <(git ls-files -z -- "${specs[@]}")
fi

refused=0
for plan in "${plans[@]}"; do
  # An answers file of another template is none of ours.
  case "$plan" in *.copier-answers.yml) grep -q '^connector:' "$plan" || continue ;; esac
  python3 "$scripts/check_plan.py" --format github "$plan" || { refused=1; continue; }
  [ -n "${BASE:-}" ] || continue
  # A plan that was refused before, or written for an older session, counts as new.
  git show "$BASE:$plan" >"$before" 2>/dev/null || : >"$before"
  python3 "$scripts/check_plan.py" "$before" >/dev/null 2>&1 || : >"$before"
  python3 "$scripts/compare_plans.py" --format markdown --title "$plan" "$before" "$plan" >>"$REPORT"
done
exit "$refused"
