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
/// Reads the model for the key at the time when this closure was created.
type ReadFn = Box<dyn Fn() -> ReadFuture + Send + Sync>;
type ViewFn = Arc<dyn Fn(&ErasedModel) -> Option<AnyView> + Send + Sync>;

/// A page that shows the model of `key`. When the key changes, the model is read again, and the
/// previous view stays until it has arrived. The server waits for the model and sends it in the
/// document, and hydration starts from it. If the model cannot be read, the page is an [`ErrorPage`].
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

/// [`page_from`] for the page of a video or product. `read` gets the slug of the artist, the slug of
/// the entity and the query.
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

/// [`page_from`] with a custom view, `on_problem`, for a problem that is not a 404.
pub(crate) fn page_from_or<K, M, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    read: impl Fn(K) -> F + Clone + Send + Sync + 'static,
    view: impl Fn(M) -> AnyView + Send + Sync + 'static,
    on_problem: fn(Problem) -> AnyView,
) -> AnyView
where
    K: Clone + Send + Sync + 'static,
    M: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<PageLookup<M>, ServerFnProblem>> + Send + 'static,
{
    PageResource::new(key, read).show(view, on_problem)
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
    /// Reads the model, and reads it again when the key changes or the page is visited again.
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

    /// A view that is rebuilt for every model that is read. `on_problem` renders a problem.
    pub(crate) fn show(
        self,
        view: impl Fn(M) -> AnyView + Send + Sync + 'static,
        on_problem: fn(Problem) -> AnyView,
    ) -> AnyView {
        let model_resource = self.payload;
        render_transition(
            Box::new(move || model_resource.get()),
            erase_view(view),
            on_problem,
        )
    }

    /// A view that is built from the first model, and rebuilt from the current one when `of` changes.
    /// A model that is read in between does not rebuild it.
    pub(crate) fn render_on<U: PartialEq + Send + Sync + 'static>(
        self,
        of: Memo<U>,
        view: impl Fn(M) -> AnyView + Send + Sync + 'static,
        on_problem: fn(Problem) -> AnyView,
    ) -> AnyView {
        let payload = self.payload;
        let current = move || {
            of.track();
            payload.get_untracked()
        };
        render_transition(Box::new(current), erase_view(view), on_problem)
    }
}

/// Renders a view into new elements, because `number` is new. Leptos would reuse the elements of the
/// previous view, and an input of one page would keep the text that was typed on another.
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

/// The pending or finished read of the model. `reader` is called again when a signal that it reads
/// changes, or when the page is visited again.
fn payload(reader: Box<dyn Fn() -> ReadFn + Send + Sync>) -> Memo<Resource<ReadResult>> {
    let navigation = Navigation::current();
    // One resource for all keys would await its reads in order, so the slow response of an old key
    // would be shown before that of the current one. So each key gets a new resource, which drops the
    // previous one. A resource cannot be compared, so the memo always notifies (`|_, _| true`).
    let payload = Memo::new_with_compare(
        move |_| {
            navigation.renewals();
            let reader = reader();
            Resource::new_blocking(|| (), move |()| reader())
        },
        |_, _| true,
    );
    // Creates the resource now: before the router shows a page, it waits for the resources that were
    // created with its view.
    payload.get_untracked();
    payload
}

fn render_transition(
    current: Box<dyn Fn() -> Resource<ReadResult> + Send + Sync>,
    view: ViewFn,
    on_problem: fn(Problem) -> AnyView,
) -> AnyView {
    let count = AtomicU32::new(0);
    let shown = move || {
        let (view, payload) = (view.clone(), current());
        let number = count.fetch_add(1, Ordering::Relaxed);
        Suspend::new(
            async move { render_new_elements(number, show(payload.await, &view, on_problem)) },
        )
    };
    view! { <Transition>{shown}</Transition> }.into_any()
}

/// A parameter of the page's path; empty if the route has none of this name.
pub(crate) fn parameter(name: &'static str) -> Memo<String> {
    let parameters = use_params_map();
    Memo::new(move |_| parameters.with(|all| all.get(name)).unwrap_or_default())
}

/// The query string of the page's URL, without the question mark.
///
/// The query itself is read untracked: it changes before the router replaces the page, so the page
/// that is being left would read its model again for the query of the next page. The memo tracks the
/// route's own URL and parameters instead, which change when this page is still the one shown.
pub(crate) fn query() -> Memo<String> {
    let (url, parameters, location) = (use_url(), use_params_map(), use_location());
    Memo::new(move |_| {
        url.track();
        parameters.with(|_| ());
        location.search.get_untracked()
    })
}

fn show(found: ReadResult, view: &ViewFn, on_problem: fn(Problem) -> AnyView) -> AnyView {
    match found {
        Ok(PageLookup::Page(payload)) => {
            view(&payload).unwrap_or_else(|| on_problem(Problem::Internal))
        }
        Ok(PageLookup::Redirect(address)) => {
            follow_redirect(&address);
            ().into_any()
        }
        Err(ServerFnProblem(Problem::NotFound)) => NotFoundPage().into_any(),
        Err(ServerFnProblem(Problem::StalePage)) if cfg!(not(feature = "ssr")) => reload_document(),
        Err(ServerFnProblem(problem)) => on_problem(problem),
    }
}

/// Redirects to `address`, because the page has moved.
#[cfg(feature = "ssr")]
fn follow_redirect(address: &str) {
    crate::response::redirect(address);
}

#[cfg(not(feature = "ssr"))]
fn follow_redirect(address: &str) {
    Navigation::current().go(address, HistoryAction::Replace);
}

/// Reloads the document: the WebAssembly in the browser is of another build than the server, and a
/// reload fetches the matching one.
fn reload_document() -> AnyView {
    let address = Navigation::current().address_now();
    HistoryAction::Browser.load(address.as_str());
    ().into_any()
}

pub(crate) fn in_place_of_page(problem: Problem) -> AnyView {
    view! { <ErrorPage problem/> }.into_any()
}
