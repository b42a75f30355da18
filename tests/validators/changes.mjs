// Approves all packs, changes a template, looks at what has become of them page by page and word by word, downloads files, and
// approves again. Then the server goes away and comes back under an open page.
//
//     node changes.mjs ADDRESS TEMPLATE PACK SHOTS
//
// TEMPLATE is a page in Markdown that PACK uses; pictures of the screens and downloaded files go into the folder SHOTS. Prints
// one line of JSON: {findings: [text]}.

import { readFile } from 'node:fs/promises'
import { done, expect, judge, newContext, save, watched } from './screens.mjs'

const [address, template, pack, shots] = process.argv.slice(2)
const page = await watched(await newContext({ acceptDownloads: true }), address)
const compared = () => page.waitForSelector('main[data-ended=true]', { timeout: 120000 })

await page.goto(`${address}/changes`)
await compared()
await judge(page, 'changes before the first approval')
await page.click('text=Approve all packs as they are')
const approved = () => page.waitForFunction(() => /^Nothing has changed since/.test(document.querySelector('.summary')?.textContent), null, { timeout: 120000 })
await approved()

const text = await readFile(template, 'utf8')
await save(template, `${text}\n\nOne paragraph more, which nobody has approved.\n`)
await page.waitForTimeout(1200)
await page.reload()
await compared()
const summary = await page.textContent('.summary')
expect(/^\d of \d+ packs change/.test(summary), `changes: ${summary}`)
expect((await page.textContent('.paths')).includes('templates/base/pages/'), 'changes: the template isn’t named')
await judge(page, 'changes')
await page.setViewportSize({ width: 1366, height: 768 })
await page.screenshot({ path: `${shots}/changes-laptop.png` })
await page.setViewportSize({ width: 390, height: 844 })
await page.screenshot({ path: `${shots}/changes-phone.png` })
await page.setViewportSize({ width: 1280, height: 900 })

await page.click(`a[href^="/packs/${pack}/compare"]`)
await page.waitForSelector('.pairs li.differs')
expect((await page.textContent('.words ins')).includes('which nobody has approved.'), 'compare: the new words aren’t marked')
expect((await page.locator('.marked rect.new').count()) > 0, 'compare: nothing is marked on the pages')
expect((await page.locator('.pairs li.same:visible').count()) === 0, 'compare: pages that are the same are shown')
await page.check('#all-pages')
expect((await page.locator('.pairs li.same:visible').count()) > 0, 'compare: pages that are the same can’t be shown')
await page.uncheck('#all-pages')
await judge(page, 'compare')
await page.setViewportSize({ width: 1366, height: 768 })
await page.evaluate(() => document.querySelector('.pairs li.differs').scrollIntoView())
await page.waitForTimeout(500)
await page.screenshot({ path: `${shots}/compare-laptop.png` })
const broken = await page.evaluate(() => Promise.all([...document.querySelectorAll('.pairs li.differs img')].map((image) => image.decode().then(() => 0, () => 1))))
expect(broken.every((one) => one === 0), 'compare: pictures are missing')

for (const value of ['layout:school', 'variant:large-print']) {
  await page.selectOption('select[name=with]', value)
  await page.click('.filter button')
  await page.waitForURL((url) => url.searchParams.get('with') === value)
  expect((await page.locator('.pairs li').count()) > 1, `compare with ${value}: no pages`)
}

await page.goto(`${address}/packs/${pack}`)
for (const [words, name] of [['PDF', 'pack.pdf'], ['Word', 'pack.docx'], ['Web page', 'pack.html'], ['Plain text', 'pack.txt'], ['All files for candidates (zip)', 'pack.zip'], ['Forms for the panel (zip)', 'panel.zip']]) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.files >> text="${words}"`)])
  await download.saveAs(`${shots}/${name}`)
}

await page.goto(`${address}/changes`)
await compared()
await page.click('text=Approve these changes')
await approved()
await save(template, text)
await done()
