//! The public pages of the catalogue.

mod browsing;
mod creator;
mod document;
mod drafts;
mod foreign_hosts;
mod functions;
mod headers;
mod hostile;
mod leaving;
mod moving;
mod offers;
mod paging;
mod robots;
mod search;
mod spellings;
mod structured_data;

pub(crate) use self::{
    creator::{Creator, offer, placement, published_artist, published_product, published_video},
    document::{all_attributes, attributes, count, json_ld, main_of, meta},
};
use crate::support::{Anonymous, Caller, TestApp, eventually};

/// Waits until a list has this total; lists may be one second old.
pub(crate) async fn listed(app: &TestApp, path: &str, total: &str) {
    let count = format!(">{total}<");
    let is_there = || async {
        let html = Anonymous::of(app).visit(path).await.is(200).page();
        html.contains(&count)
    };
    eventually(&format!("{path} has {total}"), is_there).await;
}
