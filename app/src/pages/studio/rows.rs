//! A list within a form, with a row for each of its entries.
//!
//! Without the program an entry is added in one of the empty rows, removed by emptying its row and
//! moved by the number of its order. With it there are buttons, keys and dragging.

use leptos::prelude::*;

use super::{Form, lists::Columns};
use crate::texts::texts;

/// The empty rows at the end of a list.
const EMPTY: usize = 3;

/// So many rows are shown at most: more than any list may have, and not more than a page can bear.
const MOST: usize = 250;

/// The place of the row that the program makes new rows from; it puts another number there.
const NEW: usize = 9999;

/// The numbers of the order go in steps, so that one fits between two others.
const STEP: usize = 10;

/// A list within a form. `row` shows the fields of a row by its place.
pub(super) fn rows(
    form: &Form,
    columns: &Columns,
    row: impl Fn(&Form, usize) -> AnyView,
) -> AnyView {
    let texts = &texts().studio;
    let list = columns.list.name();
    let label = (texts.field)(columns.list);
    let error = form.error_of_list(columns.list);
    let (error_id, hint_id) = ([list, "-error"].concat(), [list, "-hint"].concat());
    let described_by = [&error_id, " ", &hint_id].concat();
    let hint = [label.hint.unwrap_or_default(), " ", texts.rows.lead].concat();
    let count = count(form, columns);
    let shown = (0..count).map(|place| frame(form, columns, place, row(form, place)));
    let blank = form.blank();
    let template = frame(&blank, columns, NEW, row(&blank, NEW));
    view! {
        <fieldset class="rows" id=list tabindex="-1" aria-describedby=described_by data-part="">
            <legend>{label.label}</legend>
            <p class="form-field-error" id=error_id aria-live="polite">{error}</p>
            <p class="form-field-hint" id=hint_id>
                {hint.trim().to_owned()}
                <span class="with-program">{[" ", texts.rows.keys].concat()}</span>
            </p>
            <ol
                class="rows-list"
                role="list"
                data-rows=""
                data-moved=texts.rows.moved
                data-added=texts.rows.added
                data-removed=texts.rows.removed
            >
                {shown.collect::<Vec<_>>()}
            </ol>
            <template data-row-template="">{template}</template>
            <button class="button button-quiet" type="submit" name="more" value=list data-add-row="">
                {texts.rows.add}
            </button>
            <p class="visually-hidden" role="status" data-rows-status=""></p>
        </fieldset>
    }
    .into_any()
}

fn frame(form: &Form, columns: &Columns, place: usize, fields: AnyView) -> AnyView {
    let texts = &texts().studio.rows;
    let list = columns.list.name();
    let name_id = [list, "-", &place.to_string(), "-name"].concat();
    let named_by = name_id.clone();
    let order_id = [columns.order, "-", &place.to_string()].concat();
    let typed = form.cell(columns.order, place);
    let order = match typed {
        "" => ((place + 1) * STEP).to_string(),
        typed => typed.to_owned(),
    };
    view! {
        <li class="row" data-row="">
            <div class="row-frame" role="group" aria-labelledby=named_by>
                <p class="row-name" id=name_id>
                    <span class="row-handle with-program" data-drag="" title=texts.drag></span>
                    <span>{(texts.row)(columns.list)}</span>
                    " "
                    <span data-row-number="">{place + 1}</span>
                </p>
                <div class="row-fields">{fields}</div>
                <div class="row-tools">
                    <label class="row-order" for=order_id.clone()>{texts.order}</label>
                    <input
                        class="form-field-input row-order-input"
                        id=order_id
                        name=columns.order
                        type="text"
                        inputmode="numeric"
                        value=order
                        autocomplete="off"
                        dir="auto"
                        data-order=""
                    />
                    {tool(texts.up, "up")}
                    {tool(texts.down, "down")}
                    {tool(texts.remove, "remove")}
                </div>
            </div>
        </li>
    }
    .into_any()
}

/// A button that works with the program only, and is hidden until it is there.
fn tool(label: &'static str, what: &'static str) -> AnyView {
    view! {
        <button class="row-tool with-program" type="button" data-row-tool=what>{label}</button>
    }
    .into_any()
}

/// How many rows are shown: those up to the last one in which something is typed, and empty ones.
fn count(form: &Form, columns: &Columns) -> usize {
    let typed = columns.typed.iter();
    let last = typed.filter_map(|name| {
        let cells: Vec<_> = form.cells(name).collect();
        cells.iter().rposition(|cell| !cell.trim().is_empty())
    });
    let filled = last.max().map_or(0, |last| last + 1);
    let sent = form.cells(columns.order).count();
    let wanted = match form.more.as_deref() {
        Some(more) if more == columns.list.name() => sent.max(filled) + EMPTY,
        _ => filled + EMPTY,
    };
    wanted.min(MOST)
}
