//! The HTML document around every page.

use leptos::{config::LeptosOptions, nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{
    app::App,
    navigation::Address,
    page::{PageAssets, PageState, ProgramAssets},
    state::encoded,
    texts::texts,
};

/// The whole document. It needs [`PageState`] and [`PageAssets`] as contexts. With [`LeptosOptions`],
/// `cargo leptos watch` reloads it.
pub fn shell() -> impl IntoView {
    let assets = use_context::<PageAssets>().unwrap_or_default();
    let state = use_context::<PageState>().unwrap_or_default();
    let is_in_trouble = state.trouble.is_some();
    let PageAssets {
        style,
        frontend,
        icon,
        build,
    } = assets;
    // A page that tells of trouble is complete as it is; the program would only add to the load.
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

/// The program that makes the page alive. A module waits for the whole document by itself: with
/// `async` it could start before the state at the document's end has arrived.
fn program(program: ProgramAssets) -> impl IntoView {
    view! {
        {hints(program.bindings, program.module)}
        {(!program.loader.is_empty()).then(|| module_hint(program.loader))}
        <script type="module" src=program.start nonce=use_nonce() fetchpriority="low"></script>
    }
}

/// Lets the browser fetch what the script that starts a program asks for, before it has that script.
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
