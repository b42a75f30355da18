// Follows what is shown of a document, and replaces the pages that look different. Without it, the page is as the server drew it.
"use strict";

for (const select of document.querySelectorAll(".filter select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

const zoom = document.getElementById("zoom");
const sheets = document.getElementById("sheets");
if (zoom && sheets) {
  zoom.closest("label").hidden = false;
  const set = (value) => sheets.style.setProperty("--zoom", value / 100);
  const kept = Number(localStorage.getItem("zoom"));
  if (kept) zoom.value = kept;
  set(zoom.value);
  zoom.addEventListener("input", () => { set(zoom.value); localStorage.setItem("zoom", zoom.value); });
}

const main = document.getElementById("main");
if (main && main.dataset.events) {
  const live = document.getElementById("live");
  const say = (text) => { live.textContent = text; live.hidden = text === ""; };
  const address = (n, print) => `${main.dataset.base}${n}?${main.dataset.query}&print=${print}`;

  // A page is put in its place once it is there, so that nothing flickers and the place in the document is kept.
  const replace = async (image, n, sheet) => {
    const next = new Image(sheet.width, sheet.height);
    next.alt = `Page ${n}`;
    next.dataset.print = sheet.print;
    next.src = address(n, sheet.print);
    image.dataset.print = sheet.print;
    try { await next.decode(); } catch { return; }
    if (image.dataset.print === sheet.print && image.isConnected) image.replaceWith(next);
    document.dispatchEvent(new CustomEvent("sheet-replaced", { detail: { page: n, print: sheet.print } }));
  };

  const show = (moment) => {
    const faults = document.getElementById("faults");
    faults.hidden = moment.faults.length === 0;
    if (moment.faults.length > 0) {
      // The last good pages stay.
      document.getElementById("fault-list").replaceChildren(...moment.faults.map(block));
      say(`${moment.faults.length === 1 ? "One error" : moment.faults.length + " errors"}: these are the last good pages`);
      return;
    }
    say("");
    moment.pages.forEach((sheet, at) => {
      const old = sheets.children[at];
      if (!old) {
        const item = document.createElement("li");
        const image = new Image(sheet.width, sheet.height);
        item.append(image);
        sheets.append(item);
        replace(image, at + 1, sheet);
      } else if (old.firstElementChild.dataset.print !== sheet.print) {
        replace(old.firstElementChild, at + 1, sheet);
      }
    });
    while (sheets.children.length > moment.pages.length) sheets.lastElementChild.remove();
    const warnings = document.getElementById("warnings");
    if (moment.warnings.length === 0) {
      const none = document.createElement("p");
      none.textContent = "None.";
      warnings.replaceChildren(none);
    } else {
      warnings.replaceChildren(...moment.warnings.map((found) => {
        const details = document.createElement("details");
        const summary = document.createElement("summary");
        summary.textContent = found.message;
        const place = document.createElement("p");
        place.textContent = found.place;
        details.append(summary, place, block(found));
        return details;
      }));
    }
  };

  const block = (fault) => {
    const pre = document.createElement("pre");
    pre.tabIndex = 0;
    pre.textContent = fault.text;
    return pre;
  };

  const events = new EventSource(`${main.dataset.events}?${main.dataset.query}`);
  events.addEventListener("message", (event) => show(JSON.parse(event.data)));
  events.addEventListener("error", () => say("The server doesn’t answer: trying again"));
}
