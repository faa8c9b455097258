// The one drawer of base.html. Any link with data-drawer opens its page in it; data-drawer="wide" for
// more room. The address keeps it (#~/ledger/7/), so that reloading, going back and sharing work.
// A server answers such a request with fragment.html ({% extends request|layout %}).
// The response header HX-Trigger: drawer-close closes it.
import { Controller, register, word } from "../sheke.js";

const MARK = "#~";

register("drawer", class extends Controller {
  static targets = ["body", "title", "full"];

  initialize() {
    this.onClick = this.onClick.bind(this);
    this.follow = this.follow.bind(this);
    this.close = this.close.bind(this);
  }

  connect() {
    document.addEventListener("click", this.onClick);
    document.addEventListener("drawer-close", this.close);
    window.addEventListener("hashchange", this.follow);
    window.addEventListener("popstate", this.follow);
    this.follow();
  }

  disconnect() {
    document.removeEventListener("click", this.onClick);
    document.removeEventListener("drawer-close", this.close);
    window.removeEventListener("hashchange", this.follow);
    window.removeEventListener("popstate", this.follow);
  }

  onClick(event) {
    const link = event.target.closest("a[data-drawer]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.element.classList.toggle("drawer--wide", link.dataset.drawer === "wide");
    const path = link.pathname + link.search;
    history.pushState({ drawer: true }, "", `${MARK}${path}`);
    this.load(path);
  }

  /** Do what the address says. Only paths of this site are opened. */
  follow() {
    const path = location.hash.startsWith(MARK) ? decodeURI(location.hash.slice(MARK.length)) : "";
    if (/^\/(?!\/)/.test(path)) {
      if (path !== this.path || !this.element.open) this.load(path);
    } else if (this.element.open) {
      this.element.close();
    }
  }

  load(path) {
    this.path = path;
    this.fullTarget.href = path;
    this.titleTarget.textContent = "";
    this.bodyTarget.setAttribute("aria-busy", "true");
    if (!this.element.open) {
      this.bodyTarget.replaceChildren();
      this.element.showModal();
    }
    htmx.ajax("GET", path, { target: this.bodyTarget, swap: "innerHTML" });
  }

  loaded() {
    this.bodyTarget.removeAttribute("aria-busy");
    const name = this.bodyTarget.querySelector("[data-drawer-title]")?.dataset.drawerTitle;
    this.titleTarget.textContent = name?.trim() || this.bodyTarget.querySelector("h1, h2")?.textContent || word("details");
  }

  close() {
    if (this.element.open) this.element.close();
  }

  /** The dialog closed (Esc, button, outside): the address forgets it. */
  closed() {
    this.path = null;
    this.bodyTarget.replaceChildren();
    if (!location.hash.startsWith(MARK)) return;
    if (history.state?.drawer) history.back();
    else history.replaceState(null, "", location.pathname + location.search);
  }

  outside(event) {
    if (event.target === this.element && event.clientX < this.element.getBoundingClientRect().left) this.close();
  }
});
