import { git } from './exec.ts'

/** Makes an empty bare repository that answers like GitHub's: partial clones, fetches by sha, pushes over HTTP. */
export async function initBare(path: string, branch: string): Promise<void> {
  await git('.', 'init', '--quiet', '--bare', `--initial-branch=${branch}`, path)
  const settings = {
    'http.receivepack': 'true',
    'uploadpack.allowFilter': 'true',
    'uploadpack.allowAnySHA1InWant': 'true',
    // No process of the server's may go on after the test.
    'gc.auto': '0',
    'receive.autogc': 'false',
    'maintenance.auto': 'false',
  }
  for (const [key, value] of Object.entries(settings)) await git(path, 'config', key, value)
}
