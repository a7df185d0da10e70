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
use types::{Problem, pages::PageLookup};

use crate::{
    navigation::{HistoryAction, Navigation},
    pages::{error_page::ErrorPage, not_found::NotFoundPage},
    server_fn_problem::ServerFnProblem,
};

mod erased_model;

use erased_model::ErasedModel;

type ReadResult = Result<PageLookup<ErasedModel>, ServerFnProblem>;
type ReadFuture = Pin<Box<dyn Future<Output = ReadResult> + Send>>;
/// Reads the model for the key that the page had when this was created.
type ReadFn = Box<dyn Fn() -> ReadFuture + Send + Sync>;
type ViewFn = Arc<dyn Fn(&ErasedModel) -> Option<AnyView> + Send + Sync>;

/// A page with the model of a key. When the key changes the model is read again; the previous view
/// stays until it is there. The server waits for the model and sends it with the page, so that
/// hydration starts from the same one.
pub(crate) fn page_from<K, M, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    read: impl Fn(K) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    K: Clone + Send + Sync + 'static,
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<PageLookup<M>, ServerFnProblem>> + Send + 'static,
{
    page_from_or(key, read, view, in_place_of_page)
}

/// The same for a page below an artist, whose path has the slugs of the artist and its own.
pub(crate) fn artist_page_from<M, F>(
    read: impl Fn(String, String, String) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<PageLookup<M>, ServerFnProblem>> + Send + 'static,
{
    let (artist, slug, query) = (parameter("artist"), parameter("slug"), query());
    self::page_from(
        move || (artist.get(), slug.get(), query.get()),
        move |(artist, slug, query)| read(artist, slug, query),
        view,
    )
}

/// The same with a custom view for a model that cannot be read.
pub(crate) fn page_from_or<K, M, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    read: impl Fn(K) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Send + Sync + 'static,
    error_view: fn(Problem) -> AnyView,
) -> AnyView
where
    K: Clone + Send + Sync + 'static,
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<PageLookup<M>, ServerFnProblem>> + Send + 'static,
{
    PageResource::new(key, read).show(view, error_view)
}

/// The model of a page, which several views can share.
pub(crate) struct PageResource<M> {
    payload: Memo<Resource<ReadResult>>,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for PageResource<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for PageResource<M> {}

impl<M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> PageResource<M> {
    /// Reads the model, and again when the key changes or the page is requested again.
    pub(crate) fn new<K, F>(
        key: impl Fn() -> K + Send + Sync + 'static,
        read: impl Fn(K) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        K: Clone + Send + Sync + 'static,
        F: Future<Output = Result<PageLookup<M>, ServerFnProblem>> + Send + 'static,
    {
        let reader = move || -> ReadFn {
            let (key, read) = (key(), read.clone());
            Box::new(move || {
                let reading = read(key.clone());
                Box::pin(async move { reading.await.map(erase_model) })
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
        let model_resource = self.payload;
        render_transition(
            Box::new(move || model_resource.get()),
            erase_view(view),
            trouble,
        )
    }

    /// A view of the first model, and of the current one whenever `of` changes. Models between two
    /// changes do not rebuild this view.
    pub(crate) fn render_on<U: PartialEq + Send + Sync + 'static>(
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
        render_transition(Box::new(current), erase_view(view), trouble)
    }
}

/// Renders a view into new elements. Otherwise Leptos would reuse the elements of the previous view,
/// and an input of one page would keep the text that was typed on another.
fn render_new_elements(number: u32, view: AnyView) -> impl IntoView {
    keyed(
        [(number, view)],
        |(number, _)| *number,
        |_, (_, view)| (|_| (), view),
    )
}

fn erase_model<M: Serialize + Send + Sync + 'static>(
    found: PageLookup<M>,
) -> PageLookup<ErasedModel> {
    match found {
        PageLookup::Page(model) => PageLookup::Page(ErasedModel::of(model)),
        PageLookup::Redirect(address) => PageLookup::Redirect(address),
    }
}

fn erase_view<M: Clone + DeserializeOwned + 'static>(
    view: impl Fn(M) -> AnyView + Send + Sync + 'static,
) -> ViewFn {
    Arc::new(move |payload| payload.model().map(&view))
}

/// The pending or finished read. `reader` is called again when a signal that it reads has changed.
fn payload(reader: Box<dyn Fn() -> ReadFn + Send + Sync>) -> Memo<Resource<ReadResult>> {
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

fn render_transition(
    current: Box<dyn Fn() -> Resource<ReadResult> + Send + Sync>,
    view: ViewFn,
    trouble: fn(Problem) -> AnyView,
) -> AnyView {
    let count = AtomicU32::new(0);
    let shown = move || {
        let (view, payload) = (view.clone(), current());
        let number = count.fetch_add(1, Ordering::Relaxed);
        Suspend::new(
            async move { render_new_elements(number, show(payload.await, &view, trouble)) },
        )
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

fn show(found: ReadResult, view: &ViewFn, trouble: fn(Problem) -> AnyView) -> AnyView {
    match found {
        Ok(PageLookup::Page(payload)) => {
            view(&payload).unwrap_or_else(|| trouble(Problem::Internal))
        }
        Ok(PageLookup::Redirect(address)) => {
            follow_redirect(&address);
            ().into_any()
        }
        Err(ServerFnProblem(Problem::NotFound)) => NotFoundPage().into_any(),
        Err(ServerFnProblem(Problem::StalePage)) if cfg!(not(feature = "ssr")) => reload_document(),
        Err(ServerFnProblem(problem)) => trouble(problem),
    }
}

/// The page has moved: the response is a redirect.
#[cfg(feature = "ssr")]
fn follow_redirect(address: &str) {
    crate::response::redirect(address);
}

#[cfg(not(feature = "ssr"))]
fn follow_redirect(address: &str) {
    Navigation::current().go(address, HistoryAction::Replace);
}

/// Reloads the document: this page belongs to another build than the server, and a reload brings the
/// matching WebAssembly.
fn reload_document() -> AnyView {
    let address = Navigation::current().address_now();
    HistoryAction::Browser.load(address.as_str());
    ().into_any()
}

pub(crate) fn in_place_of_page(problem: Problem) -> AnyView {
    view! { <ErrorPage problem/> }.into_any()
}
