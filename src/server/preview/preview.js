// Follows what is shown of a document, and draws the pages that look different. Without it, the page is as the server drew it.
"use strict";

const main = document.getElementById("main");
const sheets = document.getElementById("sheets");
const thumbs = document.getElementById("thumbs");
const frames = document.getElementById("frames");

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// Pages that are far from what one sees are not drawn: a pack of sixty pages costs as much as one of six.
const near = new Set();
const address = (n, print, more = "") => `${main.dataset.base}${n}?${main.dataset.query}${more}&print=${print}`;
const numberOf = (item) => Number(item.id.slice("page-".length));

const inSight = (item) => {
  const { top, bottom } = item.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

// A page is put in its place once it is there, so that nothing flickers and the place in the document is kept.
const draw = async (item) => {
  const { print, width, height } = item.dataset;
  if (item.dataset.drawn === print) return;
  const n = numberOf(item);
  const next = make("img", { width, height, alt: `Page ${n}`, src: address(n, print) });
  try { await next.decode(); } catch { return; }
  if (item.dataset.print !== print || !near.has(item)) return;
  item.replaceChildren(next);
  item.dataset.drawn = print;
  document.dispatchEvent(new CustomEvent("sheet-replaced", { detail: { page: n, print } }));
};

// One after the other, what one sees first: several at once would make each of them late.
let drawing = false;
const drawAll = async () => {
  if (drawing) return;
  drawing = true;
  for (;;) {
    const due = [...near].filter((item) => item.isConnected && item.dataset.drawn !== item.dataset.print && item.dataset.failed !== item.dataset.print);
    const next = due.find(inSight) ?? due[0];
    if (!next) break;
    const { print } = next.dataset;
    await draw(next);
    if (next.dataset.drawn !== print) next.dataset.failed = print;
  }
  drawing = false;
  drawThumbs();
};

const watcher = sheets && new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) {
      near.add(target);
      delete target.dataset.failed;
    } else {
      // The place stays: the page's size is that of its item.
      near.delete(target);
      target.replaceChildren();
      delete target.dataset.drawn;
    }
  }
  drawAll();
}, { rootMargin: "150% 0px" });

const watch = (item) => {
  item.style.setProperty("--ratio", `${item.dataset.width} / ${item.dataset.height}`);
  watcher.observe(item);
};

const drawThumbs = () => {
  for (const image of thumbs?.querySelectorAll("img") ?? []) {
    const n = image.closest("li").dataset.n;
    const { print } = document.getElementById(`page-${n}`)?.dataset ?? {};
    if (!print || image.dataset.print === print) continue;
    image.dataset.print = print;
    image.src = address(n, print, "&format=png&dots=24");
  }
};

const thumb = (n, sheet) => {
  const image = make("img", { alt: `Page ${n}`, width: sheet.width, height: sheet.height, loading: "lazy" });
  const number = make("span", { textContent: n });
  number.ariaHidden = "true";
  const item = make("li", {}, make("a", { href: `#page-${n}` }, image, number));
  item.dataset.n = n;
  return item;
};

const finding = (found) => {
  const message = make("p", { className: "message", textContent: found.message });
  for (const hint of found.hints) message.append(" ", make("span", { className: "hint", textContent: hint }));
  const at = make("p", { className: "at" });
  if (found.link) at.append(make("a", { href: found.link, textContent: found.place }));
  if (found.spot) {
    const spot = make("a", { className: "spot", href: `#page-${found.spot.page}`, textContent: `on page ${found.spot.page}` });
    Object.assign(spot.dataset, { page: found.spot.page, down: found.spot.down });
    at.append(" ", spot);
  }
  return [message, at, make("pre", { tabIndex: 0, textContent: found.text })];
};

const say = (text) => {
  const live = document.getElementById("live");
  if (live.textContent !== text) live.textContent = text;
  live.hidden = text === "";
};

const showPages = (moment) => {
  moment.pages.forEach((sheet, at) => {
    const n = at + 1;
    let item = document.getElementById(`page-${n}`);
    if (!item) {
      item = make("li", { id: `page-${n}` });
      sheets.append(item);
      thumbs.append(thumb(n, sheet));
    }
    Object.assign(item.dataset, sheet);
    watch(item);
  });
  while (sheets.children.length > moment.pages.length) {
    near.delete(sheets.lastElementChild);
    sheets.lastElementChild.remove();
    thumbs.lastElementChild.remove();
  }
  drawAll();
};

const showContents = (contents) => {
  document.getElementById("contents").hidden = contents.length === 0;
  document.getElementById("content-list").replaceChildren(...contents.filter(({ level }) => level < 3).map((entry) => {
    const link = make("a", { href: `#page-${entry.page}`, textContent: entry.words });
    Object.assign(link.dataset, { page: entry.page, down: entry.down });
    return make("li", { className: `level-${entry.level}` }, link);
  }));
};

