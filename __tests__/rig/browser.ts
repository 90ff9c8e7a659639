import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'

/**
 * A real browser from npm alone: Chromium with its libraries and a font, unpacked once into node_modules. Where that
 * package has none for the machine, the Chrome that is installed. For `await using`.
 */
export async function startBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking']
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return chromium.launch({ channel: 'chrome', args })
  const folder = await unpacked()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args,
    env: {
      HOME: folder,
      LANG: 'C.UTF-8',
      PATH: process.env.PATH ?? '',
      LD_LIBRARY_PATH: join(folder, 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.xml'),
    },
  })
}

/** The folder that holds it all; test files that come at the same time each unpack it, and the first one's stays. */
async function unpacked(): Promise<string> {
  const source = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..')
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'))
  const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache')
  const folder = join(cache, `chromium-${version}`)
  if (await isThere(folder)) return folder
  await mkdir(cache, { recursive: true })
  const aside = await mkdtemp(`${folder}.`)
  const packed = (name: string): string => join(source, 'bin', name)
  const binary = join(aside, 'chromium')
  await Promise.all([
    decompress(packed('chromium.br'), binary),
    untar(packed('al2023.tar.br'), aside),
    untar(packed('fonts.tar.br'), aside),
  ])
  await chmod(binary, 0o755)
  const places = [join(folder, 'fonts'), '/usr/share/fonts'].map(path => `<dir>${path}</dir>`).join('')
  const cacheDir = `<cachedir>${join(folder, 'font-cache')}</cachedir>`
  const fixed = '<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>'
  await writeFile(join(aside, 'fonts.xml'), `<fontconfig>${places}${cacheDir}${fixed}</fontconfig>`)
  try {
    await rename(aside, folder)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    if (!(await isThere(folder))) throw error
  }
  return folder
}

async function decompress(file: string, into: string): Promise<void> {
  await pipeline(createReadStream(file), createBrotliDecompress(), createWriteStream(into))
}

/** By a file and not by a pipe: tar ends at the archive's last block, and a pipe that has more for it then breaks. */
async function untar(file: string, into: string): Promise<void> {
  const archive = join(into, basename(file, '.br'))
  await decompress(file, archive)
  await promisify(execFile)('tar', ['-x', '-f', archive, '-C', into])
  await rm(archive)
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
