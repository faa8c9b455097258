// <div data-controller="dialog"> <button data-action="dialog#open"> <dialog data-dialog-target="dialog">
// data-dialog-open-value="true" opens it at once (a form that came back with errors).
import { Controller, register } from "../sheke.js";

register("dialog", class extends Controller {
  static targets = ["dialog"];
  static values = { open: Boolean };

  connect() {
    if (this.openValue) this.open();
  }

  dialogTargetConnected(dialog) {
    dialog.addEventListener("pointerdown", this.#outside);
  }

  open(event) {
    event?.preventDefault();
    if (!this.dialogTarget.open) this.dialogTarget.showModal();
  }

  close(event) {
    event?.preventDefault();
    this.dialogTarget.close();
  }

  #outside = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right
      && event.clientY >= box.top && event.clientY <= box.bottom;
    if (event.target === event.currentTarget && !inside) event.currentTarget.close();
  };
});
