//! Rules for dependencies: licences, duplicates and origins, as configured in `deny.toml`.
//!
//! `cargo deny check` reads the same file and also checks advisories, for which it needs the
//! network. Building it takes longer than building the server, so it is not required.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::compiled_packages::CompiledPackages;
use super::source::SourceFile;
use super::{Finding, conclude, selection};
use crate::{paths, shell, wasm};

const POLICY: &str = "deny.toml";
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Checks all packages that are compiled for this machine or for the browser.
pub(crate) fn check() -> Result<()> {
    let text = fs::read_to_string(paths::top().join(POLICY)).context("cannot read deny.toml")?;
    let policy = Policy::parse(&text)?;
    let packages = packages()?;
    let source = SourceFile {
        path: POLICY.to_owned(),
        text,
    };
    let messages = [
        licences(&policy, &packages),
        duplicates(&policy, &packages),
        origins(&packages),
    ]
    .concat();
    let mut findings: Vec<Finding> = messages
        .into_iter()
        .map(|message| source.finding(message))
        .collect();
    findings.extend(selection::differences(&host()?)?);
    conclude(findings, &format!("{} packages", packages.len()))
}

/// The policy in `deny.toml`.
#[derive(Debug, Default)]
struct Policy {
    licences: Vec<String>,
    /// Known duplicates: a name and the beginning of a version.
    known: Vec<(String, String)>,
}

