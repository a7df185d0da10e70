//! Limits of request bodies: size, time and memory.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header, request::Parts},
};
use http_body_util::BodyExt;
use tokio::time::timeout;
use types::Problem;

use super::body_budget::{BodyLease, BudgetExhausted};
use crate::problem::ProblemResponse;

/// Maximum size of a body in bytes, except forms of signed-in users.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// Maximum size of a form of the studio with a session, in bytes. Its fields have limits of their own;
/// a character may take nine bytes when percent-encoded.
pub(crate) const MAX_FORM: usize = 512 * 1024;

/// Maximum number of bytes that are read of a body that is refused.
const MAX_DRAINED: usize = 16 * 1024 * 1024;

/// Seconds in `Retry-After` if there is no memory for a body.
const RETRY_AFTER: u32 = 2;
/// Size of the first allocation for a body, in bytes.
const FIRST_ALLOCATION: usize = 4 * 1024;

/// Why reading a body has stopped.
enum BodyError {
    TooLarge,
    NoMemory,
    CutOff,
}

/// Reads a whole body of at most `most` bytes within `time`. Memory is taken from the budget of all
/// bodies as bytes arrive; the announced length allocates nothing.
pub(crate) async fn read_body(
    parts: &Parts,
    body: Body,
    most: usize,
    time: Duration,
) -> Result<Bytes, ProblemResponse> {
    let headers = &parts.headers;
    if content_length(headers).is_some_and(|length| length > most) {
        if !headers.contains_key(header::EXPECT) {
            drain(body, time).await;
        }
        return Err(ProblemResponse::too_large());
    }
    let lease: &BodyLease = parts.extensions.get().ok_or(Problem::Internal)?;
    let mut body = body;
    let stop = match timeout(time, collect(&mut body, most, lease)).await {
        Ok(Ok(whole)) => return Ok(whole),
        Ok(Err(stop)) => stop,
        Err(_) => return Err(ProblemResponse::timed_out()),
    };
    lease.give_back();
    let refusal = match stop {
        BodyError::TooLarge => ProblemResponse::too_large(),
        BodyError::NoMemory => Problem::Busy(RETRY_AFTER).into(),
        BodyError::CutOff => return Err(ProblemResponse::bad_request("The body was cut off.")),
    };
    drain(body, time).await;
    Err(refusal)
}

/// Copies a body out of the buffers of the connection: a small piece would otherwise keep a whole
/// buffer alive.
async fn collect(body: &mut Body, most: usize, lease: &BodyLease) -> Result<Bytes, BodyError> {
    let mut whole = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| BodyError::CutOff)?;
        let Some(piece) = frame.data_ref() else {
            continue;
        };
        let length = whole.len() + piece.len();
        if length > most {
            return Err(BodyError::TooLarge);
        }
        if length > whole.capacity() {
            let wanted = (2 * whole.capacity())
                .max(FIRST_ALLOCATION)
                .min(most)
                .max(length);
            let more = wanted - whole.capacity();
            lease
                .take(more)
                .map_err(|BudgetExhausted| BodyError::NoMemory)?;
            whole.reserve_exact(wanted - whole.len());
        }
        whole.extend_from_slice(piece);
    }
    Ok(whole.into())
}

/// Reads and discards a limited part of a body. Closing a connection with unread bytes resets it, and
/// a client that is still sending would never see the response.
async fn drain(mut body: Body, time: Duration) {
    let swallowing = async {
        let mut left = MAX_DRAINED;
        while let Some(Ok(frame)) = body.frame().await {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            if left == 0 {
                return;
            }
        }
    };
    let _ = timeout(time, swallowing).await;
}

