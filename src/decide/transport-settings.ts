/** git's settings that decide how a remote is reached, and what a token changes in them. */
import { type GitSetting, isOfRemotes, type ScopedSetting } from './git-settings.ts'

/** For `GIT_CONFIG_KEY_<n>` and `GIT_CONFIG_VALUE_<n>`. */
export type ConfigPair = readonly [key: string, value: string]

/**
 * Sections of git's own that say nothing about the way to a remote: of branches, of other repositories, or of how a fetch
 * or a push is shaped, which is ours to say. A section that git does not know is a helper's, and passes.
 */
const OTHER_SECTIONS =
  /^(alias|branch|color|core|extensions|fetch|filter|gc|include|includeif|index|maintenance|merge|push|remote|safe|submodule)\./i

/** Keys of such sections that say it all the same. */
const OF_THE_WAY = /^(core\.(sshcommand|askpass|gitproxy)|push\.(pushoption|gpgsign))$/i

/** Keys of `remote.origin` that say what is fetched or pushed, and not how. */
const OF_ITS_REFS =
  /^(url|pushurl|fetch|push|mirror|tagopt|prune|prunetags|promisor|partialclonefilter|skipdefaultupdate|skipfetchall|followremotehead)$/i

const ORIGIN_KEY = /^remote\.origin\.([^.]+)$/i

/**
 * What a git command needs to be told so that it reaches the remote `name` as it would reach `origin` in the checkout. The
 * settings of system and user are in force for it anyway, but for those that may hold a password.
 */
export function transportPairs(settings: readonly ScopedSetting[], name: string): readonly ConfigPair[] {
  return settings.flatMap(({ scope, key, value }): readonly ConfigPair[] => {
    const [, ofOrigin] = ORIGIN_KEY.exec(key) ?? []
    if (ofOrigin !== undefined)
      return OF_ITS_REFS.test(ofOrigin) ? [] : [[`remote.${name}.${ofOrigin}`, value ?? 'true']]
    if (scope === 'system' || (scope === 'global' && !isOfRemotes({ key, value }))) return []
    return OTHER_SECTIONS.test(key) && !OF_THE_WAY.test(key) ? [] : [[key, value ?? 'true']]
  })
}

const HEADER_KEY = /^http\.(?:(.*)\.)?extraheader$/is

/** Whether a setting adds an HTTP header to what is asked of `url`. */
function isHeaderFor(url: string, key: string): boolean {
  const [found, pattern] = HEADER_KEY.exec(key) ?? []
  return found !== undefined && (pattern === undefined || appliesTo(pattern, url))
}

const AUTHORIZES = /^\s*authorization\s*:/i

/** Whether a setting authorizes what is asked of `url`: two Authorization headers are an HTTP 400. */
export function authorizes(url: string, { key, value }: GitSetting): boolean {
  return isHeaderFor(url, key) && AUTHORIZES.test(value ?? '')
}

/**
 * One header beside those that are configured for `url` and do not authorize. git adds headers up over all of a
 * configuration: they are reset and set anew at `place`, an address that no setting is more exact than.
 */
export function withHeader(
  url: string,
  place: string,
  header: string,
  settings: readonly GitSetting[],
): readonly ConfigPair[] {
  let values: string[] = []
  for (const { key, value } of settings) {
    if (!isHeaderFor(url, key)) continue
    if (!value) values = []
    else if (!AUTHORIZES.test(value)) values.push(value)
  }
  return ['', ...values, header].map((value): ConfigPair => [`http.${place}.extraheader`, value])
}

/** git's rule for `http.<url>.*` and `credential.<url>.*`; a label of the host may be `*`. */
function appliesTo(pattern: string, url: string): boolean {
  if (!URL.canParse(pattern) || !URL.canParse(url)) return false
  const [wanted, given] = [new URL(pattern), new URL(url)]
  const labels = given.hostname.split('.')
  const wantedLabels = wanted.hostname.split('.')
  const path = wanted.pathname.replace(/\/$/, '')
  return (
    wanted.protocol === given.protocol &&
    wanted.port === given.port &&
    labels.length === wantedLabels.length &&
    wantedLabels.every((label, i) => label === '*' || label === labels[i]) &&
    (wanted.username === '' || wanted.username === given.username) &&
    (given.pathname === path || given.pathname.startsWith(`${path}/`))
  )
}

/** No helper is asked for the password of this address; one of a proxy's still is. */
export function withoutHelpers(url: string): ConfigPair {
  return [`credential.${url}.helper`, '']
}

/** Variables that are of one repository or of one process of git, and not of whoever runs it. */
const NOT_OF_THE_WAY =
  /^GIT_(DIR|WORK_TREE|IMPLICIT_WORK_TREE|INDEX_FILE|INDEX_VERSION|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|QUARANTINE_PATH|COMMON_DIR|PREFIX|INTERNAL_.*|GRAFT_FILE|SHALLOW_FILE|NO_REPLACE_OBJECTS|REPLACE_REF_BASE|ATTR_SOURCE|CONFIG|CONFIG_.*|PUSH_OPTION_.*|PUSH_CERT.*|REFLOG_ACTION|CURL_VERBOSE|TRANSPORT_HELPER_DEBUG|TRANSLOOP_DEBUG|TEST_\w+)$/

/**
 * The `GIT_*` variables by which whoever started the run reaches the remote: git's own, and those that a helper or an
 * askpass program of theirs reads. A trace must go to a file: elsewhere it would mix with what the remote says.
 */
export function transportVariables(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      // A helper that trades the job's identity for a password is part of the way as well.
      if (value === undefined || !/^(GIT_|ACTIONS_ID_TOKEN_)/.test(name)) return []
      if (NOT_OF_THE_WAY.test(name)) return []
      return /^GIT_TRACE/.test(name) && !value.startsWith('/') ? [] : [[name, value]]
    }),
  )
}
