//! Options for hosts of players, pictures and direct links.

use domain::catalogue::{ForeignHosts, HostList};

use super::public_url::PublicUrl;

/// What was asked for.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ForeignHostsArgs {
    /// Hosts whose players stand in frames of our pages, with commas between them, such as
    /// peertube.example or *.example.org; or none.
    #[arg(
        long,
        env = "INSPIRED_PLAYER_HOSTS",
        value_name = "HOST,…",
        default_value_t = ForeignHosts::default().players,
        value_parser = HostList::parse
    )]
    player_hosts: HostList,
    /// Hosts whose pictures our pages load, or none.
    #[arg(
        long,
        env = "INSPIRED_PICTURE_HOSTS",
        value_name = "HOST,…",
        default_value_t = ForeignHosts::default().pictures,
        value_parser = HostList::parse
    )]
    picture_hosts: HostList,
    /// Hosts that links of artists and videos lead to directly, besides those of players, of the
    /// known providers and of approved retailers; or none.
    #[arg(
        long,
        env = "INSPIRED_LINK_HOSTS",
        value_name = "HOST,…",
        default_value_t = ForeignHosts::default().links,
        value_parser = HostList::parse
    )]
    link_hosts: HostList,
}

impl ForeignHostsArgs {
    /// The lists; the server's own host is added to those of links.
    pub(super) fn with_own(self, public_url: Option<&PublicUrl>) -> ForeignHosts {
        let links = match public_url {
            Some(url) => self.link_hosts.with_own(&url.host()),
            None => self.link_hosts,
        };
        ForeignHosts {
            players: self.player_hosts,
            pictures: self.picture_hosts,
            links,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    fn settings(flags: &[&str]) -> domain::catalogue::ForeignHosts {
        Config::from_flags(flags).unwrap().settings().hosts
    }

    #[test]
    fn the_players_of_the_known_providers_are_listed_and_nothing_else() {
        let hosts = settings(&[]);
        let players = "www.youtube-nocookie.com,player.vimeo.com";
        assert_eq!(hosts.players.to_string(), players);
        assert_eq!(hosts.pictures.to_string(), "none");
        assert_eq!(hosts.links.to_string(), "none");
    }

    #[test]
    fn a_list_takes_the_place_of_the_default() {
        let hosts = settings(&[
            "--player-hosts",
            "Films.Example",
            "--picture-hosts",
            "*.bücher.example",
            "--link-hosts",
            "a.example, b.example",
            "--public-url",
            "https://inspired.example",
        ]);
        assert_eq!(hosts.players.to_string(), "films.example");
        assert_eq!(hosts.pictures.to_string(), "*.xn--bcher-kva.example");
        let links = "a.example,b.example,inspired.example";
        assert_eq!(hosts.links.to_string(), links);
        assert_eq!(
            settings(&["--player-hosts", "none"]).players.to_string(),
            "none"
        );
    }

    #[test]
    fn what_is_no_list_is_refused_in_one_line_that_says_what_is_one() {
        for option in ["--player-hosts", "--picture-hosts", "--link-hosts"] {
            for value in ["https://a.example", "*.com", "127.0.0.1", "a.example,"] {
                let refusal = Config::from_flags(&[option, value])
                    .unwrap_err()
                    .to_string();
                let first = refusal.lines().next().unwrap();
                for part in [option, value, "allowed is none, or"] {
                    assert!(first.contains(part), "{part}: {refusal}");
                }
            }
        }
    }
}
