#!/usr/bin/env bash
# Copy to dependencies/update.sh
# The worker, and the remediation: that starts from the branch's own two files, whatever conflicts in them.
set -euo pipefail

if [[ -n ${FANOUT_HANDOFF:-} ]] && grep -q '"kind": *"gate"' "$FANOUT_HANDOFF"; then
  echo "$PACKAGE@$VERSION breaks the tests: that is for a person" >&2
  exit 1
fi
git checkout --quiet HEAD -- package.json package-lock.json
npm install --ignore-scripts "$PACKAGE@$VERSION"
