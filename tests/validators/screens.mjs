// What the tests of the pages of `jobpack serve` share: Chromium, a page that tells of every fault, and axe-core.

import { readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export const findings = []
export const expect = (holds, otherwise) => { if (!holds) findings.push(otherwise) }

export const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })

// A browser of its own, which axe-core can be put into: the pages' own policy lets no other script in.
export const newContext = (options = {}) => browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 }, ...options })

// A page that tells of every script error, of every line of the console that `accepted` doesn't fit, and of every request to
// somewhere else.
export const watched = async (context, address, accepted = /^$/) => {
  const page = await context.newPage()
  page.on('pageerror', (error) => findings.push(`script error: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && !accepted.test(message.text()) && findings.push(`console: ${message.text()}`))
  page.on('request', (request) => request.url().startsWith(address) || /^(blob|data):/.test(request.url()) || findings.push(`fetches ${request.url()}`))
  return page
}

// A screen on a phone and on a desktop, light and dark.
export const judge = async (page, screen) => {
  const size = page.viewportSize()
  await page.evaluate(axe)
  for (const width of [390, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // What moves when the scheme changes has come to rest.
      await page.waitForTimeout(100)
      const result = await page.evaluate((values) => globalThis.axe.run(document, { iframes: false, runOnly: { type: 'tag', values } }), rules)
      expect(result.passes.length > 0, `${screen}: axe looked at nothing`)
      for (const violation of result.violations) {
        findings.push(`${screen} ${width} ${colorScheme}: ${violation.id}: ${violation.help} ${violation.nodes[0].html.slice(0, 200)}`)
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(over <= 0, `${screen} ${width}: ${over} pixels too wide`)
    }
  }
  await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' })
}

// As editors do: a new file takes the place of the old one.
export const save = async (file, text) => {
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}

// Ends a test: what was found, and what was measured.
export const done = async (more = {}) => {
  await browser.close()
  console.log(JSON.stringify({ findings, ...more }))
}
