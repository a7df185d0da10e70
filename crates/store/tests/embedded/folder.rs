//! Claims about the data folder.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Command,
};

use store::embedded::{Embedded, OpenError};

use crate::fixture::{filled, refusal, snapshot};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn folder_and_files_are_private() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("deeper/data");
    let store = Embedded::open(&folder).unwrap();
    assert_eq!(mode(&folder), 0o700);
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    drop(store);
}

#[tokio::test]
async fn a_store_that_was_opened_to_others_is_made_private_again() {
    let folder = filled().await;
    let database = folder.path().join("inspired.db");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&database, Permissions::from_mode(0o644)).unwrap();
    let _store = Embedded::open(folder.path()).unwrap();
    assert_eq!((mode(folder.path()), mode(&database)), (0o700, 0o600));
}

#[test]
fn a_second_open_is_refused_and_names_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open(folder.path()).unwrap();
    for _ in 0..2 {
        let refused = refusal(folder.path());
        assert!(matches!(refused, OpenError::InUse { .. }), "{refused}");
        let process = format!("in use by process {};", std::process::id());
        assert!(refused.to_string().contains(&process), "{refused}");
    }
    drop(store);
    Embedded::open(folder.path()).unwrap();
}

#[test]
fn a_closed_store_opens_at_once_while_other_processes_are_started() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        let starting = scope.spawn(|| {
            for _ in 0..100 {
                Command::new("true").status().unwrap();
            }
        });
        while !starting.is_finished() {
            drop(Embedded::open(folder.path()).unwrap());
        }
    });
}

#[test]
fn a_file_in_place_of_the_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data");
    fs::write(&file, "mine").unwrap();
    assert!(matches!(refusal(&file), OpenError::NotAFolder(_)));
    assert!(matches!(
        refusal(&file.join("deeper")),
        OpenError::Unusable { .. }
    ));
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[test]
fn a_folder_that_cannot_be_made_is_refused() {
    let refused = refusal(Path::new("/proc/self/inspired"));
    assert!(matches!(refused, OpenError::Unusable { .. }), "{refused}");
}

#[test]
fn a_shared_folder_with_other_files_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter.txt"), "mine").unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let before = snapshot(folder.path());
    assert!(matches!(refusal(folder.path()), OpenError::NotOurs(_)));
    assert_eq!(
        (snapshot(folder.path()), mode(folder.path())),
        (before, 0o755)
    );
}

#[test]
fn a_private_folder_with_other_files_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    fs::create_dir(folder.path().join("outbox")).unwrap();
    Embedded::open(folder.path()).unwrap();
}

#[test]
fn a_path_with_signs_that_mean_something_in_a_url_is_a_path() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("a?b#c%20d e");
    drop(Embedded::open(&folder).unwrap());
    Embedded::open(&folder).unwrap();
}
