// The place of short messages. Django's messages stand in it already; scripts use toast() of sheke.js;
// a server answers htmx with HX-Trigger: {"toast": {"text": "…", "level": "success", "undo": "/url/"}}.
import { Controller, csrfToken, element, icon, register, word } from "../sheke.js";

const ICONS = { info: "info", success: "circle-check", warning: "triangle-alert", error: "circle-alert" };

register("toast", class extends Controller {
  static targets = ["one"];

  initialize() { this.onToast = this.onToast.bind(this); }
  connect() { document.addEventListener("toast", this.onToast); }
  disconnect() { document.removeEventListener("toast", this.onToast); }

  /** A message leaves by itself, one with an undo later, an error only when told to. */
  oneTargetConnected(node) {
    this.#raise();
    if (node.classList.contains("toast--error")) return;
    const stay = node.querySelector("form") ? 12000 : 6000;
    let timer = setTimeout(() => this.#leave(node), stay);
    node.addEventListener("pointerenter", () => clearTimeout(timer));
    node.addEventListener("focusin", () => clearTimeout(timer));
    node.addEventListener("pointerleave", () => (timer = setTimeout(() => this.#leave(node), 3000)));
  }

  oneTargetDisconnected() {
    if (!this.oneTargets.length && this.element.matches(":popover-open")) this.element.hidePopover();
  }

  onToast({ detail }) {
    const level = ICONS[detail.level] ? detail.level : "info";
    this.element.append(element("div", { class: `toast toast--${level}`, "data-toast-target": "one" },
      icon(ICONS[level]), element("p", {}, detail.text), detail.undo ? this.#undo(detail.undo) : null,
      element("button", { type: "button", class: "button button--quiet button--icon button--small", "data-action": "toast#dismiss", "aria-label": word("close") }, icon("x"))));
  }

  dismiss(event) { this.#leave(event.currentTarget.closest(".toast")); }

  /** The top layer, so that a message shows above an open drawer. */
  #raise() {
    if (this.element.matches(":popover-open")) this.element.hidePopover();
    this.element.showPopover();
  }

  #undo(url) {
    return element("form", { method: "post", action: url, "data-controller": "undo" },
      element("input", { type: "hidden", name: "csrfmiddlewaretoken", value: csrfToken() }),
      element("input", { type: "hidden", name: "next", value: location.pathname + location.search }),
      element("button", { class: "button button--quiet button--small" }, icon("undo-2"), word("undo")));
  }

  #leave(node) {
    node.classList.add("toast--leaving");
    setTimeout(() => node.remove(), 260);
  }
});
