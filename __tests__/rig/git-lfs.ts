import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Env, hermeticEnv, run } from './exec.ts'

/** The parts of git-lfs that a run needs, for machines without it; to a remote by path only. */
const STAND_IN = `#!/usr/bin/env bash
set -euo pipefail
dir=$(git rev-parse --absolute-git-dir)
at() { echo "lfs/objects/\${1:0:2}/\${1:2:2}/$1"; }
oid_in() { sed -n 's/^oid sha256://p' "$1"; }
is_pointer() { head -c 1024 "$1" | head -n 1 | grep -aqx 'version https://git-lfs.github.com/spec/v1'; }
find_content() {
  for place in "$dir" $(sed 's,/objects$,,' "$dir/objects/info/alternates" 2> /dev/null); do
    if [ -e "$place/$(at "$1")" ]; then echo "$place/$(at "$1")"; return; fi
  done
  return 1
}
case $1 in
clean)
  file=$(mktemp); cat > "$file"
  if is_pointer "$file"; then cat "$file"; rm "$file"; exit; fi
  oid=$(sha256sum < "$file" | cut -d ' ' -f 1); size=$(stat -c %s "$file")
  mkdir -p "$(dirname "$dir/$(at "$oid")")"; mv "$file" "$dir/$(at "$oid")"
  printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%s\\nsize %s\\n' "$oid" "$size" ;;
smudge) cat ;;
checkout)
  git ls-files -z | while IFS= read -r -d '' name; do
    if [ -f "$name" ] && is_pointer "$name" && content=$(find_content "$(oid_in "$name")"); then
      rm "$name"; cp "$content" "$name"
    fi
  done ;;
push)
  [ "$2" = --object-id ]; remote=\${3#file://}; shift 3
  for oid; do mkdir -p "$(dirname "$remote/$(at "$oid")")"; cp "$dir/$(at "$oid")" "$remote/$(at "$oid")"; done ;;
*) exit 64 ;;
esac
`

/** Where `make` puts tools that the machine lacks. */
export const TEST_TOOLS = join(import.meta.dirname, '../../node_modules/.test-tools')

export const realGitLfs = existsSync(join(TEST_TOOLS, 'git-lfs'))

export type Lfs = {
  /** PATH and HOME with git-lfs and its filters. */
  readonly env: Env
  /** Runs git so; trimmed output. */
  git(cwd: string, ...args: string[]): Promise<string>
}

/** git-lfs set up for the user whose home this is, as \`git lfs install\` does it. */
export async function installLfs(home: string): Promise<Lfs> {
  const bin = join(home, 'bin')
  await mkdir(bin, { recursive: true })
  if (realGitLfs) await symlink(join(TEST_TOOLS, 'git-lfs'), join(bin, 'git-lfs'))
  else await writeFile(join(bin, 'git-lfs'), STAND_IN, { mode: 0o755 })
  const filter =
    '[filter "lfs"]\n\tclean = git-lfs clean -- %f\n\tsmudge = git-lfs smudge -- %f\n\trequired = true\n'
  await writeFile(join(home, '.gitconfig'), filter)
  const env = { HOME: home, PATH: `${bin}:${process.env.PATH}` }
  return {
    env,
    async git(cwd, ...args) {
      const all = hermeticEnv({ ...env, GIT_CONFIG_GLOBAL: join(home, '.gitconfig') })
      const { code, stdout, stderr } = await run('git', args, { cwd, env: all })
      if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code}\n${stderr}`)
      return stdout.trim()
    },
  }
}

export function lfsOid(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}

export function lfsPlace(gitDir: string, content: string): string {
  const oid = lfsOid(content)
  return join(gitDir, 'lfs/objects', oid.slice(0, 2), oid.slice(2, 4), oid)
}

/** Content into a git directory's LFS storage, as a fetch leaves it. */
export async function storeLfs(gitDir: string, content: string): Promise<void> {
  const place = lfsPlace(gitDir, content)
  await mkdir(dirname(place), { recursive: true })
  await writeFile(place, content)
}

export function lfsPointer(content: string): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${lfsOid(content)}\nsize ${Buffer.byteLength(content)}\n`
}
