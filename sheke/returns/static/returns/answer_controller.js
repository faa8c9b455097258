// A return being filled in: what is typed is saved by itself, what the rules say is shown at the field.
import { Controller, register, csrfToken, differs, element, icon } from "../site/js/sheke.js";

const WAIT = 800;

register("answer", class extends Controller {
  static targets = ["revision", "status", "line"];
  static values = { url: String, saved: String, failed: String, conflict: String };

  connect() {
    this.hidden = () => document.visibilityState === "hidden" && this.flush();
    document.addEventListener("visibilitychange", this.hidden);
    if ([...this.element.elements].some(differs)) this.later();
  }

  disconnect() {
    document.removeEventListener("visibilitychange", this.hidden);
    this.flush();
  }

  later() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  leave() {
    clearTimeout(this.timer);
    this.dirty = false;
    this.left = true;
  }

  flush() {
    if (this.dirty) this.save(true);
  }

  take({ params }) {
    const input = this.element.elements[`q-${params.key}`];
    input.value = params.value;
    input.focus();
    this.later();
  }

  async save(keepalive = false) {
    if (this.stopped || this.left) return;
    if (this.saving) return this.later();
    clearTimeout(this.timer);
    this.dirty = false;
    this.saving = true;
    try {
      const answer = await fetch(this.urlValue, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.element)),
        headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
        keepalive,
      });
      if (answer.status === 409) return this.stop();
      const said = await answer.json();
      if (!answer.ok) return this.say(said.message ?? this.failedValue);
      this.revisionTarget.value = said.revision;
      this.say(`${this.savedValue} ${said.saved_at}`);
      this.show(said.findings);
    } catch {
      this.say(this.failedValue);
      this.dirty = true;
      this.timer = setTimeout(() => this.save(), WAIT * 5);
    } finally {
      this.saving = false;
    }
  }

  stop() {
    this.stopped = true;
    this.say(this.conflictValue);
    this.statusTarget.classList.add("tone-bad");
    const link = element("a", { href: location.pathname }, " ↻");
    link.setAttribute("aria-label", this.conflictValue);
    this.statusTarget.append(link);
  }

  say(text) {
    this.statusTarget.textContent = text;
  }

  // Only fields that hold something: nobody is scolded for what they have not come to yet.
  show(findings) {
    for (const line of this.lineTargets) {
      const mine = findings.filter((f) => f.field === line.dataset.key && (f.severity === "warning" || this.filled(line)));
      line.classList.toggle("is-wrong", mine.some((f) => f.severity === "error"));
      line.classList.toggle("is-odd", mine.some((f) => f.severity === "warning"));
      line.querySelector("[data-findings]").replaceChildren(...mine.map((f) =>
        element("div", { class: f.severity === "error" ? "field__error" : "returns-warning" }, icon("circle-alert"), element("span", {}, f.message))));
      const remark = line.querySelector("[data-remark]");
      if (mine.some((f) => f.severity === "warning")) remark.hidden = false;
    }
  }

  filled(line) {
    return [...line.querySelectorAll("[name^='q-']")].some((box) => (box.type === "checkbox" ? box.checked : box.value.trim()));
  }
});