fn content_length(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// The head of a request as the middleware passes it on, with a lease for its body.
#[cfg(test)]
pub(crate) fn parts(headers: HeaderMap) -> Parts {
    parts_within(
        &super::body_budget::BodyBudget::new(usize::MAX, usize::MAX),
        headers,
    )
}

#[cfg(test)]
fn parts_within(budget: &super::body_budget::BodyBudget, headers: HeaderMap) -> Parts {
    let mut request = axum::http::Request::new(());
    *request.headers_mut() = headers;
    let source = domain::ClientNetwork::new([192, 0, 2, 1].into());
    request.extensions_mut().insert(budget.lease(source));
    request.into_parts().0
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, StatusCode};
    use futures::stream;
    use hyper::body::Frame;

    use super::*;
    use crate::middleware::body_budget::BodyBudget;

    /// A body in chunks of one kilobyte.
    fn pieces(kilobytes: usize) -> Body {
        let pieces = (0..kilobytes).map(|_| Ok::<_, std::io::Error>(vec![b'a'; 1024]));
        Body::from_stream(stream::iter(pieces))
    }

    #[tokio::test]
    async fn all_bodies_in_memory_share_one_budget_until_there_is_an_answer() {
        let budget = BodyBudget::new(40 * 1024, usize::MAX);
        let (one, other) = (
            parts_within(&budget, HeaderMap::new()),
            parts_within(&budget, HeaderMap::new()),
        );
        assert_eq!(status(&one, pieces(30)).await, None);
        let busy = Some(StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(status(&other, pieces(30)).await, busy);
        assert_eq!(status(&other, pieces(4)).await, None);
        drop(one);
        assert_eq!(status(&other, pieces(30)).await, None);
    }

    #[tokio::test]
    async fn a_body_in_pieces_takes_what_it_is_long_and_not_what_it_announces() {
        let budget = BodyBudget::new(8 * 1024, usize::MAX);
        let length = HeaderValue::from_static("60000");
        let headers = HeaderMap::from_iter([(header::CONTENT_LENGTH, length)]);
        let parts = parts_within(&budget, headers);
        assert_eq!(status(&parts, pieces(8)).await, None);
        let other = parts_within(&budget, HeaderMap::new());
        let busy = Some(StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(status(&other, pieces(1)).await, busy);
    }

    #[tokio::test]
    async fn a_body_that_is_refused_gives_its_memory_back() {
        let budget = BodyBudget::new(MAX_BODY, usize::MAX);
        let large = parts_within(&budget, HeaderMap::new());
        let too_large = Some(StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(status(&large, pieces(65)).await, too_large);
        let other = parts_within(&budget, HeaderMap::new());
        assert_eq!(status(&other, pieces(64)).await, None);
    }

    async fn status(parts: &Parts, body: Body) -> Option<StatusCode> {
        read_body(parts, body, MAX_BODY, Duration::from_secs(15))
            .await
            .err()
            .map(|refusal| refusal.status)
    }

    #[tokio::test]
    async fn a_body_may_have_64_kib() {
        let headers = parts(HeaderMap::new());
        assert_eq!(status(&headers, Body::from(vec![0; MAX_BODY])).await, None);
        let too_large = Some(StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(
            status(&headers, Body::from(vec![0; MAX_BODY + 1])).await,
            too_large
        );
    }

    #[tokio::test]
    async fn an_announced_length_is_believed_before_anything_is_read() {
        let length = HeaderValue::from_static("65537");
        let headers = parts(HeaderMap::from_iter([(header::CONTENT_LENGTH, length)]));
        let too_large = Some(StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(status(&headers, Body::empty()).await, too_large);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_never_ends_is_cut_off() {
        struct Endless;
        impl hyper::body::Body for Endless {
            type Data = Bytes;
            type Error = std::convert::Infallible;
            fn poll_frame(
                self: std::pin::Pin<&mut Self>,
                _: &mut std::task::Context<'_>,
            ) -> std::task::Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
                std::task::Poll::Pending
            }
        }
        let timed_out = Some(StatusCode::REQUEST_TIMEOUT);
        assert_eq!(
            status(&parts(HeaderMap::new()), Body::new(Endless)).await,
            timed_out
        );
    }
}
