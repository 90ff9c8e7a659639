/** Settings of git that decide how files are stored, merged and written: which of a configuration count, and where they run. */

/** As `git config --list -z` names it: `filter.<name>.clean`; a value of null is git's short form of `true`. */
export interface GitSetting {
  readonly key: string
  readonly value: string | null
}

export interface ScopedSetting extends GitSetting {
  /** git's word: `system`, `global`, `local`, `worktree`, `command`. */
  readonly scope: string
}

/** Of `git config --list -z`. */
export function readSettings(listed: string): readonly GitSetting[] {
  return listed
    .split('\0')
    .filter(entry => entry !== '')
    .map(entry => {
      const end = entry.indexOf('\n')
      if (end < 0) return { key: entry, value: null }
      return { key: entry.slice(0, end), value: entry.slice(end + 1) }
    })
}

/** Of `git config --list -z --show-scope`. */
export function readScopedSettings(listed: string): readonly ScopedSetting[] {
  const parts = listed.split('\0')
  return parts.flatMap((scope, i) => {
    const [setting] = i % 2 === 0 ? readSettings(parts[i + 1] ?? '') : []
    return setting === undefined ? [] : [{ scope, ...setting }]
  })
}

/** Of `core`: line ends, encodings and the executable bit. git init writes one of them into each repository. */
export function isCoreConversion({ key }: GitSetting): boolean {
  return /^core\.(autocrlf|eol|safecrlf|checkroundtripencoding|filemode)$/i.test(key)
}

/** Of other repositories and the way to them: what may hold a password. */
export function isOfRemotes({ key }: GitSetting): boolean {
  return /^(http|credential|url|remote|sendemail|imap|github|gitlab)\./i.test(key) && !isMannersOfHttp(key)
}

/** How git talks HTTP, with whomever: nothing secret. */
function isMannersOfHttp(key: string): boolean {
  const names = 'useragent|version|postbuffer|followredirects|ssl(?:verify|version|cipherlist|cainfo|capath)'
  return new RegExp(`^http\\.(?:[^@]*\\.)?(?:${names}|lowspeed(?:limit|time))$`, 'i').test(key)
}

/** Drivers and rules for what is stored and for how it is merged. */
export function isConversion({ key }: GitSetting): boolean {
  return /^(filter|merge)\../i.test(key) || /^diff\.rename(s|limit)$/i.test(key)
}

/** The names of the filters that somebody has defined. */
export function filtersIn(settings: readonly GitSetting[]): ReadonlySet<string> {
  return new Set(
    settings.flatMap(({ key }) => /^filter\.(.+)\.(clean|smudge|process)$/is.exec(key)?.[1] ?? []),
  )
}

/** What git sets for a command in its environment: of another repository than the one that a filter is to run in. */
const OF_ONE_REPOSITORY = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_PREFIX',
]

/**
 * The same setting with its command run in `folder`, where it was defined: a relative path leads there and to no file of a
 * worker, and a tool finds its keys in that repository's `.git`. Git LFS alone runs where git does, for it keeps contents
 * beside the objects.
 */
export function runIn(folder: string, setting: GitSetting): GitSetting {
  const { key, value } = setting
  const [, kind] = /^(?:filter|merge)\..+\.(clean|smudge|process|driver)$/is.exec(key) ?? []
  if (kind === undefined || !value || isLfs(key, value)) return setting
  const isProcess = kind.toLowerCase() === 'process'
  // git replaces `%f` and the like, but not for a process.
  const place = quotedForShell(isProcess ? folder : folder.replaceAll('%', '%%'))
  const command = kind.toLowerCase() === 'driver' ? withPlaces(value) : value
  const lines = [
    ...(command === value ? [] : ['fanout_merge=$PWD']),
    `cd ${place} || exit 129`,
    `unset ${OF_ONE_REPOSITORY.join(' ')}`,
    command,
  ]
  return { key, value: lines.join('\n') }
}

function isLfs(key: string, command: string): boolean {
  return /^filter\.lfs\./i.test(key) || /^\s*git[- ]lfs\b/.test(command)
}

/** A merge driver's files (`%O`, `%A`, `%B`) have names that are relative to the folder in which git runs it. */
function withPlaces(command: string): string {
  let quote = ''
  let text = ''
  for (let at = 0; at < command.length; at++) {
    const char = command[at]!
    if (char === '\\' && quote !== "'") {
      text += char + (command[++at] ?? '')
    } else if (char === '%' && /[OAB]/.test(command[at + 1] ?? '')) {
      const place = { '': '"$fanout_merge"/', '"': '$fanout_merge/', "'": `'"$fanout_merge"'/` }[quote]
      text += `${place}%${command[++at]}`
    } else if (char === '%') {
      text += char + (command[++at] ?? '')
    } else {
      if (quote === '' && (char === '"' || char === "'")) quote = char
      else if (quote === char) quote = ''
      text += char
    }
  }
  return text
}

function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** As text of a configuration file. */
export function settingsText(settings: readonly GitSetting[]): string {
  return settings.map(settingText).join('')
}

/** What it brings is listed by git with the other settings. */
export function isInclude({ key }: GitSetting): boolean {
  return /^include(if)?\./i.test(key)
}

function settingText({ key, value }: GitSetting): string {
  const section = key.slice(0, key.indexOf('.'))
  const name = key.slice(key.lastIndexOf('.') + 1)
  const subsection = key.slice(section.length + 1, -name.length - 1)
  const head = subsection === '' ? `[${section}]` : `[${section} ${quotedForGit(subsection)}]`
  return `${head}\n\t${name}${value === null ? '' : ` = ${quotedForGit(value)}`}\n`
}

/** As a subsection or a value. */
export function quotedForGit(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
