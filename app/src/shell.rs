//! The HTML document around every page.

use leptos::{config::LeptosOptions, nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{
    app::App,
    app_context::encoded,
    navigation::Address,
    page::{PageAssets, PageState, ProgramAssets},
    texts::texts,
};

/// The HTML document. It reads [`PageState`] and [`PageAssets`] from contexts. With the context
/// [`LeptosOptions`], `cargo leptos watch` reloads the page.
pub fn shell() -> impl IntoView {
    let assets = use_context::<PageAssets>().unwrap_or_default();
    let state = use_context::<PageState>().unwrap_or_default();
    let is_in_trouble = state.problem.is_some();
    let PageAssets {
        style,
        frontend,
        icon,
        build,
    } = assets;
    // An error page works without WebAssembly, and loading it would add to the load of the server.
    let is_alive = !frontend.start.is_empty() && !is_in_trouble;
    let part_files = frontend.part_files(Address::of_request().path()).to_vec();
    view! {
        <!DOCTYPE html>
        <html lang=texts().document.lang data-build=build>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <MetaTags/>
                <meta name="color-scheme" content="light dark"/>
                <meta
                    name="theme-color"
                    media="(prefers-color-scheme: light)"
                    content="#fbf6ee"
                />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1b1410"/>
                <link rel="stylesheet" href=style/>
                <link rel="icon" type="image/svg+xml" href=icon/>
                {use_context::<LeptosOptions>().map(|options| view! { <AutoReload options/> })}
                {is_alive.then(|| program(frontend))}
                {is_alive.then(|| part_files.into_iter().map(fetch_hint).collect_view())}
            </head>
            <body data-state=is_alive.then(|| encoded(&state)).flatten()>
                <App/>
            </body>
        </html>
    }
}

/// The scripts that hydrate the page. A module script runs after the document was parsed; with
/// `async` it could run before the state at the end of the document is there.
fn program(program: ProgramAssets) -> impl IntoView {
    view! {
        {hints(program.bindings, program.module)}
        {(!program.loader.is_empty()).then(|| module_hint(program.loader))}
        <script type="module" src=program.start nonce=use_nonce() fetchpriority="low"></script>
    }
}

/// Preloads the files that the start script requests, before that script is there.
fn hints(bindings: String, module: String) -> impl IntoView {
    view! {
        {module_hint(bindings)}
        {fetch_hint(module)}
    }
}

fn module_hint(script: String) -> impl IntoView {
    view! { <link rel="modulepreload" href=script nonce=use_nonce() fetchpriority="low"/> }
}

fn fetch_hint(file: String) -> impl IntoView {
    view! {
        <link
            rel="preload"
            href=file
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
            fetchpriority="low"
        />
    }
}

#[cfg(test)]
mod tests;
