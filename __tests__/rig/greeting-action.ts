/** A tiny action that uses all a runner offers: for the tests of the rig itself. Runs until killed for `who: forever`. */
export const GREETING_ACTION = {
  'action.yml': [
    'inputs: { who: { default: world }, token: { default: "${{ github.token }}" }, max-parallel: {} }',
    'runs: { using: node24, main: main.mjs, post: post.mjs }',
  ].join('\n'),
  'main.mjs': `
    import { appendFileSync } from 'node:fs'
    const { env } = process
    const to = (file, text) => appendFileSync(env['GITHUB_' + file], text + '\\n')
    to('OUTPUT', 'greeting=hello ' + env.INPUT_WHO)
    to('OUTPUT', 'inputs=' + Object.keys(env).filter(key => key.startsWith('INPUT_')).sort())
    to('STATE', 'seen<<X\\none\\ntwo\\nX')
    to('ENV', 'LATER=yes')
    to('STEP_SUMMARY', '# Summary')
    console.log('::add-mask::s3cret')
    console.log('the s3cret of ' + env.INPUT_TOKEN)
    console.log('::stop-commands::resume-me\\n::error::not me\\n::resume-me::')
    console.error('::warning title=T::careful')
    if (env.INPUT_WHO === 'forever') {
      process.on('SIGINT', () => console.log('got SIGINT'))
      process.on('SIGTERM', () => console.log('got SIGTERM'))
      setInterval(() => {}, 1000)
      console.log('ready')
    }`,
  'post.mjs': `console.log('state: ' + process.env.STATE_seen.split('\\n').length + ' lines')`,
}
