//! Options of Elasticsearch, which replaces the embedded store.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::builder::BoolishValueParser;
use store::elasticsearch::{
    ClientCertificate, ClusterCredentials, ClusterSettings, IndexPrefix, NodeUrl, Secret,
};

use super::{ConfigError, duration, secret};

const URLS: &str = "INSPIRED_ELASTICSEARCH";
const PASSWORD: &str = "INSPIRED_ELASTICSEARCH_PASSWORD";
const API_KEY: &str = "INSPIRED_ELASTICSEARCH_API_KEY";
const CERTIFICATE: &str = "--elasticsearch-certificate";
const KEY: &str = "INSPIRED_ELASTICSEARCH_KEY";

const HELP: &str = "Keep everything in Elasticsearch: the URLs of its nodes, with commas \
                    [env: INSPIRED_ELASTICSEARCH]";
const LONG_HELP: &str = "Keep everything in Elasticsearch: the URLs of its nodes, with commas \
    between them [env: INSPIRED_ELASTICSEARCH, where they may hold a user and a password].\n\n\
    A password comes from INSPIRED_ELASTICSEARCH_PASSWORD, an API key from \
    INSPIRED_ELASTICSEARCH_API_KEY, or either from the file that the variable with _FILE behind \
    its name tells.";

/// What was asked for.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ElasticsearchArgs {
    #[arg(long, value_name = "URLS", help = HELP, long_help = LONG_HELP)]
    elasticsearch: Option<String>,
    /// The user that we are to Elasticsearch.
    #[arg(long, value_name = "USER", env = "INSPIRED_ELASTICSEARCH_USER")]
    elasticsearch_user: Option<String>,
    /// A PEM file with the certificate that has signed those of Elasticsearch; no other is trusted then.
    #[arg(long, value_name = "FILE", env = "INSPIRED_ELASTICSEARCH_CA")]
    elasticsearch_ca: Option<PathBuf>,
    /// A PEM file with the certificate by which Elasticsearch knows this program; its key comes from
    /// `INSPIRED_ELASTICSEARCH_KEY_FILE`.
    #[arg(long, value_name = "FILE", env = "INSPIRED_ELASTICSEARCH_CERTIFICATE")]
    elasticsearch_certificate: Option<PathBuf>,
    /// What the names of the indices begin with.
    #[arg(long, value_name = "PREFIX", env = "INSPIRED_ELASTICSEARCH_PREFIX", default_value = "inspired", value_parser = IndexPrefix::parse)]
    elasticsearch_prefix: IndexPrefix,
    /// After a failed call, ask the cluster for its other nodes.
    #[arg(long, env = "INSPIRED_ELASTICSEARCH_SNIFF", value_parser = BoolishValueParser::new())]
    elasticsearch_sniff: bool,
    /// How long a call may take, with all that is tried again in it.
    #[arg(long, value_name = "SPAN", env = "INSPIRED_ELASTICSEARCH_TIMEOUT", default_value = "5s", value_parser = duration::parse)]
    elasticsearch_timeout: time::Duration,
    /// How many requests that read, and how many that write, are under way at once.
    #[arg(long, value_name = "NUMBER", env = "INSPIRED_ELASTICSEARCH_CONNECTIONS", default_value = "32", value_parser = parse_connections)]
    elasticsearch_connections: usize,
    /// Wait for Elasticsearch at the start, instead of ending when it does not answer.
    #[arg(long, env = "INSPIRED_WAIT", value_parser = BoolishValueParser::new())]
    pub(super) wait: bool,
}

/// The settings of the client; `None` without `--elasticsearch`.
///
/// # Errors
/// [`ConfigError`], also for credentials that would be sent to another machine without TLS, unless
/// `insecure_http` is set.
pub(super) fn settings(
    args: ElasticsearchArgs,
    insecure_http: bool,
) -> Result<Option<ClusterSettings>, ConfigError> {
    let Some((nodes, in_url)) = nodes(args.elasticsearch.as_deref())? else {
        refuse_without_url(&args)?;
        return Ok(None);
    };
    let timeout = args.elasticsearch_timeout.unsigned_abs();
    let authority = args.elasticsearch_ca;
    let settings = ClusterSettings {
        access: access(args.elasticsearch_user, in_url)?,
        certificate_authority: authority
            .map(|path| certificates("--elasticsearch-ca", &path))
            .transpose()?,
        client_certificate: client_certificate(args.elasticsearch_certificate, &nodes)?,
        insecure_http,
        prefix: args.elasticsearch_prefix,
        sniff: args.elasticsearch_sniff,
        timeout,
        connections: args.elasticsearch_connections,
        ..ClusterSettings::new(nodes)
    };
    match settings.nodes.iter().find(|node| !settings.admits(node)) {
        None => Ok(Some(settings)),
        Some(node) => Err(ConfigError::new(
            "--elasticsearch",
            node,
            "allowed is https to another machine, because the password or the API key would be sent \
             without encryption; or use --insecure-http",
        )),
    }
}

