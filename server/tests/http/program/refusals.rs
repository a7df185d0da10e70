//! Why the program refuses to start, each in a single line.

use std::{fs, net::TcpListener, os::unix::fs::PermissionsExt, process::Output};

use store::embedded::Embedded;
use tempfile::TempDir;

use crate::support::{
    Caller, Program,
    binary::{Serving, command, run},
};

/// The single line that was printed.
#[track_caller]
pub(super) fn one_line(output: &Output, status: i32) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(status), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("inspired: "), "{text}");
    assert!(
        !text.contains("panicked") && !text.contains("Error {"),
        "{text}"
    );
    text
}

fn serve(folder: &TempDir, flags: &[&str]) -> Output {
    let mut args = vec![
        "serve",
        "--port",
        "0",
        "--data",
        folder.path().to_str().unwrap(),
    ];
    args.extend(flags);
    run(&args)
}

#[test]
fn a_port_in_use() {
    let folder = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let data = folder.path().to_str().unwrap();
    let line = one_line(&run(&["serve", "--port", &port, "--data", data]), 1);
    assert!(line.contains("--port") && line.contains(&port), "{line}");
}

#[tokio::test]
async fn a_second_serve_on_one_folder() {
    let folder = TempDir::new().unwrap();
    let first = Serving::over_folder(folder.path(), &[]).await;
    let line = one_line(&serve(&folder, &[]), 1);
    assert!(
        line.contains("is in use by") && line.contains(folder.path().to_str().unwrap()),
        "{line}"
    );
    Program::at(first.address).visit("/readyz").await.is(200);
}

#[test]
fn a_damaged_folder_of_which_nothing_is_overwritten() {
    let folder = TempDir::new().unwrap();
    drop(Embedded::open(folder.path()).unwrap());
    let mut files: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort_by_key(|file| fs::metadata(file).unwrap().len());
    let database = files.pop().unwrap();
    let mut bytes = fs::read(&database).unwrap();
    bytes[..2048].fill(0xA5);
    fs::write(&database, &bytes).unwrap();
    let line = one_line(&serve(&folder, &[]), 1);
    assert!(line.contains(database.to_str().unwrap()), "{line}");
    assert_eq!(fs::read(&database).unwrap(), bytes, "it was changed");
}

#[test]
fn a_file_in_the_place_of_the_folder() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("data");
    fs::write(&file, "a letter").unwrap();
    let line = one_line(&run(&["--port", "0", "--data", file.to_str().unwrap()]), 1);
    assert!(line.contains("is not a folder"), "{line}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "a letter");
}

#[test]
fn impossible_options_with_the_option_the_value_and_what_is_allowed() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().to_str().unwrap();
    for (flags, named) in [
        (&["--port", "70000"][..], "70000"),
        (&["--host", "example.org"], "example.org"),
        (&["--public-url", "ftp://x"], "ftp://x"),
        (&["--public-url", "http://example.org"], "--insecure-http"),
        (&["--session-idle", "soon"], "soon"),
        (
            &["--session-idle", "3h", "--session-max", "2h"],
            "--session-max",
        ),
        (&["--session-remember", "1h"], "1h"),
        (&["--password-min", "7"], "7"),
        (&["--signup", "perhaps"], "perhaps"),
        (&["--limits", "none"], "none"),
        (&["--limits", "off", "--host", "0.0.0.0"], "off"),
        (&["--log-format", "xml"], "xml"),
        (&["--log", "=="], "=="),
    ] {
        let line = one_line(&run(&[&["serve", "--data", data][..], flags].concat()), 2);
        assert!(
            line.contains(flags[0]) && line.contains(named),
            "{flags:?}: {line}"
        );
    }
    for flags in [
        &["--nothing"][..],
        &["--password", "x"],
        &["nothing"],
        &["serve", "again"],
    ] {
        one_line(&run(flags), 2);
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "something was begun"
    );
}

#[test]
fn impossible_variables_too() {
    let folder = TempDir::new().unwrap();
    for (variable, value, flag) in [
        ("INSPIRED_PORT", "x", "--port"),
        ("INSPIRED_SESSION_IDLE", "0s", "--session-idle"),
        ("INSPIRED_SIGNUP", "", "--signup"),
        ("INSPIRED_LIMITS", "OFF", "--limits"),
    ] {
        let mut command = command();
        command
            .args(["serve", "--data"])
            .arg(folder.path())
            .env(variable, value);
        let line = one_line(&command.output().unwrap(), 2);
        assert!(line.contains(flag), "{line}");
    }
}

#[tokio::test]
async fn variables_are_options_and_flags_outweigh_them() {
    let folder = TempDir::new().unwrap();
    let mut command = command();
    command.current_dir(folder.path());
    command
        .env("INSPIRED_PORT", "1")
        .env("INSPIRED_DATA", "kept")
        .env("INSPIRED_SIGNUP", "closed");
    command.args(["--port", "0"]);
    let server = Serving::start(command).await;
    let answer = Program::at(server.address)
        .new_user(&serde_json::json!({}))
        .await;
    answer.is_refusal(403, "signup_closed");
    let mode = fs::metadata(folder.path().join("kept"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn help_and_version_are_no_errors() {
    for flag in ["--help", "--version", "-h", "-V"] {
        let output = run(&[flag]);
        assert_eq!(output.status.code(), Some(0), "{flag}");
        assert!(
            !output.stdout.is_empty() && output.stderr.is_empty(),
            "{flag}"
        );
    }
    let help = String::from_utf8(run(&["serve", "--help"]).stdout).unwrap();
    for option in [
        "--host",
        "--port",
        "--public-url",
        "--data",
        "--session-idle",
        "--session-max",
        "--session-remember",
        "--password-min",
        "--signup",
        "--limits",
        "--log",
        "--log-format",
        "INSPIRED_PUBLIC_URL",
    ] {
        assert!(help.contains(option), "{option}");
    }
}

#[test]
fn the_doctor_says_that_all_is_well_or_what_is_not() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().to_str().unwrap();
    let output = run(&["doctor", "--port", "0", "--data", data]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    // The time of a hash depends on the load of the machine.
    let mut failed = text.lines().filter(|line| line.starts_with("FAIL"));
    let is_slow = failed.next().is_some_and(|line| line.contains("hashing"));
    assert_eq!(failed.next(), None, "{text}");
    assert_eq!(output.status.code(), Some(i32::from(is_slow)), "{text}");
    assert!(text.lines().count() >= 3, "{text}");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&["doctor", "--port", &port, "--data", data]);
    assert_eq!(output.status.code(), Some(1));
    let all = [output.stdout, output.stderr].concat();
    assert!(String::from_utf8_lossy(&all).contains(&port));
}
