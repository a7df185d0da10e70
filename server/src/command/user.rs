//! `inspired user show|disable|enable|delete|sign-out|promote|demote EMAIL`

use std::{
    io::{self, Write},
    path::Path,
    time::Duration,
};

use anyhow::bail;
use store::embedded::OpenError;
use tokio::time::sleep;
use types::EmailAddress;

use super::operator;
use crate::{
    config::{Config, ConfigArgs, ConfigError},
    operator::{
        ArtistDisposal, OperatorReply, OperatorRequest, REPLY_TIMEOUT, execute, send_request,
    },
};

/// Number of attempts while a server is starting or stopping: it then owns the data folder, but has no
/// socket.
const TRIES: u32 = 30;
/// Interval between two attempts.
const PAUSE: Duration = Duration::from_millis(100);

/// What is to be done with an account.
#[derive(Debug, clap::Subcommand)]
pub(super) enum UserCommand {
    /// Describe an account: its state, its sessions and the number of its artists.
    Show(ShowArgs),
    /// Refuse logins of an account and end its sessions; what it has published stays.
    Disable(WithArtistsArgs),
    /// Accept logins of an account again.
    Enable(UserArgs),
    /// Delete an account that has no artists.
    Delete(WithArtistsArgs),
    /// End the sessions of an account, or of all.
    SignOut(SignOutArgs),
    /// Let an account decide about retailers; ends its sessions.
    Promote(UserArgs),
    /// Let an account no longer decide about retailers; ends its sessions.
    Demote(UserArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct UserArgs {
    /// The address of the account.
    #[arg(value_parser = read_address)]
    email: String,
    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    user: UserArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct WithArtistsArgs {
    /// Delete the artists of the account too, with everything under them.
    #[arg(long)]
    with_artists: bool,
    #[command(flatten)]
    user: UserArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct SignOutArgs {
    /// The address of the account.
    #[arg(value_parser = read_address, required_unless_present = "all")]
    email: Option<String>,
    /// End the sessions of all accounts.
    #[arg(long, conflicts_with = "email")]
    all: bool,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs the command and prints the result: one line, or the account.
///
/// # Errors
/// The outer [`ConfigError`] for an invalid configuration. The inner error for a failed command; it is a
/// [`ConfigError`] if no account can have the address.
pub(super) fn user(command: UserCommand) -> Result<anyhow::Result<()>, ConfigError> {
    let is_json = matches!(&command, UserCommand::Show(args) if args.json);
    let (request, config) = read(command);
    let config = Config::try_from(config)?;
    let reply = operator::block_on(perform(&config, &request));
    Ok(reply.and_then(|reply| print(reply, is_json)))
}

fn read(command: UserCommand) -> (OperatorRequest, ConfigArgs) {
    let about =
        |args: UserArgs, request: fn(String) -> OperatorRequest| (request(args.email), args.config);
    match command {
        UserCommand::Show(args) => about(args.user, |email_address| OperatorRequest::Show {
            email_address,
        }),
        UserCommand::Enable(args) => about(args, |email_address| OperatorRequest::Enable {
            email_address,
        }),
        UserCommand::Promote(args) => about(args, |email_address| OperatorRequest::Promote {
            email_address,
        }),
        UserCommand::Demote(args) => about(args, |email_address| OperatorRequest::Demote {
            email_address,
        }),
        UserCommand::Disable(args) => {
            let (artists, user) = args.read();
            let email_address = user.email;
            (
                OperatorRequest::Disable {
                    email_address,
                    artists,
                },
                user.config,
            )
        }
        UserCommand::Delete(args) => {
            let (artists, user) = args.read();
            let email_address = user.email;
            (
                OperatorRequest::Delete {
                    email_address,
                    artists,
                },
                user.config,
            )
        }
        UserCommand::SignOut(args) => {
            let all = OperatorRequest::SignOutAll {};
            let one = |email_address| OperatorRequest::SignOut { email_address };
            (args.email.map_or(all, one), args.config)
        }
    }
}

impl WithArtistsArgs {
    fn read(self) -> (ArtistDisposal, UserArgs) {
        let artists = match self.with_artists {
            true => ArtistDisposal::Deleted,
            false => ArtistDisposal::Kept,
        };
        (artists, self.user)
    }
}

/// Lets the server that owns the data folder run the command, or runs it here if there is none.
/// Several processes can use Elasticsearch at once, so no server is asked there.
async fn perform(config: &Config, request: &OperatorRequest) -> anyhow::Result<OperatorReply> {
    if config.store.elasticsearch.is_some() {
        let domain = operator::domain(config).await?;
        return Ok(execute(&domain, request).await);
    }
    let data = &config.store.data;
    for _ in 0..TRIES {
        if let Some(reply) = send_request(data, request, REPLY_TIMEOUT).await? {
            return Ok(reply);
        }
        match operator::domain(config).await {
            Ok(domain) => return Ok(execute(&domain, request).await),
            Err(error) if is_in_use(&error) => sleep(PAUSE).await,
            Err(error) => return Err(error),
        }
    }
    bail_in_use(data)
}

/// A starting server owns the folder before it has a socket, and a stopping one still does after.
fn is_in_use(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(OpenError::InUse { .. }))
}

fn bail_in_use(data: &Path) -> anyhow::Result<OperatorReply> {
    bail!(
        "the data folder '{}' is in use by a process that listens on no socket in it: wait until a \
         server that starts or stops is done, or stop that process",
        data.display()
    )
}

fn print(reply: OperatorReply, is_json: bool) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match reply {
        OperatorReply::Done { sentence } => writeln!(out, "{sentence}.")?,
        OperatorReply::Account(account) if is_json => {
            writeln!(out, "{}", serde_json::to_string(&account)?)?;
        }
        OperatorReply::Account(account) => write!(out, "{account}")?,
        OperatorReply::Failed { sentence } => bail!(sentence),
        OperatorReply::Wrong { sentence } => {
            return Err(ConfigError::from_sentence(sentence).into());
        }
    }
    Ok(())
}

/// Parses an email address on the command line.
pub(super) fn read_address(text: &str) -> Result<String, &'static str> {
    match EmailAddress::parse(text) {
        Ok(address) => Ok(address.as_str().to_owned()),
        Err(_) => Err("an email address is needed"),
    }
}
