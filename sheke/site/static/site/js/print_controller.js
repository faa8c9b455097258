// A button that prints the page.
import { Controller, register } from "./sheke.js";

register("print", class extends Controller {
  now() { window.print(); }
});
