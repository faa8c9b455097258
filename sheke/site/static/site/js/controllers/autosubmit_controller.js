// <form data-controller="autosubmit">: sends itself when a filter changes; typing waits a moment.
import { Controller, register } from "../sheke.js";

register("autosubmit", class extends Controller {
  static values = { delay: { type: Number, default: 300 } };

  initialize() {
    this.changed = (event) => this.#later(event.target.matches("input[type=checkbox], input[type=radio], select") ? 0 : this.delayValue);
  }

  connect() {
    this.element.addEventListener("input", this.changed);
    this.element.addEventListener("change", this.changed);
  }

  disconnect() {
    clearTimeout(this.timer);
    this.element.removeEventListener("input", this.changed);
    this.element.removeEventListener("change", this.changed);
  }

  #later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const now = new URLSearchParams(new FormData(this.element)).toString();
      if (now === this.sent) return;
      this.sent = now;
      this.element.requestSubmit();
    }, delay);
  }
});
