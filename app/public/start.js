// Loads the islands' code, and only where a page has an island.
if (document.querySelector("leptos-island")) {
  const base = new URL(".", import.meta.url);
  const islands = await import(new URL("cairn.js", base));
  await islands.default({ module_or_path: new URL("cairn.wasm", base) });
  islands.hydrate();
  // An island inside an island's children waits for the outer one.
  const wake = async (node) => {
    for (const child of node.children) {
      if (child.localName === "leptos-island") await islands[child.dataset.component]?.(child);
      await wake(child);
    }
  };
  await wake(document.body);
}