const showFindings = (findings) => {
  const all = findings.map((found) => make("details", {}, make("summary", { textContent: found.message }), ...finding(found)));
  document.getElementById("warnings").replaceChildren(...(all.length > 0 ? all : [make("p", { textContent: "None." })]));
};

let last = "";
const show = (moment) => {
  const faults = document.getElementById("faults");
  const many = moment.faults.length;
  faults.hidden = many === 0;
  // Files that can't be made can't be had.
  for (const part of ["files", "found"]) document.getElementById(part).hidden = many > 0;
  if (many > 0) {
    // The last good pages stay.
    document.getElementById("fault-list").replaceChildren(...moment.faults.flatMap(finding));
    const shown = sheets?.children.length > 0 || frames?.querySelector("iframe[src]");
    say(`${many === 1 ? "One error" : `${many} errors`}: ${shown ? "these are the last good pages" : "there are no pages until it is mended"}`);
    return;
  }
  say("");
  // A pack that had errors when the page was opened has its documents now.
  if (!document.querySelector("select[name=document] option")) return location.reload();
  const heading = document.querySelector("h1");
  if (moment.title && heading.textContent !== moment.title) {
    document.title = document.title.replace(heading.textContent, moment.title);
    heading.textContent = moment.title;
  }
  if (sheets) showPages(moment);
  // What stays the same is not touched: somebody may be reading it.
  const beside = JSON.stringify([moment.contents, moment.warnings]);
  if (last !== beside) {
    last = beside;
    if (sheets) showContents(moment.contents);
    showFindings(moment.warnings);
  }
  if (frames && moment.web && moment.web !== frames.dataset.web) {
    if (frames.dataset.web || !frames.querySelector("iframe[src]")) {
      for (const frame of frames.querySelectorAll("iframe")) frame.src = `${frames.dataset.source}&print=${moment.web}`;
    }
    frames.dataset.web = moment.web;
  }
};

// A server that was away is asked again, until it is back.
const listen = () => {
  const events = new EventSource(main.dataset.events);
  events.addEventListener("message", (event) => show(JSON.parse(event.data)));
  events.addEventListener("error", () => {
    say("The server doesn’t answer: trying again");
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
};

// A link into the pages goes to the place, not only to the head of the page.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-down]");
  const item = link && document.getElementById(`page-${link.dataset.page}`);
  if (!item) return;
  event.preventDefault();
  const { top, height } = item.getBoundingClientRect();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollTo({ top: scrollY + top + (height * link.dataset.down) / 1000 - innerHeight / 4, behavior: still ? "auto" : "smooth" });
  item.querySelector(".here")?.remove();
  const here = make("div", { className: "here" });
  here.style.top = `${link.dataset.down / 10}%`;
  item.append(here);
  setTimeout(() => here.remove(), 3000);
});

const zoom = document.getElementById("zoom");
if (zoom && sheets) {
  zoom.closest("label").hidden = false;
  const set = (value) => {
    sheets.style.setProperty("--zoom", value / 100);
    document.getElementById("zoomed").textContent = `${value} %`;
  };
  const kept = Number(localStorage.getItem("zoom"));
  if (kept) zoom.value = kept;
  set(zoom.value);
  zoom.addEventListener("input", () => {
    // What is in the middle of the window stays there.
    const item = [...sheets.children].find(inSight);
    const before = item?.getBoundingClientRect();
    set(zoom.value);
    localStorage.setItem("zoom", zoom.value);
    if (!before) return;
    const after = item.getBoundingClientRect();
    const middle = innerHeight / 2;
    scrollBy(0, after.top + ((middle - before.top) / before.height) * after.height - middle);
  });
}

if (sheets) {
  sheets.classList.add("follows");
  [...thumbs.children].forEach((item, at) => { item.dataset.n = at + 1; });
  for (const item of sheets.children) {
    const image = item.querySelector("img");
    if (image.complete && image.naturalWidth > 0) item.dataset.drawn = item.dataset.print;
    watch(item);
  }
}
if (frames) {
  // The desktop is as wide as it says, drawn as small as there is room for.
  const desktop = frames.querySelector(".desktop div");
  const frame = desktop.querySelector("iframe");
  new ResizeObserver(() => {
    const scale = Math.min(1, desktop.clientWidth / 1280);
    frame.style.transform = `scale(${scale})`;
    frame.height = Math.round(760 / scale);
    desktop.style.height = "760px";
  }).observe(desktop);
}
if (main?.dataset.events) listen();
