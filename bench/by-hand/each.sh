# Candidates land by themselves: fetch, rebase, gate, push, until it is on the branch. Arguments: their clones.
# TOGETHER: every worker for itself at the same time, else one after another. WAITS: seconds between tries, the last reused.
read -ra waits <<< "$WAITS"

land() {
  cd "$1" || exit 1
  for ((try = 0; ; try++)); do
    git fetch --quiet origin main
    git rebase --quiet FETCH_HEAD || exit 1
    $GATE || exit 0 # a red one gives up
    echo >> ../pushes
    git push --quiet origin HEAD:main 2> /dev/null && exit 0
    echo >> ../lost
    if ((${#waits[@]} > 0)); then
      sleep "${waits[try < ${#waits[@]} ? try : -1]}"
    fi
  done
}

for clone; do
  if [[ $TOGETHER ]]; then land "$clone" & else (land "$clone"); fi
done
wait
