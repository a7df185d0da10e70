//! The messages between a command and a server.

use std::io;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thiserror::Error;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
};

use super::report::AccountReport;

/// The version of the messages: a command can meet a server that was started from another version.
const VERSION: u32 = 1;
/// Maximum length of a message in bytes. The longest one, an account with fifty sessions, has 8 KiB.
const MAX_LENGTH: usize = 64 * 1024;

/// A request of the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "command",
    rename_all = "snake_case",
    rename_all_fields = "snake_case",
    deny_unknown_fields
)]
pub(crate) enum OperatorRequest {
    /// Describe an account.
    Show { email_address: String },
    /// Refuse logins of an account and end its sessions.
    Disable {
        email_address: String,
        artists: ArtistDisposal,
    },
    /// Admit logins of an account again.
    Enable { email_address: String },
    /// Delete an account.
    Delete {
        email_address: String,
        artists: ArtistDisposal,
    },
    /// End the sessions of an account.
    SignOut { email_address: String },
    /// End the sessions of all accounts.
    ///
    /// A struct variant without fields, because serde does not refuse unknown members of a unit variant.
    SignOutAll {},
    /// Let an account decide about retailers.
    Promote { email_address: String },
    /// Let an account no longer decide about retailers.
    Demote { email_address: String },
}

/// What happens to the artists of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ArtistDisposal {
    /// They stay.
    Kept,
    /// They are deleted, with everything under them.
    Deleted,
}

impl OperatorRequest {
    /// The address of the account that the request is about; `None` for all accounts.
    pub(crate) fn email_address(&self) -> Option<&str> {
        match self {
            Self::SignOutAll {} => None,
            Self::Show { email_address }
            | Self::Disable { email_address, .. }
            | Self::Enable { email_address }
            | Self::Delete { email_address, .. }
            | Self::SignOut { email_address }
            | Self::Promote { email_address }
            | Self::Demote { email_address } => Some(email_address),
        }
    }
}

/// The result of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub(crate) enum OperatorReply {
    /// The request was executed.
    Done { sentence: String },
    /// The requested account.
    Account(AccountReport),
    /// The request was not executed; the command ends with status 1.
    Failed { sentence: String },
    /// The command was wrong and ends with status 2.
    Wrong { sentence: String },
}

/// Why a message could not be exchanged.
#[derive(Debug, Error)]
pub(super) enum MessageError {
    /// The connection failed.
    #[error("the connection broke: {0}")]
    Broken(#[from] io::Error),
    /// The message is longer than [`MAX_LENGTH`].
    #[error("the message is longer than {MAX_LENGTH} bytes")]
    TooLong,
    /// The connection ended before the message was complete, or the message is malformed.
    #[error("the message is not whole")]
    NotWhole,
    /// The other side has another version.
    #[error("the message has version {found}, and this program knows version {VERSION}")]
    Version { found: u32 },
}

#[derive(Serialize)]
struct OutgoingMessage<'a, T> {
    version: u32,
    message: &'a T,
}

/// The version of a message of any version.
#[derive(Deserialize)]
struct MessageVersion {
    version: u32,
}

/// A complete message of this version.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IncomingMessage<T> {
    #[serde(rename = "version")]
    _version: u32,
    message: T,
}

/// Sends a message and closes this direction of the connection, which marks the end of the message.
///
/// # Errors
/// [`MessageError::Broken`].
pub(super) async fn send<T: Serialize>(
    stream: &mut UnixStream,
    message: &T,
) -> Result<(), MessageError> {
    let version = VERSION;
    let text =
        serde_json::to_vec(&OutgoingMessage { version, message }).map_err(io::Error::from)?;
    stream.write_all(&text).await?;
    stream.shutdown().await?;
    Ok(())
}