impl Policy {
    fn parse(text: &str) -> Result<Self> {
        let table: toml::Table = text.parse().context("deny.toml")?;
        let list = |section: &str, key: &str| {
            let value = table.get(section).and_then(|section| section.get(key));
            value
                .and_then(toml::Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let licence = |value: &toml::Value| value.as_str().map(str::to_owned);
        let known = |value: &toml::Value| {
            let (name, version) = value.get("crate")?.as_str()?.split_once('@')?;
            Some((name.to_owned(), version.to_owned()))
        };
        Ok(Self {
            licences: list("licenses", "allow")
                .iter()
                .filter_map(licence)
                .collect(),
            known: list("bans", "skip").iter().filter_map(known).collect(),
        })
    }

    fn knows(&self, package: &Package) -> bool {
        self.known.iter().any(|(name, version)| {
            let rest = package.version.strip_prefix(version.as_str());
            *name == package.name
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

#[derive(Debug)]
struct Package {
    name: String,
    version: String,
    licence: String,
    /// The registry; empty for our own packages.
    origin: String,
}

fn packages() -> Result<Vec<Package>> {
    let host = host()?;
    let built = CompiledPackages::on(&host)?;
    let mut metadata = shell::cargo(["metadata", "--locked", "--format-version", "1"]);
    metadata.args(["--filter-platform", wasm::TARGET]);
    metadata.args(["--filter-platform", &host]);
    let metadata: Value = serde_json::from_str(&shell::output(&mut metadata)?)?;
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata names no packages")?;
    Ok(packages
        .iter()
        .map(|package| Package {
            name: text(package, "name"),
            version: text(package, "version"),
            licence: text(package, "license"),
            origin: text(package, "source"),
        })
        .filter(|package| built.has(&package.name, &package.version))
        .collect())
}

fn host() -> Result<String> {
    let mut rustc = std::process::Command::new("rustc");
    let version = shell::output(rustc.current_dir(paths::top()).arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say its host")?.to_owned())
}

fn licences(policy: &Policy, packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .filter(|package| !is_allowed(&package.licence, &policy.licences))
        .map(|package| {
            let Package {
                name,
                version,
                licence,
                ..
            } = package;
            format!("the licence of {name} {version} is not allowed: `{licence}`")
        })
        .collect()
}

/// True if the allowed licences satisfy this SPDX expression.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let enough = any_of(&mut words, allowed);
    enough && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut enough = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        enough |= all_of(words, allowed);
    }
    enough
}

fn all_of(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut enough = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        enough &= one(words, allowed);
    }
    enough
}

fn one(words: &mut Words<'_>, allowed: &[String]) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let enough = any_of(words, allowed);
        return words.next() == Some(")") && enough;
    }
    let Some(licence) = words.next() else {
        return false;
    };
    let mut licence = licence.to_owned();
    if words.next_if_eq(&"WITH").is_some() {
        licence = format!("{licence} WITH {}", words.next().unwrap_or_default());
    }
    allowed.contains(&licence)
}

/// Finds packages in several versions, each of which must be compiled, shipped and updated.
fn duplicates(policy: &Policy, packages: &[Package]) -> Vec<String> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages.iter().filter(|package| !policy.knows(package)) {
        versions
            .entry(&package.name)
            .or_default()
            .push(&package.version);
    }
    let twice = versions
        .into_iter()
        .filter(|(_, versions)| versions.len() > 1);
    let twice = twice.map(|(name, versions)| {
        format!(
            "{name} is there as {}: `cargo tree -i {name}` shows why",
            versions.join(" and ")
        )
    });
    let stale = policy.known.iter().filter(|(name, version)| {
        let alone = Policy {
            known: vec![(name.clone(), version.clone())],
            ..Policy::default()
        };
        !packages.iter().any(|package| alone.knows(package))
    });
    let stale =
        stale.map(|(name, version)| format!("{name}@{version} is skipped but is not there"));
    twice.chain(stale).collect()
}

fn origins(packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .filter(|package| !package.origin.is_empty() && package.origin != REGISTRY)
        .map(|package| format!("{} comes from {}", package.name, package.origin))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Package, Policy, REGISTRY, duplicates, is_allowed, licences, origins};

    fn package(name: &str, version: &str) -> Package {
        let [name, version, licence] = [name, version, "MIT"].map(str::to_owned);
        Package {
            name,
            version,
            licence,
            origin: REGISTRY.to_owned(),
        }
    }

    fn policy(known: &str) -> Policy {
        let text = format!("[licenses]\nallow = [\"MIT\"]\n[bans]\nskip = [{known}]\n");
        Policy::parse(&text).unwrap()
    }

    #[test]
    fn an_expression_is_allowed_when_the_allowed_licences_are_enough() {
        let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        for expression in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/Apache-2.0",
            "(GPL-3.0 OR MIT) AND Unicode-3.0",
        ] {
            assert!(is_allowed(expression, &allowed), "{expression}");
        }
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception", &allowed));
        for expression in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "Apache-2.0",
            "(MIT",
            "MIT MIT",
        ] {
            assert!(!is_allowed(expression, &allowed), "{expression}");
        }
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_found() {
        let mut other = package("a", "1.0.0");
        other.licence = "GPL-3.0".to_owned();
        assert_eq!(licences(&policy(""), &[other]).len(), 1);
        assert!(licences(&policy(""), &[package("a", "1.0.0")]).is_empty());
    }

    #[test]
    fn a_package_in_two_versions_is_found_unless_it_is_known() {
        let packages = [package("a", "1.0.0"), package("a", "2.3.4")];
        assert_eq!(duplicates(&policy(""), &packages).len(), 1);
        assert!(duplicates(&policy("{ crate = \"a@1\" }"), &packages).is_empty());
        assert!(duplicates(&policy("{ crate = \"a@2.3.4\" }"), &packages).is_empty());
        assert_eq!(
            duplicates(&policy("{ crate = \"a@1.1\" }"), &packages).len(),
            2
        );
    }

    #[test]
    fn a_known_duplicate_that_is_gone_is_found() {
        let packages = [package("a", "1.0.0")];
        assert_eq!(
            duplicates(&policy("{ crate = \"a@2\" }"), &packages).len(),
            1
        );
    }

    #[test]
    fn a_package_from_elsewhere_is_found() {
        let mut other = package("a", "1.0.0");
        other.origin = "git+https://example.org/a".to_owned();
        assert_eq!(origins(&[other]).len(), 1);
    }
}
