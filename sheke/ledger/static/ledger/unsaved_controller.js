// A form that was begun asks before the page is left.
import { Controller, register } from "../site/js/sheke.js";

register("unsaved", class extends Controller {
  connect() {
    this.touched = this.element.querySelector("[aria-invalid=true], .field__error") !== null;
    this.touch = (event) => { if (event.isTrusted) this.touched = true; };
    this.sent = () => (this.touched = false);
    this.ask = (event) => { if (this.touched) event.preventDefault(); };
    this.element.addEventListener("input", this.touch);
    this.element.addEventListener("submit", this.sent);
    window.addEventListener("beforeunload", this.ask);
  }

  disconnect() {
    this.element.removeEventListener("input", this.touch);
    this.element.removeEventListener("submit", this.sent);
    window.removeEventListener("beforeunload", this.ask);
  }
});
