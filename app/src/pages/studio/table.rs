//! The table of a list of entities.

use leptos::prelude::*;
use types::{
    catalogue::EntityKind,
    pages::studio::{EntityListPage, RowState},
};

use super::{paths, review, visibility};
use crate::{texts::studio_texts, timestamp::format_timestamp};

/// A table with explicit ARIA roles: on a phone it is laid out as cards, and browsers drop the
/// implicit roles of a table that has another `display`.
pub(super) fn table(list: &EntityListPage) -> AnyView {
    let texts = &studio_texts().list;
    let about = match list.kind {
        EntityKind::Artist => None,
        EntityKind::Video | EntityKind::Product => Some(texts.artist),
        EntityKind::Retailer => Some(texts.domains),
    };
    let heads = [
        Some(texts.name),
        about,
        Some(texts.status),
        Some(texts.updated),
    ];
    let heads = heads.into_iter().flatten().map(|head| {
        view! { <th scope="col" role="columnheader">{head}</th> }
    });
    let rows = list.rows.iter().map(|row| {
        let state = match row.state {
            RowState::Visibility(visibility) => visibility::badge(visibility),
            RowState::Review(status) => review::badge(status),
        };
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">
                    <a href=paths::edit(list.kind, &row.id)><bdi>{row.name.clone()}</bdi></a>
                </th>
                {about.map(|label| view! {
                    <td role="cell" data-label=label><bdi>{row.about.clone()}</bdi></td>
                })}
                <td role="cell" data-label=texts.status>{state}</td>
                <td role="cell" data-label=texts.updated>{format_timestamp(&row.updated_at)}</td>
            </tr>
        }
    });
    view! {
        <table class="entity-table" role="table">
            <thead role="rowgroup">
                <tr role="row">{heads.collect::<Vec<_>>()}</tr>
            </thead>
            <tbody role="rowgroup">{rows.collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}
