// Holds JSON documents against a JSON Schema (2020-12), and the schema against its own.
//
//     node schema.mjs SCHEMA FILE...
//
// Prints one line of JSON per file: {file, findings: [text]}.

import { readFile } from 'node:fs/promises'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

const [schema, ...files] = process.argv.slice(2)
const json = async (file) => JSON.parse(await readFile(file, 'utf8'))

const ajv = new Ajv({ allErrors: true, strict: false })
formats(ajv)
for (const name of ['uint', 'uint8', 'uint16', 'uint32', 'uint64']) {
  ajv.addFormat(name, { type: 'number', validate: (n) => Number.isInteger(n) && n >= 0 })
}
const validate = ajv.compile(await json(schema))
for (const file of files) {
  const findings = validate(await json(file)) ? [] : validate.errors.map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`)
  console.log(JSON.stringify({ file, findings }))
}
