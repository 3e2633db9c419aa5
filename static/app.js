// Small comforts; every page works with this file blocked.
const all = (selector) => [...document.querySelectorAll(selector)];

// The filters stand open on wide screens, so that assistive technology is told what is shown.
const filters = document.querySelector(".filters");
const wide = matchMedia("(width >= 64rem)");
if (filters) {
  const follow = () => { if (wide.matches) filters.open = true; };
  follow();
  wide.addEventListener("change", follow);
}

// Copy the address of this page.
for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    const words = button.lastChild.textContent;
    button.lastChild.textContent = " Copied";
    setTimeout(() => { button.lastChild.textContent = words; }, 1500);
  });
}

// A source note closes on Escape and on a click elsewhere.
const close = (except) => all("details.mark[open]").forEach((note) => { if (note !== except) note.open = false; });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.mark[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});
addEventListener("click", (event) => close(event.target.closest("details.mark")));
