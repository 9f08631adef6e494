"use strict";
(() => {
  const body = document.body;
  const conflict = body.dataset.conflict;
  const form = document.getElementById("decision");
  const help = document.getElementById("keys");
  const single = document.getElementById("single");
  const DRAFT = "contralint draft ";
  const SAID = "contralint said";
  const OFF = "contralint keys off";
  let busy = false;

  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function tell(message, wrong = false) {
    const status = document.getElementById("status") ?? find("main").appendChild(make("p", { id: "status", role: "status" }));
    status.classList.toggle("wrong", wrong);
    status.textContent = message;
  }

  // What is typed is kept here, in the browser, until the server has it on its disk.
  const editors = () => all(".editor");
  function draft() {
    const edits = {};
    for (const area of all(".editor textarea")) (edits[area.dataset.hash] ??= {})[area.dataset.field] = area.value;
    return { reason: form.elements.reason.value, conditions: all("[name=condition]").map((area) => area.value), edits };
  }
  function keep() {
    const now = draft();
    const empty = !now.reason && !Object.keys(now.edits).length && all("[name=condition]").every((area) => area.value === area.defaultValue);
    try {
      if (empty) localStorage.removeItem(DRAFT + conflict);
      else localStorage.setItem(DRAFT + conflict, JSON.stringify(now));
    } catch {
      tell("This browser keeps no drafts: save before you leave this page.", true);
    }
  }
  async function restore() {
    const kept = JSON.parse(localStorage.getItem(DRAFT + conflict) ?? "null");
    if (!kept) return;
    form.elements.reason.value = kept.reason ?? "";
    all("[name=condition]").forEach((area, number) => { area.value = kept.conditions?.[number] ?? area.value; });
    if (all("[name=condition]").some((area) => area.value)) open("conditions", false);
    for (const [hash, fields] of Object.entries(kept.edits ?? {})) {
      const button = find(`[data-hash="${CSS.escape(hash)}"] > .edit`);
      if (button) await edit(button, fields, false);
    }
    keep();
  }

  async function ask(path, sent) {
    const given = sent === undefined ? {} : {
      method: "POST",
      headers: { "content-type": "application/json", "x-contralint-key": body.dataset.key },
      body: JSON.stringify(sent),
    };
    let answer;
    try {
      answer = await fetch(path, { ...given, signal: AbortSignal.timeout(60_000) });
    } catch {
      throw new Error("contralint does not answer, and nothing was saved. What you typed is kept in this browser: start contralint review again, and open the address that it prints.");
    }
    if (answer.status === 403) throw new Error("contralint was started again: open the address that it printed. What you typed is kept in this browser.");
    const told = await answer.json().catch(() => ({ error: `contralint answers with status ${answer.status}: nothing was saved` }));
    if (!answer.ok) throw new Error(told.error);
    return told;
  }

  async function work(task) {
    if (busy) return;
    busy = true;
    try {
      await task();
    } catch (error) {
      tell(error.message, true);
    }
    busy = false;
  }

  function leave(told) {
    sessionStorage.setItem(SAID, told.said);
    location.assign(told.next);
  }

  const decide = (decision, side) => work(async () => {
    const { reason, conditions, edits } = draft();
    const wish = { conflict, decision, reason };
    if (decision === "keep-side") wish.keep = [side];
    if (decision === "keep-both") wish.conditions = conditions;
    if (decision === "edit") wish.edits = edits;
    tell("Saving ...");
    const told = await ask(`/decide${location.search}`, wish);
    localStorage.removeItem(DRAFT + conflict);
    leave(told);
  });

  const undo = (which) => work(async () => {
    const told = await ask(`/undo${location.search}`, which ? { conflict: which } : {});
    const { reason, conditions, edits } = told.draft;
    const typed = reason || conditions.some(Boolean) || Object.keys(edits).length;
    if (typed) localStorage.setItem(DRAFT + told.key, JSON.stringify(told.draft));
    leave(told);
  });

  function open(what, focus = true) {
    if (what === "edits") {
      const within = document.activeElement?.closest("[data-hash]");
      const button = (within && find(".edit", within)) ?? find(".edit");
      if (button) edit(button);
      else tell("No text of this conflict can be written anew here.", true);
      return;
    }
    const part = document.getElementById(what);
    if (!part) return;
    part.hidden = false;
    showSaving();
    if (focus) find("textarea", part).focus();
  }

  function shut() {
    const conditions = document.getElementById("conditions");
    if (conditions) conditions.hidden = true;
    editors().forEach((editor) => editor.remove());
    showSaving();
    keep();
  }

  function showSaving() {
    const conditions = document.getElementById("conditions");
    find("[data-decision=keep-both]").hidden = !conditions || conditions.hidden;
    find("[data-decision=edit]").hidden = editors().length === 0;
  }

  // About as many rows as the text fills, and room to add to it.
  const rowsFor = (text) => Math.min(16, 2 + text.split("\n").reduce((sum, line) => sum + Math.ceil((line.length + 1) / 60), 0));

  async function edit(button, texts, focus = true) {
    const item = button.closest("[data-hash]");
    const { hash } = item.dataset;
    if (!find(`.editor textarea[data-hash="${CSS.escape(hash)}"]`)) {
      let fields;
      try {
        fields = await ask(`/conflict/${conflict}/${button.dataset.side}/${button.dataset.member}`);
      } catch (error) {
        tell(error.message, true);
        return;
      }
      const areas = Object.entries(fields).map(([field, text]) => {
        const value = texts?.[field] ?? text;
        const area = make("textarea", { "data-hash": hash, "data-field": field, rows: rowsFor(value), dir: "auto", spellcheck: "true" });
        area.value = value;
        return make("label", {}, `New ${field}`, area);
      });
      item.append(make("div", { class: "editor" }, ...areas));
      showSaving();
    }
    const area = find(`.editor textarea[data-hash="${CSS.escape(hash)}"]`);
    if (focus) area.focus();
  }

  function save() {
    const conditions = document.getElementById("conditions");
    const editing = editors().length > 0;
    const both = conditions && !conditions.hidden;
    const within = document.activeElement?.closest(".editor, #conditions");
    if (within ? within.id === "conditions" : both && !editing) decide("keep-both");
    else if (editing) decide("edit");
  }

  function unfold() {
    const records = all("details.record");
    const folded = records.some((record) => !record.open);
    records.forEach((record) => { record.open = folded; });
  }

  const visit = (name) => document.getElementById(name)?.click();
  const KEYS = {
    j: () => visit("next"),
    k: () => visit("previous"),
    x: () => visit("undecided"),
    m: () => visit("more"),
    u: () => undo(),
    o: unfold,
    b: () => open("conditions"),
    e: () => open("edits"),
    d: () => decide("drop"),
    n: () => decide("not-a-conflict"),
    r: () => form.elements.reason.focus(),
    f: () => find(".choices select").focus(),
    l: () => (find(".entries [aria-current]") ?? find(".entries a"))?.focus(),
    "?": () => help.showModal(),
  };
  const NEEDS_CONFLICT = "obednr";

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Enter" && form && !event.repeat) save();
      return;
    }
    if (event.key === "Enter" && event.target.matches?.(".choices select")) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    const field = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && !help.open) {
      if (field) field.blur();
      else if (form) shut();
    }
    if (field || help.open || event.repeat || event.defaultPrevented || !single.checked) return;
    if (/^[1-9]$/.test(event.key)) {
      find(`[data-keep="${Number(event.key) - 1}"]`)?.click();
    } else if (event.key in KEYS && (form || !NEEDS_CONFLICT.includes(event.key))) {
      event.preventDefault();
      KEYS[event.key]();
    }
  }

  function clicked(event) {
    const from = event.target.closest("button, a");
    if (!from) return;
    if (from.dataset.keep) decide("keep-side", Number(from.dataset.keep));
    else if (from.dataset.decision) decide(from.dataset.decision);
    else if (from.dataset.open) open(from.dataset.open);
    else if (from.classList.contains("edit")) edit(from);
    else if (from.dataset.copy) copy(from);
    else if (from.id === "undo") undo();
    else if (from.id === "take-back") undo(conflict);
    else if (from.id === "help") help.showModal();
  }

  async function copy(from) {
    try {
      await navigator.clipboard.writeText(from.dataset.copy);
      tell("Copied.");
    } catch {
      getSelection().selectAllChildren(find("code", from.parentElement));
    }
  }

  document.documentElement.classList.add("js");
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  single.checked = localStorage.getItem(OFF) === null;
  single.addEventListener("change", () => {
    if (single.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  if (form) {
    form.addEventListener("submit", (event) => event.preventDefault());
    find("main").addEventListener("input", keep);
    restore();
  }
  const said = sessionStorage.getItem(SAID);
  sessionStorage.removeItem(SAID);
  if (said) tell(said);
  if (!location.hash) find("main").focus({ preventScroll: true });
})();
