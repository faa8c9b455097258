// A text box with a name a line; what is found in the directory is added to it.
import { Controller, register } from "../site/js/sheke.js";

register("lines", class extends Controller {
  static targets = ["text", "finder", "found"];

  connect() { this.finderTarget.hidden = false; }

  add(event) {
    event.stopPropagation(); // the finder itself is no field
    const option = this.foundTarget.selectedOptions[0];
    if (!option?.value) return;
    const held = this.textTarget.value.split("\n").map((line) => line.trim()).filter(Boolean);
    const name = option.textContent.trim();
    if (!held.includes(name)) held.push(name);
    this.textTarget.value = held.join("\n");
    this.foundTarget.value = "";
    this.finderTarget.querySelector("input").value = "";
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
