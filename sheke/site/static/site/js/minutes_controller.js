// Minutes that save themselves while one writes. When somebody else wrote in between both texts are
// shown and one of them is kept; nothing is lost without being asked.
// <form action data-controller="minutes"> POSTs {text, revision} and gets {revision, text, by, at}; 409 has theirs and a
// message, 422 a message.
import { Controller, csrfToken, register } from "./sheke.js";

const PAUSE = 1200; // milliseconds without a key before it is saved
const AGAIN = 5000; // and until it is tried again without a connection

register("minutes", class extends Controller {
  static targets = ["text", "revision", "state", "conflict", "message", "theirs"];
  static values = { saved: String, saving: String, failed: String };

  connect() {
    this.last = this.textTarget.defaultValue;
    this.leaving = (event) => { if (this.#dirty()) event.preventDefault(); };
    window.addEventListener("beforeunload", this.leaving);
    this.submitted = (event) => { event.preventDefault(); this.save(); };
    this.element.addEventListener("submit", this.submitted);
    if (this.#dirty()) this.changed(); // typed before this script was there
  }

  disconnect() {
    clearTimeout(this.timer);
    window.removeEventListener("beforeunload", this.leaving);
    this.element.removeEventListener("submit", this.submitted);
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.busy || !this.#dirty() || !this.conflictTarget.hidden) return;
    this.busy = true;
    this.stateTarget.textContent = this.savingValue;
    const text = this.textTarget.value;
    try {
      const answer = await fetch(this.element.action, {
        method: "POST",
        body: new URLSearchParams({ text, revision: this.revisionTarget.value }),
        headers: { "X-CSRFToken": csrfToken(), Accept: "application/json" },
      });
      if (![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
      this.#answered(answer.status, await answer.json(), text);
    } catch {
      this.stateTarget.textContent = this.failedValue;
      this.timer = setTimeout(() => this.save(), AGAIN);
    } finally {
      this.busy = false;
    }
  }

  /** My words stand: written over theirs, whose revision is known now. */
  keep() {
    this.revisionTarget.value = this.other.revision;
    this.conflictTarget.hidden = true;
    this.save();
  }

  take() {
    this.textTarget.value = this.last = this.other.text;
    this.revisionTarget.value = this.other.revision;
    this.conflictTarget.hidden = true;
    this.stateTarget.textContent = `${this.other.by} ${this.other.at}`.trim();
  }

  #dirty() { return this.textTarget.value !== this.last; }

  #answered(status, said, text) {
    if (status === 200) {
      this.last = text;
      this.revisionTarget.value = said.revision;
      this.stateTarget.textContent = `${this.savedValue} ${said.at}`;
    } else if (status === 409) {
      this.other = said;
      this.messageTarget.textContent = said.message;
      this.theirsTarget.textContent = said.text;
      this.conflictTarget.hidden = false;
      this.stateTarget.textContent = "";
    } else {
      this.last = text; // it cannot be written; saying so once is enough
      this.stateTarget.textContent = said.message;
    }
    if (status !== 409 && this.#dirty()) this.changed(); // typed while it was saved
  }
});
