// Rows of the programme editor stay open or closed when the page is drawn anew.
import { Controller, register } from "../site/js/sheke.js";

register("kept-open", class extends Controller {
  static targets = ["state"];

  keep() {
    if (this.hasStateTarget) this.stateTarget.disabled = !this.element.open;
  }
});
