//! `inspired user promote EMAIL` and `inspired user demote EMAIL`

use std::process::Output;

use reqwest::Method;
use tempfile::TempDir;
use testbed::Place;

use crate::support::{
    Caller, PASSWORD, Program,
    binary::{Serving, command, run},
    catalogue::{Catalogue, a_thing},
    credentials,
};

const ADDRESS: &str = "ada@example.org";

fn user(place: &Place, what: &str, address: &str) -> Output {
    let mut command = command();
    command.envs(place.variables());
    command.args(["user", what, address]).output().unwrap()
}

/// The one line that was said of what was done.
#[track_caller]
fn done(output: &Output) -> String {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{text} {errors}");
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

/// The one line that was said of why it was not done.
#[track_caller]
fn refused(output: &Output, status: i32) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(status), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("inspired: "), "{text}");
    assert!(output.stdout.is_empty());
    text
}

/// What the server answers to her who judges a retailer of her own.
async fn judges(place: &Place, name: &str) -> u16 {
    let server = Serving::over(place, &[]).await;
    let program = Program::at(server.address);
    let cookie = program.log_in(ADDRESS, PASSWORD).await.is(200).cookie();
    let ask = |method: Method, path: &str| {
        let call = program.call(method, path).cookie(&cookie);
        call.header("if-match", "*")
    };
    let artist = a_thing("artists", "", name);
    let artist = ask(Method::POST, "/v1/artists").json(&artist).send().await;
    let artist = artist.is(201).json();
    let shop = a_thing("retailers", artist["data"]["id"].as_str().unwrap(), name);
    let shop = ask(Method::POST, "/v1/retailers").json(&shop).send().await;
    let shop = shop.is(201).location().to_owned();
    program.read(&shop).await.is(401);
    let judged = ask(Method::PUT, &format!("{shop}/approval")).send().await;
    server.stop().await;
    judged.status
}

#[tokio::test]
async fn who_decides_about_retailers_is_said_by_the_operator() {
    let place = Place::fresh();
    let server = Serving::over(&place, &[]).await;
    let program = Program::at(server.address);
    program
        .new_user(&credentials(ADDRESS, PASSWORD))
        .await
        .is(201);
    server.stop().await;
    assert_eq!(judges(&place, "Before").await, 403);
    let line = done(&user(&place, "promote", ADDRESS));
    assert!(line.contains(ADDRESS), "{line}");
    assert_eq!(judges(&place, "Promoted").await, 200);
    // However it is written, it is the same address.
    let line = done(&user(&place, "demote", " Ada@EXAMPLE.org "));
    assert!(line.contains("any more"), "{line}");
    assert_eq!(judges(&place, "Demoted").await, 403);
}

#[test]
fn an_address_that_nobody_has_is_1_and_one_that_nobody_can_have_is_2() {
    let place = Place::fresh();
    for what in ["promote", "demote"] {
        let line = refused(&user(&place, what, "eve@example.org"), 1);
        assert!(line.contains("eve@example.org"), "{line}");
        for wrong in ["eve", "@", "eve@", "", "a@b@c\n"] {
            refused(&user(&place, what, wrong), 2);
        }
    }
    refused(&user(&place, "crown", ADDRESS), 2);
    refused(&run(&["user", "promote"]), 2);
}

#[tokio::test]
async fn while_a_server_has_the_folder_nobody_else_does() {
    let folder = TempDir::new().unwrap();
    let server = Serving::over_folder(folder.path(), &[]).await;
    let data = folder.path().to_str().unwrap();
    let line = refused(&run(&["user", "promote", ADDRESS, "--data", data]), 1);
    assert!(
        line.contains("is in use by") && line.contains(data),
        "{line}"
    );
    server.stop().await;
}
