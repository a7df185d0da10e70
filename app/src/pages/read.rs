//! A page whose model is read by a server function.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map, use_url};
use serde::{Serialize, de::DeserializeOwned};
use types::{Problem, pages::Found};

use crate::{
    failure::Failure,
    navigation::{Left, Navigation},
    pages::{not_found::NotFoundPage, trouble::TroublePage},
};

/// Shows what is read for a key, and reads again when the key changes; what is shown stays until the
/// new model is there. The server waits for it, and the browser begins with the same one.
pub(crate) fn read<K, M, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    read: impl Fn(K) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    K: Clone + PartialEq + Send + Sync + 'static,
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<Found<M>, Failure>> + Send + 'static,
{
    read_or(key, read, view, in_place_of_page)
}

/// The same for a page that an artist has: its path names the artist and the page by their slugs.
pub(crate) fn read_of_artist<M, F>(
    read: impl Fn(String, String, String) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<Found<M>, Failure>> + Send + 'static,
{
    let (artist, slug, query) = (parameter("artist"), parameter("slug"), query());
    self::read(
        move || (artist.get(), slug.get(), query.get()),
        move |(artist, slug, query)| read(artist, slug, query),
        view,
    )
}

/// The same, with a view of its own for what cannot be read.
pub(crate) fn read_or<K, M, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    read: impl Fn(K) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Clone + Send + Sync + 'static,
    trouble: fn(Problem) -> AnyView,
) -> AnyView
where
    K: Clone + PartialEq + Send + Sync + 'static,
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<Found<M>, Failure>> + Send + 'static,
{
    let key = Memo::new(move |_| key());
    // A resource reads one key after the other: a slow answer would hold up the one that is waited for,
    // and be shown before it. So each key has its own, and the one before is forgotten.
    let model = Memo::new_with_compare(
        move |_| {
            let (key, read) = (key.get(), read.clone());
            Resource::new_blocking(|| (), move |()| read(key.clone()))
        },
        |_, _| true,
    );
    // The router waits for what is begun before the page is shown.
    model.get_untracked();
    let shown = move || {
        let (view, model) = (view.clone(), model.get());
        Suspend::new(async move { show(model.await, view, trouble) })
    };
    view! { <Transition>{shown}</Transition> }.into_any()
}

/// A part of the path of the page that is being shown.
pub(crate) fn parameter(name: &'static str) -> Memo<String> {
    let parameters = use_params_map();
    Memo::new(move |_| parameters.with(|all| all.get(name)).unwrap_or_default())
}

/// The query of the page that is being shown, without its question mark. The page that is left does not
/// follow the address of the one that comes. On the way between two pages of one route the router
/// changes the parameters alone.
pub(crate) fn query() -> Memo<String> {
    let (url, parameters, location) = (use_url(), use_params_map(), use_location());
    Memo::new(move |_| {
        url.track();
        parameters.with(|_| ());
        location.search.get_untracked()
    })
}

fn show<M>(
    found: Result<Found<M>, Failure>,
    view: impl Fn(M) -> AnyView,
    trouble: fn(Problem) -> AnyView,
) -> AnyView {
    match found {
        Ok(Found::Page(model)) => view(model),
        Ok(Found::Moved(address)) => {
            follow(&address);
            ().into_any()
        }
        Err(Failure(Problem::NotFound)) => NotFoundPage().into_any(),
        Err(Failure(Problem::StalePage)) if cfg!(not(feature = "ssr")) => load_again(),
        Err(Failure(problem)) => trouble(problem),
    }
}

/// The page stands elsewhere: its answer is a redirect.
#[cfg(feature = "ssr")]
fn follow(address: &str) {
    crate::answer::redirect(address);
}

#[cfg(not(feature = "ssr"))]
fn follow(address: &str) {
    Navigation::current().go(address, Left::Replaced);
}

/// A page that was asked for by a program of another build is loaded whole, with the program that
/// belongs to it.
fn load_again() -> AnyView {
    let address = Navigation::current().address_now();
    Left::Known.load(address.as_str());
    ().into_any()
}

fn in_place_of_page(problem: Problem) -> AnyView {
    view! { <TroublePage problem/> }.into_any()
}
