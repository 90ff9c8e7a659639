import { existsSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Env } from './exec.ts'
import { TEST_TOOLS } from './git-lfs.ts'

/** The parts of git-crypt that tests need, for machines without it: the key lies where git-crypt has it. */
const STAND_IN = `#!/usr/bin/env bash
set -euo pipefail
key() { cat "$(git rev-parse --git-dir)/git-crypt/keys/default"; }
configure() {
  git config filter.git-crypt.smudge '"git-crypt" smudge'
  git config filter.git-crypt.clean '"git-crypt" clean'
  git config filter.git-crypt.required true
}
keys=$(git rev-parse --git-dir)/git-crypt/keys
case $1 in
init) mkdir -p "$keys"; head -c 16 /dev/urandom | base64 > "$keys/default"; configure ;;
export-key) cp "$keys/default" "$2" ;;
unlock)
  mkdir -p "$keys"; cp "$2" "$keys/default"; configure
  git ls-files -z | git check-attr -z --stdin filter | while IFS= read -r -d '' name && IFS= read -r -d '' _ && IFS= read -r -d '' value; do
    [ "$value" = git-crypt ] || continue
    rm "$name"; git checkout -- "$name"
  done ;;
clean) printf '\\0GITCRYPT\\0'; key; base64 ;;
smudge) key > /dev/null; tail -c +11 | tail -n +2 | base64 -d ;;
*) exit 64 ;;
esac
`

export const realGitCrypt = existsSync(join(TEST_TOOLS, 'git-crypt'))

/** What every file that git-crypt has encrypted begins with. */
export const ENCRYPTED = '\0GITCRYPT\0'

/** A home with git-crypt on its PATH. */
export async function installGitCrypt(home: string): Promise<Env> {
  const bin = join(home, 'bin')
  await mkdir(bin, { recursive: true })
  const place = join(bin, 'git-crypt')
  if (realGitCrypt) await symlink(join(TEST_TOOLS, 'git-crypt'), place)
  else await writeFile(place, STAND_IN, { mode: 0o755 })
  return { HOME: home, PATH: `${bin}:${process.env.PATH}` }
}
