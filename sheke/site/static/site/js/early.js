// What is done before the scripts of a page are there is not lost: a press that only scripts understand and a form that
// asks first wait for them, and what was typed or chosen meanwhile is said again. Comes before all others, needs none.
(() => {
  const EXCHANGES = "[hx-get], [hx-post], [hx-put], [hx-delete]";
  const PRESSED = `:is(button[type=button], button[data-action]):not([popovertarget]), a[data-drawer], a[data-action], :is(a, button):is(${EXCHANGES})`;
  const SENT = `[data-confirm], ${EXCHANGES}`;
  const said = { input: new Set(), change: new Set() };
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

  const heard = { click: press, submit: send, input: say, change: say };
  for (const [name, listener] of Object.entries(heard)) document.addEventListener(name, listener, true);

  // Modules and htmx begin with the document; whoever waits for it as well comes first.
  document.addEventListener("DOMContentLoaded", () => setTimeout(() => {
    for (const [name, listener] of Object.entries(heard)) document.removeEventListener(name, listener, true);
    for (const [name, fields] of Object.entries(said)) {
      for (const field of fields) if (field.isConnected) field.dispatchEvent(new Event(name, { bubbles: true }));
    }
    document.documentElement.dataset.ready = "";
    if (!held) return;
    document.body.classList.remove("is-fetching");
    held();
  }));
})();
