//! Models of the pages of the studio.

use serde_json::{Value, json};
use types::{
    catalogue::EntityKind,
    pages::{
        StudioOverview, Visibility,
        studio::{EditPage, EntityDetails, EntityListPage, RowState, TrashPage},
    },
};

use super::{super::creator::Creator, id_of};
use crate::support::TestApp;

/// Reads the model of a page.
async fn read<T: serde::de::DeserializeOwned>(who: &Creator, name: &str, arguments: &Value) -> T {
    let answer = who.function(name, arguments).await.is(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    serde_json::from_value(answer.json()).unwrap()
}

#[tokio::test]
async fn the_overview_counts_what_there_is() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    ada.video("My room").await;
    let overview: StudioOverview = read(&ada, "read/studio/overview", &json!({})).await;
    let totals = [
        overview.artists.total,
        overview.videos.total,
        overview.products.total,
    ];
    assert_eq!(totals, [1, 1, 0]);
    assert_eq!(overview.videos.hidden[0].name, "My room");
}

#[tokio::test]
async fn a_list_is_searched_cut_into_pages_and_names_what_was_deleted() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada Films").await;
    let list = async |params: Value| {
        let arguments = json!({ "kind": "product", "params": params });
        read::<EntityListPage>(&ada, "read/studio/list", &arguments).await
    };
    let lamp = ada.product("Red lamp").await;
    ada.product("Sofa").await;
    let names = |page: &EntityListPage| -> Vec<String> {
        page.rows.iter().map(|row| row.name.clone()).collect()
    };
    let all = list(json!({ "sort": "name" })).await;
    assert_eq!(names(&all), ["Red lamp", "Sofa"]);
    assert_eq!((all.total, all.pages, all.params.page), (2, 1, 1));
    assert_eq!(all.rows[0].about, "Ada Films");
    assert_eq!(all.rows[0].state, RowState::Visibility(Visibility::Draft));
    assert_eq!(all.artists[0].id, id_of(&artist));
    assert_eq!(names(&list(json!({ "q": "lamp" })).await), ["Red lamp"]);
    for page in [0, 2] {
        let arguments = json!({ "kind": "product", "params": { "page": page } });
        ada.function("read/studio/list", &arguments).await.is(404);
    }
    ada.press(&lamp, &format!("{lamp}/deletion")).await.is(303);
    let after = list(json!({ "deleted": id_of(&lamp) })).await;
    assert_eq!(
        after.deleted,
        Some((id_of(&lamp).to_owned(), "Red lamp".to_owned()))
    );
    assert_eq!(names(&after), ["Sofa"]);
}

#[tokio::test]
async fn the_trash_has_a_page_of_each_kind_or_of_one() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let lamp = ada.product("Red lamp").await;
    ada.press(&lamp, &format!("{lamp}/deletion")).await.is(303);
    let of = async |kind: Value| {
        let arguments = json!({ "kind": kind, "page": 1 });
        read::<TrashPage>(&ada, "read/studio/trash", &arguments).await
    };
    let all = of(Value::Null).await;
    let kinds: Vec<_> = all.sections.iter().map(|section| section.kind).collect();
    assert_eq!(kinds, EntityKind::ALL);
    let products = of(json!("product")).await;
    assert_eq!(products.sections.len(), 1);
    let trashed = &products.sections[0].entities[0];
    assert_eq!(
        (trashed.id.as_str(), trashed.name.as_str()),
        (id_of(&lamp), "Red lamp")
    );
    assert_ne!(trashed.deleted_at, "");
    for (kind, page) in [
        (Value::Null, 2),
        (json!("product"), 2),
        (json!("product"), 0),
    ] {
        let arguments = json!({ "kind": kind, "page": page });
        ada.function("read/studio/trash", &arguments).await.is(404);
    }
}

#[tokio::test]
async fn the_page_of_an_entity_has_its_form_and_what_can_be_chosen_in_it() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let lamp = ada.product("Red lamp").await;
    ada.product("Sofa").await;
    let video = ada.video("My room").await;
    let page_of = async |kind: &str, path: &str| {
        let arguments = json!({ "kind": kind, "id": id_of(path) });
        read::<EditPage>(&ada, "read/studio/entity", &arguments).await
    };
    let page = page_of("product", &lamp).await;
    assert_eq!(page.form.input.name(), "Red lamp");
    let entity = page.entity.unwrap();
    assert_eq!(Some(entity.revision), page.form.extras.revision());
    assert_eq!(entity.artist.unwrap().name, "Ada Films");
    assert_eq!(
        entity.public_path.as_deref(),
        Some("/products/ada-films/red-lamp")
    );
    let labels: Vec<_> = page.products.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["Sofa"], "never itself");
    let page = page_of("video", &video).await;
    assert_eq!(page.details, EntityDetails::Video(None, Vec::new()));
    assert_eq!(page.products.iter().count(), 2);

    let arguments = json!({ "kind": "video", "artist": "" });
    let new: EditPage = read(&ada, "read/studio/new", &arguments).await;
    assert!(new.entity.is_none());
    assert_eq!(new.artists.unwrap().len(), 1);
}
