// A button that copies the text of its neighbour: what was copied is said for a moment.
import { Controller, register } from "../site/js/sheke.js";

register("copy", class extends Controller {
  static targets = ["text", "done"];

  async copy() {
    const text = this.textTarget.value ?? this.textTarget.textContent;
    try {
      await navigator.clipboard.writeText(text.trim());
    } catch {
      this.textTarget.select?.(); // without the permission: marked, so that Ctrl+C takes it
      return;
    }
    this.doneTarget.hidden = false;
    setTimeout(() => { this.doneTarget.hidden = true; }, 3000);
  }
});