/// The client certificate and its private key, if given.
fn client_certificate(
    path: Option<PathBuf>,
    nodes: &[NodeUrl],
) -> Result<Option<ClientCertificate>, ConfigError> {
    let (path, key) = match (path, secret::read(KEY)?) {
        (None, None) => return Ok(None),
        (Some(path), Some(key)) => (path, key),
        (Some(path), None) => {
            let allowed = format!("allowed together with {KEY} or {KEY}_FILE, its private key");
            return Err(ConfigError::new(CERTIFICATE, path.display(), &allowed));
        }
        (None, Some(_)) => {
            let allowed = format!("allowed together with {CERTIFICATE}");
            return Err(ConfigError::new(KEY, "…", &allowed));
        }
    };
    let refused = |why: &str| ConfigError::new(CERTIFICATE, path.display(), why);
    if nodes.iter().any(|node| !node.is_https()) {
        return Err(refused(
            "allowed with https:// URLs in --elasticsearch only",
        ));
    }
    let chain = certificates(CERTIFICATE, &path)?;
    let certificate = ClientCertificate::new(chain, key);
    let allowed =
        |why| format!("allowed is a PEM file with a certificate, and {KEY}, its key: {why}");
    certificate.map(Some).map_err(|why| refused(&allowed(why)))
}

/// Refuses options of Elasticsearch without its URL: a misspelt variable must not silently start an
/// empty embedded store.
fn refuse_without_url(args: &ElasticsearchArgs) -> Result<(), ConfigError> {
    let given = [
        ("--elasticsearch-user", args.elasticsearch_user.is_some()),
        ("--elasticsearch-ca", args.elasticsearch_ca.is_some()),
        (CERTIFICATE, args.elasticsearch_certificate.is_some()),
        (KEY, secret::read(KEY)?.is_some()),
        ("--elasticsearch-sniff", args.elasticsearch_sniff),
        (PASSWORD, secret::read(PASSWORD)?.is_some()),
        (API_KEY, secret::read(API_KEY)?.is_some()),
        ("--wait", args.wait),
    ];
    let Some((option, _)) = given.into_iter().find(|(_, is_given)| *is_given) else {
        return Ok(());
    };
    Err(ConfigError::new(
        option,
        "…",
        "allowed with --elasticsearch or INSPIRED_ELASTICSEARCH only, which is not set",
    ))
}

type Nodes = (Vec<NodeUrl>, Option<ClusterCredentials>);

/// The nodes, and the credentials in their URLs, if any.
fn nodes(flag: Option<&str>) -> Result<Option<Nodes>, ConfigError> {
    if let Some(urls) = flag {
        let (nodes, access) =
            parse(urls).map_err(|why| ConfigError::new("--elasticsearch", "…", &why))?;
        if access.is_some() {
            return Err(ConfigError::new(
                "--elasticsearch",
                "…",
                "allowed are URLs without a password, which everybody on this machine could read; \
                 set INSPIRED_ELASTICSEARCH, or INSPIRED_ELASTICSEARCH_PASSWORD",
            ));
        }
        return Ok(Some((nodes, None)));
    }
    let Some(urls) = secret::read(URLS)? else {
        return Ok(None);
    };
    let nodes = parse(&urls).map_err(|why| ConfigError::new(URLS, "…", &why))?;
    Ok(Some(nodes))
}

fn parse(urls: &str) -> Result<Nodes, String> {
    let mut nodes = Vec::new();
    let mut accesses: Vec<ClusterCredentials> = Vec::new();
    for url in urls.split(',') {
        let (node, access) = NodeUrl::parse(url)?;
        nodes.push(node);
        accesses.extend(access);
    }
    accesses.dedup();
    if accesses.len() > 1 {
        return Err("allowed is one user and password for all nodes".to_owned());
    }
    Ok((nodes, accesses.pop()))
}

