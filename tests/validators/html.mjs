// Opens HTML files in Chromium and holds them against axe-core (WCAG 2.0 to 2.2, levels A and AA, best practices), at
// 320, 768 and 1280 CSS pixels, each in light, dark and print; and looks for what axe does not: sideways scrolling (WCAG
// 1.4.10), anything fetched from elsewhere, fonts that a browser can't read, and errors that the page reports.
//
//     node html.mjs FILE...
//
// Prints one line of JSON per file: {file, findings: [text]}.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const looks = [
  { look: 'light', media: 'screen', colorScheme: 'light' },
  { look: 'dark', media: 'screen', colorScheme: 'dark' },
  { look: 'print', media: 'print', colorScheme: 'light' },
]
const settings = [320, 768, 1280].flatMap((width) => looks.map((look) => ({ name: `${width} ${look.look}`, width, ...look })))

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const context = await browser.newContext({ bypassCSP: true })

// Nine looks at each page take their time: several pages are looked at side by side.
const waiting = process.argv.slice(2)
async function work() {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await judge(file)
}

async function judge(file) {
  const findings = new Set()
  const page = await context.newPage()
  page.on('pageerror', (error) => findings.add(`script error: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && findings.add(`console: ${message.text()}`))
  page.on('request', (request) => {
    if (!/^(file|data|blob|about):/.test(request.url())) findings.add(`fetches ${request.url()}`)
  })
  await page.goto(pathToFileURL(file).href)
  if ((await page.evaluate(() => document.compatMode)) !== 'CSS1Compat') findings.add('quirks mode: no doctype')
  await page.evaluate(axe)
  const fonts = await page.evaluate(async () => {
    await Promise.allSettled([...document.fonts].map((font) => font.load()))
    return [...document.fonts].filter((font) => font.status !== 'loaded').map((font) => `${font.family} ${font.weight} ${font.style}`)
  })
  for (const font of fonts) findings.add(`the font ${font} can't be read`)
  for (const { name, width, media, colorScheme } of settings) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ media, colorScheme, reducedMotion: 'reduce' })
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
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work))
await browser.close()
