// Looks again while packs are being compared. Without it, the page reloads itself.
"use strict";

const again = async () => {
  const main = document.getElementById("main");
  if (main.dataset.ended === "true") return;
  try {
    const answer = await fetch(location.href);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    if (answer.ok && next) main.replaceWith(document.adoptNode(next));
  } catch { /* The server is away for a moment. */ }
  setTimeout(again, 500);
};
setTimeout(again, 500);
