//! Concurrent requests for the same resource.

use futures::future::join_all;
use serde_json::json;

use crate::support::{
    SignedIn, TestApp,
    catalogue::{Catalogue, a_thing},
};

#[tokio::test]
async fn of_thirty_two_who_take_a_name_at_once_one_gets_it() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let body = a_thing("artists", "", "Ada Lovelace");
    let answers = join_all((0..32).map(|_| ada.create("artists", &body))).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.is_refusal(409, "already_exists");
        assert_eq!(
            answer.json()["fields"],
            json!({"slug": "'slug' is taken already."})
        );
    }
    assert_eq!(ada.read("/v1/artists").await.is(200).json()["total"], 1);
}

#[tokio::test]
async fn of_many_who_change_one_version_one_does() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let patches: Vec<_> = (0..16)
        .map(|number| json!({"bio": number.to_string()}))
        .collect();
    let tag = artist.tag();
    let changes = patches
        .iter()
        .map(|patch| ada.change(&artist.path, &tag, patch));
    let answers = join_all(changes).await;
    let (done, refused): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(done.len(), 1);
    let now = done[0].json()["data"].clone();
    for answer in refused {
        assert_eq!(answer.status, 412, "{answer:?}");
        assert_eq!(answer.json()["data"], now);
    }
    assert_eq!(ada.read(&artist.path).await.json()["data"], now);
}

#[tokio::test]
async fn of_many_who_change_whatever_there_is_nobody_is_lost() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let patches = [
        json!({"bio": "a"}),
        json!({"disclosure": "b"}),
        json!({"status": "published"}),
        json!({"links": [{"label": "c", "url": "https://c.example/"}]}),
    ];
    let changes = patches
        .iter()
        .map(|patch| ada.change(&artist.path, "*", patch));
    for answer in join_all(changes).await {
        answer.is(200);
    }
    let data = ada.read(&artist.path).await.is(200).json()["data"].clone();
    assert_eq!(
        (&data["bio"], &data["disclosure"]),
        (&json!("a"), &json!("b"))
    );
    assert_eq!(
        (&data["status"], &data["links"][0]["label"]),
        (&json!("published"), &json!("c"))
    );
}
