// Starts the program beside this file. Without its WebAssembly, because the server is being replaced
// or the connection is gone, the page stays as it is: every form on it works. An error inside the
// program is not caught, because it is a defect that must be seen.
import init from "./program.js";

const address = () => location.pathname + location.search;

const served = address();
const module = await fetch(new URL("program_bg.wasm", import.meta.url)).catch(() => undefined);
if (address() !== served) {
  // Somebody went back or forward meanwhile, to another page of the same document.
  location.reload();
} else if (module?.ok) {
  await init({ module_or_path: module });
}
