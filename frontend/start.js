// Starts the program beside this file. Without its WebAssembly, because the server is being replaced
// or the connection is gone, the page stays as it is: every form on it works. An error inside the
// program is not caught, because it is a defect that must be seen.
import init from "./program.js";

const module = await fetch(new URL("program_bg.wasm", import.meta.url)).catch(() => undefined);
if (module?.ok) {
  await init({ module_or_path: module });
}
