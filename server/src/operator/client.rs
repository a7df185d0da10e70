//! The client of the socket.

use std::{fs, io, os::unix::fs::MetadataExt, path::Path, time::Duration};

use anyhow::{Context, bail};
use rustix::process::geteuid;
use tokio::{net::UnixStream, time::timeout};

use super::{
    message::{MessageError, OperatorReply, OperatorRequest, receive, send},
    socket_address::{NAME, SocketAddress},
};

/// Maximum time for a request. Deleting all artists of an account takes a second.
pub(crate) const REPLY_TIMEOUT: Duration = Duration::from_secs(30);

/// Sends a request to the server that owns this data folder; `None` if there is no server.
///
/// # Errors
/// If the server cannot be reached, or ends or stays silent in the middle. Then it is unknown whether
/// the request was executed.
pub(crate) async fn send_request(
    folder: &Path,
    request: &OperatorRequest,
    patience: Duration,
) -> anyhow::Result<Option<OperatorReply>> {
    let path = folder.join(NAME);
    let exchange = async {
        let Some(mut stream) = connect(folder).await? else {
            return Ok(None);
        };
        check_peer(&stream, folder)?;
        let sent = send(&mut stream, request).await;
        let received = match sent {
            Ok(()) => receive(&mut stream).await,
            Err(error) => Err(error),
        };
        match received {
            Ok(reply) => Ok(Some(reply)),
            Err(error @ MessageError::Version { .. }) => bail!(
                "the server that runs is of another version: {error}; use the program that it was \
                 started from, or start it anew"
            ),
            Err(_) => bail!(
                "the server ended in the middle: {}",
                unknown_result(request)
            ),
        }
    };
    match timeout(patience, exchange).await {
        Ok(exchanged) => exchanged.with_context(|| format!("the socket '{}'", path.display())),
        Err(_) => bail!(
            "the socket '{}': the server did not answer within {} seconds: {}",
            path.display(),
            patience.as_secs_f32(),
            unknown_result(request)
        ),
    }
}

fn unknown_result(request: &OperatorRequest) -> String {
    let known = "whether it has done what it was asked for is not known";
    match request.email_address() {
        Some(address) => format!("{known}; `inspired user show {address}` tells"),
        None => format!("{known}; repeat the command"),
    }
}

async fn connect(folder: &Path) -> anyhow::Result<Option<UnixStream>> {
    let address = match SocketAddress::new(folder, NAME) {
        Ok(address) => address,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    match UnixStream::connect(address.path()).await {
        Ok(stream) => Ok(Some(stream)),
        // There is no socket, or only that of a killed process.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused
            ) =>
        {
            Ok(None)
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            bail!("permission denied: run the command as the user that runs the server")
        }
        Err(error) => Err(error.into()),
    }
}

/// Refuses a server whose user is neither this one, nor root, nor the owner of the folder.
fn check_peer(stream: &UnixStream, folder: &Path) -> anyhow::Result<()> {
    let peer = stream.peer_cred()?.uid();
    let owner = fs::metadata(folder)?.uid();
    if [0, owner, geteuid().as_raw()].contains(&peer) {
        return Ok(());
    }
    bail!("user {peer} listens there, who is not the owner of the folder")
}

#[cfg(test)]
mod tests {
    use tokio::net::UnixListener;

    use super::*;

    fn request() -> OperatorRequest {
        OperatorRequest::Enable {
            email_address: "ada@example.org".to_owned(),
        }
    }

    #[tokio::test]
    async fn without_a_folder_a_socket_or_a_listener_there_is_no_server() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("nowhere");
        let long = folder.path().join("nowhere/".repeat(20));
        for folder in [&nowhere, &long, folder.path()] {
            let asked = send_request(folder, &request(), REPLY_TIMEOUT).await;
            assert_eq!(asked.unwrap(), None, "{}", folder.display());
        }
        drop(UnixListener::bind(folder.path().join(NAME)).unwrap());
        let asked = send_request(folder.path(), &request(), REPLY_TIMEOUT).await;
        assert_eq!(asked.unwrap(), None);
    }

    #[tokio::test]
    async fn a_server_that_does_not_answer_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let _listener = UnixListener::bind(folder.path().join(NAME)).unwrap();
        let soon = Duration::from_millis(20);
        let error = send_request(folder.path(), &request(), soon)
            .await
            .unwrap_err();
        let sentence = format!("{error:#}");
        assert!(
            sentence.contains("did not answer within 0.02"),
            "{sentence}"
        );
        assert!(sentence.contains("is not known"), "{sentence}");
        assert!(sentence.contains("user show ada@example.org"), "{sentence}");
    }

    #[tokio::test]
    async fn a_server_that_ends_in_the_middle_is_said_to_have() {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(NAME)).unwrap();
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            receive::<OperatorRequest>(&mut stream).await.unwrap();
        };
        let request = request();
        let (asked, ()) =
            tokio::join!(send_request(folder.path(), &request, REPLY_TIMEOUT), server);
        let sentence = format!("{:#}", asked.unwrap_err());
        assert!(sentence.contains("ended in the middle"), "{sentence}");
        assert!(sentence.contains("is not known"), "{sentence}");
    }
}
