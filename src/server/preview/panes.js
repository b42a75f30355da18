// Panes side by side where there is room, else behind tabs: three, then the pages beside one of the others, then one at a time.

import { el } from "./text.js";

const WIDE = matchMedia("(min-width: 100rem)");
const MIDDLE = matchMedia("(min-width: 60rem)");

/** Lays out the panes of the page; `changed` is called when others are seen. */
export function panes(changed) {
  const all = [...document.querySelectorAll(".pane")];
  const bar = document.getElementById("tabs");
  const counts = new Map();
  let chosen = all[0].id;
  // The one that was last worked in: the pages are only looked at.
  let used = chosen;
  bar.setAttribute("role", "tablist");
  bar.setAttribute("aria-label", "What to see");

  const tabbed = () => (WIDE.matches ? [] : MIDDLE.matches ? all.filter(({ id }) => id !== "pane-pages") : all);
  const name = (pane) => pane.querySelector("h2").textContent;

  const show = () => {
    const behind = tabbed();
    if (behind.length > 0 && !behind.some(({ id }) => id === chosen)) chosen = behind[0].id;
    bar.hidden = behind.length === 0;
    bar.replaceChildren(...behind.map((pane) => {
      const count = counts.get(pane.id);
      const here = pane.id === chosen;
      return el("button", {
        type: "button", role: "tab", id: `tab-${pane.id}`, "aria-selected": String(here), "aria-controls": pane.id, tabIndex: here ? 0 : -1,
        onclick: () => open(pane.id, true),
      }, name(pane), count ? ` (${count})` : null);
    }));
    for (const pane of all) {
      const isTab = behind.includes(pane);
      pane.hidden = isTab && pane.id !== chosen;
      pane.querySelector("h2").classList.toggle("unseen", isTab);
      if (isTab) pane.setAttribute("role", "tabpanel");
      else pane.removeAttribute("role");
      pane.setAttribute("aria-labelledby", isTab ? `tab-${pane.id}` : pane.querySelector("h2").id);
    }
    changed();
  };
  const open = (id, focus = false) => {
    if (id !== "pane-pages") used = id;
    if (tabbed().some((pane) => pane.id === id) && chosen !== id) {
      chosen = id;
      show();
    }
    if (focus) document.getElementById(`tab-${id}`)?.focus();
  };

  for (const pane of all) pane.addEventListener("focusin", () => { if (pane.id !== "pane-pages") used = pane.id; });
  bar.addEventListener("keydown", (event) => {
    const behind = tabbed().map(({ id }) => id);
    const at = behind.indexOf(chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + behind.length, Home: 0, End: behind.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    open(behind[to % behind.length], true);
  });
  for (const query of [WIDE, MIDDLE]) query.addEventListener("change", show);
  show();
  return {
    open,
    used: () => used,
    /** Shows how many findings there are behind a tab. */
    count(id, many) {
      if (counts.get(id) === many) return;
      counts.set(id, many);
      const tab = document.getElementById(`tab-${id}`);
      if (tab) tab.textContent = name(document.getElementById(id)) + (many ? ` (${many})` : "");
    },
  };
}
