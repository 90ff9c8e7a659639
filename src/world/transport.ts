/**
 * How the remote is reached: as `git push origin` in the checkout would, with the settings and variables of the moment at which
 * the run began. What a worker later does to the checkout's configuration is not the lane's.
 */
import { decoded, withoutUser } from '../decide/address.ts'
import { readScopedSettings, type ScopedSetting } from '../decide/git-settings.ts'
import {
  authorizes,
  type ConfigPair,
  transportPairs,
  transportVariables,
  withHeader,
  withoutHelpers,
} from '../decide/transport-settings.ts'
import { git, gitEnvironment } from './git.ts'
import { stepConfiguration } from './git-config.ts'

export interface TransportOptions {
  readonly storeDir: string
  /** The checkout whose `origin` this is. */
  readonly checkout: string
  /** Read as well as written: what lands is stacked on what is there. As git has resolved it. */
  readonly pushUrl: string
  readonly token: string | null
  /** Scheme and host the token belongs to, such as `https://github.com`. */
  readonly serverUrl: string
}

export interface Transport {
  /** Without a password: that travels as a header. */
  readonly url: string
  /** Where git runs, so that relative paths in settings lead where they lead for the user. */
  readonly cwd: string
  /** For git: the store is its repository, and `ORIGIN` the remote. */
  readonly env: Record<string, string>
  /** For Git LFS, in the store. */
  readonly lfsEnv: Record<string, string>
  /** Where its contents go, unless the branch's own `.lfsconfig` says. */
  readonly lfsUrl: string
}

/** The remote's name for git. Not `origin`: refspecs and the like that are set for that one are the checkout's. */
export const ORIGIN = 'fanout-origin'

/**
 * What git is told in the place of the address. Its rules for addresses (`url.*.insteadOf`) have been applied to that one
 * already, and it applies one rule to each: this is it.
 */
const ADDRESS = `${ORIGIN}://`

/** A server that sends less than this many bytes a second for a minute is given up by git itself. */
const LOW_SPEED: readonly ConfigPair[] = [
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
]

export async function openTransport(options: TransportOptions): Promise<Transport> {
  const { storeDir, checkout } = options
  const settings = await settingsOf(checkout)
  const header = authHeader(options)
  // What stands before the @ would show in argv and in texts.
  const url = header === null ? options.pushUrl : withoutUser(options.pushUrl)
  const patient = settings.some(({ key }) => /^http\.(.*\.)?lowspeed(limit|time)$/i.test(key))
  const pairs = [...(patient ? [] : LOW_SPEED), ...transportPairs(settings, ORIGIN)]
  const variables = transportVariables(process.env)
  /** With the token, or the address's own password; what else was to answer for it is left out. */
  const authorized = (place: string): readonly ConfigPair[] =>
    header === null
      ? pairs
      : [
          ...pairs.filter(([key, value]) => !authorizes(url, { key, value })),
          withoutHelpers(url),
          ...withHeader(url, place, header, settings),
        ]
  const environment = (place: string, more: readonly ConfigPair[]): Record<string, string> => ({
    ...variables,
    ...gitEnvironment(process.env, [...authorized(place), ...more]),
  })
  return {
    url,
    cwd: checkout,
    env: {
      ...environment(url, [
        [`remote.${ORIGIN}.url`, ADDRESS],
        [`url.${url}.insteadOf`, ADDRESS],
      ]),
      GIT_DIR: storeDir,
    },
    // It asks below addresses of its own. One that is resolved already must not be led elsewhere: the longest rule counts.
    lfsEnv: environment(hostOf(url), [[`url.${url}.insteadOf`, url]]),
    lfsUrl:
      settingIn(settings, 'remote.origin.lfspushurl') ?? settingIn(settings, 'remote.origin.lfsurl') ?? url,
  }
}

/** Of the checkout, its user, the machine and the step, as `git` there has them. */
async function settingsOf(checkout: string): Promise<readonly ScopedSetting[]> {
  const { stdout } = await git(checkout, ['config', '--list', '-z', '--show-scope', '--includes'], {
    env: stepConfiguration(process.env),
  })
  return readScopedSettings(stdout)
}

/** The last one counts. */
function settingIn(settings: readonly ScopedSetting[], key: string): string | null {
  return settings.findLast(setting => setting.key === key)?.value ?? null
}

/**
 * The one Authorization header for the remote: the token's where the remote's host is the server's, else what
 * the URL itself carries. null: neither; git's own ways (ssh, credential helpers) are left to it.
 */
export function authHeader(
  options: Pick<TransportOptions, 'token' | 'pushUrl' | 'serverUrl'>,
): string | null {
  const user = credentials(options)
  return user === null ? null : `AUTHORIZATION: basic ${Buffer.from(user).toString('base64')}`
}

function credentials({
  token,
  pushUrl,
  serverUrl,
}: Pick<TransportOptions, 'token' | 'pushUrl' | 'serverUrl'>): string | null {
  if (!/^https?:/i.test(pushUrl) || !URL.canParse(pushUrl)) return null
  if (token !== null && hostOf(pushUrl) === hostOf(serverUrl)) return `x-access-token:${token}`
  const [, user = '', password = ''] = WITH_PASSWORD.exec(pushUrl) ?? []
  return user === '' && password === '' ? null : `${decoded(user)}:${decoded(password)}`
}

/** Scheme and host; of any other address the address. */
function hostOf(url: string): string {
  return /^https?:/i.test(url) && URL.canParse(url) ? `${new URL(url).origin}/` : url
}

/** `user:password@`, also with an empty password: a token may stand in the place of the name. */
const WITH_PASSWORD = /^(?:https?:\/\/)([^/@:]*):([^/@]*)@/i
