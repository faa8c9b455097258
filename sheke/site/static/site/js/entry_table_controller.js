// A table that is filled in: rows are added and removed, cells of a spreadsheet are pasted.
import { Controller, register } from "./sheke.js";

register("entry-table", class extends Controller {
  static targets = ["body", "tool"];
  static values = { rows: Number, name: String };

  connect() {
    for (const tool of this.toolTargets) tool.hidden = false;
  }

  get rows() { return [...this.bodyTarget.rows]; }

  add() {
    const row = this.#append();
    row?.querySelector("input, select").focus();
    this.#changed();
  }

  remove(event) {
    const row = event.target.closest("tr");
    if (this.rows.length > 1) row.remove();
    else for (const box of row.querySelectorAll("[data-column]")) box.value = "";
    this.#changed();
  }

  /** Cells with tabs and line ends fill the table from where the cursor stands. */
  paste(event) {
    const box = event.target.closest("[data-column]");
    const text = event.clipboardData?.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "") ?? "";
    if (!box || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    let row = box.closest("tr");
    const first = this.#boxes(row).indexOf(box);
    for (const line of text.split("\n")) {
      if (!row) break;
      const boxes = this.#boxes(row);
      line.split("\t").forEach((cell, n) => boxes[first + n] && fill(boxes[first + n], cell.trim()));
      row = row.nextElementSibling ?? this.#append();
    }
    this.#changed();
  }

  #boxes(row) { return [...row.querySelectorAll("[data-column]")]; }

  #append() {
    if (this.rows.length >= this.rowsValue) return null;
    const number = Math.max(...this.rows.map((row) => Number(row.dataset.row))) + 1;
    const row = this.rows.at(-1).cloneNode(true);
    row.dataset.row = number;
    for (const box of this.#boxes(row)) {
      box.name = `${this.nameValue}-${number}-${box.dataset.column}`;
      box.value = "";
      box.setAttribute("aria-label", box.getAttribute("aria-label").replace(/\d+$/, number));
    }
    const remove = row.querySelector("button");
    remove.setAttribute("aria-label", remove.getAttribute("aria-label").replace(/\d+/, number));
    this.bodyTarget.append(row);
    return row;
  }

  #changed() { this.bodyTarget.dispatchEvent(new Event("change", { bubbles: true })); }
});

/** A list takes what its options are called. */
function fill(box, text) {
  if (box.tagName !== "SELECT") { box.value = text; return; }
  const option = [...box.options].find((one) => one.value === text || one.textContent.trim() === text);
  if (option) option.selected = true;
}
