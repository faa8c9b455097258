// One question before something that cannot be taken back lightly:
//   <form method="post" data-confirm="Reverse this record?" data-confirm-button="Reverse">
// or hx-confirm="…" on an htmx element. The dialog is in base.html, once.
import { Controller, register } from "../sheke.js";

register("confirm", class extends Controller {
  static targets = ["text", "button"];

  initialize() {
    this.onSubmit = this.onSubmit.bind(this);
    this.onHtmx = this.onHtmx.bind(this);
  }

  connect() {
    document.addEventListener("submit", this.onSubmit, true);
    document.addEventListener("htmx:confirm", this.onHtmx);
  }

  disconnect() {
    document.removeEventListener("submit", this.onSubmit, true);
    document.removeEventListener("htmx:confirm", this.onHtmx);
  }

  onSubmit(event) {
    const { target, submitter } = event;
    const asker = submitter?.dataset.confirm ? submitter : target;
    if (!asker.dataset.confirm || target.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.ask(asker.dataset.confirm, asker.dataset.confirmButton, () => {
      target.dataset.confirmed = "yes";
      target.requestSubmit(submitter);
      delete target.dataset.confirmed;
    });
  }

  onHtmx(event) {
    if (!event.detail.question) return;
    event.preventDefault();
    const button = event.detail.elt.dataset.confirmButton;
    this.ask(event.detail.question, button, () => event.detail.issueRequest(true));
  }

  ask(text, button, then) {
    this.plain ??= this.buttonTarget.textContent;
    this.textTarget.textContent = text;
    this.buttonTarget.textContent = button || this.plain;
    this.then = then;
    this.element.showModal();
    this.buttonTarget.focus();
  }

  yes(event) {
    event.preventDefault();
    this.element.close();
    this.then?.();
    this.then = null;
  }

  no() {
    this.element.close();
    this.then = null;
  }
});
