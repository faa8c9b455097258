// The form of an item's words: “Split here” sends the place of the cursor with it.
import { Controller, register } from "../site/js/sheke.js";

register("plan-split", class extends Controller {
  static targets = ["text", "at"];

  split() {
    const { value, selectionStart } = this.textTarget;
    // The server counts characters, the browser halves of some of them.
    this.atTarget.value = [...value.slice(0, selectionStart)].length;
    this.element.requestSubmit();
    this.atTarget.value = "";
  }
});
