// Starts the WebAssembly program beside this file. If it cannot be loaded, because the server is being
// replaced or the network is down, the page stays as the server rendered it: every form works without the
// program. An exception in the program is not caught, so that the defect is seen.
import init from "./program.js";

// Records the URL for which the server rendered this document. While the program loads, the user can go
// back or forward to another URL of the same document; the program then must not hydrate this HTML.
document.documentElement.dataset.address ??= location.pathname + location.search;

const module = await fetch(new URL("program_bg.wasm", import.meta.url)).catch(() => undefined);
if (module?.ok) {
  await init({ module_or_path: module });
}
