//! A list within a form, with a row for each of its entries.
//!
//! Without the program an entry is added in one of the empty rows, removed by emptying its row and
//! moved by the number of its order. With it there are buttons, keys and dragging.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{FormRow, RowOrder},
};

use super::{Form, form::id_of};
use crate::texts::texts;

/// The empty rows at the end of a list.
const EMPTY: usize = 3;

/// Maximum number of rows that are shown: more than any list may have, of which the longest has 100,
/// because a person with the program may add as many as they like, and what they typed must come back.
/// A row costs about a tenth of a millisecond on a Tokio worker.
const MOST: u16 = 250;

/// The place of the row that the program makes new rows from; it puts another number there.
const NEW: u16 = 9999;

/// The numbers of the order go in steps, so that one fits between two others.
const STEP: usize = 10;

/// A list within a form: the rows that are in it, and empty ones. `row` shows the fields of a row by
/// its place and what is in it.
pub(super) fn rows<R: FormRow>(
    form: &Form,
    list: Field,
    (typed, blank): (&[R], &R),
    row: impl Fn(&Form, u16, &R) -> AnyView,
) -> AnyView {
    let texts = &texts().studio;
    let name = list.name();
    let label = (texts.field)(list);
    let error = form.error(name);
    let (error_id, hint_id) = ([name, "-error"].concat(), [name, "-hint"].concat());
    let described_by = [&error_id, " ", &hint_id].concat();
    let hint = [label.hint.unwrap_or_default(), " ", texts.rows.lead].concat();
    let shown = (0..count(form, list, typed)).map(|place| {
        let typed = typed.get(usize::from(place)).unwrap_or(blank);
        frame(form, list, place, row(form, place, typed))
    });
    let template = frame(form, list, NEW, row(form, NEW, blank));
    view! {
        <fieldset class="rows" id=name tabindex="-1" aria-describedby=described_by data-part="">
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
            <button class="button button-quiet" type="submit" name="more" value=name data-add-row="">
                {texts.rows.add}
            </button>
            <p class="visually-hidden" role="status" data-rows-status=""></p>
        </fieldset>
    }
    .into_any()
}

fn frame(form: &Form, list: Field, place: u16, fields: AnyView) -> AnyView {
    let texts = &texts().studio.rows;
    let number = usize::from(place) + 1;
    let heading_id = [list.name(), "-", &place.to_string(), "-heading"].concat();
    let named_by = heading_id.clone();
    let order_name = RowOrder::form_name(list, place.into());
    let order_id = id_of(&order_name);
    let order = match form.order(list, place.into()) {
        "" => (number * STEP).to_string(),
        typed => typed.to_owned(),
    };
    view! {
        <li class="row" data-row="">
            <div class="row-frame" role="group" aria-labelledby=named_by>
                <p class="row-name" id=heading_id>
                    <span class="row-handle with-program" data-drag="" title=texts.drag></span>
                    <span>{(texts.row)(list)}</span>
                    " "
                    <span data-row-number="">{number}</span>
                </p>
                <div class="row-fields">{fields}</div>
                <div class="row-tools">
                    <label class="row-order" for=order_id.clone()>{texts.order}</label>
                    <input
                        class="form-field-input row-order-input"
                        id=order_id
                        name=order_name
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
fn count<R: FormRow>(form: &Form, list: Field, typed: &[R]) -> u16 {
    let last = typed.iter().rposition(|row| !row.is_blank());
    let filled = last.map_or(0, |last| last + 1);
    let wanted = match form.more() {
        Some(more) if more == list.name() => typed.len() + EMPTY,
        _ => filled + EMPTY,
    };
    u16::try_from(wanted).unwrap_or(MOST).min(MOST)
}
