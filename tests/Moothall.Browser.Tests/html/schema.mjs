// Reads {schema, files: {name: value}} as JSON from standard input, holds the schema to JSON Schema 2020-12, and prints a line for each file that is not good by it.
import { Ajv2020 } from 'ajv/dist/2020.js'
let text = ''
for await (const chunk of process.stdin) text += chunk
const { schema, files } = JSON.parse(text)
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allowMatchingProperties: true, allErrors: true })
// Words for people, which editors show in place of a pattern.
ajv.addKeyword({ keyword: 'patternErrorMessage', schemaType: 'string' })
const isGood = ajv.compile(schema)
for (const [name, value] of Object.entries(files))
  if (!isGood(value)) console.log(`${name}: ${ajv.errorsText(isGood.errors)}`)
