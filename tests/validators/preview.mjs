// Uses the pages of `jobpack serve` in Chromium as people do: looks at the gallery, follows a pack while its profile is
// edited, in two browsers, meets a fault, gets over it, looks at the web page, turns scripts off, and uses keys alone.
//
//     node preview.mjs ADDRESS PROFILE PACK EDITS SHOTS
//
// PROFILE is the file of the pack's profile, with a line `post_title: ...`; pictures of the screens go into the folder SHOTS.
// Prints one line of JSON: {findings: [text], times: [milliseconds from saving to showing]}.

import { readFile } from 'node:fs/promises'
import { browser, done, expect, findings, judge, newContext, save, watched } from './screens.mjs'

const [address, profile, pack, edits, shots] = process.argv.slice(2)
const times = []
const context = await newContext()

const gallery = await watched(context, address)
await gallery.goto(`${address}/`)
await judge(gallery, 'gallery')
const pictures = await gallery.evaluate(async () => {
  const all = [...document.querySelectorAll('.card img')]
  all.forEach((image) => { image.loading = 'eager' })
  await Promise.allSettled(all.map((image) => image.decode()))
  return all.filter((image) => image.naturalWidth === 0).length
})
expect(pictures === 0, `gallery: ${pictures} pictures are missing`)
for (const [name, width, height] of [['phone', 390, 844], ['laptop', 1366, 768], ['wide', 1920, 1080]]) {
  await gallery.setViewportSize({ width, height })
  await gallery.screenshot({ path: `${shots}/gallery-${name}.png` })
}
await gallery.keyboard.press('Tab')
expect(await gallery.evaluate(() => document.activeElement.classList.contains('skip')), 'gallery: no way past the head by keyboard')
await gallery.selectOption('select[name=show]', 'closed')
await gallery.click('.filter button')
await gallery.waitForURL(/show=closed/)
await gallery.close()

// With keys alone: from the gallery to a pack, and to another document of it.
const keys = await watched(context, address)
await keys.goto(`${address}/?q=elsa`)
for (let tab = 0; tab < 40 && !(await keys.evaluate((pack) => document.activeElement.getAttribute('href') === `/packs/${pack}`, pack)); tab++) await keys.keyboard.press('Tab')
await keys.keyboard.press('Enter')
await keys.waitForURL(`**/packs/${pack}`)
for (let tab = 0; tab < 40 && !(await keys.evaluate(() => document.activeElement.name === 'document')); tab++) await keys.keyboard.press('Tab')
await keys.keyboard.press('ArrowDown')
for (let tab = 0; tab < 6 && !(await keys.evaluate(() => document.activeElement.matches('.filter button'))); tab++) await keys.keyboard.press('Tab')
await keys.keyboard.press('Enter')
await keys.waitForURL(/document=job-description/, { timeout: 10000 }).catch(() => findings.push('keyboard: another document can’t be chosen'))
await keys.close()

const viewer = await watched(context, address)
await viewer.goto(`${address}/packs/${pack}`)
await judge(viewer, 'viewer')
for (const [name, width, height] of [['phone', 390, 844], ['laptop', 1366, 768], ['wide', 1920, 1080]]) {
  await viewer.setViewportSize({ width, height })
  await viewer.waitForTimeout(300)
  await viewer.screenshot({ path: `${shots}/pack-${name}.png` })
}
await viewer.setViewportSize({ width: 1280, height: 900 })
const text = await readFile(profile, 'utf8')
const titled = (title) => text.replace(/^post_title: .*$/m, `post_title: ${title}`)

await viewer.evaluate(() => {
  globalThis.shown = []
  const now = () => performance.timeOrigin + performance.now()
  // When it is on the screen, not when the script is done.
  document.addEventListener('sheet-replaced', () => requestAnimationFrame(() => globalThis.shown.push(now())))
})
await viewer.fill('#zoom', '80')
await viewer.evaluate(() => scrollTo(0, 700))
const place = await viewer.evaluate(() => scrollY)
for (let edit = 0; edit < Number(edits); edit++) {
  await viewer.evaluate(() => { globalThis.shown = [] })
  const saved = performance.timeOrigin + performance.now()
  await save(profile, titled(`Edit ${edit}`))
  const first = () => viewer.evaluate((from) => globalThis.shown.find((time) => time > from) - from, saved)
  await viewer.waitForFunction((from) => globalThis.shown.some((time) => time > from), saved, { polling: 20, timeout: 20000 })
  times.push(Math.round(await first()))
  // Until the rest of the pages are there.
  await viewer.waitForFunction(() => [...document.querySelectorAll('#sheets li')].every((item) => !item.firstElementChild || item.dataset.drawn === item.dataset.print))
  await viewer.waitForTimeout(150)
}
expect((await viewer.evaluate(() => scrollY)) === place, 'viewer: an edit moves the page')
expect((await viewer.inputValue('#zoom')) === '80', 'viewer: an edit changes the zoom')

