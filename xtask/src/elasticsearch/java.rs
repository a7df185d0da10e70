//! How tests find a Java for a real Elasticsearch: the installations of this machine.

use std::fs;
use std::path::PathBuf;

use cluster::{Java, user};

use crate::environment;

/// Folders that contain one subfolder per Java.
const JAVA_FOLDERS: [&str; 6] = [
    "/usr/lib/jvm",
    "/usr/java",
    "/opt/java",
    "/opt",
    "/opt/homebrew/opt",
    "/Library/Java/JavaVirtualMachines",
];

/// Folders below the home folder of the user that contain one subfolder per Java.
const HOME_JAVA_FOLDERS: [&str; 4] = [
    ".sdkman/candidates/java",
    ".jdks",
    ".asdf/installs/java",
    ".local/share/mise/installs/java",
];

/// The path of a Java in its subfolder, by system.
const WITHIN: [&str; 3] = ["", "Contents/Home", "libexec/openjdk.jdk/Contents/Home"];

/// A Java of at least this release: the one that the user names, otherwise the oldest suitable
/// one, because the program was tested with that.
pub(super) fn at_least(release: u32) -> Option<Java> {
    choose(named(), found(), release)
}

fn choose(named: Vec<Java>, mut found: Vec<Java>, release: u32) -> Option<Java> {
    found.sort_by_key(|java| java.release);
    let mut candidates = named.into_iter().chain(found);
    candidates.find(|java| java.release >= release)
}

fn named() -> Vec<Java> {
    let homes = environment::java_homes().into_iter().flatten();
    usable(homes.collect())
}

fn found() -> Vec<Java> {
    let at_home = environment::home();
    let shelves = JAVA_FOLDERS.iter().map(PathBuf::from).chain(
        HOME_JAVA_FOLDERS
            .iter()
            .filter_map(|shelf| at_home.as_ref().map(|home| home.join(shelf))),
    );
    let folders = shelves.filter_map(|shelf| fs::read_dir(shelf).ok());
    let folders = folders.flatten().flatten().map(|entry| entry.path());
    let mut homes: Vec<PathBuf> = folders
        .flat_map(|folder| WITHIN.map(|within| folder.join(within)))
        .collect();
    homes.extend(on_path());
    usable(homes)
}

/// The Java on `PATH`, which is usually a link into the `bin` of its home.
fn on_path() -> Option<PathBuf> {
    let program = environment::program("java")?.canonicalize().ok()?;
    Some(program.parent()?.parent()?.to_owned())
}

fn usable(homes: Vec<PathBuf>) -> Vec<Java> {
    let javas = homes.iter().filter_map(|home| Java::at(home));
    javas
        .filter(|java| user::check_reach(&java.home.join("bin/java")).is_ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn java(release: u32) -> Java {
        Java {
            home: PathBuf::from(release.to_string()),
            release,
        }
    }

    #[test]
    fn the_named_one_comes_first_and_then_the_oldest_that_does() {
        let found = || vec![java(25), java(17), java(21)];
        assert_eq!(choose(vec![java(24)], found(), 21), Some(java(24)));
        assert_eq!(choose(vec![java(17)], found(), 21), Some(java(21)));
        assert_eq!(choose(Vec::new(), found(), 17), Some(java(17)));
        assert_eq!(choose(Vec::new(), found(), 26), None);
    }
}
