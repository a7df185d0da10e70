//! Rows of a list in a form: more of them, fewer, and in another order; by buttons, keys and
//! dragging. Whatever is done is written into the fields of the order, and said.

use std::cell::{Cell, RefCell};

use dom::{all, document, fill, first, focus, within};
use web_sys::{
    Element, Event, EventInit, HtmlElement, KeyboardEvent, MouseEvent, wasm_bindgen::JsCast as _,
};

const ROW: &str = "[data-row]";
const LIST: &str = "[data-rows]";

/// The number in the ids of a row that new rows are made from.
const NEW: &str = "-9999";

/// The numbers of the order go in steps, as the server writes them.
const STEP: usize = 10;

thread_local! {
    /// The row that is being dragged.
    static DRAGGED: RefCell<Option<Element>> = const { RefCell::new(None) };
    /// How many rows were made: each has ids of its own.
    static MADE: Cell<u32> = const { Cell::new(10_000) };
}

/// Something was clicked: perhaps a button of a list.
pub(crate) fn clicked(event: &Event) {
    if let Some(button) = within(event, "[data-add-row]") {
        event.prevent_default();
        add(&button);
    } else if let Some(tool) = within(event, "[data-row-tool]")
        && let Some(row) = within(event, ROW)
    {
        match tool.get_attribute("data-row-tool").as_deref() {
            Some("up") => swap(&row, Direction::Up),
            Some("down") => swap(&row, Direction::Down),
            _ => remove(&row),
        }
    }
}

/// A key was pressed: Alt with an arrow moves the row that the focus is in.
pub(crate) fn pressed(event: &KeyboardEvent) {
    let direction = match event.key().as_str() {
        "ArrowUp" => Direction::Up,
        "ArrowDown" => Direction::Down,
        _ => return,
    };
    // In these the same keys open the list of what can be chosen.
    if dom::is_composing(event) || !event.alt_key() || within(event, "select, [list]").is_some() {
        return;
    }
    if let Some(row) = within(event, ROW) {
        event.prevent_default();
        swap(&row, direction);
    }
}

