// <form data-controller="autosubmit">: sends itself when a filter changes; typing waits a moment, and
// for an input method until the characters are chosen.
import { Controller, differs, register } from "../sheke.js";

const AT_ONCE = "input[type=checkbox], input[type=radio], select";
const EVENTS = ["input", "change", "compositionend"];

register("autosubmit", class extends Controller {
  static values = { delay: { type: Number, default: 300 } };

  initialize() {
    this.changed = (event) => event.isComposing || this.#later(event.target.matches(AT_ONCE) ? 0 : this.delayValue);
    this.noted = () => (this.sent = this.#state());
  }

  connect() {
    for (const name of EVENTS) this.element.addEventListener(name, this.changed);
    this.element.addEventListener("submit", this.noted);
    if ([...this.element.elements].some(differs)) this.#later(0); // chosen before this script was there
    else this.noted();
  }

  disconnect() {
    clearTimeout(this.timer);
    for (const name of EVENTS) this.element.removeEventListener(name, this.changed);
    this.element.removeEventListener("submit", this.noted);
  }

  #later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.#state() !== this.sent) this.element.requestSubmit();
    }, delay);
  }

  #state() {
    return new URLSearchParams(new FormData(this.element)).toString();
  }
});
