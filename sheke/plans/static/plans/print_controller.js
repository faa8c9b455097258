// A button that prints the page.
import { Controller, register } from "../site/js/sheke.js";

register("print", class extends Controller {
  now() { window.print(); }
});