/// The pointer went down, moved or went up: a row follows it while its handle is held.
pub(crate) fn dragged(event: &MouseEvent) {
    match event.type_().as_str() {
        "pointerdown" => grab(event),
        "pointermove" => follow(event),
        _ => drop_row(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Up,
    Down,
}

fn add(button: &Element) {
    let Some(list) = button.closest(".rows").ok().flatten() else {
        return;
    };
    let (Some(rows), Some(template)) = (first(&list, LIST), first(&list, "template")) else {
        return;
    };
    let made = MADE.get() + 1;
    MADE.set(made);
    let number = ["-", &made.to_string()].concat();
    let html = template.inner_html().replace(NEW, &number);
    if rows.insert_adjacent_html("beforeend", &html).is_err() {
        return;
    }
    let row = rows.last_element_child();
    renumber(&rows);
    say(&rows, "data-added", rows.child_element_count());
    focus(row.and_then(|row| first(&row, ".row-fields input, .row-fields select")));
}

fn remove(row: &Element) {
    let Some(rows) = row.parent_element() else {
        return;
    };
    let next = row
        .next_element_sibling()
        .or(row.previous_element_sibling());
    row.remove();
    renumber(&rows);
    say(&rows, "data-removed", 0);
    match next {
        Some(next) => focus(first(&next, "[data-row-tool=remove]")),
        None => focus(
            rows.closest(".rows")
                .ok()
                .flatten()
                .and_then(|list| first(&list, "[data-add-row]")),
        ),
    }
}

/// Moves a row past its neighbour. The focus stays where it was, though the row was taken out.
fn swap(row: &Element, direction: Direction) {
    let neighbour = match direction {
        Direction::Up => row.previous_element_sibling(),
        Direction::Down => row.next_element_sibling(),
    };
    let focused = document().and_then(|document| document.active_element());
    match neighbour {
        Some(neighbour) => put(row, &neighbour, direction),
        None => return,
    }
    focus(focused);
    moved(row);
}

fn put(row: &Element, neighbour: &Element, direction: Direction) {
    _ = match direction {
        Direction::Up => neighbour.before_with_node_1(row),
        Direction::Down => neighbour.after_with_node_1(row),
    };
}

fn moved(row: &Element) {
    if let Some(rows) = row.parent_element() {
        renumber(&rows);
        say(&rows, "data-moved", place(row) + 1);
    }
}

/// How many rows stand before this one.
fn place(row: &Element) -> u32 {
    let mut place = 0;
    let mut before = row.previous_element_sibling();
    while let Some(one) = before {
        before = one.previous_element_sibling();
        place += 1;
    }
    place
}

/// Writes the order as it is seen into its fields, and counts the rows anew, also in the names of
/// their fields. Those who listen learn that something was changed in the form.
fn renumber(rows: &Element) {
    for (place, row) in all(rows, ROW).iter().enumerate() {
        for field in all(row, "[name]") {
            let name = field.get_attribute("name").unwrap_or_default();
            _ = field.set_attribute("name", &in_row(&name, place));
        }
        fill(
            first(row, "[data-order]"),
            &((place + 1) * STEP).to_string(),
        );
        if let Some(number) = first(row, "[data-row-number]") {
            number.set_text_content(Some(&(place + 1).to_string()));
        }
    }
    let bubbling = EventInit::new();
    bubbling.set_bubbles(true);
    if let Ok(input) = Event::new_with_event_init_dict("input", &bubbling) {
        _ = rows.dispatch_event(&input);
    }
}

/// The name of a field in another row: `offers[1][url]`, `order[offers][1]`.
fn in_row(name: &str, row: usize) -> String {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let row = row.to_string();
    let parts = name
        .split_inclusive(['[', ']'])
        .map(|part| match part.strip_suffix(']') {
            Some(number) if is_number(number) => [&row, "]"].concat(),
            _ => part.to_owned(),
        });
    parts.collect()
}

/// Says what was done, in words that the page brings.
fn say(rows: &Element, what: &str, number: u32) {
    let text = rows.get_attribute(what).unwrap_or_default();
    let of = rows.child_element_count().to_string();
    let text = text
        .replace("{n}", &number.to_string())
        .replace("{of}", &of);
    let list = rows.closest(".rows").ok().flatten();
    if let Some(status) = list.and_then(|list| first(&list, "[data-rows-status]")) {
        status.set_text_content(Some(&text));
    }
}

fn grab(event: &MouseEvent) {
    if event.button() != 0 || within(event, "[data-drag]").is_none() {
        return;
    }
    let row = within(event, ROW);
    if let Some(row) = &row {
        event.prevent_default();
        _ = row.set_attribute("data-dragged", "");
    }
    DRAGGED.set(row);
}

fn follow(event: &MouseEvent) {
    let Some(row) = DRAGGED.with_borrow(Clone::clone) else {
        return;
    };
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let under = document().and_then(|document| document.element_from_point(x, y));
    let under = under.and_then(|element| element.closest(ROW).ok()?);
    let Some(under) = under.filter(|under| *under != row) else {
        return;
    };
    if under.parent_element() != row.parent_element() {
        return;
    }
    // Past the middle of the neighbour, so that rows of different heights do not flicker.
    let bounds = under.get_bounding_client_rect();
    let is_past_middle = f64::from(y) > bounds.top() + bounds.height() / 2.0;
    match (place(&under) < place(&row), is_past_middle) {
        (true, false) => put(&row, &under, Direction::Up),
        (false, true) => put(&row, &under, Direction::Down),
        _ => {}
    }
}

fn drop_row() {
    let Some(row) = DRAGGED.take() else {
        return;
    };
    _ = row.remove_attribute("data-dragged");
    moved(&row);
    if let Some(row) = row.dyn_ref::<HtmlElement>() {
        row.scroll_into_view_with_bool(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_called_after_the_row_that_it_is_in() {
        for (name, renamed) in [
            ("offers[1][price][amount]", "offers[7][price][amount]"),
            ("order[offers][9999]", "order[offers][7]"),
            ("domains[0]", "domains[7]"),
            ("name", "name"),
        ] {
            assert_eq!(in_row(name, 7), renamed);
        }
    }
}
