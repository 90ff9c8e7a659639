/** Why a remote refused, as far as its own words tell, and the way out. */
import type { Explanation } from './explain.ts'

export type Cause = Omit<Explanation, 'what'>
type Causes = readonly (readonly [RegExp, Cause])[]

/** The first cause that the words show. */
export function closer(output: string, known: Causes, otherwise: Cause): Cause {
  return known.find(([pattern]) => pattern.test(output))?.[1] ?? otherwise
}

export const BYPASS =
  'Put the GitHub App whose token you pass as `token:` on the bypass list of that rule, or let `branch:` name a branch without it'

const SSH_KEY =
  /Permission denied \(|marked as read only|denied to deploy key|Too many authentication failures/

export const NETWORK: Causes = [
  [
    /from proxy after CONNECT|CONNECT tunnel failed|Proxy CONNECT aborted|Could not resolve proxy/,
    {
      why: 'The proxy could not be reached, or did not let the connection through',
      fix: 'Check `http.proxy` and `remote.origin.proxy` in the configuration of git, and `https_proxy` and `no_proxy` in the environment of the step, then run again',
    },
  ],
  [
    /cannot fork|unable to fork|fork failed|unable to create thread|Resource temporarily unavailable|Cannot allocate memory|Out of memory|Too many open files|\bspawn \S+ E(?:AGAIN|MFILE|NFILE|NOMEM)/i,
    {
      why: 'The machine had no process, memory or open file left to reach it with',
      fix: 'Let fewer `workers` run at a time, or raise what the machine allows (`ulimit -u`, `ulimit -n`, `pids.max`, memory), then run again',
    },
  ],
  [
    /certificate/i,
    {
      why: "The server's certificate is none that this machine trusts",
      fix: 'Set `http.sslCAInfo` in the configuration of git, or `GIT_SSL_CAINFO` in the environment of the step, to the certificates of whoever signed it, then run again',
    },
  ],
]

export const AUTH: Causes = [
  [
    /(?:HTTP code|response) 407\b|Proxy Authentication Required/,
    {
      why: 'The proxy asks for a name and a password',
      fix: 'Put them where git finds them: in `http.proxy` or `remote.origin.proxy`, in `https_proxy`, or in a credential helper',
    },
  ],
  [
    /Duplicate header/,
    {
      why: 'Two Authorization headers were sent: actions/checkout left one in the configuration of git',
      fix: 'Set `persist-credentials: false` on actions/checkout',
    },
  ],
  [
    /archived/,
    {
      why: 'The repository is archived, so nobody can push to it',
      fix: 'Unarchive the repository, or stop the schedule of this workflow',
    },
  ],
  [
    /Host key verification failed/,
    {
      why: 'The remote is used over ssh, and this machine does not know its host key, or knows another one',
      fix: 'Put the host key that the server publishes into `~/.ssh/known_hosts` of the runner, or into a file that `GIT_SSH_COMMAND` names (`ssh -o UserKnownHostsFile=...`)',
    },
  ],
  [
    SSH_KEY,
    {
      why: 'The remote is used over ssh, and its key was not accepted, or may not write',
      fix: 'Give the runner a deploy key with write access, or use an https URL for `origin` and `token:`',
    },
  ],
  [
    /Permission to .* denied|Write access to repository not granted|\b403\b/,
    {
      why: 'The token may read this repository but not write to it',
      fix: 'Give the job `permissions: contents: write`, or pass a `token:` that may push (a run from a fork never may)',
    },
  ],
  [
    /not found|does not appear to be a git repository|\b404\b/i,
    {
      why: 'There is no such repository, or the token may not see it (GitHub says the same for both)',
      fix: 'Check the URL of `origin`, and pass a `token:` that may read and write that repository',
    },
  ],
  [
    /could not read (?:Username|Password)|Authentication failed|Invalid username|\b401\b|auth_error/,
    {
      why: 'The token is missing, wrong or has expired (the token of a GitHub App lives one hour)',
      fix: 'Pass a `token:` that lives as long as the run, for example `token: ${{ github.token }}` with `permissions: contents: write`',
    },
  ],
]

export const BRANCH_RULES: Causes = [
  [
    /GH007|email privacy/,
    {
      why: 'The author of a commit uses an e-mail address that its owner keeps private',
      fix: 'Set `git-user-email` (and the e-mail that the worker commits with) to a noreply address',
    },
  ],
  [
    /through (?:a|the) (?:pull request|merge queue)|approving review/i,
    {
      why: 'The branch takes changes only through pull requests or its merge queue',
      fix: BYPASS,
    },
  ],
  [
    /verified signatures|valid signatures/i,
    {
      why: 'The branch takes signed commits only, and these are not signed',
      fix: BYPASS,
    },
  ],
  [
    /required status check|status checks? .*expected|Code scanning is waiting/i,
    {
      why: 'The branch takes only commits whose checks have passed on GitHub, and those of a new commit have not run yet',
      fix: 'Put the GitHub App whose token you pass as `token:` on the bypass list of that rule (the `gate` takes its place), or let `branch:` name a branch without it',
    },
  ],
  [
    /\bfile (?:path|extension|size|name)|path length/i,
    {
      why: 'A push rule of the repository forbids such files',
      fix: 'Take these files out of the kept work, and narrow the `paths` of the task so that it leaves them alone',
    },
  ],
  [
    /checked out/,
    {
      why: 'The remote is a repository with a working tree that has this branch checked out',
      fix: 'Push to a bare repository, or check out another branch there',
    },
  ],
  [
    /refname conflict|cannot lock ref|GH002|GH005|hidden ref/,
    {
      why: 'The remote cannot hold a branch of this name, or another branch is in its way (a and a/b exclude each other)',
      fix: 'Let `branch:` name another branch, or delete the one in the way',
    },
  ],
]

export const LARGE: Causes = [
  [
    /GH008|LFS object/,
    {
      why: 'A Git LFS pointer was committed whose content was never uploaded',
      fix: 'Let the worker write the file itself, not a pointer, on a runner that has git-lfs: Fanout then uploads its content before the commit',
    },
  ],
  [
    /\b413\b/,
    {
      why: 'A proxy before the server takes no request of this size',
      fix: 'Split the task into smaller ones, or raise the limit of the proxy',
    },
  ],
]

export const UNKNOWN: Causes = [
  [
    /does not support push options/,
    {
      why: 'The configuration of git names push options (`push.pushOption`), and this server takes none',
      fix: 'Take them out for this repository: an empty `push.pushOption` in the configuration of the checkout resets them (`git config --add push.pushOption ""`)',
    },
  ],
  [
    /shallow update not allowed/,
    {
      why: 'The checkout is shallow and this server takes no shallow history',
      fix: 'Set `fetch-depth: 0` on actions/checkout',
    },
  ],
  [
    /src refspec|does not match any/,
    {
      why: 'The branch or commit does not exist where git looked for it',
      fix: 'Check that `branch:` names a branch that exists on the remote',
    },
  ],
]

/** All causes that are told from the remote's own words; the troubleshooting page has a sample of each. */
export function knownCauses(): readonly Cause[] {
  return [NETWORK, AUTH, BRANCH_RULES, LARGE, UNKNOWN].flatMap(known => known.map(([, cause]) => cause))
}
