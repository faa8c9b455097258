// A form that takes back the last step; Ctrl+Z (outside fields) sends the newest one on the page.
import { Controller, register } from "../sheke.js";

const stack = [];

document.addEventListener("keydown", (event) => {
  const wanted = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
  if (!wanted || event.target.closest?.("input, textarea, [contenteditable=true]") || !stack.length) return;
  event.preventDefault();
  stack.at(-1).requestSubmit();
});

register("undo", class extends Controller {
  connect() { stack.push(this.element); }
  disconnect() { stack.splice(stack.indexOf(this.element), 1); }
});
