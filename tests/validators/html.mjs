// Opens HTML files in Chromium and holds them against axe-core (WCAG 2.0 to 2.2, levels A and AA, best practices), at
// the width of a desk and of a phone, in light, dark and print; and looks for what axe does not: sideways scrolling at
// 320 CSS pixels (WCAG 1.4.10), anything fetched from elsewhere, and errors that the page reports.
//
//     node html.mjs FILE...
//
// Prints one line of JSON per file: {file, findings: [text]}.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const settings = [
  { name: 'desk', width: 1280, media: 'screen', colorScheme: 'light' },
  { name: 'phone', width: 320, media: 'screen', colorScheme: 'light' },
  { name: 'dark', width: 1280, media: 'screen', colorScheme: 'dark' },
  { name: 'print', width: 1280, media: 'print', colorScheme: 'light' },
]

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const context = await browser.newContext({ bypassCSP: true })

for (const file of process.argv.slice(2)) {
  const findings = new Set()
  const page = await context.newPage()
  page.on('pageerror', (error) => findings.add(`script error: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && findings.add(`console: ${message.text()}`))
  page.on('request', (request) => {
    if (!/^(file|data|blob|about):/.test(request.url())) findings.add(`fetches ${request.url()}`)
  })
  await page.goto(pathToFileURL(file).href)
  if ((await page.evaluate(() => document.compatMode)) !== 'CSS1Compat') findings.add('quirks mode: no doctype')
  for (const { name, width, media, colorScheme } of settings) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ media, colorScheme, reducedMotion: 'reduce' })
    await page.evaluate(axe)
    const result = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }), rules)
    if (result.passes.length === 0) findings.add(`${name}: axe looked at nothing`)
    for (const violation of result.violations) {
      const [first] = violation.nodes
      findings.add(`${name}: ${violation.id}: ${violation.help} (${violation.nodes.length} times) ${first.target} ${first.html.slice(0, 160)}`)
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (media === 'screen' && over > 0) findings.add(`${name}: ${over} pixels too wide, scrolls sideways`)
  }
  await page.close()
  console.log(JSON.stringify({ file, findings: [...findings] }))
}
await browser.close()
