//! `inspired user promote EMAIL` and `inspired user demote EMAIL`

use std::io::{self, Write};

use anyhow::anyhow;
use domain::{
    Caller, Domain,
    accounts::{AccountError, ModeratorRight},
};
use types::EmailAddress;

use super::operator;
use crate::config::{Config, ConfigArgs, Wrong};

/// What is to be done with an account.
#[derive(Debug, clap::Subcommand)]
pub(super) enum UserCommand {
    /// Let somebody decide about retailers; ends the sessions of the account.
    Promote(UserArgs),
    /// Let somebody no longer decide about retailers; ends the sessions of the account.
    Demote(UserArgs),
}

/// Whose account.
#[derive(Debug, clap::Args)]
pub(super) struct UserArgs {
    /// The address of the account.
    #[arg(value_parser = read_address)]
    email: String,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Does it, and says so in one line.
///
/// # Errors
/// [`Wrong`] for an impossible configuration; what went wrong otherwise, [`Wrong`] among it for an
/// address that can be nobody's.
pub(super) fn user(command: UserCommand) -> Result<anyhow::Result<()>, Wrong> {
    let (args, right, what) = match command {
        UserCommand::Promote(args) => (args, ModeratorRight::Given, "decides about retailers now"),
        UserCommand::Demote(args) => (
            args,
            ModeratorRight::Taken,
            "does not decide about retailers any more",
        ),
    };
    let config = Config::try_from(args.config)?;
    let address = args.email;
    Ok(operator::run(&config, async |domain| {
        set(domain, &address, right).await?;
        writeln!(io::stdout(), "'{address}' {what}.")?;
        Ok(())
    }))
}

async fn set(domain: &Domain, address: &str, right: ModeratorRight) -> anyhow::Result<()> {
    let accounts = &domain.accounts;
    let id = accounts.find(&Caller::System, address).await;
    let id = id.map_err(|error| explain(error, address))?;
    let set = accounts.set_moderator(&Caller::System, &id, right).await;
    set.map_err(|error| explain(error, address))
}

fn explain(error: AccountError, address: &str) -> anyhow::Error {
    match error {
        AccountError::Unknown => anyhow!("there is no account with the address '{address}'"),
        AccountError::Invalid(_) => Wrong::new("EMAIL", address, "an email address").into(),
        error => error.into(),
    }
}

/// An address on the command line.
pub(super) fn read_address(text: &str) -> Result<String, &'static str> {
    match EmailAddress::parse(text) {
        Ok(_) => Ok(text.trim().to_owned()),
        Err(_) => Err("an email address is needed"),
    }
}
