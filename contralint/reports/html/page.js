
"use strict";
(() => {
  const PAGE = 50;
  const REACH = 24; // pixels from a pointer to a dot
  const BLOCKS = new Set(["h3", "h4", "p", "blockquote"]);
  const data = JSON.parse(document.getElementById("data").textContent);
  const groups = data.groups;
  const form = document.querySelector(".filters");
  const list = document.querySelector(".cards");
  const more = document.getElementById("more");
  const map = document.querySelector(".map");
  const dots = map ? [...map.children] : [];
  const pointed = document.querySelector(".pointed");
  const state = { pair: null, near: null };
  let matching = [];
  let shown = 0;
  let at = -1;

  // Texts become text nodes: nothing of the data is ever read as markup.
  function build(node) {
    if (typeof node === "string") return document.createTextNode(node);
    const [tag, attributes, ...children] = node;
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children.map(build));
    return made;
  }

  function textOf(node) {
    if (typeof node === "string") return node;
    return node.slice(2).map(textOf).join("") + (BLOCKS.has(node[0]) ? "\n" : "");
  }

  function searched(group) {
    group.text ??= textOf(group.card).normalize().toLowerCase();
    return group.text;
  }

  function titleOf(number) {
    return textOf(groups[number].card[2][2]).replace(/\s+/g, " ").trim();
  }

  function opposes(sides, [one, other]) {
    return sides.some((side, place) => side.includes(one) && sides.some((facing, faced) => faced !== place && facing.includes(other)));
  }

  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    const words = wanted.words.normalize().toLowerCase().split(/\s+/).filter(Boolean);
    return (group) =>
      (!wanted.rule || group.rule === wanted.rule) &&
      (!wanted.severity || group.severity === wanted.severity) &&
      (!wanted.file || group.files.includes(Number(wanted.file))) &&
      (!wanted.source || group.sources.some((side) => side.includes(Number(wanted.source)))) &&
      (!state.pair || opposes(group.sources, state.pair)) &&
      words.every((word) => searched(group).includes(word));
  }

  // Places are shares of the map, which is wider than high.
  const place = dots.map((dot) => [parseFloat(dot.getAttribute("cx")) / 100, parseFloat(dot.getAttribute("cy")) / 100]);
  const distance = ([x, y], number) =>
    Math.hypot((place[number][0] - x) * map.clientWidth, (place[number][1] - y) * map.clientHeight);

  function refresh() {
    const matches = filter();
    matching = [...groups.keys()].filter((number) => matches(groups[number]));
    const kept = new Set(matching);
    dots.forEach((dot, number) => dot.classList.toggle("off", !kept.has(number)));
    if (state.near !== null) {
      const from = place[state.near];
      matching.sort((one, other) => distance(from, one) - distance(from, other) || one - other);
    }
    list.replaceChildren();
    shown = 0;
    extend();
    tellChosen();
  }

  function extend() {
    const next = matching.slice(shown, shown + PAGE);
    const made = next.map((number) => build(groups[number].card));
    list.append(...made);
    shown += next.length;
    const left = matching.length - shown;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(PAGE, left)} more of ${left.toLocaleString("en")}`;
    const total = groups.length.toLocaleString("en");
    document.getElementById("found").textContent = `${matching.length.toLocaleString("en")} of ${total} conflicts`;
    return made[0];
  }

  function tellChosen() {
    const chips = [];
    if (state.pair) chips.push(chip(state.pair.map((number) => data.sources[number]).join(" against "), "pair"));
    if (state.near !== null) chips.push(chip(`nearest to ${titleOf(state.near)}`, "near"));
    document.getElementById("chosen").replaceChildren(...chips);
  }

  function chip(text, name) {
    const made = build(["button", { type: "button", "aria-label": `No longer: ${text}` }, `\u00d7 ${text.length > 80 ? text.slice(0, 80) + "\u2026" : text}`]);
    made.addEventListener("click", () => { state[name] = null; refresh(); });
    return made;
  }

  function lead() {
    const section = document.getElementById("conflicts");
    section.scrollIntoView();
    section.focus({ preventScroll: true });
  }

  function fill(name, options) {
    if (options.length < 2) {
      form.elements[name].parentElement.hidden = true;
      return;
    }
    for (const [value, text] of options) {
      form.elements[name].append(build(["option", { value: String(value) }, text]));
    }
  }

  function button(cell, press) {
    const made = build(["button", { type: "button" }]);
    made.append(...cell.childNodes);
    cell.append(made);
    made.addEventListener("click", () => { press(); refresh(); lead(); });
  }

  async function copy(from) {
    const command = from.dataset.copy;
    try {
      await navigator.clipboard.writeText(command);
      from.textContent = "Copied";
      setTimeout(() => { from.textContent = "Copy"; }, 2000);
    } catch {
      getSelection().selectAllChildren(from.parentElement.querySelector("code"));
    }
  }

  function nearest(event) {
    const corner = map.getBoundingClientRect();
    const from = [(event.clientX - corner.left) / corner.width, (event.clientY - corner.top) / corner.height];
    let best = -1;
    let least = REACH;
    for (const number of matching) {
      const far = distance(from, number);
      if (far < least) [best, least] = [number, far];
    }
    return best;
  }

  function point(number) {
    dots[at]?.classList.remove("at");
    at = number;
    dots[at]?.classList.add("at");
    pointed.textContent = at < 0 ? "" : titleOf(at);
  }

  function choose() {
    if (at < 0) return;
    state.near = at;
    refresh();
    lead();
  }

  function step(event) {
    const moves = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.key === "Enter") choose();
    if (!(event.key in moves) || !matching.length) return;
    event.preventDefault();
    const axis = event.key === "ArrowUp" || event.key === "ArrowDown" ? 1 : 0;
    const order = [...matching].sort((one, other) => place[one][axis] - place[other][axis] || one - other);
    const from = order.indexOf(at);
    point(order[from < 0 ? 0 : (from + moves[event.key] + order.length) % order.length]);
  }

  const count = (values) => {
    const counted = new Map();
    for (const value of values) counted.set(value, (counted.get(value) ?? 0) + 1);
    return [...counted];
  };
  const labelled = (values, name = (value) => value) =>
    count(values).sort(([one], [other]) => (one < other ? -1 : 1)).map(([value, times]) => [value, `${name(value)} (${times})`]);

  document.documentElement.classList.add("js");
  fill("rule", labelled(groups.map((group) => group.rule), (rule) => `${rule} ${data.rules[rule]}`));
  fill("severity", count(groups.map((group) => group.severity)).map(([value, times]) => [value, `${value} (${times})`]));
  fill("file", labelled(groups.flatMap((group) => group.files), (number) => data.files[number]));
  fill("source", data.sources.map((name, number) => [number, name]));
  for (const cell of document.querySelectorAll("[data-rule]")) button(cell, () => { form.elements.rule.value = cell.dataset.rule; });
  for (const cell of document.querySelectorAll("[data-file]")) button(cell, () => { form.elements.file.value = cell.dataset.file; });
  for (const cell of document.querySelectorAll("[data-pair]")) button(cell, () => { state.pair = cell.dataset.pair.split(",").map(Number); });
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 120); });
  form.addEventListener("reset", () => { state.pair = state.near = null; setTimeout(refresh); });
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => { const first = extend(); if (more.hidden && first) { first.tabIndex = -1; first.focus(); } });
  list.addEventListener("click", (event) => { const from = event.target.closest("[data-copy]"); if (from) copy(from); });
  if (map) {
    map.setAttribute("role", "application");
    map.setAttribute("tabindex", "0");
    map.setAttribute("aria-label", `${map.getAttribute("aria-label")} Arrow keys lead from dot to dot, Enter to the conflict.`);
    map.addEventListener("pointermove", (event) => point(nearest(event)));
    map.addEventListener("pointerleave", () => point(-1));
    map.addEventListener("click", (event) => { point(nearest(event)); choose(); });
    map.addEventListener("keydown", step);
  }
  refresh();
})();
