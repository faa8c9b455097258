// What is done before the scripts of a page are there is not lost: a press that only scripts understand and a form that
// asks first wait for them, keys are pressed again and what was typed or chosen meanwhile is said again. Comes before
// all others, needs none.
(() => {
  const EXCHANGES = "[hx-get], [hx-post], [hx-put], [hx-delete]";
  const PRESSED = `:is(button[type=button], button[data-action]):not([popovertarget]), a[data-drawer], a[data-action], :is(a, button):is(${EXCHANGES})`;
  const SENT = `[data-confirm], ${EXCHANGES}`;
  const FIELDS = "input, textarea, select, [contenteditable]";
  const said = { input: new Set(), change: new Set() };
  const keys = [];
  let held = null;

  function hold(event, again) {
    event.preventDefault();
    event.stopImmediatePropagation();
    held = again;
    document.body.classList.add("is-fetching");
  }

  function press(event) {
    const node = event.target.closest(PRESSED);
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // a tab or window of its own
    if (node && !elsewhere) hold(event, () => node.click());
  }

  function send(event) {
    const { target, submitter } = event;
    if (target.matches(SENT) || submitter?.matches(SENT)) hold(event, () => target.requestSubmit(submitter));
  }

  function say(event) { said[event.type].add(event.target); }

  // A character outside a field is one of the page's own keys; of those with Ctrl only that of the search everywhere.
  function key(event) {
    const { altKey, ctrlKey, metaKey } = event;
    if (event.target.closest(FIELDS) || altKey || event.key.trim().length !== 1) return;
    if ((ctrlKey || metaKey) && event.key !== "k") return;
    event.preventDefault();
    keys.push([event.target, event]); // its target is told only while it happens
  }

  const heard = { click: press, keydown: key, submit: send, input: say, change: say };
  for (const [name, listener] of Object.entries(heard)) document.addEventListener(name, listener, true);

  // Modules and htmx begin with the document; whoever waits for it as well comes first.
  document.addEventListener("DOMContentLoaded", () => setTimeout(() => {
    for (const [name, listener] of Object.entries(heard)) document.removeEventListener(name, listener, true);
    for (const [name, fields] of Object.entries(said)) {
      for (const field of fields) if (field.isConnected) field.dispatchEvent(new Event(name, { bubbles: true }));
    }
    document.documentElement.dataset.ready = "";
    for (const [node, event] of keys) node.dispatchEvent(new KeyboardEvent("keydown", event));
    if (!held) return;
    document.body.classList.remove("is-fetching");
    held();
  }));
})();
