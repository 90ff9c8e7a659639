#!/usr/bin/env bash
# Real tools that tests run and a machine may lack, into the folder given: git-crypt and git-lfs, out of Debian's packages
# and without root. Where that is not possible the tests say so and use stand-ins.
set -euo pipefail
into=$1
rm -rf "$into"
mkdir -p "$into"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# apt's own sandbox user cannot write here; the lists of a fresh image are empty.
get() { (cd "$scratch" && apt-get -o APT::Sandbox::User= -o Debug::NoLocking=1 "${@:2}" download "$1") >"$scratch/log" 2>&1; }
for tool in git-crypt git-lfs; do
  if command -v "$tool" >/dev/null; then
    ln -s "$(command -v "$tool")" "$into/$tool"
    continue
  fi
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || { echo "$tool: no apt here, a stand-in takes its place"; continue; }
  own=(-o "Dir::State::lists=$scratch/lists" -o "Dir::Cache=$scratch/cache")
  if ! get "$tool"; then
    mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
    apt-get -o APT::Sandbox::User= -o Debug::NoLocking=1 "${own[@]}" update >/dev/null 2>&1 || true
    get "$tool" "${own[@]}" || { echo "$tool: a stand-in takes its place: $(tail -n 1 "$scratch/log")"; continue; }
  fi
  dpkg-deb -x "$scratch/$tool"_*.deb "$scratch/$tool.root"
  cp "$scratch/$tool.root/usr/bin/$tool" "$into/$tool"
  "$into/$tool" --version >/dev/null 2>&1 || { echo "$tool: it does not run here, a stand-in takes its place"; rm "$into/$tool"; }
done
touch "$into/.made"
