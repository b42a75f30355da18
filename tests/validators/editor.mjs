// Uses the editor and the brand page in Chromium as people do: by form and by text, with faults, with somebody else who saves
// meanwhile, with keys alone, without scripts.
//
//     node editor.mjs ADDRESS PROJECT ORGANISATION PROFILE VACANCY SHOTS
//
// PROJECT is the folder of the project, whose files are read and written beside the browser; pictures of the screens and the
// downloaded files go into the folder SHOTS. Prints one line of JSON: {findings: [text], times: [milliseconds from typing to pages]}.

import { readFile, writeFile } from 'node:fs/promises'
import { browser, done, expect, findings, judge, newContext, save, watched } from './screens.mjs'

const [address, project, organisation, profile, vacancy, shots] = process.argv.slice(2)
const file = `${project}/profiles/${organisation}/${profile}.yaml`
const brandFile = `${project}/profiles/${organisation}/_brand.yml`
const original = await readFile(file, 'utf8')
const times = []
const context = await newContext({ acceptDownloads: true, viewport: { width: 1920, height: 1000 } })

// Answers that refuse are lines of the console too.
const refused = /status of (403|412|503)/
const open = async (path) => {
  const page = await watched(context, address, refused)
  await page.addInitScript(() => {
    globalThis.tried = []
    globalThis.savedTimes = 0
    document.addEventListener('tried', (event) => globalThis.tried.push(event.detail))
    document.addEventListener('saved', () => { globalThis.savedTimes += 1 })
  })
  await page.goto(`${address}${path}`)
  await page.waitForFunction(() => globalThis.tried.length > 0, null, { timeout: 30000 })
  return page
}
const triedWith = (page, part) => page.waitForFunction((words) => globalThis.tried.some((one) => one.text?.includes(words)), part, { timeout: 20000 })
const saved = (page, count) => page.waitForFunction((wanted) => globalThis.savedTimes === wanted, count, { timeout: 20000 })

const page = await open(`/packs/${organisation}/${profile}/edit`)
await page.waitForSelector('#sheets img')
await judge(page, 'editor')
for (const [name, width, height] of [['phone', 390, 844], ['laptop', 1366, 768], ['wide', 1920, 1080]]) {
  await page.setViewportSize({ width, height })
  await page.waitForTimeout(400)
  await page.screenshot({ path: `${shots}/editor-${name}.png` })
}
await page.setViewportSize({ width: 1920, height: 1000 })

// By form: the text follows, and all else of it stays, comments included.
for (let at = 0; at < 10; at++) {
  const begun = Date.now()
  await page.getByLabel('Post title').fill(`Mentor number ${at}`)
  await triedWith(page, `post_title: Mentor number ${at}`)
  times.push(Date.now() - begun)
}
await page.keyboard.press('Control+s')
await saved(page, 1)
expect((await readFile(file, 'utf8')) === original.replace(/^post_title: .*$/m, 'post_title: Mentor number 9'), 'the form changes more than its field')

// By text: a fault is underlined, listed, and leads to its line; the last good pages stay.
const text = page.locator('.cm-content')
await text.click()
await page.keyboard.press('Control+End')
await page.keyboard.type('grad: 4\n')
await page.waitForFunction(() => globalThis.tried.at(-1).faults.length > 0, null, { timeout: 20000 })
await page.waitForSelector('.cm-lintRange-error', { timeout: 10000 })
const fault = await page.textContent('#findings')
expect(fault.includes('grad') && /did you mean .?grade.?\?/.test(fault), `the fault isn't told: ${fault}`)
expect((await page.locator('#sheets img').count()) > 0, 'a fault takes the last good pages away')
await judge(page, 'editor with a fault')
await page.screenshot({ path: `${shots}/editor-fault-wide.png` })

// Nobody saves what can't be made without being asked.
await page.keyboard.press('Control+s')
const question = page.getByRole('alertdialog')
await question.waitFor({ timeout: 10000 })
expect((await question.textContent()).includes('Save with 1 error?') && (await question.textContent()).includes('grad'), 'the question doesn’t tell the error')
await judge(page, 'question before saving')
await question.getByRole('button', { name: 'Go on editing' }).click()
expect(!(await readFile(file, 'utf8')).includes('grad: 4'), 'errors are saved though nobody agreed')
await text.focus()
for (let undo = 0; undo < 10 && (await text.textContent()).includes('grad: 4'); undo++) await page.keyboard.press('Control+z')
await page.waitForFunction(() => globalThis.tried.at(-1).faults.length === 0, null, { timeout: 20000 })

// Tab leaves the text: nobody is caught in it.
await text.focus()
await page.keyboard.press('Tab')
expect(!(await page.evaluate(() => document.activeElement.matches('.code'))), 'Tab doesn’t leave the text')

const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')])
await download.saveAs(`${shots}/profile.yaml`)
expect((await readFile(`${shots}/profile.yaml`, 'utf8')) === (await readFile(file, 'utf8')), 'the download is another text')

