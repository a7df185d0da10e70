//! Options of the listener and the public URL.

use std::net::{IpAddr, Ipv4Addr};

use clap::builder::BoolishValueParser;

use super::{ConfigError, public_url::PublicUrl, trusted_proxies::TrustedProxies};

/// What was asked for.
#[derive(Clone, Debug, clap::Args)]
pub struct HttpArgs {
    /// The IP address to listen on.
    #[arg(long, env = "INSPIRED_HOST", default_value = "127.0.0.1", value_parser = parse_host)]
    host: IpAddr,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, env = "INSPIRED_PORT", default_value = "3000", value_parser = parse_port)]
    port: u16,
    /// The URL by which people reach this server [default: http://127.0.0.1:PORT].
    #[arg(long, env = "INSPIRED_PUBLIC_URL", value_parser = PublicUrl::parse)]
    public_url: Option<PublicUrl>,
    /// Accept a public URL that is neither https nor this machine.
    #[arg(long, env = "INSPIRED_INSECURE_HTTP", value_parser = BoolishValueParser::new())]
    insecure_http: bool,
    /// Reverse proxies, as addresses or networks with commas: from them, the rightmost other
    /// address of Forwarded or X-Forwarded-For is the source of a request, for limits and logs.
    #[arg(long, value_name = "CIDR", env = "INSPIRED_TRUSTED_PROXY", default_value = "",
          hide_default_value = true, value_parser = TrustedProxies::parse)]
    trusted_proxy: TrustedProxies,
}

/// The checked options.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// The IP address to listen on.
    pub host: IpAddr,
    /// The port to listen on.
    pub port: u16,
    /// The public URL, if given.
    pub public_url: Option<PublicUrl>,
    /// Whether passwords may be sent over a network without TLS.
    pub insecure_http: bool,
    /// The reverse proxies whose forwarding headers are trusted.
    pub trusted_proxies: TrustedProxies,
}

impl TryFrom<HttpArgs> for HttpConfig {
    type Error = ConfigError;

    fn try_from(args: HttpArgs) -> Result<Self, ConfigError> {
        if let Some(url) = &args.public_url
            && !url.is_https()
            && !url.is_loopback()
            && !args.insecure_http
        {
            return Err(ConfigError::new(
                "--public-url",
                url,
                "allowed is https://…, or http://… of this machine; --insecure-http allows any",
            ));
        }
        Ok(Self {
            host: args.host,
            port: args.port,
            public_url: args.public_url,
            insecure_http: args.insecure_http,
            trusted_proxies: args.trusted_proxy,
        })
    }
}

impl HttpConfig {
    /// Whether both the listener and the public URL are on this machine.
    pub(super) fn is_only_loopback(&self) -> bool {
        self.host.is_loopback() && self.public_url.as_ref().is_none_or(PublicUrl::is_loopback)
    }
}

fn parse_host(text: &str) -> Result<IpAddr, String> {
    if text == "localhost" {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    text.parse().map_err(|_| {
        "allowed is an IP address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1".to_owned()
    })
}

fn parse_port(text: &str) -> Result<u16, String> {
    text.parse()
        .map_err(|_| "allowed is a number from 0 to 65535".to_owned())
}
