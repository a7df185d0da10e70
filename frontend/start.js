// Starts the program beside this file. Without its WebAssembly, because the server is being replaced
// or the connection is gone, the page stays as it is: every form on it works. An error inside the
// program is not caught, because it is a defect that must be seen.
import init from "./program.js";

// Somebody can go back or forward to another page of the same document while the program comes; it
// makes only that page alive whose document this is.
document.documentElement.dataset.address ??= location.pathname + location.search;

const module = await fetch(new URL("program_bg.wasm", import.meta.url)).catch(() => undefined);
if (module?.ok) {
  await init({ module_or_path: module });
}
