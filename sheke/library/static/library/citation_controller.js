// A button that copies a citation: <div data-controller="citation"> with targets text, button, done.
// Without the right to write there the button is not shown, and the text can be marked by hand.
import { Controller, register } from "../site/js/sheke.js";

register("citation", class extends Controller {
  static targets = ["text", "button", "done"];

  connect() { this.buttonTarget.hidden = !navigator.clipboard; }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.textTarget.textContent.trim());
    } catch {
      getSelection().selectAllChildren(this.textTarget);
      return;
    }
    this.doneTarget.hidden = false;
    setTimeout(() => { this.doneTarget.hidden = true; }, 3000);
  }
});