fn access(
    user: Option<String>,
    in_url: Option<ClusterCredentials>,
) -> Result<ClusterCredentials, ConfigError> {
    let (password, key) = (secret::read(PASSWORD)?, secret::read(API_KEY)?);
    match (user, password, key, in_url) {
        (None, None, None, None) => Ok(ClusterCredentials::Anonymous),
        (None, None, None, Some(access)) => Ok(access),
        (Some(user), Some(password), None, None) => Ok(ClusterCredentials::Password {
            user,
            password: Secret::new(password),
        }),
        (None, None, Some(key), None) => {
            let key = Secret::new(key);
            if key.is_visible_ascii() {
                return Ok(ClusterCredentials::ApiKey(key));
            }
            let allowed = "allowed is the key as Elasticsearch encodes it, in base64";
            Err(ConfigError::new(API_KEY, "…", allowed))
        }
        (_, _, Some(_), _) => Err(ambiguous(API_KEY)),
        (_, Some(_), _, _) => Err(ambiguous(PASSWORD)),
        _ => Err(ambiguous("--elasticsearch-user")),
    }
}

fn ambiguous(option: &str) -> ConfigError {
    ConfigError::new(
        option,
        "…",
        "allowed is one of: a user with INSPIRED_ELASTICSEARCH_PASSWORD; \
         INSPIRED_ELASTICSEARCH_API_KEY; a user and a password in INSPIRED_ELASTICSEARCH",
    )
}

fn certificates(option: &str, path: &Path) -> Result<Vec<u8>, ConfigError> {
    let refused = |why: String| ConfigError::new(option, path.display(), &why);
    let pem = fs::read(path).map_err(|error| refused(format!("allowed is a PEM file: {error}")))?;
    let begin = b"-----BEGIN CERTIFICATE-----";
    if pem.windows(begin.len()).any(|part| part == begin) {
        return Ok(pem);
    }
    Err(refused(
        "allowed is a PEM file with a certificate".to_owned(),
    ))
}

fn parse_connections(text: &str) -> Result<usize, String> {
    let read = text.parse().ok();
    read.filter(|number| (1..=1024).contains(number))
        .ok_or_else(|| "allowed is a number from 1 to 1024".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn refusal(flags: &[&str]) -> String {
        Config::from_flags(flags).unwrap_err().to_string()
    }

    #[test]
    fn without_a_url_the_store_is_embedded() {
        assert!(
            Config::from_flags(&[])
                .unwrap()
                .store
                .elasticsearch
                .is_none()
        );
    }

    #[test]
    fn several_nodes_have_commas_between_them() {
        let urls = "http://es1:9200,https://es2,http://[::1]:9201";
        let config = Config::from_flags(&["--elasticsearch", urls]).unwrap();
        let nodes = config.store.elasticsearch.unwrap().nodes;
        let nodes: Vec<_> = nodes.iter().map(ToString::to_string).collect();
        assert_eq!(nodes, urls.split(',').collect::<Vec<_>>());
    }

    #[test]
    fn a_password_in_a_flag_is_refused_and_not_repeated() {
        let sentence = refusal(&["--elasticsearch", "http://ada:secret-word@es:9200"]);
        assert!(
            sentence.contains("INSPIRED_ELASTICSEARCH_PASSWORD"),
            "{sentence}"
        );
        assert!(!sentence.contains("secret-word"), "{sentence}");
    }

    #[test]
    fn impossible_values_are_refused() {
        for (flag, value) in [
            ("--elasticsearch", "es:9200"),
            ("--elasticsearch-prefix", "Inspired"),
            ("--elasticsearch-timeout", "0s"),
            ("--elasticsearch-connections", "0"),
            ("--elasticsearch-ca", "/no/such/file"),
            ("--elasticsearch-certificate", "/no/such/file"),
        ] {
            let flags = ["--elasticsearch", "http://es:9200", flag, value];
            let flags = if flag == "--elasticsearch" {
                &flags[2..]
            } else {
                &flags
            };
            let sentence = refusal(flags);
            assert!(sentence.contains(flag), "{sentence}");
            assert!(sentence.contains("allowed"), "{sentence}");
        }
    }

    #[test]
    fn a_user_needs_a_password_and_waiting_needs_somebody_to_wait_for() {
        let sentence = refusal(&[
            "--elasticsearch",
            "http://es:9200",
            "--elasticsearch-user",
            "ada",
        ]);
        assert!(
            sentence.contains("INSPIRED_ELASTICSEARCH_PASSWORD"),
            "{sentence}"
        );
        for lonely in [
            &["--wait"][..],
            &["--elasticsearch-user", "ada"],
            &["--elasticsearch-sniff"],
            &["--elasticsearch-certificate", "a.pem"],
        ] {
            let sentence = refusal(lonely);
            assert!(sentence.contains(lonely[0]), "{sentence}");
            assert!(sentence.contains("which is not set"), "{sentence}");
        }
    }
}
