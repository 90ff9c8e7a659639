import { registerHooks } from 'node:module'

/** Runs an import of GitHub's packages: they import JSON without the import attribute that node asks for. */
export async function withJsonImports<Module>(load: () => Promise<Module>): Promise<Module> {
  const hooks = registerHooks({
    load: (url, context, next) =>
      next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
  })
  try {
    return await load()
  } finally {
    hooks.deregister()
  }
}
