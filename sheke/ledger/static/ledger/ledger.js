// What the ledger's forms do in the browser.
import "../site/js/print_controller.js";
import "./several_controller.js";
import "./unsaved_controller.js";
import "./table_type_controller.js";
