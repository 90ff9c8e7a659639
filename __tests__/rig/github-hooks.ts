import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { git } from './exec.ts'

type Common = {
  /** The full ref it holds for; else every branch (`secret`, `workflow-scope`, `large-file`: every ref). */
  readonly ref?: string
  /** Refuse so often, then let pass; without it always. */
  readonly times?: number
}

/** Why GitHub refuses a push; what it prints then is in proc-receive.mjs, to the letter. */
export type Rule = Common &
  (
    | { readonly kind: 'protected-branch'; readonly lines?: readonly string[] } // GH006
    | { readonly kind: 'ruleset'; readonly lines?: readonly string[] } // GH013, `lines` are the bullets
    | { readonly kind: 'secret'; readonly marker: string; readonly type?: string } // GH013, push protection: a commit adds a file holding `marker`
    | { readonly kind: 'workflow-scope'; readonly who?: string; readonly scope?: string } // a commit touches .github/workflows/
    | { readonly kind: 'large-file'; readonly limitBytes?: number } // GH001: a commit adds a file over the limit (100 MiB)
    | { readonly kind: 'stale'; readonly at?: string } // cannot lock ref ... is at X but expected Y
    | { readonly kind: 'internal' } // fatal error in commit_refs
    | { readonly kind: 'hook'; readonly lines?: readonly string[] } // pre-receive hook declined
    | { readonly kind: 'bypass'; readonly lines?: readonly string[] } // passes, with GitHub's note that a rule was bypassed
    | { readonly kind: 'custom'; readonly lines?: readonly string[]; readonly reason: string }
  )

/** From now on pushes to this bare repository (over HTTP or by path) are judged by `rules`, first match first. */
export async function setRules(repoPath: string, rules: readonly Rule[]): Promise<void> {
  const script = fileURLToPath(new URL('proc-receive.mjs', import.meta.url))
  await installHook(repoPath, 'proc-receive', `exec '${process.execPath}' '${script}'`)
  await git(repoPath, 'config', '--replace-all', 'receive.procReceiveRefs', 'refs')
  await writeFile(join(repoPath, 'rules.json'), JSON.stringify(rules))
}

/** Rules with `times` that have not been used up: a test that has some tested less than it says. */
export async function leftoverRules(repoPath: string): Promise<Rule[]> {
  const rules: Rule[] = JSON.parse(await readFile(join(repoPath, 'rules.json'), 'utf8'))
  return rules.filter(rule => (rule.times ?? 0) > 0)
}

/** A plain pre-receive hook which prints `text` and refuses everything. */
export async function installPreReceive(repoPath: string, text: string): Promise<void> {
  const quoted = text.replaceAll("'", `'\\''`)
  await installHook(repoPath, 'pre-receive', `printf '%s\\n' '${quoted}'\nexit 1`)
}

/**
 * From now on the repository takes push options, and a push only with all of `wanted`; what it was told is in the file that is
 * returned, a push a line.
 */
export async function wantPushOptions(repoPath: string, wanted: readonly string[]): Promise<string> {
  const log = join(repoPath, 'push-options')
  const needed = wanted.map(each => `'${each}'`).join(' ')
  await git(repoPath, 'config', 'receive.advertisePushOptions', 'true')
  await installHook(
    repoPath,
    'pre-receive',
    `all=$(env | sort | sed -n 's/^GIT_PUSH_OPTION_[0-9]*=//p' | tr '\\n' ' ')
echo "\${all% }" >> '${log}'
for option in ${needed}; do
  case " $all " in *" $option "*) ;; *) echo "a push needs the option $option"; exit 1 ;; esac
done`,
  )
  return log
}

async function installHook(repoPath: string, name: string, body: string): Promise<void> {
  const path = join(repoPath, 'hooks', name)
  await mkdir(join(repoPath, 'hooks'), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, 0o755)
}
