//! Quotas of an account.

use clap::builder::RangedU64ValueParser;
use domain::catalogue::Quota;

/// What an account may have. Commands of the operator are exempt.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct QuotasConfig {
    /// The most artists of an account.
    #[arg(long, value_name = "COUNT", env = "INSPIRED_ACCOUNT_ARTISTS", default_value = "100",
          value_parser = count(1_000))]
    account_artists: u64,
    /// The most videos of an account.
    #[arg(long, value_name = "COUNT", env = "INSPIRED_ACCOUNT_VIDEOS", default_value = "2000",
          value_parser = count(1_000_000))]
    account_videos: u64,
    /// The most products of an account.
    #[arg(long, value_name = "COUNT", env = "INSPIRED_ACCOUNT_PRODUCTS", default_value = "2000",
          value_parser = count(1_000_000))]
    account_products: u64,
    /// The most retailers of an account that wait for a moderator.
    #[arg(long, value_name = "COUNT", env = "INSPIRED_ACCOUNT_PROPOSALS", default_value = "200",
          value_parser = count(10_000))]
    account_proposals: u64,
    /// The most text of an account's videos and products, in MiB.
    #[arg(long, value_name = "MIB", env = "INSPIRED_ACCOUNT_MIB", default_value = "64",
          value_parser = count(1_000_000))]
    account_mib: u64,
    /// The most videos of one artist.
    #[arg(long, value_name = "COUNT", env = "INSPIRED_ARTIST_VIDEOS", default_value = "1000",
          value_parser = count(1_000_000))]
    artist_videos: u64,
    /// The most products of one artist.
    #[arg(long, value_name = "COUNT", env = "INSPIRED_ARTIST_PRODUCTS", default_value = "1000",
          value_parser = count(1_000_000))]
    artist_products: u64,
    /// The most retailers of one artist that wait for a moderator.
    #[arg(long, value_name = "COUNT", env = "INSPIRED_ARTIST_PROPOSALS", default_value = "100",
          value_parser = count(10_000))]
    artist_proposals: u64,
    /// The most text of one artist's videos and products, in MiB.
    #[arg(long, value_name = "MIB", env = "INSPIRED_ARTIST_MIB", default_value = "32",
          value_parser = count(1_000_000))]
    artist_mib: u64,
}

impl From<&QuotasConfig> for domain::catalogue::Quotas {
    fn from(quotas: &QuotasConfig) -> Self {
        Self {
            artists: quotas.account_artists,
            account: Quota {
                videos: quotas.account_videos,
                products: quotas.account_products,
                proposals: quotas.account_proposals,
                bytes: quotas.account_mib << 20,
            },
            artist: Quota {
                videos: quotas.artist_videos,
                products: quotas.artist_products,
                proposals: quotas.artist_proposals,
                bytes: quotas.artist_mib << 20,
            },
        }
    }
}

/// The documents of an account's artists and proposals list all of them, so their numbers are bounded.
fn count(most: u64) -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=most)
}
