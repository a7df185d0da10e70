//! A list within a form, with one row per entry.
//!
//! Without JavaScript an entry is added in one of the empty rows, removed by clearing its row, and
//! moved by its order number. After hydration there are buttons, keyboard shortcuts and dragging.

use std::{collections::HashMap, sync::Arc};

use leptos::{ev, prelude::*};
use types::{
    Field,
    catalogue::{EntityForm, FormRow, RowOrder},
    pages::studio::EntityInput,
};

use super::{StudioForm, field::error, form::id_of};
use crate::texts::studio_texts;

mod arrangement;
mod drag;

use arrangement::{Direction, RowsState};

/// Number of empty rows at the end of a list.
const EMPTY_ROWS: usize = 3;

/// Maximum number of rows on a page. The longest list may have 100, but somebody who was given more
/// empty rows must get their values back. A row takes about 0.1 ms to render on the server.
const MAX_ROWS: u16 = 250;

/// Difference between two order numbers, so that another one fits in between.
const ORDER_STEP: usize = 10;

/// A row of a list; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowHandle {
    /// The identity of the row, which moving it does not change.
    pub(super) key: u16,
    place: ReadSignal<usize>,
}

impl RowHandle {
    /// The position from 0, tracked by the calling view or effect.
    pub(super) fn place(self) -> u16 {
        u16::try_from(self.place.get()).unwrap_or(u16::MAX)
    }

    /// The form name of a member of this row that has no [`Field`] because it is never refused.
    pub(super) fn name_of(self, list: Field, member: &'static str) -> Signal<String> {
        Signal::derive(move || list.form_name_of(self.place(), member))
    }

    /// The hidden field with the id of the stored entry.
    pub(super) fn hidden_id(self, list: Field, id: &str) -> AnyView {
        let name = self.name_of(list, "id");
        view! { <input type="hidden" name=name value=id.to_owned()/> }.into_any()
    }
}

/// A list within a form: its typed rows, and the value of a new one.
pub(super) struct RowList<'a, R> {
    pub(super) field: Field,
    pub(super) typed: &'a [R],
    pub(super) blank: R,
    /// Renders the fields of a row.
    pub(super) row: fn(StudioForm, RowHandle, &R) -> AnyView,
}

impl<R: FormRow + Clone + Send + Sync + 'static> RowList<'_, R> {
    /// The typed rows and some empty ones. The handle adds rows with values.
    pub(super) fn show(
        self,
        form: StudioForm,
        typed: &EntityForm<EntityInput>,
    ) -> (AnyView, RowsHandle<R>) {
        let count = self.count(typed.extras.more.as_deref());
        let added = RowsHandle {
            rows: RowsState::new(form, count),
            values: StoredValue::new((0..count).zip(self.typed.iter().cloned()).collect()),
        };
        let (blank, row) = (self.blank, self.row);
        let fields = move |one: RowHandle| {
            let typed = added.value(one.key);
            row(form, one, typed.as_ref().unwrap_or(&blank))
        };
        let orders = (0..count).map(|place| typed.extras.order.typed(self.field, place.into()));
        let orders = orders.map(str::to_owned).collect();
        let view = show(form, self.field, added.rows, orders, Arc::new(fields));
        (view, added)
    }

    /// Number of rows: up to the last one with a value, plus the empty ones.
    fn count(&self, more: Option<&str>) -> u16 {
        let last = self.typed.iter().rposition(|row| !row.is_blank());
        let filled = last.map_or(0, |last| last + 1);
        let wanted = match more {
            Some(more) if more == self.field.name() => self.typed.len() + EMPTY_ROWS,
            _ => filled + EMPTY_ROWS,
        };
        u16::try_from(wanted).unwrap_or(MAX_ROWS).min(MAX_ROWS)
    }
}

/// Adds rows with values; cheap to copy.
pub(super) struct RowsHandle<R: Send + Sync + 'static> {
    rows: RowsState,
    /// The initial values of the rows by key.
    values: StoredValue<HashMap<u16, R>>,
}

impl<R: Send + Sync> Clone for RowsHandle<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Send + Sync> Copy for RowsHandle<R> {}

type RenderRow = Arc<dyn Fn(RowHandle) -> AnyView + Send + Sync>;

