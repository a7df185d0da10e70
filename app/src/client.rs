//! The HTTP client of server functions in the browser.

use futures::{Sink, Stream};
use leptos::prelude::document;
use server_fn::{
    Bytes,
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    request::browser::BrowserRequest,
    response::browser::BrowserResponse,
};

/// The request header with the build of the page.
const BUILD_HEADER: &str = "x-inspired-build";

/// Adds the build of the page to every call of a server function. After an upgrade of the server,
/// an open page then gets [`Problem::StalePage`](types::Problem::StalePage) instead of an answer
/// that it would misread.
#[derive(Debug)]
pub struct PageClient;

impl<E, I, O> Client<E, I, O> for PageClient
where
    E: FromServerFnError,
    I: FromServerFnError,
    O: FromServerFnError,
{
    type Request = BrowserRequest;
    type Response = BrowserResponse;

    fn send(request: Self::Request) -> impl Future<Output = Result<Self::Response, E>> + Send {
        request.headers().set(BUILD_HEADER, &build());
        <BrowserClient as Client<E, I, O>>::send(request)
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (
                impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static,
                impl Sink<Bytes> + Send + 'static,
            ),
            E,
        >,
    > + Send {
        <BrowserClient as Client<E, I, O>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<E, I, O>>::spawn(future);
    }
}

fn build() -> String {
    document()
        .document_element()
        .and_then(|html| html.get_attribute("data-build"))
        .unwrap_or_default()
}
