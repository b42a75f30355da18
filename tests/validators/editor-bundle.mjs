// Makes the editor of the pages again from the npm packages that package.json pins: CodeMirror and `yaml`, in one file.
//
//     node editor-bundle.mjs ENTRY            prints it
//     node editor-bundle.mjs ENTRY FILE       exits 1 if FILE is not that
//
// ENTRY is src/server/preview/vendor/entry.mjs. The packages are those beside this script, wherever ENTRY is.

import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const [entry, file] = process.argv.slice(2)
if (!entry) {
  console.error('usage: node editor-bundle.mjs ENTRY [FILE]')
  process.exit(2)
}
const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules')

const make = async (banner) => {
  const result = await build({
    stdin: { contents: await readFile(entry, 'utf8'), resolveDir: dirname(modules), sourcefile: 'entry.mjs' },
    nodePaths: [modules],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: 'jobpackEditor',
    // `const` and `let` of a classic script aren't properties of `globalThis`; `var`, which esbuild writes, is.
    target: 'es2022',
    platform: 'browser',
    legalComments: 'none',
    charset: 'ascii',
    banner: { js: banner },
  })
  const packages = Object.keys(result.metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
  return { text: result.outputFiles[0].text, packages: [...new Set(packages)].filter(Boolean).sort() }
}

// Both licences ask that their words go with every copy; each stands once, under the packages that it is for.
const licences = new Map()
for (const name of (await make('')).packages) {
  const { version, license } = JSON.parse(await readFile(join(modules, name, 'package.json'), 'utf8'))
  const words = (await readFile(join(modules, name, 'LICENSE'), 'utf8')).trim()
  if (!['MIT', 'ISC'].includes(license)) throw new Error(`${name} is under ${license}: add its terms here`)
  licences.set(words, [...(licences.get(words) ?? []), `${name} ${version} (${license})`])
}
const notices = [...licences].map(([words, names]) => `${names.join(', ')}\n\n${words}`).join('\n\n---\n\n')
if (notices.includes('*/')) throw new Error('a licence would end the comment that it stands in')
const { text } = await make(`/*!\nMade by tests/validators/editor-bundle.mjs; not to be edited. It holds:\n\n${notices}\n*/`)

if (file === undefined) {
  process.stdout.write(text)
} else if ((await readFile(file, 'utf8')) !== text) {
  console.error(`${file} is not what the pinned packages make: node editor-bundle.mjs ${entry} >${file}`)
  process.exit(1)
}
