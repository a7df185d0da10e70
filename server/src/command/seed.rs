//! `inspired seed`

mod data;
mod load;

use std::{
    io::{self, Write},
    time::Instant,
};

use anyhow::bail;
use domain::{AccountId, Caller, Domain, accounts::AccountError};

use self::load::{SeedCounts, Seeder};
use super::{operator, user::read_address};
use crate::config::{Config, ConfigArgs};

/// The address of the default owner. No mailbox exists at `.invalid` (RFC 6761), and the account is
/// disabled.
const DEFAULT_OWNER: &str = "catalogue@inspired.invalid";

#[derive(Debug, clap::Args)]
pub(super) struct SeedArgs {
    /// The address of the account that gets it all; without it, it belongs to an account that
    /// nobody can log in to.
    #[arg(long, value_name = "EMAIL", value_parser = read_address)]
    pub(super) owner: Option<String>,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

/// Creates the sample catalogue and prints the counts. Existing entities are not changed.
pub(super) fn seed(config: &Config, owner: Option<&str>) -> anyhow::Result<()> {
    operator::run(config, async |domain| {
        let began = Instant::now();
        let owner = find_owner(domain, owner).await?;
        let mut loading = Seeder::new(&domain.catalogue, &owner);
        let artists = loading.artists().await?;
        let (videos, products, retailers) =
            tokio::join!(loading.videos(), loading.products(), loading.retailers());
        let tallies = [
            ("artists", artists),
            ("videos", videos?),
            ("products", products?),
            ("retailers", retailers?),
        ];
        print(&tallies, began.elapsed().as_secs_f64())
    })
}

async fn find_owner(domain: &Domain, owner: Option<&str>) -> anyhow::Result<AccountId> {
    let (accounts, caller) = (&domain.accounts, &Caller::System);
    let Some(address) = owner else {
        return match accounts.create_disabled(caller, DEFAULT_OWNER).await {
            Err(AccountError::Invalid(_)) => {
                bail!(
                    "somebody can log in as {DEFAULT_OWNER}: disable that account, or name an --owner"
                )
            }
            found => Ok(found?),
        };
    };
    match accounts.find(caller, address).await {
        Err(AccountError::Unknown | AccountError::Invalid(_)) => {
            bail!("there is no account with the address '{address}'")
        }
        found => Ok(found?),
    }
}

fn print(tallies: &[(&str, SeedCounts)], seconds: f64) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    for (kind, counts) in tallies {
        let (made, kept) = (counts.created, counts.skipped);
        write!(out, "{kind:<10} {made:>4} made, {kept:>4} there already")?;
        if counts.blocked > 0 {
            let barred = counts.blocked;
            write!(
                out,
                ", {barred:>4} not made: the artist is another account's or deleted"
            )?;
        }
        writeln!(out)?;
    }
    let is_changed = tallies.iter().any(|(_, counts)| counts.created > 0);
    let end = if is_changed {
        "done"
    } else {
        "nothing was changed"
    };
    writeln!(out, "{end}, in {seconds:.1} s")?;
    Ok(())
}
