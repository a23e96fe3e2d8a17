// Reads pages as JSON ({name: html}) from standard input and prints a line for each thing that is not valid HTML. Exit 1 when there is one.
import { HtmlValidate } from 'html-validate'
let text = ''
for await (const chunk of process.stdin) text += chunk
const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard'],
  rules: {
    // How it is laid out is not a fault; a lone void tag or an upper-case doctype is valid in either form.
    'no-trailing-whitespace': 'off', 'void-style': 'off', 'doctype-style': 'off', 'attr-quotes': 'off', 'attribute-boolean-style': 'off', 'long-title': 'off',
    'attribute-empty-style': 'off',
    // govuk-frontend gives native elements their role again for screen readers that forget it.
    'no-redundant-role': 'off',
  },
})
let wrong = 0
for (const [name, html] of Object.entries(JSON.parse(text))) {
  const report = await validator.validateString(html, name)
  for (const result of report.results) for (const message of result.messages) {
    wrong++
    console.log(`${name}:${message.line}:${message.column}: ${message.ruleId}: ${message.message}`)
  }
}
process.exit(wrong ? 1 : 0)
