// <div data-controller="tabs"> <div class="tabs" role="tablist"> <button role="tab" aria-controls="a"
// data-tabs-target="tab" data-action="tabs#choose"> … <section id="a" role="tabpanel" data-tabs-target="panel">
// Tabs with addresses of their own are plain links; they need no script.
import { Controller, register } from "../sheke.js";

register("tabs", class extends Controller {
  static targets = ["tab", "panel"];

  connect() {
    this.element.querySelector("[role=tablist]")?.addEventListener("keydown", (event) => this.key(event));
    this.show(this.tabTargets.find((tab) => tab.getAttribute("aria-selected") === "true") ?? this.tabTargets[0]);
  }

  choose(event) { this.show(event.currentTarget); }

  show(chosen) {
    for (const tab of this.tabTargets) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    for (const panel of this.panelTargets) panel.hidden = panel.id !== chosen?.getAttribute("aria-controls");
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = this.tabTargets;
    const next = tabs.at((tabs.indexOf(document.activeElement) + step) % tabs.length);
    this.show(next);
    next.focus();
  }
});
