// A list whose order is dragged; the numbers beside the entries follow. Without dragging, the numbers
// are written by hand and the server sorts by them.
import { Controller, register } from "./sheke.js";

register("ranking", class extends Controller {
  static targets = ["list", "item", "number"];

  itemTargetConnected(item) {
    item.addEventListener("dragstart", this.start);
    item.addEventListener("dragover", this.over);
    item.addEventListener("dragend", this.end);
  }

  start = (event) => {
    this.dragged = event.currentTarget;
    event.dataTransfer.effectAllowed = "move";
    this.dragged.classList.add("is-dragged");
  };

  over = (event) => {
    const item = event.currentTarget;
    if (!this.dragged || item === this.dragged || item.parentNode !== this.dragged.parentNode) return;
    event.preventDefault();
    const box = item.getBoundingClientRect();
    const after = event.clientY > box.top + box.height / 2;
    item.parentNode.insertBefore(this.dragged, after ? item.nextSibling : item);
  };

  end = () => {
    this.dragged?.classList.remove("is-dragged");
    this.dragged = null;
    this.numberTargets.forEach((input, place) => { input.value = place + 1; });
  };
});
