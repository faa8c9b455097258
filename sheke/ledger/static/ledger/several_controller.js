// Several of something: a combobox adds a chip with a hidden field, its button takes it away.
import { Controller, element, icon, register } from "../site/js/sheke.js";

register("several", class extends Controller {
  static targets = ["list", "pick"];
  static values = { name: String, remove: String };

  add() {
    const option = this.pickTarget.selectedOptions[0];
    if (!option?.value) return;
    if (!this.#held().includes(option.value)) this.listTarget.append(this.#chip(option));
    this.pickTarget.value = "";
    this.application.getControllerForElementAndIdentifier(this.pickTarget, "combobox")?.show();
    this.#changed();
  }

  remove(event) {
    event.currentTarget.closest("li").remove();
    this.#changed();
  }

  #held() {
    return [...this.listTarget.querySelectorAll("input")].map((input) => input.value);
  }

  #chip(option) {
    const text = option.textContent.trim();
    const button = element("button", { type: "button", "data-action": "several#remove", "aria-label": `${this.removeValue} ${text}` }, icon("x"));
    return element("li", { class: "chip" }, text, element("input", { type: "hidden", name: this.nameValue, value: option.value }), button);
  }

  #changed() {
    this.listTarget.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
