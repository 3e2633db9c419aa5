// The list follows as one types. Every part of it works with this file blocked: the form is a plain
// GET form, and what is renewed here is the very page that the form would lead to.
const byId = (id) => document.getElementById(id);
const policy = window.trustedTypes?.createPolicy("sourcebook", { createHTML: (text) => text });
const parse = (text) =>
  new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
const PAUSE = 120; // Milliseconds of silence after which typing counts as done.

let asking; // The request under way; a newer one ends it, so that no late answer wins.
let timer;
let pushedFor; // The field whose typing has an entry in the history already.
let shown = location.pathname + location.search;

// What the form asks, in the order of its fields, blanks left out.
const ticked = () => [...new Set([...document.querySelectorAll(".pick [name=c]:checked")].map((box) => box.value))];
const address = () => {
  const pairs = [...new FormData(byId("f"))].filter(([name, value]) => value && name !== "c");
  for (const slug of ticked()) pairs.push(["c", slug]);
  const query = new URLSearchParams(pairs).toString().replaceAll("%2C", ",");
  return query ? `/?${query}` : "/";
};

// Renew the parts that the data decide. Whatever has the focus inside one keeps its place.
const FOCUSABLE = "a, button, input, select, summary";
const renew = (old, fresh) => {
  const place = [...old.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
  old.replaceWith(fresh);
  if (place >= 0) fresh.querySelectorAll(FOCUSABLE)[place]?.focus({ preventScroll: true });
};
const replace = (page, whole) => {
  const ticks = ticked();
  // What cannot be read filters nothing: the list stays, and the field says what is wrong.
  const parts = page.getElementById("results").dataset.kind === "refused" && !whole ? "[id^=e-]" : "[data-live]";
  for (const fresh of page.querySelectorAll(parts)) {
    const old = byId(fresh.id);
    if (old && !(whole && old.closest("#f"))) renew(old, document.adoptNode(fresh));
  }
  if (whole) {
    const held = document.activeElement.name;
    byId("f").replaceWith(document.adoptNode(page.getElementById("f")));
    byId("f").elements[held]?.focus?.({ preventScroll: true });
    byId("q").value = page.getElementById("q").value;
  } else {
    for (const field of page.querySelectorAll("#f [id^=f-]"))
      byId(field.id)?.toggleAttribute("aria-invalid", field.hasAttribute("aria-invalid"));
    for (const box of document.querySelectorAll(".pick [name=c]")) box.checked ||= ticks.includes(box.value);
  }
  const words = page.getElementById("found").textContent;
  if (byId("found").textContent !== words) byId("found").textContent = words;
  document.title = page.title;
  sliders();
  document.dispatchEvent(new CustomEvent("sourcebook:replaced"));
};

const load = async (url, whole) => {
  asking?.abort();
  const mine = (asking = new AbortController());
  byId("results").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: mine.signal });
    const page = parse(await answer.text());
    if (mine.signal.aborted) return;
    if (!page.getElementById("found")) return location.assign(url);
    replace(page, whole);
    shown = url;
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  } finally {
    if (asking === mine) byId("results").removeAttribute("aria-busy");
  }
};

// One entry in the history for the typing in one field; Back then leads before it.
const follow = (field, whole = false) => {
  clearTimeout(timer);
  const url = address();
  if (url === shown) return;
  history[field && field === pushedFor ? "replaceState" : "pushState"](null, "", url);
  pushedFor = field;
  load(url, whole);
};
const inForm = (element) => element.closest("#f") && element.name;
document.addEventListener("input", ({ target }) => {
  if (target.id === "q") asked().value = target.value;
  else if (!inForm(target)) return;
  clearTimeout(timer);
  const typed = target.matches("input:not([type=checkbox], [type=radio])");
  // Another currency changes what every field of an amount means.
  timer = setTimeout(follow, typed ? PAUSE : 0, typed ? target.name : null, target.name === "currency");
});
document.addEventListener("focusout", () => { pushedFor = undefined; });
document.addEventListener("submit", (event) => {
  if (event.target.id !== "f" && !event.target.matches(".search")) return;
  event.preventDefault();
  if (event.target.matches(".search")) asked().value = byId("q").value;
  follow(null);
});
addEventListener("popstate", () => {
  const url = location.pathname + location.search;
  if (url === shown) return;
  clearTimeout(timer);
  pushedFor = undefined;
  load(url, true);
});