fn show(
    form: StudioForm,
    field: Field,
    rows: RowsState,
    orders: Vec<String>,
    fields: RenderRow,
) -> AnyView {
    let texts = studio_texts();
    let name = field.name();
    let label = (texts.field)(field);
    let state = form.field(name.to_owned(), name.to_owned().into());
    let (error_id, hint_id) = ([name, "-error"].concat(), [name, "-hint"].concat());
    let described_by = [&error_id, " ", &hint_id].concat();
    let hint = label.hint.unwrap_or_default();
    let orders: Arc<[String]> = orders.into();
    let row = move |place, key| {
        let row = RowHandle { key, place };
        let order = orders.get(usize::from(key)).cloned().unwrap_or_default();
        frame(field, rows, row, order, fields(row))
    };
    let add = move |event: ev::MouseEvent| {
        event.prevent_default();
        rows.add();
    };
    view! {
        <fieldset class="rows" id=name tabindex="-1" aria-describedby=described_by>
            <legend>{label.label}</legend>
            {error(error_id, state.refused)}
            <p class="form-field-hint" id=hint_id>
                {hint}
                <span class="without-program">{[" ", texts.rows.lead].concat()}</span>
                <span class="with-program">{[" ", texts.rows.keys].concat()}</span>
            </p>
            <ol class="rows-list" role="list" node_ref=rows.list>
                <ForEnumerate
                    each=move || rows.keys.get()
                    key=|key| *key
                    children=row
                />
            </ol>
            <button
                class="button button-quiet"
                type="submit"
                name="more"
                value=name
                on:click=add
            >
                {texts.rows.add}
            </button>
            <p class="visually-hidden" role="status">{move || rows.announcement.get()}</p>
        </fieldset>
    }
    .into_any()
}

fn frame(field: Field, rows: RowsState, row: RowHandle, order: String, fields: AnyView) -> AnyView {
    let texts = &studio_texts().rows;
    let heading_id = [field.name(), "-", &row.key.to_string(), "-heading"].concat();
    let named_by = heading_id.clone();
    let tool = |label: &'static str, run: Box<dyn Fn()>| {
        view! {
            <button class="row-tool with-program" type="button" on:click=move |_| run()>
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <li
            class="row"
            data-row=""
            data-dragged=move || (rows.dragged.get() == Some(row.key)).then_some("")
            on:keydown=move |event| rows.pressed(row.key, &event)
        >
            <div class="row-frame" role="group" aria-labelledby=named_by>
                <p class="row-name" id=heading_id>
                    <span
                        class="row-handle with-program"
                        data-drag=""
                        title=texts.drag
                        on:pointerdown=move |event| rows.grab(row.key, &event)
                    ></span>
                    <span>{(texts.row)(field)}</span>
                    " "
                    <span>{move || usize::from(row.place()) + 1}</span>
                </p>
                <div class="row-fields">{fields}</div>
                <div class="row-tools">
                    {order_field(field, rows, row, order)}
                    {tool(texts.up, Box::new(move || rows.swap(row.key, Direction::Up)))}
                    {tool(texts.down, Box::new(move || rows.swap(row.key, Direction::Down)))}
                    {tool(texts.remove, Box::new(move || rows.remove(row.key)))}
                </div>
            </div>
        </li>
    }
    .into_any()
}

/// The order number, which moves a row without JavaScript. Once rows were moved by buttons it is a
/// hidden field with the visible position.
fn order_field(field: Field, rows: RowsState, row: RowHandle, typed: String) -> AnyView {
    let id = id_of(&RowOrder::form_name(field, row.key.into()));
    let shown = move || {
        let place = row.place();
        let name = RowOrder::form_name(field, place.into());
        let number = ((usize::from(place) + 1) * ORDER_STEP).to_string();
        if rows.is_reordered.get() {
            return view! { <input type="hidden" name=name value=number/> }.into_any();
        }
        let value = if typed.is_empty() {
            number
        } else {
            typed.clone()
        };
        view! {
            <label class="row-order without-program" for=id.clone()>
                {studio_texts().rows.order}
            </label>
            <input
                class="form-field-input row-order-input without-program"
                id=id.clone()
                name=name
                type="text"
                inputmode="numeric"
                value=value
                autocomplete="off"
                dir="auto"
            />
        }
        .into_any()
    };
    view! { {shown} }.into_any()
}
