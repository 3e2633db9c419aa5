// Small comforts; every page works with this file blocked.
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);
const REPLACED = "sourcebook:replaced"; // Dispatched on the document when a part of it is new.

// A browser may refuse to store anything; then a choice holds for this page alone.
const recall = (store, name) => { try { return window[store][name]; } catch { return undefined; } };
const keep = (store, name, value) => { try { window[store][name] = value; } catch { /* As said. */ } };

// The filters stand open on wide screens, so that assistive technology is told what is shown.
const wide = matchMedia("(width >= 64rem)");
const unfold = () => { if (wide.matches && one(".filters")) one(".filters").open = true; };
unfold();
wide.addEventListener("change", unfold);
document.addEventListener(REPLACED, unfold);

// On a narrow screen the main menu scrolls: begin where one is.
const here = one(".top nav [aria-current]");
if (here) here.closest("nav").scrollLeft = here.offsetLeft - here.closest("nav").offsetLeft - 48;

// The colour theme: worn at once, and sent so that the server writes it into the next page.
const themes = one("#themes");
const look = () => root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
const wear = (theme) => {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const button of all("button", themes)) button.setAttribute("aria-pressed", String(button.value === theme));
  for (const shade of all("meta[data-scheme]")) {
    const { scheme } = shade.dataset;
    if (theme === "system") shade.media = `(prefers-color-scheme: ${scheme})`;
    else shade.media = scheme === theme ? "all" : "not all";
  }
  one("[popovertarget=themes]").setAttribute("aria-label", `Colour theme: ${theme}`);
};
let sent = Promise.resolve(); // One after the other: the last choice must be the last to arrive.
const choose = (theme) => {
  wear(theme);
  keep("sessionStorage", "theme", theme);
  const body = new URLSearchParams({ theme, next: location.pathname + location.search });
  if (body.toString().length > 2000) body.delete("next");
  const options = { method: "POST", body, redirect: "manual", keepalive: true };
  sent = sent.then(() => fetch(themes.action, options)).catch(() => {});
};
themes.addEventListener("submit", (event) => {
  event.preventDefault();
  choose(event.submitter.value);
  themes.hidePopover();
});
addEventListener("pageshow", (event) => {
  const theme = recall("sessionStorage", "theme"); // A page kept for Back may wear an older one.
  if (event.persisted && theme) wear(theme);
});

// Copy the address of this page, or a citation.
const copied = new Set();
const offer = () => {
  if (navigator.clipboard) for (const button of all("[data-copy], [data-copy-text]")) button.hidden = false;
};
const copy = async (button) => {
  const cited = button.hasAttribute("data-copy-text") && button.closest(".cite").querySelector(".cite-t");
  try {
    await navigator.clipboard.writeText(cited ? cited.textContent.trim() : location.href);
  } catch {
    one("#said").textContent = "The browser did not allow copying";
    return;
  }
  one("#said").textContent = "Copied";
  if (copied.has(button)) return;
  copied.add(button);
  const words = button.lastChild.textContent;
  button.lastChild.textContent = " Copied";
  setTimeout(() => {
    button.lastChild.textContent = words;
    one("#said").textContent = "";
    copied.delete(button);
  }, 1500);
};
offer();
document.addEventListener(REPLACED, offer);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-copy-text]");
  if (button) copy(button);
});

