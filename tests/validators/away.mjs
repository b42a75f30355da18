// Keeps a pack open while its server goes away and comes back, as another program on the same port, and while sixty pages are
// turned.
//
//     node away.mjs ADDRESS PACK PROFILE
//
// Says `open`, `gone` and `back` when it has seen that, each on a line of standard error, and then prints one line of JSON:
// {findings: [text], drawn: most pages that were drawn at once, frames: [milliseconds between frames while scrolling, sorted]}.

import { readFile } from 'node:fs/promises'
import { done, expect, findings, newContext, save, watched } from './screens.mjs'

const [address, pack, profile] = process.argv.slice(2)
const page = await watched(await newContext(), address, /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/)
await page.goto(`${address}/packs/${pack}`)
const pages = await page.locator('#sheets li').count()
expect(pages >= 60, `there are ${pages} pages, and sixty were to be turned`)

const frames = await page.evaluate(async () => {
  const times = []
  let last = performance.now()
  const drawn = () => document.querySelectorAll('#sheets img').length
  let most = 0
  for (let at = 0; at < 240; at++) {
    scrollBy(0, 200)
    await new Promise(requestAnimationFrame)
    times.push(performance.now() - last)
    last = performance.now()
    most = Math.max(most, drawn())
  }
  return { times, most }
})
expect(frames.most < 20, `${frames.most} pages are drawn at once`)
await page.evaluate(() => document.querySelector('#page-55').scrollIntoView())
await page.waitForSelector('#page-55 img', { timeout: 10000 }).catch(() => findings.push('page 55 is not drawn when it is seen'))
expect((await page.locator('#page-1 img').count()) === 0, 'page 1 stays drawn when nobody sees it')

console.error('open')
await page.waitForFunction(() => !document.getElementById('live').hidden, null, { timeout: 30000 })
expect((await page.textContent('#live')).includes('doesn’t answer'), 'nothing is said of a server that is away')
console.error('gone')
await page.waitForFunction(() => document.getElementById('live').hidden, null, { timeout: 60000 })
const before = await page.evaluate(() => document.getElementById('page-1').dataset.print)
const text = await readFile(profile, 'utf8')
await save(profile, text.replace(/^post_title: .*$/m, 'post_title: After the restart'))
await page.waitForFunction((print) => document.getElementById('page-1').dataset.print !== print, before, { timeout: 30000 })
  .catch(() => findings.push('after a restart of the server the page follows no more'))
console.error('back')
await done({ drawn: frames.most, frames: frames.times.map(Math.round).sort((a, b) => a - b) })
