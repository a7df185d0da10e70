//! Pages whose model a server function reads.

use std::{
    marker::PhantomData,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use leptos::{prelude::*, tachys::view::keyed::keyed};
use leptos_router::hooks::{use_location, use_params_map, use_url};
use serde::{Serialize, de::DeserializeOwned};
use types::{Problem, pages::Found};

use crate::{
    failure::Failure,
    navigation::{Left, Navigation},
    pages::{not_found::NotFoundPage, trouble::TroublePage},
};

mod payload;

use payload::Payload;

type Read = Result<Found<Payload>, Failure>;
type Reading = Pin<Box<dyn Future<Output = Read> + Send>>;
/// Reads the model for the key that the page had when this was created.
type Reader = Box<dyn Fn() -> Reading + Send + Sync>;
type View = Arc<dyn Fn(&Payload) -> Option<AnyView> + Send + Sync>;

/// A page with the model of a key. When the key changes the model is read again; the previous view
/// stays until it is there. The server waits for the model and sends it with the page, so that
/// hydration starts from the same one.
pub(crate) fn read<K, M, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    read: impl Fn(K) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    K: Clone + Send + Sync + 'static,
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<Found<M>, Failure>> + Send + 'static,
{
    read_or(key, read, view, in_place_of_page)
}

/// The same for a page below an artist, whose path has the slugs of the artist and its own.
pub(crate) fn read_of_artist<M, F>(
    read: impl Fn(String, String, String) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Send + Sync + 'static,
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

/// The same with a custom view for a model that cannot be read.
pub(crate) fn read_or<K, M, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    read: impl Fn(K) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Send + Sync + 'static,
    trouble: fn(Problem) -> AnyView,
) -> AnyView
where
    K: Clone + Send + Sync + 'static,
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<Found<M>, Failure>> + Send + 'static,
{
    Model::new(key, read).show(view, trouble)
}

/// The model of a page, which several views can share.
pub(crate) struct Model<M> {
    payload: Memo<Resource<Read>>,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Model<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Model<M> {}

impl<M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Model<M> {
    /// Reads the model, and again when the key changes or the page is requested again.
    pub(crate) fn new<K, F>(
        key: impl Fn() -> K + Send + Sync + 'static,
        read: impl Fn(K) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        K: Clone + Send + Sync + 'static,
        F: Future<Output = Result<Found<M>, Failure>> + Send + 'static,
    {
        let reader = move || -> Reader {
            let (key, read) = (key(), read.clone());
            Box::new(move || {
                let reading = read(key.clone());
                Box::pin(async move { reading.await.map(to_payload) })
            })
        };
        Self {
            payload: payload(Box::new(reader)),
            model: PhantomData,
        }
    }

    /// A view of every model that is read.
    pub(crate) fn show(
        self,
        view: impl Fn(M) -> AnyView + Send + Sync + 'static,
        trouble: fn(Problem) -> AnyView,
    ) -> AnyView {
        let payload = self.payload;
        shown(Box::new(move || payload.get()), erased(view), trouble)
    }

    /// A view of the first model, and of the current one whenever `of` changes. Models between two
    /// changes do not rebuild this view.
    pub(crate) fn show_for<U: PartialEq + Send + Sync + 'static>(
        self,
        of: Memo<U>,
        view: impl Fn(M) -> AnyView + Send + Sync + 'static,
        trouble: fn(Problem) -> AnyView,
    ) -> AnyView {
        let payload = self.payload;
        let current = move || {
            of.track();
            payload.get_untracked()
        };
        shown(Box::new(current), erased(view), trouble)
    }
}

/// Renders a view into new elements. Otherwise Leptos would reuse the elements of the previous view,
/// and an input of one page would keep the text that was typed on another.
fn fresh(number: u32, view: AnyView) -> impl IntoView {
    keyed(
        [(number, view)],
        |(number, _)| *number,
        |_, (_, view)| (|_| (), view),
    )
}

fn to_payload<M: Serialize + Send + Sync + 'static>(found: Found<M>) -> Found<Payload> {
    match found {
        Found::Page(model) => Found::Page(Payload::of(model)),
        Found::Moved(address) => Found::Moved(address),
    }
}

fn erased<M: Clone + DeserializeOwned + 'static>(
    view: impl Fn(M) -> AnyView + Send + Sync + 'static,
) -> View {
    Arc::new(move |payload| payload.model().map(&view))
}

/// The pending or finished read. `reader` is called again when a signal that it reads has changed.
fn payload(reader: Box<dyn Fn() -> Reader + Send + Sync>) -> Memo<Resource<Read>> {
    let navigation = Navigation::current();
    // A resource processes its keys in order: a slow response would delay the one that is wanted, and
    // would be shown first. So each key gets a resource of its own, and the previous one is dropped.
    let payload = Memo::new_with_compare(
        move |_| {
            navigation.renewals();
            let reader = reader();
            Resource::new_blocking(|| (), move |()| reader())
        },
        |_, _| true,
    );
    // The router waits for resources that are created now before it shows the page.
    payload.get_untracked();
    payload
}

fn shown(
    current: Box<dyn Fn() -> Resource<Read> + Send + Sync>,
    view: View,
    trouble: fn(Problem) -> AnyView,
) -> AnyView {
    let count = AtomicU32::new(0);
    let shown = move || {
        let (view, payload) = (view.clone(), current());
        let number = count.fetch_add(1, Ordering::Relaxed);
        Suspend::new(async move { fresh(number, show(payload.await, &view, trouble)) })
    };
    view! { <Transition>{shown}</Transition> }.into_any()
}

/// A parameter of the current page's path.
pub(crate) fn parameter(name: &'static str) -> Memo<String> {
    let parameters = use_params_map();
    Memo::new(move |_| parameters.with(|all| all.get(name)).unwrap_or_default())
}

/// The query of the current page's URL, without the question mark. It is not tracked directly: the
/// page that is left must not react to the URL of the next one. Between two pages of one route the
/// router changes only the parameters, so those are tracked.
pub(crate) fn query() -> Memo<String> {
    let (url, parameters, location) = (use_url(), use_params_map(), use_location());
    Memo::new(move |_| {
        url.track();
        parameters.with(|_| ());
        location.search.get_untracked()
    })
}

fn show(found: Read, view: &View, trouble: fn(Problem) -> AnyView) -> AnyView {
    match found {
        Ok(Found::Page(payload)) => view(&payload).unwrap_or_else(|| trouble(Problem::Internal)),
        Ok(Found::Moved(address)) => {
            follow(&address);
            ().into_any()
        }
        Err(Failure(Problem::NotFound)) => NotFoundPage().into_any(),
        Err(Failure(Problem::StalePage)) if cfg!(not(feature = "ssr")) => load_again(),
        Err(Failure(problem)) => trouble(problem),
    }
}

/// The page has moved: the response is a redirect.
#[cfg(feature = "ssr")]
fn follow(address: &str) {
    crate::answer::redirect(address);
}

#[cfg(not(feature = "ssr"))]
fn follow(address: &str) {
    Navigation::current().go(address, Left::Replaced);
}

/// Reloads the document: this page belongs to another build than the server, and a reload brings the
/// matching WebAssembly.
fn load_again() -> AnyView {
    let address = Navigation::current().address_now();
    Left::Known.load(address.as_str());
    ().into_any()
}

pub(crate) fn in_place_of_page(problem: Problem) -> AnyView {
    view! { <TroublePage problem/> }.into_any()
}