/// Reads a message. No prefix of a message is valid JSON, so an incomplete one is never executed.
///
/// # Errors
/// [`MessageError`].
pub(super) async fn receive<T: DeserializeOwned>(
    stream: &mut UnixStream,
) -> Result<T, MessageError> {
    let mut text = Vec::new();
    let limit = u64::try_from(MAX_LENGTH + 1).unwrap_or(u64::MAX);
    stream.take(limit).read_to_end(&mut text).await?;
    if text.len() > MAX_LENGTH {
        return Err(MessageError::TooLong);
    }
    let MessageVersion { version: found } =
        serde_json::from_slice(&text).map_err(|_| MessageError::NotWhole)?;
    if found != VERSION {
        return Err(MessageError::Version { found });
    }
    // Not through `serde_json::Value`, which keeps the last of two members of the same name.
    let received: IncomingMessage<T> =
        serde_json::from_slice(&text).map_err(|_| MessageError::NotWhole)?;
    Ok(received.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn received(text: &[u8]) -> Result<OperatorRequest, MessageError> {
        let (mut here, mut there) = UnixStream::pair().unwrap();
        let sending = async {
            // Some of these tests are about a peer that has stopped reading.
            let _ = there.write_all(text).await;
            let _ = there.shutdown().await;
        };
        // Dropped when done: a sender of more than is read would wait for ever.
        let receiving = async move { receive(&mut here).await };
        let (received, ()) = tokio::join!(receiving, sending);
        received
    }

    #[tokio::test]
    async fn what_was_sent_is_received() {
        let address = || "ada@example.org".to_owned();
        for request in [
            OperatorRequest::Show {
                email_address: address(),
            },
            OperatorRequest::Delete {
                email_address: address(),
                artists: ArtistDisposal::Deleted,
            },
            OperatorRequest::SignOutAll {},
        ] {
            let (mut here, mut there) = UnixStream::pair().unwrap();
            send(&mut there, &request).await.unwrap();
            assert_eq!(
                receive::<OperatorRequest>(&mut here).await.unwrap(),
                request
            );
        }
    }

    #[tokio::test]
    async fn no_beginning_of_a_message_is_one() {
        let whole =
            br#"{"version":1,"message":{"command":"enable","email_address":"a@b.example"}}"#;
        assert!(received(whole).await.is_ok());
        for length in 0..whole.len() {
            let error = received(&whole[..length]).await.unwrap_err();
            assert!(matches!(error, MessageError::NotWhole), "{length}: {error}");
        }
    }

    #[tokio::test]
    async fn other_versions_unknown_commands_and_members_are_refused() {
        let other = br#"{"version":2,"message":{"anything":[]}}"#;
        let error = received(other).await.unwrap_err();
        assert!(
            matches!(error, MessageError::Version { found: 2 }),
            "{error}"
        );
        for unknown in [
            &br#"{"version":1,"message":{"command":"crown","email_address":"a@b.example"}}"#[..],
            br#"{"version":1,"message":{"command":"enable","email_address":"a@b.example","x":1}}"#,
            br#"{"version":1,"message":{"command":"enable"}}"#,
            br#"{"version":1,"message":{"command":"sign_out_all","x":1}}"#,
            br#"{"version":1,"message":{"command":"show","command":"sign_out_all"}}"#,
            br#"{"version":1,"message":{"command":"enable","email_address":"a@b.example","email_address":"c@b.example"}}"#,
            br#"{"version":1,"message":{"command":"sign_out_all"},"x":1}"#,
            br#"{"version":1,"message":{"command":"sign_out_all"},"message":{"command":"sign_out_all"}}"#,
            br#"[]"#,
            b"GET / HTTP/1.1\r\n\r\n",
        ] {
            let error = received(unknown).await.unwrap_err();
            assert!(matches!(error, MessageError::NotWhole), "{error}");
        }
    }

    #[tokio::test]
    async fn a_message_has_a_largest_length() {
        let text = vec![b' '; MAX_LENGTH + 1];
        let error = received(&text).await.unwrap_err();
        assert!(matches!(error, MessageError::TooLong), "{error}");
        let endless = vec![b'['; 8 * MAX_LENGTH];
        let error = received(&endless).await.unwrap_err();
        assert!(matches!(error, MessageError::TooLong), "{error}");
    }
}
