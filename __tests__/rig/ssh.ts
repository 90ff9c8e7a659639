import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { linesIn } from './temp.ts'

export type Ssh = {
  /** Path of the program. */
  readonly program: string
  /** What it was called with, a call a line. */
  calls(): Promise<string[]>
  /** In its own words: what it says before the next `times` calls for a service die of it. */
  fail(service: 'git-receive-pack' | 'git-upload-pack', words: string, times: number): Promise<void>
}

/** The key that it takes, as of `ssh -i <key>`. */
export const KEY = 'the-deploy-key'

/**
 * A stand-in for ssh: whoever shows the key (`-i`) has the command run on this machine, so that `<host>:<path>` is the path. Made
 * in the folder, which it makes too.
 */
export async function writeSsh(folder: string): Promise<Ssh> {
  await mkdir(folder, { recursive: true })
  const program = join(folder, 'ssh')
  const log = join(folder, 'ssh.log')
  await writeFile(
    program,
    `#!/usr/bin/env bash
echo "$*" >> '${log}'
key=
while [ $# -gt 0 ]; do
  case $1 in -i) key=$2; shift 2 ;; -o | -p) shift 2 ;; -*) shift ;; *) break ;; esac
done
host=$1 service=\${2%% *}
shift
if [ "$key" != ${KEY} ]; then echo "$host: Permission denied (publickey)." >&2; exit 255; fi
left=$(cat '${folder}/'"$service.times" 2> /dev/null || echo 0)
if [ "$left" -gt 0 ]; then
  echo $((left - 1)) > '${folder}/'"$service.times"
  cat '${folder}/'"$service.words" >&2
  exit 255
fi
exec bash -c "$*"
`,
  )
  await chmod(program, 0o755)
  return {
    program,
    calls: () => linesIn(log),
    async fail(service, words, times) {
      await writeFile(join(folder, `${service}.words`), words)
      await writeFile(join(folder, `${service}.times`), String(times))
    },
  }
}
