//! The settings files of a node.

use std::path::Path;

use crate::options::{JitCompiler, NodeOptions};
use crate::ports::Ports;

/// How a node discovers the others.
#[derive(Clone, Debug)]
pub(crate) enum Discovery {
    /// It is a single node.
    Alone,
    /// All members of the cluster, including this node.
    Members(Vec<Member>),
}

/// A node of a cluster.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) ports: Ports,
}

/// The file `elasticsearch.yml` of a node in this folder.
///
/// On loopback the bootstrap checks are only warnings. The disk threshold is disabled, because a
/// full disk would make every index read-only in the middle of a test. Machine learning is
/// disabled, because it needs a native program for this machine.
pub(crate) fn elasticsearch(
    folder: &Path,
    ports: Ports,
    options: &NodeOptions,
    discovery: &Discovery,
) -> String {
    let within = |name: &str| quoted(&folder.join(name).to_string_lossy());
    let mut lines = vec![
        format!("cluster.name: {}", cluster_name(discovery)),
        format!("node.name: {}", quoted(&options.name)),
        format!("path.data: {}", within("data")),
        format!("path.logs: {}", within("logs")),
        format!("path.repo: [{}]", within("snapshots")),
        "network.host: 127.0.0.1".to_owned(),
        format!("http.port: {}", ports.http),
        format!("transport.port: {}", ports.transport),
        "cluster.routing.allocation.disk.threshold_enabled: false".to_owned(),
        // By default a node starts four new indices at a time, and tests create hundreds.
        "cluster.routing.allocation.node_initial_primaries_recoveries: 50".to_owned(),
        // Each running test has fourteen shards, and so has each that has just ended; the default
        // limit is a thousand.
        "cluster.max_shards_per_node: 5000".to_owned(),
        "xpack.ml.enabled: false".to_owned(),
    ];
    lines.extend(discovery_lines(discovery));
    lines.extend(security_lines(options.password.is_some()));
    lines.extend(options.settings.iter().cloned());
    lines.join("\n") + "\n"
}

fn cluster_name(discovery: &Discovery) -> String {
    match discovery {
        Discovery::Alone => "inspired-alone".to_owned(),
        // No two clusters of this machine have the same first port, so no node joins another
        // cluster.
        Discovery::Members(members) => {
            let first = members.first().map_or(0, |member| member.ports.transport);
            format!("inspired-{first}")
        }
    }
}

/// The lines for discovery. A member that does not respond is removed after seconds instead of
/// half a minute, because these clusters test what happens then.
fn discovery_lines(discovery: &Discovery) -> Vec<String> {
    let Discovery::Members(members) = discovery else {
        return vec!["discovery.type: single-node".to_owned()];
    };
    let list =
        |item: fn(&Member) -> String| members.iter().map(item).collect::<Vec<_>>().join(", ");
    let seeds = list(|member| quoted(&format!("127.0.0.1:{}", member.ports.transport)));
    let names = list(|member| quoted(&member.name));
    vec![
        format!("discovery.seed_hosts: [{seeds}]"),
        format!("cluster.initial_master_nodes: [{names}]"),
        "cluster.fault_detection.follower_check.timeout: 2s".to_owned(),
        "cluster.fault_detection.leader_check.timeout: 2s".to_owned(),
    ]
}

fn security_lines(secured: bool) -> Vec<String> {
    let lines: &[&str] = if secured {
        &[
            "xpack.security.enabled: true",
            "xpack.security.autoconfiguration.enabled: false",
            "xpack.security.http.ssl.enabled: true",
            "xpack.security.http.ssl.key: certificates/node.key",
            "xpack.security.http.ssl.certificate: certificates/node.crt",
            "xpack.security.http.ssl.certificate_authorities: certificates/ca.crt",
        ]
    } else {
        &["xpack.security.enabled: false"]
    };
    lines.iter().map(|&line| line.to_owned()).collect()
}

/// The Java options for `jvm.options.d`.
pub(crate) fn java(options: &NodeOptions) -> String {
    let heap = &options.heap;
    let mut lines = vec![
        format!("-Xms{heap}"),
        format!("-Xmx{heap}"),
        "-XX:-AlwaysPreTouch".to_owned(),
    ];
    if options.compiler == JitCompiler::Quick {
        lines.push("-XX:TieredStopAtLevel=1".to_owned());
    }
    lines.join("\n") + "\n"
}

/// The server's own `jvm.options`, without logs of garbage collections and heap dumps.
pub(crate) fn quiet(jvm_options: &str) -> String {
    let is_loud = |line: &&str| line.contains("-Xlog:gc") || line.contains("HeapDumpOnOutOfMemory");
    let lines = jvm_options.lines().filter(|line| !is_loud(line));
    lines.map(|line| format!("{line}\n")).collect()
}

/// A single-quoted YAML string, in which only the quote is special.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTS: Ports = Ports {
        http: 20_001,
        transport: 20_002,
    };

    fn text(options: &NodeOptions, discovery: &Discovery) -> String {
        elasticsearch(Path::new("/it's here"), PORTS, options, discovery)
    }

    #[test]
    fn a_node_listens_on_loopback_and_keeps_all_in_its_folder() {
        let text = text(&NodeOptions::default(), &Discovery::Alone);
        for line in [
            "network.host: 127.0.0.1",
            "http.port: 20001",
            "transport.port: 20002",
            "path.data: '/it''s here/data'",
            "path.repo: ['/it''s here/snapshots']",
            "discovery.type: single-node",
            "xpack.security.enabled: false",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(text.ends_with('\n'));
    }

    #[test]
    fn a_secured_node_speaks_tls_only() {
        let options = NodeOptions {
            password: Some("not in the settings".to_owned()),
            ..NodeOptions::default()
        };
        let text = text(&options, &Discovery::Alone);
        assert!(text.contains("xpack.security.enabled: true\n"));
        assert!(text.contains("xpack.security.http.ssl.enabled: true\n"));
        assert!(!text.contains("not in the settings"));
    }

    #[test]
    fn members_know_each_other_and_lines_of_ones_own_come_last() {
        let member = |name: &str, transport| Member {
            name: name.to_owned(),
            ports: Ports { http: 1, transport },
        };
        let members = vec![member("n0", 20_002), member("n1", 20_004)];
        let options = NodeOptions {
            settings: vec!["action.auto_create_index: false".to_owned()],
            ..NodeOptions::default()
        };
        let text = text(&options, &Discovery::Members(members));
        assert!(text.contains("discovery.seed_hosts: ['127.0.0.1:20002', '127.0.0.1:20004']\n"));
        assert!(text.contains("cluster.initial_master_nodes: ['n0', 'n1']\n"));
        assert!(text.contains("cluster.name: inspired-20002\n"));
        assert!(!text.contains("single-node"));
        assert!(text.ends_with("action.auto_create_index: false\n"));
    }

    #[test]
    fn only_a_quick_node_goes_without_the_second_compiler() {
        let quick = java(&NodeOptions::default());
        assert!(quick.starts_with("-Xms512m\n-Xmx512m\n"));
        assert!(quick.ends_with("-XX:TieredStopAtLevel=1\n"));
        let full = java(&NodeOptions {
            compiler: JitCompiler::Full,
            ..NodeOptions::default()
        });
        assert!(!full.contains("TieredStopAtLevel"));
    }

    #[test]
    fn what_would_fill_the_disk_is_left_out() {
        let options = "-XX:+UseG1GC\n-XX:+HeapDumpOnOutOfMemoryError\n-Xlog:gc*,gc+age=trace\n";
        assert_eq!(quiet(options), "-XX:+UseG1GC\n");
    }
}
