// The entry of every page: the shared controllers and what htmx needs from us.
import "./htmx_hooks.js";
import "./controllers/autosubmit_controller.js";
import "./controllers/checks_controller.js";
import "./controllers/combobox_controller.js";
import "./controllers/confirm_controller.js";
import "./controllers/dialog_controller.js";
import "./controllers/drawer_controller.js";
import "./controllers/dropzone_controller.js";
import "./controllers/fold_controller.js";
import "./controllers/hotkeys_controller.js";
import "./controllers/menu_controller.js";
import "./controllers/reveal_controller.js";
import "./controllers/rows_controller.js";
import "./controllers/tabs_controller.js";
import "./controllers/theme_controller.js";
import "./controllers/toast_controller.js";
import "./controllers/undo_controller.js";