// A source note closes on Escape and on a click elsewhere.
const close = (except) => all("details.mark[open]").forEach((note) => { if (note !== except) note.open = false; });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = one("details.mark[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});
addEventListener("click", (event) => close(event.target.closest("details.mark")));

// The name of a mark, shown beside it: on hover and on focus, hoverable, closed by Escape.
let tip, owner, leaving;
const hide = () => { clearTimeout(leaving); tip?.remove(); tip = owner = undefined; };
const leave = () => {
  clearTimeout(leaving);
  leaving = setTimeout(() => { if (!owner?.matches(":focus-visible")) hide(); }, 200);
};
const place = () => {
  if (!owner.isConnected) return hide();
  const mark = (owner.querySelector(".m") || owner).getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = tip;
  const left = Math.min(mark.left + mark.width / 2 - width / 2, root.clientWidth - width - 4);
  const above = mark.top - height - 10;
  const top = above < 4 ? Math.min(mark.bottom + 10, innerHeight - height - 4) : above;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
};
const line = (tag, words) => { const made = document.createElement(tag); made.textContent = words; return made; };
const show = (mark) => {
  clearTimeout(leaving);
  if (mark === owner) return;
  hide();
  owner = mark;
  const said = mark.getAttribute("aria-label") || mark.textContent.trim();
  const [, name, rest] = said.match(/^(.*?)(?:: (.*))?$/s);
  tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("aria-hidden", "true");
  tip.append(line("b", name), ...(rest ? rest.split("; ") : []).map((words) => line("span", words)));
  document.body.append(tip);
  place();
};
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return; // A tap follows the link.
  const mark = event.target.closest("[data-tip]");
  if (mark) show(mark);
  else if (event.target.closest(".tip")) clearTimeout(leaving);
  else if (tip) leave();
});
root.addEventListener("pointerleave", leave);
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-tip]:focus-visible")) show(event.target);
});
document.addEventListener("focusout", (event) => { if (event.target === owner) hide(); });
document.addEventListener(REPLACED, () => { if (tip) place(); });
addEventListener("scroll", () => { if (tip) place(); }, { capture: true, passive: true });
addEventListener("resize", () => { if (tip) place(); });

// The keyboard. Single keys can be switched off; arrows are no characters and stay.
const help = one("#keys");
const switched = one("#keys-on");
const heed = () => { one(".search kbd").hidden = !switched.checked; };
switched.closest("label").hidden = false;
switched.checked = recall("localStorage", "keys") !== "off";
heed();
switched.addEventListener("change", () => {
  keep("localStorage", "keys", switched.checked ? "on" : "off");
  heed();
});

const shown = (element) => element.checkVisibility({ visibilityProperty: true });
const go = (element) => {
  if (!element) return false;
  all(":popover-open").forEach((open) => open.hidePopover());
  element.focus();
  return true;
};
const goToFilters = () => {
  const filters = one(".filters");
  if (!filters) return false;
  filters.open = true;
  return go(all("input:not([type=hidden], [type=range]), select", filters).find(shown));
};
const compareTicked = () => {
  const form = one(".pick");
  if (!form || ![...form.elements].some((field) => field.name === "c" && field.checked)) return false;
  form.requestSubmit();
  return true;
};
const KEYS = {
  "/": () => go(one("#q")),
  f: goToFilters,
  c: compareTicked,
  t: () => { choose(look() === "dark" ? "light" : "dark"); return true; },
  "?": () => { help.togglePopover(); return true; },
};
const TYPED = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), select, textarea";
const typing = (element) => element.isContentEditable || element.matches(TYPED);

// The links among which the arrow keys go from this one, in the order of the document.
const NAMES = ".tbl:not(.plain) tbody th[scope=row] a";
const neighbours = (link) => {
  const chart = link.closest("[data-arrows]") || (link.closest("svg [role=listitem]") && link.closest("svg"));
  if (chart) return all("a", chart).filter(shown);
  return link.matches(NAMES) ? all(NAMES, link.closest("table")).filter(shown) : [];
};
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
const step = (link, key) => {
  if (!link || (link.matches(NAMES) && !link.closest("[data-arrows]") && !/Up|Down/.test(key))) return false;
  const links = neighbours(link);
  return go(links[links.indexOf(link) + STEPS[key]]);
};
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (!(event.target instanceof Element) || typing(event.target)) return;
  const single = switched.checked && !event.repeat && Object.hasOwn(KEYS, event.key) && KEYS[event.key]();
  const moved = !event.shiftKey && event.key in STEPS && step(event.target.closest("a"), event.key);
  if (single || moved) event.preventDefault();
});
