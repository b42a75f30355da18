// Uses the pages of `jobpack serve` in Chromium as people do: looks at the gallery, follows a pack while its profile is
// edited, meets a fault, gets over it, and turns scripts off. axe-core looks at each screen.
//
//     node preview.mjs ADDRESS PROFILE PACK EDITS
//
// PROFILE is the file of the pack's profile, with a line `post_title: ...`. Prints one line of JSON:
// {findings: [text], times: [milliseconds from saving to showing]}.

import { readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const [address, profile, pack, edits] = process.argv.slice(2)
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const findings = []
const times = []
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })

// As editors do: a new file takes the place of the old one.
const save = async (text) => {
  await writeFile(`${profile}.new`, text)
  await rename(`${profile}.new`, profile)
}

const watched = async (context) => {
  const page = await context.newPage()
  page.on('pageerror', (error) => findings.push(`script error: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && findings.push(`console: ${message.text()}`))
  page.on('request', (request) => request.url().startsWith(address) || findings.push(`fetches ${request.url()}`))
  return page
}

const judge = async (page, screen) => {
  await page.evaluate(axe)
  for (const width of [390, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const result = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }), rules)
      if (result.passes.length === 0) findings.push(`${screen}: axe looked at nothing`)
      for (const violation of result.violations) {
        findings.push(`${screen} ${width} ${colorScheme}: ${violation.id}: ${violation.help} ${violation.nodes[0].html.slice(0, 160)}`)
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (over > 0) findings.push(`${screen} ${width}: ${over} pixels too wide`)
    }
  }
}

const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 } })
const gallery = await watched(context)
await gallery.goto(`${address}/`)
await judge(gallery, 'gallery')
const pictures = await gallery.evaluate(async () => {
  const all = [...document.querySelectorAll('.card img')]
  all.forEach((image) => { image.loading = 'eager' })
  await Promise.allSettled(all.map((image) => image.decode()))
  return all.filter((image) => image.naturalWidth === 0).length
})
if (pictures > 0) findings.push(`gallery: ${pictures} pictures are missing`)
await gallery.keyboard.press('Tab')
if (!(await gallery.evaluate(() => document.activeElement.classList.contains('skip')))) findings.push('gallery: no way past the head by keyboard')
await gallery.close()

const viewer = await watched(context)
await viewer.goto(`${address}/packs/${pack}`)
await judge(viewer, 'viewer')
await viewer.setViewportSize({ width: 1280, height: 900 })
const text = await readFile(profile, 'utf8')
const titled = (title) => text.replace(/^post_title: .*$/m, `post_title: ${title}`)
await viewer.evaluate(() => {
  globalThis.shown = []
  document.addEventListener('sheet-replaced', () => globalThis.shown.push(performance.timeOrigin + performance.now()))
})
await viewer.evaluate(() => scrollTo(0, 500))
const place = await viewer.evaluate(() => scrollY)
for (let edit = 0; edit < Number(edits); edit++) {
  await viewer.evaluate(() => { globalThis.shown = [] })
  const saved = performance.timeOrigin + performance.now()
  await save(titled(`Edit ${edit}`))
  await viewer.waitForFunction(() => globalThis.shown.length > 0, null, { polling: 20, timeout: 20000 })
  times.push(Math.round((await viewer.evaluate(() => globalThis.shown[0])) - saved))
  // Until the rest of the pages are there.
  await viewer.waitForTimeout(200)
}
if ((await viewer.evaluate(() => scrollY)) !== place) findings.push('viewer: an edit moves the page')

await save(titled('Broken').replace(/^grade:/m, 'grad:'))
await viewer.waitForSelector('#faults pre', { timeout: 20000 })
const fault = await viewer.textContent('#faults')
for (const part of ['unknown-field', 'grad', '^^^^', 'did you mean `grade`?']) {
  if (!fault.includes(part)) findings.push(`viewer: a fault doesn't show ${part}: ${fault}`)
}
if ((await viewer.locator('#sheets img').count()) === 0) findings.push('viewer: a fault takes the last good pages away')
await judge(viewer, 'viewer with a fault')
await save(titled('Mended'))
await viewer.waitForSelector('#faults', { state: 'hidden', timeout: 20000 })
await save(text)

// Without scripts: the same pages, and the choice of another document.
const plain = await browser.newContext({ javaScriptEnabled: false })
const still = await watched(plain)
await still.goto(`${address}/packs/${pack}`)
if ((await still.locator('#sheets img').count()) === 0) findings.push('without scripts: no pages')
await still.selectOption('select[name=document]', { index: 1 })
await still.click('text=Show')
if (!still.url().includes('document=')) findings.push('without scripts: no other document can be chosen')

await browser.close()
console.log(JSON.stringify({ findings, times }))
