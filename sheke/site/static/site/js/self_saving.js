// A form that saves itself while one fills it in: after a pause, and when the page is left. It never writes over what
// another window saved. The controller of a form extends this and shows what the answer says: `saved(answer)`.
import { Controller, csrfToken, differs, element } from "./sheke.js";

const PAUSE = 800; // milliseconds without a key before it is saved
const AGAIN = 4000; // and until it is tried again without a connection

export class SelfSaving extends Controller {
  static targets = ["revision", "status"];
  static values = { url: String, saved: String, failed: String, conflict: String };

  connect() {
    this.hidden = () => document.visibilityState === "hidden" && this.flush();
    document.addEventListener("visibilitychange", this.hidden);
    if ([...this.element.elements].some(differs)) this.later(); // typed before this script was there
  }

  disconnect() {
    document.removeEventListener("visibilitychange", this.hidden);
    this.flush();
  }

  /** Of the form that extends this: print what the server said. */
  saved(_answer) {}

  later() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /** The form is sent and saves with that; a save still under way comes first, or it would find another revision. */
  leave(event) {
    if (this.saving) {
      event.preventDefault();
      this.sending = { button: event.submitter };
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
      await this.#post(keepalive);
    } catch {
      this.#say(this.failedValue);
      this.dirty = true;
      this.timer = setTimeout(() => this.save(), AGAIN);
    } finally {
      this.saving = false;
    }
    const { sending } = this;
    this.sending = null;
    if (sending) this.element.requestSubmit(sending.button);
  }

  async #post(keepalive) {
    const answer = await fetch(this.urlValue, {
      method: "POST",
      body: new URLSearchParams(new FormData(this.element)),
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      keepalive,
    });
    if (answer.status === 409) return this.#stop();
    const said = await answer.json();
    if (!answer.ok) return this.#say(said.message ?? this.failedValue);
    this.revisionTarget.value = said.revision;
    this.#say(`${this.savedValue} ${said.saved_at}`);
    this.saved(said);
  }

  #stop() {
    this.stopped = true;
    this.#say(this.conflictValue);
    this.statusTarget.classList.add("tone-bad");
    const link = element("a", { href: location.pathname }, " ↻");
    link.setAttribute("aria-label", this.conflictValue);
    this.statusTarget.append(link);
  }

  #say(text) {
    this.statusTarget.textContent = text;
  }
}
