// A password field with an eye: data-reveal-target="input" and a button with data-action="reveal#toggle".
import { Controller, register } from "../sheke.js";

register("reveal", class extends Controller {
  static targets = ["input", "button"];

  toggle() {
    const shown = this.inputTarget.type === "text";
    this.inputTarget.type = shown ? "password" : "text";
    this.buttonTarget.setAttribute("aria-pressed", String(!shown));
    this.inputTarget.focus();
  }
});
