// The applicant's form. What is typed is saved by itself, field by field; what could not be saved is kept
// on the device until it is. Two windows: a field that both changed shows both texts.
import { Controller, register, csrfToken, differs, element, icon } from "../site/js/sheke.js";

const WAIT = 800;
const KEEPALIVE = 60000; // bytes; browsers send no more from a page that is closed

register("applying", class extends Controller {
  static targets = ["line", "status", "progress", "done", "part"];
  static values = {
    url: String, uid: String, saving: String, saved: String, failed: String, conflict: String,
    elsewhere: String, keep: String, take: String, other: String,
  };

  connect() {
    this.changed = new Set();
    this.left = new Set(); // fields whose other text was chosen
    this.hidden = () => document.visibilityState === "hidden" && this.flush();
    document.addEventListener("visibilitychange", this.hidden);
    for (const line of this.lineTargets) if (boxes(line).some(differs)) this.changed.add(line.dataset.key);
    if (this.#kept()) this.#restore();
    else if (this.changed.size) this.later();
  }

  disconnect() {
    document.removeEventListener("visibilitychange", this.hidden);
    this.flush();
  }

  typed(event) {
    const line = event.target.closest("[data-key]");
    if (!line || event.target.type === "file" || !event.target.name && event.type === "input") return;
    this.changed.add(line.dataset.key);
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    clearTimeout(this.keeper);
    this.keeper = setTimeout(() => this.#keep(), 150);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  leave() {
    clearTimeout(this.timer);
    this.gone = true;
    this.#keep(); // what is not saved yet stays on the device until the next page has it
  }

  flush() {
    if (!this.changed.size || this.gone) return;
    this.#keep();
    this.save(true);
  }

  /** Save, then go on. */
  async go(event) {
    event.preventDefault();
    const { url } = event.currentTarget.dataset;
    if (await this.save()) location.href = url;
  }

  async save(closing = false) {
    clearTimeout(this.timer);
    if (this.saving) { await this.saving; }
    const keys = [...this.changed].filter((key) => !this.left.has(key));
    if (!keys.length) return true;
    this.changed.clear();
    this.#say(this.savingValue);
    this.saving = this.#post(keys, this.#body(keys), closing);
    const done = await this.saving;
    this.saving = null;
    return done;
  }

  async upload(event) {
    const line = event.target.closest("[data-key]");
    const body = new FormData();
    for (const file of event.detail.files) body.append(`u-${line.dataset.key}`, file);
    if (event.detail.files.length) await this.#exchange(line, body);
  }

  async takeAway(event) {
    event.preventDefault();
    const body = new FormData();
    body.append("remove", event.currentTarget.value);
    await this.#exchange(event.target.closest("[data-key]"), body);
  }

  /** Send files or take one away; what is wrong is said at the field. */
  async #exchange(line, body) {
    this.#say(this.savingValue);
    const [status, said] = await this.#ask(body);
    const faults = line.querySelector("[data-faults]");
    if (status === 200) this.#show(said, []);
    else {
      faults.replaceChildren(fault(said.message ?? this.failedValue));
      this.#say(said.message ?? this.failedValue, true);
    }
  }

  async #post(keys, body, closing) {
    const [status, said] = await this.#ask(body, closing && body.toString().length < KEEPALIVE);
    if (status !== 200 && status !== 409) {
      for (const key of keys) this.changed.add(key);
      this.#say(said.message ?? this.failedValue, true);
      if (!said.message) this.timer = setTimeout(() => this.save(), WAIT * 6);
      return false;
    }
    this.#show(said, keys);
    this.#keep();
    for (const conflict of said.conflicts) this.#askWhich(conflict);
    return status === 200;
  }

  async #ask(body, keepalive = false) {
    try {
      const answer = await fetch(this.urlValue, {
        method: "POST", body, keepalive,
        headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      });
      const json = answer.headers.get("Content-Type")?.includes("json");
      return [answer.status, json ? await answer.json() : {}];
    } catch {
      return [0, {}];
    }
  }

  #line(key) { return this.lineTargets.find((line) => line.dataset.key === key); }

  #entries(key) {
    const line = this.#line(key);
    return line ? boxes(line).filter((box) => box.type !== "file" && (!/radio|checkbox/.test(box.type) || box.checked))
      .map((box) => [box.name, box.value]) : [];
  }

  #body(keys) { return new URLSearchParams(keys.flatMap((key) => this.#entries(key))); }

  /** Marks of what was sent; what another window changed; faults of what is filled in; files; progress. */
  #show(said, sent) {
    const stuck = new Set(said.conflicts.map((one) => one.key));
    for (const [key, field] of Object.entries(said.fields)) {
      const line = this.#line(key);
      const was = line?.querySelector("[data-was]");
      if (!was) continue;
      if (sent.includes(key) && !stuck.has(key)) was.value = field.mark;
      else if (was.value !== field.mark && !stuck.has(key) && field.files === undefined) this.#elsewhere(line);
      const faults = field.filled ? field.faults : [];
      line.querySelector("[data-faults]").replaceChildren(...faults.map((one) => fault(one.text)));
      line.classList.toggle("is-wrong", faults.length > 0);
      if (field.files !== undefined) {
        const place = line.querySelector("[data-files]");
        if (place.dataset.held !== field.files) place.innerHTML = place.dataset.held = field.files;
      }
    }
    this.#progress(said.parts);
    this.#say(said.conflicts.length ? this.conflictValue : `${this.savedValue} ${said.saved_at}`, said.conflicts.length > 0);
  }

  #progress(parts) {
    let [all, wanted] = [0, 0];
    for (const item of this.partTargets) {
      const [done, asked, complete] = parts[item.dataset.part];
      item.classList.toggle("is-done", complete);
      item.querySelector(".num").textContent = `${done}/${asked}`;
      all += done;
      wanted += asked;
    }
    this.progressTarget.value = all;
    this.progressTarget.max = wanted;
    this.doneTarget.textContent = all;
  }

  #elsewhere(line) {
    if (line.querySelector("[data-elsewhere]")) return;
    line.append(element("div", { class: "notice notice--quiet", "data-elsewhere": true }, icon("info"),
      element("div", { class: "notice__body" }, this.elsewhereValue)));
  }

  /** Both texts at the field, and two buttons. */
  #askWhich({ key, theirs, mark }, entries = null) {
    const line = this.#line(key);
    if (!line) return;
    line.querySelector("[data-conflict]")?.remove();
    const keep = element("button", { type: "button", class: "button button--small" }, this.keepValue);
    const take = element("button", { type: "button", class: "button button--small" }, this.takeValue);
    const panel = element("div", { class: "notice notice--warn", role: "alert", "data-conflict": true }, icon("triangle-alert"),
      element("div", { class: "notice__body stack stack--tight" }, element("p", {}, this.otherValue),
        element("blockquote", { class: "pre" }, theirs || "—"), element("div", { class: "row" }, keep, take)));
    keep.addEventListener("click", () => this.#keepMine(line, key, mark, panel, entries));
    take.addEventListener("click", () => this.#takeTheirs(key));
    line.append(panel);
    line.scrollIntoView({ block: "center" });
  }

  async #keepMine(line, key, mark, panel, entries) {
    line.querySelector("[data-was]").value = mark;
    panel.remove();
    if (entries) {
      await this.#ask(new URLSearchParams(entries.map(([name, text]) => [name, name.startsWith("was-") ? mark : text])));
      return location.reload();
    }
    this.changed.add(key);
    this.save();
  }

  async #takeTheirs(key) {
    this.left.add(key);
    this.changed.delete(key);
    if (!(await this.save())) return;
    this.gone = true;
    this.#forget();
    location.reload();
  }

  // What is not saved yet is kept on the device: {field: [[name, value], …]}.
  get #name() { return `sheke-draft-${this.uidValue}`; }

  #keep() {
    const held = Object.fromEntries([...this.changed].filter((key) => !this.left.has(key)).map((key) => [key, this.#entries(key)]));
    try {
      if (Object.keys(held).length) localStorage.setItem(this.#name, JSON.stringify(held));
      else this.#forget();
    } catch { /* no room on the device: the next save has it */ }
  }

  #forget() {
    clearTimeout(this.keeper);
    try { localStorage.removeItem(this.#name); } catch { /* nothing is kept there */ }
  }

  #kept() {
    try { return JSON.parse(localStorage.getItem(this.#name) ?? "null"); } catch { return null; }
  }

  /** What a closed browser left behind is saved first, as if it had been typed now. */
  async #restore() {
    const held = this.#kept();
    const [status, said] = await this.#ask(new URLSearchParams(Object.values(held).flat()));
    if (status === 200) { this.#forget(); return location.reload(); }
    if (status !== 409) return this.#say(said.message ?? this.failedValue, true);
    this.#forget();
    this.#show(said, []);
    for (const conflict of said.conflicts) this.#askWhich(conflict, held[conflict.key]);
  }

  #say(text, bad = false) {
    this.statusTarget.textContent = text;
    this.statusTarget.classList.toggle("tone-bad", bad);
  }
});

function boxes(line) {
  return [...line.querySelectorAll("[name]")].filter((box) => box.matches("input, select, textarea"));
}

function fault(text) {
  return element("div", { class: "field__error" }, icon("circle-alert"), element("span", {}, text));
}