// Somebody else looks at another document of the pack in another browser: both are told.
const other = await watched(await newContext(), address)
await other.goto(`${address}/packs/${pack}?document=job-description`)
const print = (page) => page.evaluate(() => document.getElementById('page-1').dataset.print)
const [mine, theirs] = [await print(viewer), await print(other)]
await save(profile, titled('For two'))
for (const [page, was, who] of [[viewer, mine, 'the first'], [other, theirs, 'a second']]) {
  await page.waitForFunction((before) => document.getElementById('page-1').dataset.print !== before, was, { timeout: 20000 })
    .catch(() => findings.push(`${who} browser is not told`))
}
await other.close()
await viewer.waitForTimeout(500)

// A page that doesn't change is not drawn again.
await viewer.evaluate(() => { globalThis.kept = document.querySelector('#page-1 img'); globalThis.shown = [] })
await save(profile, titled('For two').replace(/^grade: .*$/m, 'grade: Grade 9'))
await viewer.waitForTimeout(1500)
const replaced = await viewer.evaluate(() => globalThis.shown.length)
const pages = await viewer.locator('#sheets li').count()
expect(replaced > 0 && replaced < pages, `viewer: a change of one page draws ${replaced} of ${pages}`)

await save(profile, titled('Broken').replace(/^grade:/m, 'grad:'))
await viewer.waitForSelector('#faults pre', { timeout: 20000 })
const fault = await viewer.textContent('#faults')
for (const part of ['unknown-field', 'grad', '^^^^', 'did you mean `grade`?', '.yaml:']) {
  expect(fault.includes(part), `viewer: a fault doesn't show ${part}: ${fault}`)
}
expect((await viewer.locator('#sheets img').count()) > 0, 'viewer: a fault takes the last good pages away')
await judge(viewer, 'viewer with a fault')
await viewer.screenshot({ path: `${shots}/fault-laptop.png` })
await save(profile, titled('Mended'))
await viewer.waitForSelector('#faults', { state: 'hidden', timeout: 20000 })

// A finding leads to its line, and to its words on the page.
await save(profile, text.replace('purpose:', 'purpose:\n  - text: "Sees to what {{nobody_declares}} this."'))
await viewer.waitForSelector('#warnings details', { timeout: 20000 })
await viewer.click('#warnings summary')
await viewer.click('#warnings a.spot')
await viewer.waitForSelector('.here', { timeout: 5000 }).catch(() => findings.push('viewer: a finding doesn’t lead to its place'))
expect(/^\/packs\/.*\/edit\?line=\d+$/.test(await viewer.getAttribute('#warnings .at a', 'href')), 'viewer: a finding doesn’t lead to its line')
await viewer.goto(`${address}/source/templates/base/pages/how-to-apply.md#L3`)
await viewer.waitForSelector('.source li:target')
await judge(viewer, 'source')
await save(profile, text)

const web = await watched(context, address, /Blocked script execution/)
await web.goto(`${address}/packs/${pack}?view=web`)
await judge(web, 'web view')
const inFrames = () => Promise.all(web.frames().slice(1).map((frame) => frame.textContent('h1')))
const before = await inFrames()
expect(before.length === 2, `web view: ${before.length} frames`)
await save(profile, titled('Seen in the frame'))
await web.waitForFunction(() => /print=/.test(document.querySelector('iframe').src), null, { timeout: 20000 })
await web.waitForTimeout(500)
expect((await inFrames()).every((title) => title.includes('Seen in the frame')), `web view: it doesn't follow: ${await inFrames()}`)
await web.screenshot({ path: `${shots}/web-laptop.png` })
await save(profile, text)

// What else one may meet: the form for the token, and a page that isn't there.
const rest = await watched(context, address, /404/)
for (const path of ['/sign-in', '/packs/nobody/nothing', `/packs/${pack}/compare?with=layout:school`]) {
  await rest.goto(`${address}${path}`)
  await judge(rest, path)
}

// Without scripts: the same pages, and the choice of another document.
const still = await watched(await browser.newContext({ javaScriptEnabled: false }), address)
await still.goto(`${address}/packs/${pack}`)
expect((await still.locator('#sheets img').count()) > 0, 'without scripts: no pages')
await still.selectOption('select[name=document]', 'job-description')
await still.click('.filter button')
expect(still.url().includes('document=job-description'), 'without scripts: no other document can be chosen')

await done({ times })
