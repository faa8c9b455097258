// A file field one can drop on, paste into, or take a photo for. data-dropzone-target="input" is the
// real <input type=file>; "list" shows the names; "camera" is an input with capture that feeds it.
import { Controller, element, icon, register, word } from "../sheke.js";

register("dropzone", class extends Controller {
  static targets = ["input", "camera", "list"];
  static values = { max: Number };

  connect() {
    this.held = new DataTransfer();
    this.inputTarget.addEventListener("change", () => this.add(this.inputTarget.files, true));
  }

  pick() { this.inputTarget.click(); }
  photo() { this.cameraTarget.click(); }
  taken() { this.add(this.cameraTarget.files); }

  over(event) {
    event.preventDefault();
    this.element.classList.add("dropzone--over");
  }

  leave() { this.element.classList.remove("dropzone--over"); }

  drop(event) {
    event.preventDefault();
    this.leave();
    this.add(event.dataTransfer.files);
  }

  paste(event) {
    if (event.clipboardData?.files.length) this.add(event.clipboardData.files);
  }

  /** Keep `files` beside those held, or alone where the field takes one. */
  add(files, fresh = false) {
    if (fresh && !files.length) return;
    if (!this.inputTarget.multiple) this.held = new DataTransfer();
    for (const file of files) this.held.items.add(file);
    this.#store();
  }

  remove(event) {
    this.held.items.remove(Number(event.currentTarget.dataset.index));
    this.#store();
  }

  #store() {
    this.inputTarget.files = this.held.files;
    this.listTarget.replaceChildren(...[...this.held.files].map((file, index) => this.#row(file, index)));
    this.dispatch("changed", { detail: { files: this.held.files } });
  }

  #row(file, index) {
    const large = this.maxValue && file.size > this.maxValue;
    const size = file.size < 1048576 ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / 1048576).toFixed(1)} MB`;
    const remove = element("button", {
      type: "button", class: "button button--quiet button--icon button--small", "data-index": index,
      "data-action": "dropzone#remove", "aria-label": `${word("remove")} ${file.name}`,
    }, icon("x"));
    return element("li", { class: `file ${large ? "file--bad" : ""}` }, this.#picture(file),
      element("span", { class: "grow" }, element("span", {}, file.name), " ",
        element("small", {}, large ? `${size} · ${word("too large")}` : size)), remove);
  }

  #picture(file) {
    if (!file.type.startsWith("image/")) return icon("file-text");
    const image = element("img", { alt: "" });
    image.src = URL.createObjectURL(file);
    image.onload = () => URL.revokeObjectURL(image.src);
    return image;
  }
});
