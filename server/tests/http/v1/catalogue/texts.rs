//! Hostile texts.

use serde_json::json;

use crate::support::{SignedIn, TestApp, catalogue::Catalogue};

const MARKUP: &str = "</script><img src=x onerror=alert(1)>\" ' \\ {{7*7}} ${x}";

#[tokio::test]
async fn markup_is_kept_as_text_and_comes_back_as_json() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = json!({"name": MARKUP, "bio": MARKUP, "disclosure": MARKUP, "slug": "markup"});
    let artist = ada.made("artists", &artist).await;
    let answer = ada.read(&artist.path).await.is(200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let data = &answer.json()["data"];
    for field in ["name", "bio", "disclosure"] {
        assert_eq!(data[field], MARKUP);
    }
    assert!(
        answer.text().contains("\\\" ' \\\\ {{7*7}}"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn all_of_unicode_comes_back_as_it_was() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for (number, name) in [
        "Ådå Żółć",
        "東京の散歩",
        "Прогулка",
        "🎬📷",
        "👩\u{200d}🔬 Ada",
        "مشية",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "ភាសា\u{200b}ខ្មែរ",
        "שלום \u{200f}(C++)",
        "葛\u{e0100}",
        "☎\u{fe0e}",
    ]
    .into_iter()
    .enumerate()
    {
        let body = json!({"name": name, "slug": format!("artist-{number}"), "bio": "a\nb\tc"});
        let artist = ada.made("artists", &body).await;
        assert_eq!(artist.data["name"], name);
        assert_eq!(artist.data["bio"], "a\nb\tc");
    }
}

#[tokio::test]
async fn characters_that_change_how_a_text_reads_are_refused_by_the_field() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for hidden in [
        '\0', '\u{1b}', '\u{7f}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}',
    ] {
        for field in ["name", "bio", "disclosure"] {
            let mut body = json!({"name": "Ada"});
            body[field] = format!("a{hidden}b").into();
            let message = ada
                .create("artists", &body)
                .await
                .is_refusal(400, "invalid");
            let sentence = format!(
                "'{field}' must not contain control characters or ones that set the direction of text."
            );
            assert_eq!(message, sentence, "{hidden:?}");
        }
    }
    assert_eq!(ada.read("/v1/artists").await.is(200).json()["total"], 0);
}
