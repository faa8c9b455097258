// The editor of a plan's tree: dragging, and the same by keyboard. Every change is a POST that
// answers with the whole editor; the keyboard stays on the item that was changed.
import { Controller, csrfToken, register, toast, word } from "../site/js/sheke.js";

let focus = null; // the item that had the keyboard before the tree was replaced

register("plan-tree", class extends Controller {
  static targets = ["node"];
  static values = { add: String };

  connect() {
    const wanted = this.nodeTargets.find((node) => node.dataset.item === focus);
    const first = wanted ?? this.nodeTargets[0];
    if (first) this.row(first).tabIndex = 0;
    if (wanted) this.row(wanted).focus();
    focus = null;
  }

  // Where things are: a node is the <li>, its row takes the keyboard
  row(node) { return node.querySelector(".tree__row"); }
  node(event) { return event.target.closest("[data-item]"); }
  parent(node) { return node.parentElement.closest("[data-item]"); }
  beside(node, step) {
    const one = step < 0 ? node.previousElementSibling : node.nextElementSibling;
    return one?.matches("[data-item]") ? one : null;
  }

  key(event) {
    if (event.target !== event.currentTarget) return;
    const act = event.altKey
      ? { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" }[event.key]
      : { m: "merge", n: "add", Delete: "remove", Enter: "edit", ArrowUp: "before", ArrowDown: "after", ArrowLeft: "above", Home: "first", End: "last" }[event.key];
    if (!act || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this[act](event);
  }

  // Walking
  before(event) { this.#step(event, -1); }
  after(event) { this.#step(event, 1); }
  above(event) { this.#go(this.parent(this.node(event))); }
  first() { this.#go(this.nodeTargets[0]); }
  last() { this.#go(this.nodeTargets.at(-1)); }
  edit(event) { this.node(event).querySelector("a.plan-tree__title").click(); }

  // Changing
  up(event) {
    const node = this.node(event);
    const other = this.beside(node, -1);
    if (other) this.#place(node, this.parent(node), other);
  }

  down(event) {
    const node = this.node(event);
    const other = this.beside(node, 1);
    if (other) this.#place(node, this.parent(node), this.beside(other, 1));
  }

  in(event) {
    const node = this.node(event);
    const other = this.beside(node, -1);
    if (other) this.#place(node, other, null);
  }

  out(event) {
    const node = this.node(event);
    const parent = this.parent(node);
    if (parent) this.#place(node, this.parent(parent), this.beside(parent, 1));
  }

  merge(event) {
    const node = this.node(event);
    const other = this.beside(node, -1) ?? this.parent(node);
    this.#send(node.dataset.merge, {}, other?.dataset.item);
  }

  remove(event) {
    const node = this.node(event);
    const other = this.beside(node, 1) ?? this.beside(node, -1) ?? this.parent(node);
    this.#send(node.dataset.delete, {}, other?.dataset.item);
  }

  add(event) {
    const node = this.node(event);
    this.#send(this.addValue, node ? { after: node.dataset.item } : {}, null, true);
  }

  // Dragging
  drag(event) {
    this.dragged = this.node(event);
    event.stopPropagation();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.dragged.dataset.item);
    this.dragged.classList.add("is-dragged");
  }

  over(event) {
    const row = event.currentTarget;
    if (!this.dragged || this.dragged.contains(row)) return;
    event.preventDefault();
    this.leave(event);
    row.classList.add({ before: "is-target-before", after: "is-target", inside: "is-target-inside" }[this.#zone(event)]);
  }

  leave(event) { event.currentTarget.classList.remove("is-target", "is-target-before", "is-target-inside"); }

  drop(event) {
    event.preventDefault();
    event.stopPropagation();
    this.leave(event);
    const node = this.node(event);
    if (!this.dragged || this.dragged.contains(node)) return;
    const zone = this.#zone(event);
    if (zone === "inside") this.#place(this.dragged, node, null);
    else if (zone === "before") this.#place(this.dragged, this.parent(node), node);
    else this.#place(this.dragged, this.parent(node), this.#behind(node));
  }

  end() {
    this.dragged?.classList.remove("is-dragged");
    this.dragged = null;
  }

  /** The sibling behind `node` that is not the one being dragged. */
  #behind(node) {
    const next = this.beside(node, 1);
    return next === this.dragged ? this.beside(next, 1) : next;
  }

  #zone(event) {
    const box = event.currentTarget.getBoundingClientRect();
    const part = (event.clientY - box.top) / box.height;
    return part < 0.3 ? "before" : part > 0.7 ? "after" : "inside";
  }

  #step(event, step) {
    const nodes = this.nodeTargets;
    this.#go(nodes[nodes.indexOf(this.node(event)) + step]);
  }

  #go(node) {
    if (!node) return;
    for (const one of this.nodeTargets) this.row(one).tabIndex = -1;
    this.row(node).tabIndex = 0;
    this.row(node).focus();
  }

  #place(node, parent, before) {
    const values = { parent: parent?.dataset.item ?? "", before: before?.dataset.item ?? "" };
    this.#send(node.dataset.place, values, node.dataset.item);
  }

  async #send(url, values, item, fresh = false) {
    if (this.busy) return;
    this.busy = true;
    try {
      const answer = await fetch(url, {
        method: "POST", body: new URLSearchParams(values),
        headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" },
      });
      if (!answer.ok) throw new Error(answer.status);
      focus = (fresh && answer.headers.get("X-Item")) || item;
      htmx.swap(this.element, await answer.text(), { swapStyle: "outerHTML" });
    } catch {
      toast(word("failed"), { level: "error" });
    } finally {
      this.busy = false;
    }
  }
});
