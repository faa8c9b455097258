// A small editor over a <textarea> that holds HTML of few tags; without scripts the textarea stays.
// What is pasted keeps those tags alone; the server cleans everything again.
import { Controller, element, register } from "../site/js/sheke.js";
import { show } from "./counting.js";

const KEPT = new Set(["P", "BR", "H3", "H4", "UL", "OL", "LI", "BLOCKQUOTE", "STRONG", "EM", "B", "I", "U",
  "SUB", "SUP", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD"]);
const RENAMED = { H1: "h3", H2: "h3", H5: "h4", H6: "h4", DIV: "p" };
const DROPPED = new Set(["SCRIPT", "STYLE", "TITLE", "META", "LINK", "TEMPLATE", "IMG", "IFRAME", "SVG"]);
const TOOLS = [
  ["bold", () => document.execCommand("bold")],
  ["italic", () => document.execCommand("italic")],
  ["heading", () => document.execCommand("formatBlock", false, "h3")],
  ["list", () => document.execCommand("insertUnorderedList")],
  ["numbers", () => document.execCommand("insertOrderedList")],
  ["plain", () => { document.execCommand("removeFormat"); document.execCommand("formatBlock", false, "p"); }],
];

register("rich", class extends Controller {
  static targets = ["source"];
  static values = { words: Object, limit: Number };

  connect() {
    const source = this.sourceTarget;
    this.editor = element("div", {
      class: "textarea rich__text", contenteditable: "true", role: "textbox", "aria-multiline": "true",
      "aria-labelledby": source.dataset.label, "aria-describedby": source.getAttribute("aria-describedby"),
    });
    this.editor.append(plainCopy(parse(source.value)));
    this.bar = element("div", { class: "rich__bar", role: "toolbar", "aria-label": this.wordsValue.tools },
      ...TOOLS.map(([name, act]) => this.#tool(name, act)));
    this.editor.addEventListener("input", () => this.#write());
    this.editor.addEventListener("paste", (event) => this.#paste(event));
    this.editor.addEventListener("focus", () => this.#begin());
    source.hidden = true;
    source.before(this.bar, this.editor);
    this.label = document.getElementById(source.dataset.label);
    this.focus = () => this.editor.focus();
    this.label?.addEventListener("click", this.focus);
    this.#count();
  }

  disconnect() {
    this.label?.removeEventListener("click", this.focus);
    this.bar.remove();
    this.editor.remove();
    this.sourceTarget.hidden = false;
  }

  #tool(name, act) {
    const button = element("button", { type: "button", class: "button button--small button--quiet" }, this.wordsValue[name]);
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => { this.editor.focus(); act(); this.#write(); });
    return button;
  }

  /** Whoever begins to write begins a paragraph. */
  #begin() {
    document.execCommand("defaultParagraphSeparator", false, "p");
    if (this.editor.innerText.trim()) return;
    const paragraph = element("p", {}, document.createElement("br"));
    this.editor.replaceChildren(paragraph);
    getSelection().setPosition(paragraph, 0);
  }

  #write() {
    this.sourceTarget.value = this.editor.innerText.trim() ? this.editor.innerHTML : "";
    this.sourceTarget.dispatchEvent(new Event("input", { bubbles: true }));
    this.#count();
  }

  #paste(event) {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return; // plain text is the browser's
    event.preventDefault();
    const holder = element("div");
    holder.append(plainCopy(parse(html)));
    document.execCommand("insertHTML", false, holder.innerHTML);
  }

  #count() { show(this.element, this.editor.innerText, this.limitValue); }
});

/** The body of a text of HTML; nothing in it runs or loads. */
function parse(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

/** The children of `node` with the tags that are kept, without attributes. */
function plainCopy(node) {
  const copy = document.createDocumentFragment();
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent);
    if (child.nodeType !== Node.ELEMENT_NODE || DROPPED.has(child.tagName)) continue;
    const name = KEPT.has(child.tagName) ? child.tagName : RENAMED[child.tagName];
    const inner = plainCopy(child);
    if (!name) { copy.append(inner); continue; }
    const made = document.createElement(name);
    for (const span of ["colspan", "rowspan"]) {
      if (child.hasAttribute(span)) made.setAttribute(span, child.getAttribute(span));
    }
    made.append(inner);
    copy.append(made);
  }
  return copy;
}
