//! A Java on this machine, and its release.

use std::fs;
use std::path::{Path, PathBuf};

/// A Java runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Java {
    /// The value of `JAVA_HOME`.
    pub home: PathBuf,
    /// Its feature release: 17, 21, 25.
    pub release: u32,
}

impl Java {
    /// The Java in this folder, if there is one.
    ///
    /// Its file `release` contains the version; `java -version` would take a tenth of a second.
    pub fn at(home: &Path) -> Option<Self> {
        if !home.join("bin/java").is_file() {
            return None;
        }
        let text = fs::read_to_string(home.join("release")).ok()?;
        let home = home.canonicalize().ok()?;
        let release = release_of(&text)?;
        Some(Self { home, release })
    }
}

/// The feature release in a file `release`. Before Java 9, versions began with `1.`.
fn release_of(text: &str) -> Option<u32> {
    let mut lines = text.lines();
    let version = lines.find_map(|line| line.trim().strip_prefix("JAVA_VERSION="))?;
    let version = version.trim_matches('"');
    let version = version.strip_prefix("1.").unwrap_or(version);
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feature_release_is_the_first_number_that_counts() {
        let release = |version: &str| {
            release_of(&format!(
                "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"{version}\"\nJAVA_VERSION_DATE=\"2025-04-15\"\n"
            ))
        };
        assert_eq!(release("17.0.15"), Some(17));
        assert_eq!(release("25"), Some(25));
        assert_eq!(release("26-ea"), Some(26));
        assert_eq!(release("1.8.0_392"), Some(8));
        assert_eq!(release("unknown"), None);
        assert_eq!(release_of("JAVA_RUNTIME_VERSION=\"17\"\n"), None);
    }

    #[test]
    fn a_folder_without_a_java_has_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("release"), "JAVA_VERSION=\"21\"\n").unwrap();
        assert_eq!(Java::at(folder.path()), None);
    }
}