// Somebody else saves meanwhile: nothing of theirs is lost, and nothing of ours.
await save(file, `${await readFile(file, 'utf8')}# theirs\n`)
await page.getByLabel('Post title').fill('Mine')
await page.keyboard.press('Control+s')
const dialog = page.getByRole('alertdialog')
await dialog.waitFor({ timeout: 10000 })
expect((await dialog.textContent()).includes('# theirs'), 'the conflict doesn’t show what is theirs')
await judge(page, 'conflict')
await page.screenshot({ path: `${shots}/conflict-wide.png` })
expect((await readFile(file, 'utf8')).endsWith('# theirs\n'), 'a conflict writes over theirs')
await page.keyboard.press('Escape')
await page.keyboard.press('Control+s')
await dialog.waitFor({ timeout: 10000 })
await dialog.getByRole('button', { name: 'Keep mine and save over it' }).click()
await saved(page, 2)
expect((await readFile(file, 'utf8')).includes('post_title: Mine'), 'who keeps theirs isn’t saved')
await page.close()

// A finding leads from the form to its field, and an item shows its kind while it is closed.
await save(file, original.replace('requirement: essential', 'requirement: esential'))
const led = await open(`/packs/${organisation}/${profile}/edit`)
await led.setViewportSize({ width: 1366, height: 768 })
await led.waitForSelector('#fields .fold')
await led.locator('#findings .go').first().click()
const label = await led.evaluate(() => document.activeElement.labels?.[0]?.textContent)
expect(label === 'Requirement', `a finding leads to ${label}`)
expect((await led.locator('#fields .chosen:visible').allTextContents()).includes('Essential'), 'closed items don’t show their choice')
await led.close()
await save(file, original)

const posting = await open(`/packs/${organisation}/${vacancy}/edit`)
await judge(posting, 'editor of a vacancy')
await posting.close()

// Without scripts: the text in a form, and saved by it.
const still = await watched(await browser.newContext({ javaScriptEnabled: false }), address, refused)
await still.goto(`${address}/packs/${organisation}/${profile}/edit`)
await still.fill('textarea[name=text]', original)
await still.click('button:has-text("Save")')
await still.waitForURL(/saved=1/)
expect((await readFile(file, 'utf8')) === original, 'without scripts: not saved')
await still.fill('textarea[name=text]', 'kind: profile\n')
await writeFile(file, `${original}# theirs\n`)
await still.click('button:has-text("Save")')
expect((await still.textContent('main')).includes('nothing was saved'), 'without scripts: a conflict isn’t told')
expect((await readFile(file, 'utf8')) === `${original}# theirs\n`, 'without scripts: a conflict writes over theirs')
await writeFile(file, original)

const brand = await open(`/organisations/${organisation}/brand`)
await brand.waitForSelector('img[src^="blob:"]')
await judge(brand, 'brand')
for (const [name, width, height] of [['phone', 390, 844], ['laptop', 1366, 768], ['wide', 1920, 1080]]) {
  await brand.setViewportSize({ width, height })
  await brand.waitForTimeout(400)
  await brand.screenshot({ path: `${shots}/brand-${name}.png` })
}
const before = await readFile(brandFile, 'utf8')
const [name, color] = before.match(/^ {4}(\w+): "(#[0-9A-F]{6})"/m).slice(1)
await brand.getByLabel(name, { exact: true }).fill('#4A1D6B')
await triedWith(brand, '#4A1D6B')
const shown = await brand.evaluate(() => globalThis.tried.at(-1).layouts.map((layout) => layout.pages.join('').toLowerCase().includes('#4a1d6b')))
expect(shown.length >= 3 && shown.every(Boolean), `not every layout follows: ${shown}`)
await brand.getByLabel(name, { exact: true }).fill('#BFE8DC')
await triedWith(brand, '#BFE8DC')
expect((await brand.evaluate(() => globalThis.tried.at(-1).contrast.some((pair) => !pair.ok))), 'a pale colour has no contrast fault')
await brand.waitForTimeout(300)
await judge(brand, 'brand with a contrast fault')
await brand.screenshot({ path: `${shots}/brand-fault-laptop.png` })
await brand.getByLabel(name, { exact: true }).fill('#4A1D6B')
const [yml] = await Promise.all([brand.waitForEvent('download'), brand.getByRole('button', { name: /Download/ }).click()])
await yml.saveAs(`${shots}/_brand.yml`)
const changed = await readFile(`${shots}/_brand.yml`, 'utf8')
expect(changed.toLowerCase() === before.replace(color, '#4A1D6B').toLowerCase(), 'the brand’s file is changed elsewhere')
expect((await readFile(brandFile, 'utf8')) === before, 'the brand was saved though nobody asked')
if (findings.length > 0) await brand.screenshot({ path: `${shots}/last.png` })
await done({ times })
