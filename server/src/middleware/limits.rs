//! How much a client may send, and how long it may take.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::problem::Refusal;

/// The largest body, in bytes.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// The largest form of a content page, in bytes: its fields have limits of their own, and a letter
/// may take nine bytes in it.
pub(crate) const MAX_FORM: usize = 512 * 1024;

/// How much of a body that is too large is read all the same, in bytes.
const SWALLOWED: usize = 16 * 1024 * 1024;

/// Reads a whole body of at most so many bytes, for so long at most.
pub(crate) async fn read_body(
    headers: &HeaderMap,
    body: Body,
    most: usize,
    time: Duration,
) -> Result<Bytes, Refusal> {
    if announced(headers).is_some_and(|length| length > most) {
        if !headers.contains_key(header::EXPECT) {
            swallow(body, time).await;
        }
        return Err(Refusal::too_large());
    }
    let mut body = body;
    let whole = Limited::new(&mut body, most).collect();
    match timeout(time, whole).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            swallow(body, time).await;
            Err(Refusal::too_large())
        }
        Ok(Err(_)) => Err(Refusal::bad_request("The body was cut off.")),
        Err(_) => Err(Refusal::timed_out()),
    }
}

/// Reads on for a while without keeping anything. A connection that is closed with unread bytes is
/// reset, and a client that was still sending would never see why it was refused.
async fn swallow(mut body: Body, time: Duration) {
    let swallowing = async {
        let mut left = SWALLOWED;
        while let Some(Ok(frame)) = body.frame().await {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            if left == 0 {
                return;
            }
        }
    };
    let _ = timeout(time, swallowing).await;
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, StatusCode};
    use hyper::body::Frame;

    use super::*;

    async fn status(headers: &HeaderMap, body: Body) -> Option<StatusCode> {
        read_body(headers, body, MAX_BODY, Duration::from_secs(15))
            .await
            .err()
            .map(|refusal| refusal.status)
    }

    #[tokio::test]
    async fn a_body_may_have_64_kib() {
        let headers = HeaderMap::new();
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
        let headers = HeaderMap::from_iter([(header::CONTENT_LENGTH, length)]);
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
            status(&HeaderMap::new(), Body::new(Endless)).await,
            timed_out
        );
    }
}
