//! A page whose model is read by a server function.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};
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
    read: impl Fn(K) -> F + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    K: Clone + PartialEq + Send + Sync + 'static,
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<Found<M>, Failure>> + Send + 'static,
{
    let model = Resource::new_blocking(key, read);
    let navigation = Navigation::current();
    Effect::new(move |before: Option<()>| {
        model.track();
        if before.is_some() {
            request_animation_frame(move || navigation.arrived());
        }
    });
    let shown = move || {
        let view = view.clone();
        Suspend::new(async move { show(model.await, view) })
    };
    view! { <Transition>{shown}</Transition> }.into_any()
}

/// A part of the path of the page that is being shown.
pub(crate) fn parameter(name: &'static str) -> Memo<String> {
    let parameters = use_params_map();
    Memo::new(move |_| parameters.with(|all| all.get(name)).unwrap_or_default())
}

/// The query of the page that is being shown, without its question mark. It is not that of the address:
/// the page that is left must not follow the one that comes.
pub(crate) fn query() -> Memo<String> {
    let url = use_url();
    Memo::new(move |_| url.with(|url| url.search().to_owned()))
}

fn show<M>(found: Result<Found<M>, Failure>, view: impl Fn(M) -> AnyView) -> AnyView {
    match found {
        Ok(Found::Page(model)) => view(model),
        Ok(Found::Moved(address)) => {
            follow(&address);
            ().into_any()
        }
        Err(Failure(Problem::NotFound)) => NotFoundPage().into_any(),
        Err(Failure(problem)) => in_place_of_page(problem),
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
fn in_place_of_page(problem: Problem) -> AnyView {
    if problem == Problem::StalePage && cfg!(not(feature = "ssr")) {
        Left::Known.load(Navigation::current().address_now().as_str());
        return ().into_any();
    }
    view! { <TroublePage problem/> }.into_any()
}