// The words searched for stand in the header; the form holds them too, so that all go together.
const asked = () => {
  const form = byId("f");
  let field = form.querySelector("[name=q]");
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: "q" });
    form.prepend(field);
  }
  return field;
};

// Ticked companies are a part of the address: it can be copied, and links keep them.
const withTicks = (url) => {
  const kept = new URL(url, location.href);
  kept.searchParams.delete("c");
  for (const slug of ticked()) kept.searchParams.append("c", slug);
  return (kept.pathname + kept.search + kept.hash).replaceAll("%2C", ",");
};
const carry = (form) => {
  for (const old of form.querySelectorAll("[name=c]")) old.remove();
  for (const slug of ticked()) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "c", value: slug });
    form.append(field);
  }
};
document.addEventListener("change", ({ target }) => {
  if (!target.matches(".pick [name=c]")) return;
  for (const form of document.querySelectorAll("#f, #columns form")) carry(form);
  shown = withTicks(location.href);
  history.replaceState(null, "", shown);
});
document.addEventListener("click", ({ target }) => {
  const link = target.closest("main a[href^='/?'], main a[href='/']");
  if (link && !link.matches(".clear, .acts a, .void .btn")) link.href = withTicks(link.href);
}, true);

// Sliders over the histogram. They rest at round numbers and write into the text fields, which
// stay the form's truth; what is typed between the stops leaves them where they are.
const SCALE = { k: 1e3, m: 1e6, b: 1e9, bn: 1e9, t: 1e12 };
const amount = (text) => {
  const found = /^<?\D{0,3}?([\d.,]+)\s*([kmbt]n?)?\b/i.exec(text.trim());
  return found ? Number(found[1].replaceAll(",", "")) * (SCALE[found[2]?.toLowerCase()] ?? 1) : NaN;
};
function sliders() {
  for (const range of document.querySelectorAll("fieldset[data-stops]")) slide(range);
}
function slide(range) {
  const box = range.querySelector(".dual");
  if (!box) return;
  const stops = range.dataset.stops.split("|"), spoken = range.dataset.spoken.split("|");
  const [low, high] = box.querySelectorAll("input"), [from, to] = range.querySelectorAll(".pair input");
  const last = stops.length - 1, values = stops.map(amount), line = box.querySelector(".sel");
  const draw = () => {
    const at = (place) => `calc(.55rem + (100% - 1.1rem) * ${place / last})`;
    line.style.left = at(+low.value);
    line.style.right = at(last - high.value);
    low.setAttribute("aria-valuetext", +low.value ? spoken[low.value] : `no lower end (${spoken[0]})`);
    high.setAttribute("aria-valuetext", +high.value < last ? spoken[high.value] : `no upper end (${spoken[last]})`);
  };
  const read = () => {
    const [a, b] = [from, to].map((field) => values.indexOf(amount(field.value)));
    if (a >= 0 || !from.value) low.value = Math.max(a, 0);
    if (b >= 0 || !to.value) high.value = b >= 0 ? b : last;
    draw();
  };
  if (!box.classList.contains("on")) {
    const classes = range.querySelector(".hist .lacking");
    box.classList.add("on");
    if (classes) box.style.width = `calc(${(100 * last) / (last + 1.5)}% + 1.1rem)`;
    box.addEventListener("input", ({ target }) => {
      if (+low.value >= +high.value) target === low ? (low.value = high.value - 1) : (high.value = +low.value + 1);
      from.value = +low.value ? stops[low.value] : "";
      to.value = +high.value < last ? stops[high.value] : "";
      draw();
      (target === low ? from : to).dispatchEvent(new Event("input", { bubbles: true }));
    });
    for (const field of [from, to]) field.addEventListener("input", read);
  }
  read();
}
sliders();
