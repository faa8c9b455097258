// A review being written: what is typed is saved by itself. On a telephone the packet and the rubric take turns.
import { Controller, register, csrfToken, differs, element } from "../site/js/sheke.js";

const WAIT = 800;

register("review", class extends Controller {
  static targets = ["revision", "status", "total"];
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

  // A form that is sent saves by itself; a save that came after it would find another revision.
  leave(event) {
    if (this.saving) {
      event.preventDefault();
      this.after = event.submitter;
      return;
    }
    clearTimeout(this.timer);
    this.dirty = false;
    this.left = true;
  }

  flush() {
    if (this.dirty) this.save(true);
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
      this.totalTarget.textContent = said.total || "—";
      this.say(`${this.savedValue} ${said.saved_at}`);
    } catch {
      this.say(this.failedValue);
      this.dirty = true;
      this.timer = setTimeout(() => this.save(), WAIT * 5);
    } finally {
      this.saving = false;
      if (this.after) {
        const button = this.after;
        this.after = null;
        this.element.requestSubmit(button);
      }
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
});

register("sides", class extends Controller {
  static targets = ["tab", "side"];

  connect() {
    this.element.classList.add("is-split");
    this.show(this.tabTargets.find((tab) => tab.getAttribute("aria-selected") === "true"));
  }

  choose(event) { this.show(event.currentTarget); }

  show(chosen) {
    for (const tab of this.tabTargets) tab.setAttribute("aria-selected", String(tab === chosen));
    for (const side of this.sideTargets) side.classList.toggle("is-behind", side.id !== chosen.getAttribute("aria-controls"));
  }
});
