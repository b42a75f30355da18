// Holds logs of SARIF against the standard's schema and rules, with Microsoft's validator.
//
//     node sarif.mjs FILE...
//
// Prints one line of JSON per file: {file, findings: [text]}. Its warnings are advice for makers of tools.

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool')
chmodSync(program, 0o755)
const folder = mkdtempSync(join(tmpdir(), 'sarif-'))
for (const file of process.argv.slice(2)) {
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' }
  const run = spawnSync(program, ['validate', file, '--output', join(folder, 'found.sarif'), '--log', 'ForceOverwrite'], { env, encoding: 'utf8' })
  if (run.status !== 0 || !run.stdout.includes('1 files scanned')) {
    throw new Error(`${file} was not judged: ${run.error ?? ''} ${run.stdout} ${run.stderr}`)
  }
  const findings = run.stdout.split('\n').filter((line) => line.startsWith(`${file}(`) && line.includes('): error '))
  console.log(JSON.stringify({ file, findings: findings.map((line) => line.slice(file.length)) }))
}
rmSync(folder, { recursive: true })
