/** What a worker, gate, setup or verification command sees of the step's environment (SPEC section 5). */

/** The runner's own power and files: inputs, saved state, service tokens; and git's configuration by environment. */
const DROPPED_PREFIXES = ['INPUT_', 'ACTIONS_', 'STATE_', 'GIT_', 'GITHUB_ARTIFACTS']
const DROPPED = new Set([
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  // The contract's own: those of an outer run say nothing true about an inner one.
  'FANOUT',
  'FANOUT_TASK_ID',
  'FANOUT_TASK_IDS',
  'FANOUT_TASK_TITLE',
  'FANOUT_BRANCH',
  'FANOUT_BASE_SHA',
  'FANOUT_RUN_KEY',
  'FANOUT_ATTEMPT',
  'FANOUT_PROMPT_FILE',
  'FANOUT_MANIFEST',
  'FANOUT_MESSAGE_FILE',
  'FANOUT_ARTIFACTS',
  'FANOUT_HANDOFF',
  'FANOUT_COMMIT',
])

/** A shorter secret is only looked for as a whole value: in others it may stand by chance. */
const TELLING_LENGTH = 12

/**
 * The parent's environment less the above, plus `extra`, which wins and is never filtered. RUNNER_TRACKING_ID stays: the
 * runner finds orphans by it. A variable of the parent that holds one of `secrets` (the `token` input) is dropped,
 * whatever its name: the worker never holds the power to push. Names are compared without case.
 */
export function childEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
): Record<string, string> {
  const known = secrets.filter(secret => secret !== '')
  const kept = Object.entries(parent).filter((entry): entry is [string, string] => {
    const [name, value] = entry
    if (value === undefined) return false
    const upper = name.toUpperCase()
    if (DROPPED.has(upper) || DROPPED_PREFIXES.some(prefix => upper.startsWith(prefix))) return false
    return !known.some(
      secret => value === secret || (secret.length >= TELLING_LENGTH && value.includes(secret)),
    )
  })
  return { ...Object.fromEntries(kept), ...extra }
}
