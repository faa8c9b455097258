// What htmx does on our pages beyond its defaults: say when something fails, close what is done,
// and put the keyboard where the new content is.
import { toast, word } from "./sheke.js";

document.addEventListener("htmx:beforeRequest", () => document.body.classList.add("is-fetching"));
document.addEventListener("htmx:afterRequest", () => document.body.classList.remove("is-fetching"));

document.addEventListener("htmx:responseError", ({ detail }) => {
  const { status } = detail.xhr;
  const key = { 403: "forbidden", 404: "missing", 409: "conflict" }[status] ?? "failed";
  toast(word(key), { level: "error" });
});
document.addEventListener("htmx:sendError", () => toast(word("offline"), { level: "error" }));
document.addEventListener("htmx:timeout", () => toast(word("offline"), { level: "error" }));

// A session that ended: the answer is the sign-in page, which belongs into the whole window.
document.addEventListener("htmx:beforeSwap", (event) => {
  const path = new URL(event.detail.xhr.responseURL || location.href, location.href).pathname;
  if (path === document.body.dataset.signIn) {
    event.detail.shouldSwap = false;
    location.assign(`${path}?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`);
  }
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const wanted = detail.elt.querySelectorAll?.("[autofocus], [aria-invalid='true']") ?? [];
  [...wanted].find((one) => !one.hidden)?.focus(); // a combobox hides its select
});
