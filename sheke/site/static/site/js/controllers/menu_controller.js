// <div class="menu-anchor" data-controller="menu">
//   <button data-menu-target="button" data-action="menu#toggle" aria-haspopup="true" aria-expanded="false">
//   <div class="menu" data-menu-target="list" hidden> links and buttons </div>
import { hide, show } from "../floating.js";
import { Controller, register } from "../sheke.js";

register("menu", class extends Controller {
  static targets = ["button", "list"];

  connect() {
    this.outside = (event) => this.element.contains(event.target) || this.close();
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.element.contains(event.relatedTarget)) this.close();
    });
  }

  disconnect() { document.removeEventListener("pointerdown", this.outside); }

  toggle() { this.listTarget.hidden ? this.open() : this.close(); }

  open() {
    show(this.listTarget, this.buttonTarget, { end: this.listTarget.classList.contains("menu--end") });
    this.buttonTarget.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", this.outside);
    (this.listTarget.querySelector("[aria-current]") ?? this.items[0])?.focus();
  }

  close() {
    hide(this.listTarget);
    this.buttonTarget.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", this.outside);
  }

  get items() {
    return [...this.listTarget.querySelectorAll("a, button, input")].filter((one) => !one.disabled);
  }

  key(event) {
    if (this.listTarget.hidden) {
      if (event.key === "ArrowDown" && event.target === this.buttonTarget) { event.preventDefault(); this.open(); }
      return;
    }
    const at = this.items.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key === "Escape") { event.stopPropagation(); event.preventDefault(); this.close(); this.buttonTarget.focus(); }
    else if (event.key in steps) { event.preventDefault(); this.items.at(steps[event.key] % this.items.length)?.focus(); }
    else if (event.key === "Tab") this.close();
  }
});
