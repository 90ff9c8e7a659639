# The bare minimum of a run, without anything that a run is for: no gate, no log, no scope, no retry, nothing kept,
# nothing synced, nobody else on the branch. Arguments: how many tasks, how many at once, an empty place, what they write.
# Started in a checkout.
set -e
task() {
  git clone --quiet --shared . "$1/$2"
  cd "$1/$2"
  echo "$3" > "t$2.txt"
  git add --all
  git commit --quiet --message "t$2"
}
export -f task
git fetch --quiet origin main
seq "$1" | xargs -P "$2" -I{} bash -c 'task "$@"' task "$3" {} "$4"
top=$(git rev-parse FETCH_HEAD)
for i in $(seq "$1"); do
  git fetch --quiet "$3/$i" HEAD
  tree=$(git merge-tree --write-tree "$top" FETCH_HEAD)
  top=$(git commit-tree "$tree" -p "$top" -m "t$i")
done
git push --quiet origin "$top:main"
rm -r "$3"
